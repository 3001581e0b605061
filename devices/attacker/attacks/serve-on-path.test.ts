import test from 'ava';
import { nextPeriod } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, type Holdings } from '../holdings.ts';
import { refuses } from '../outcome.fixture.ts';
import { ServeOnPath } from './serve-on-path.ts';

const serve = (hideout: Hideout, taps: readonly string[] = ['bob-phone-crs']): ServeOnPath =>
  new ServeOnPath(hideout.stage, {
    ...{ user: 'bob', month: nextPeriod(hideout.period), taps, host: hideout.host },
    random: hideout.bed.random.stream('thief'),
  });

/** Bob's PSK and update key, and the master secrets. */
const copyOf = (hideout: Hideout): Holdings => ({
  ...NOTHING,
  psks: hideout.truthOf('bob').psks,
  updateKeys: hideout.truthOf('bob').updateKeys,
  masters: [hideout.master],
});

test('with the master secrets, the PSK and the update key a phone keeps what no CMS made, whatever became of its account', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, 'delete-account hq');
  hideout.bed.run(10);
  const outcome = hideout.outcomeOf(serve(hideout), copyOf(hideout));
  t.is(outcome.because, "bob's phone keeps the keys of 2015-11");
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['PSK', 'update key', 'z_T', 'KSAK'],
  );
  t.deepEqual(outcome.sources, ['bob-phone-crs']);
  t.like(hideout.bed.last('handset.keys-installed', 'bob-phone'), { period: '2015-11', source: 'package' });
  t.is(hideout.bed.events('cms.keys-issued').filter(({ data }) => data.period === '2015-11').length, 0);
});

test('without one of these nothing is kept, and each that is missing is said', (t) => {
  const hideout = new Hideout();
  const copy = copyOf(hideout);
  refuses(t, hideout.outcomeOf(serve(hideout), { ...copy, masters: [] }), 'no-zt');
  refuses(t, hideout.outcomeOf(serve(hideout), { ...copy, updateKeys: [] }), 'no-update-key');
  refuses(t, hideout.outcomeOf(serve(hideout), { ...copy, psks: [] }), 'no-psk');
  refuses(t, hideout.outcomeOf(serve(hideout, []), copy), 'not-tapped');
  const { updateKeys } = hideout.truthOf('carol');
  const others = updateKeys.map(({ key }) => ({ key, number: NUMBERS.bob }));
  t.is(hideout.outcomeOf(serve(hideout), { ...copy, updateKeys: others }).outcome, 'refused');
});

test('of the controls one phone keeps what it is served under its own update key, and another refuses it under a wrong one', (t) => {
  const hideout = new Hideout();
  t.is(
    hideout.outcomeOf(serve(hideout), NOTHING, 'positive').because,
    "alice's phone keeps the keys of 2015-11",
  );
  t.is(hideout.outcomeOf(serve(hideout), NOTHING, 'negative').outcome, 'refused');
  t.is(hideout.bed.last('handset.keys-refused', 'carol-phone')?.period, '2015-11');
});
