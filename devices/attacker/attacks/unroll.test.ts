import test from 'ava';
import { parsePeriod } from '../../../network/mikey/index.ts';
import type { Deployment } from '../../deployment.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, type Holdings } from '../holdings.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { Recorder } from '../recorder.ts';
import { ReadSignalling } from './read-signalling.ts';
import { Unroll } from './unroll.ts';

const [OCTOBER, NOVEMBER] = [parsePeriod('2015-10'), parsePeriod('2015-11')];
const DAY_S = 86_400;

/** October and November of Alice, recorded, with a call in each. `before` happens on the last day of October, before the fetch. */
function recorded(
  before: (hideout: Hideout) => void = () => undefined,
  parameters: Partial<Deployment> = {},
): {
  hideout: Hideout;
  code: Holdings;
} {
  const hideout = new Hideout({ begins: '2015-10-30T08:00:00Z', parameters });
  const code = hideout.truthOf('alice', OCTOBER);
  hideout.call('bob', 'alice');
  before(hideout);
  hideout.bed.carryDisc(`--month ${NOVEMBER}`);
  hideout.bed.type(hideout.bed.alice, 'fetch', 'alice');
  hideout.bed.type(hideout.bed.bob, 'fetch', 'bob');
  hideout.bed.run(60);
  hideout.bed.run(2 * DAY_S);
  if (hideout.bed.alice.service === 'registered') hideout.call('bob', 'alice');
  return { hideout, code };
}

const unrollOf = ({ stage, recorder }: Hideout, month = NOVEMBER, tap = recorder): Unroll =>
  new Unroll(stage, tap, { user: 'alice', month });

test('one code and every fetch recorded: the next month is heard', (t) => {
  const { hideout, code } = recorded();
  const outcome = hideout.outcomeOf(unrollOf(hideout), code);
  t.deepEqual(toldBy(outcome), ['opened'], outcome.because);
  t.regex(outcome.because, /^1 packages? unrolled/);
  t.true((outcome.audioSeconds ?? 0) > 3);
  // What it was made with is what there was before: nothing that came out of a package.
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['update key'],
  );
  t.true(outcome.gained?.psks.some(({ identity }) => identity.endsWith(NOVEMBER)));
  const signalling = (keys: 'held' | 'unrolled') =>
    hideout.outcomeOf(new ReadSignalling(hideout.stage, hideout.recorder, 'alice', keys), code);
  t.is(signalling('unrolled').outcome, 'opened');
  refuses(
    t,
    hideout.outcomeOf(new ReadSignalling(hideout.stage, hideout.recorder, 'alice', 'unrolled'), {
      ...code,
      updateKeys: [],
    }),
    'no-psk',
  );
});

test('each missing link has its reason', (t) => {
  const { hideout, code } = recorded();
  refuses(t, hideout.outcomeOf(unrollOf(hideout)), 'no-psk');
  refuses(t, hideout.outcomeOf(unrollOf(hideout), { ...code, updateKeys: [] }), 'wrapped');
  refuses(t, hideout.outcomeOf(unrollOf(hideout, NOVEMBER, new Recorder([])), code), 'not-tapped');
  const later = hideout.truthOf('alice', NOVEMBER);
  refuses(t, hideout.outcomeOf(unrollOf(hideout, OCTOBER), later), 'no-psk');
});

test("a PSK that does not rotate is in every package, and the keys beside it are another month's", (t) => {
  const { hideout, code } = recorded(() => undefined, { 'psk-rotation': 'static' });
  t.deepEqual(toldBy(hideout.outcomeOf(unrollOf(hideout), code)), ['opened']);
});

test('a changed update key ends it, and so does a code that was made anew', (t) => {
  const destroyed = recorded(({ bed }) => {
    bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`);
  });
  refuses(t, destroyed.hideout.outcomeOf(unrollOf(destroyed.hideout), destroyed.code), 'wrapped');
  const reissued = recorded((hideout) => {
    const { bed } = hideout;
    bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason "lost"`);
    bed.carryDisc(`--month ${OCTOBER}`);
    bed.enrol(bed.alice);
    bed.run(30);
  });
  t.is(reissued.hideout.outcomeOf(unrollOf(reissued.hideout), reissued.code).reason, 'stale-psk');
});

test('with an ephemeral key exchange the archive stays shut, and the controls have a key log of the phone', (t) => {
  const { hideout, code } = recorded(() => undefined, { 'tls-key-exchange': 'dhe-psk' });
  const held = { ...code, sessionKeys: [] };
  const attack = unrollOf(hideout);
  refuses(t, hideout.outcomeOf(attack, held), 'forward-secret');
  refuses(t, hideout.outcomeOf(attack, { ...held, psks: [] }), 'no-psk');
  refuses(t, hideout.outcomeOf(unrollOf(hideout, NOVEMBER, new Recorder([])), held), 'not-tapped');
  t.deepEqual(toldBy(hideout.outcomeOf(attack, NOTHING, 'positive')), ['opened']);
  t.is(hideout.outcomeOf(attack, NOTHING, 'negative').outcome, 'refused');
});

test('a month in which nobody called has nothing to hear', (t) => {
  const hideout = new Hideout();
  refuses(t, hideout.outcomeOf(unrollOf(hideout, OCTOBER), hideout.truthOf('alice')), 'no-media');
});

test('the controls hear it with all keys there ever were, and with wrong ones do not', (t) => {
  const { hideout } = recorded();
  t.deepEqual(toldBy(hideout.outcomeOf(unrollOf(hideout), NOTHING, 'positive')), ['opened']);
  t.is(hideout.outcomeOf(unrollOf(hideout), NOTHING, 'negative').outcome, 'refused');
});
