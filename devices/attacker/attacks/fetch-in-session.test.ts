import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { nextPeriod } from '../../../network/mikey/index.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { FetchInSession } from './fetch-in-session.ts';

const fetchOf = (hideout: Hideout, month = nextPeriod(hideout.period)): FetchInSession =>
  new FetchInSession(hideout.stage, {
    ...{ user: 'alice', month, holder: 'thief', host: hideout.host, ports: hideout.bed.ports },
    random: hideout.bed.random.stream('thief'),
  });

test('the own phone of an attacker asks in the session that it has, and is answered', (t) => {
  const hideout = new Hideout();
  hideout.thiefPhone('alice');
  refuses(t, hideout.outcomeOf(fetchOf(hideout)), 'not-on-crs');
  hideout.bed.carryDisc(`--month ${nextPeriod(hideout.period)}`);
  const opened = hideout.bed.events('crs.session-opened').length;
  const outcome = hideout.outcomeOf(fetchOf(hideout));
  t.deepEqual(toldBy(outcome), ['opened']);
  t.is(outcome.means.length, 1);
  t.is(hideout.bed.events('crs.session-opened').length, opened, 'no session was opened for it');
});

test('when the session was ended what is left is to come in anew', (t) => {
  const hideout = new Hideout();
  hideout.thiefPhone('alice');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  refuses(t, hideout.outcomeOf(fetchOf(hideout)), 'blocked');
});

test('without a phone of its own there is no session', (t) => {
  const hideout = new Hideout();
  t.deepEqual(toldBy(hideout.outcomeOf(fetchOf(hideout), hideout.truthOf('alice'))), ['inconclusive']);
  t.is(hideout.outcomeOf(fetchOf(hideout), NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(fetchOf(hideout), NOTHING, 'negative').outcome, 'refused');
});
