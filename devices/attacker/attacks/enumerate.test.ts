import test from 'ava';
import { Hideout, recorderOf, replaced } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { NOTHING } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import { Enumerate } from './enumerate.ts';

const enumerate = (hideout: Hideout, user = 'alice', recorder: Recorder = hideout.recorder): Enumerate =>
  new Enumerate(hideout.stage, recorder, user, hideout.bed.random.stream('thief'), hideout.host);

const refused = (because: string): Outcome => ({ outcome: 'refused', because, means: [] });

test('a server that answers strangers as it answers a wrong key tells nobody who is a user', (t) => {
  const hideout = new Hideout();
  const attack = enumerate(hideout);
  t.deepEqual([attack.asset, attack.capability], ['list of users', 'enumerate']);
  t.deepEqual(hideout.outcomeOf(attack), refused('both are answered by alert 20'));
  // No key that is held changes anything.
  t.deepEqual(hideout.outcomeOf(attack, hideout.truthOf('alice')), refused('both are answered by alert 20'));
});

test('a server that has an alert for strangers does', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  t.deepEqual(hideout.outcomeOf(enumerate(hideout)), {
    outcome: 'opened',
    because: 'a known identity is answered by alert 20, an unknown one by alert 115',
    means: ['PSK identity of alice, captured in clear'],
  });
});

test('the identity must have been captured, from a phone of that user, in a handshake that was whole', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  const never = refused('no PSK identity of alice was captured');
  const others = recorderOf(hideout.captured.filter(({ link }) => link !== 'alice-phone-crs'));
  t.deepEqual(hideout.outcomeOf(enumerate(hideout, 'alice', others)), never);
  t.deepEqual(hideout.outcomeOf(enumerate(hideout, 'alice', recorderOf([]))), never);
  const answers = recorderOf(hideout.captured.filter(({ toward }) => toward === 'alice-phone'));
  t.deepEqual(hideout.outcomeOf(enumerate(hideout, 'alice', answers)), never);
  t.is(hideout.outcomeOf(enumerate(hideout, 'bob', others)).outcome, 'opened');
});

test('nothing can be said of somebody without a PSK', (t) => {
  const hideout = new Hideout();
  const truth = replaced(hideout.stage.truth, { holdingsOf: () => NOTHING });
  const stage = replaced(hideout.stage, { truth });
  const random = hideout.bed.random.stream('thief');
  t.deepEqual(hideout.outcomeOf(new Enumerate(stage, hideout.recorder, 'alice', random, hideout.host)), {
    outcome: 'inconclusive',
    because: 'alice has no PSK',
    means: [],
  });
});

test('a server that cannot be reached answers nothing to either', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  hideout.bed.fabric.unplug('crs');
  t.deepEqual(hideout.outcomeOf(enumerate(hideout)), refused('both are answered by nothing'));
});

test('the controls: a right key looks different from a stranger, and two strangers look the same', (t) => {
  for (const answer of ['as-wrong-key', 'alert'] as const) {
    const hideout = new Hideout({ parameters: { 'unknown-identity': answer } });
    const positive = hideout.outcomeOf(enumerate(hideout), NOTHING, 'positive');
    t.regex(
      positive.because,
      /^a known identity is answered by a finished handshake, an unknown one by alert (20|115)$/,
    );
    t.is(positive.outcome, 'opened');
    t.is(hideout.outcomeOf(enumerate(hideout), NOTHING, 'negative').outcome, 'refused');
  }
});

test('a blocked user is answered as a stranger is', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, 'block-user +447700900001');
  hideout.bed.run(5);
  t.is(hideout.outcomeOf(enumerate(hideout)).outcome, 'refused');
});
