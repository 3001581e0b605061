import test from 'ava';
import { Hideout, recorderOf, replaced } from '../hideout.fixture.ts';
import { refuses, wholeOf } from '../outcome.fixture.ts';
import { NOTHING } from '../holdings.ts';
import type { Recorder } from '../recorder.ts';
import { Enumerate } from './enumerate.ts';

const enumerate = (hideout: Hideout, user = 'alice', recorder: Recorder = hideout.recorder): Enumerate =>
  new Enumerate(hideout.stage, recorder, user, hideout.bed.random.stream('thief'), hideout.host);

test('a server that answers strangers as it answers a wrong key tells nobody who is a user', (t) => {
  const hideout = new Hideout();
  const attack = enumerate(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs, asset, capability], ['outside', ['psk-identity'], 'list of users', 'enumerate']);
  refuses(t, hideout.outcomeOf(attack), 'same-answer');
  // No key that is held changes anything.
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice')), 'same-answer');
});

test('a server that has an alert for strangers does', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  t.deepEqual(wholeOf(hideout.outcomeOf(enumerate(hideout))), [
    'opened',
    'a known identity is answered by alert 20, an unknown one by alert 115',
    [],
    ['alice-phone-crs'],
  ]);
});

test('the identity must have been captured, from a phone of that user, in a handshake that was whole', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  const others = recorderOf(hideout.captured.filter(({ link }) => link !== 'alice-phone-crs'));
  refuses(t, hideout.outcomeOf(enumerate(hideout, 'alice', others)), 'not-tapped');
  refuses(t, hideout.outcomeOf(enumerate(hideout, 'alice', recorderOf([]))), 'not-tapped');
  const answers = recorderOf(hideout.captured.filter(({ toward }) => toward === 'alice-phone'));
  refuses(t, hideout.outcomeOf(enumerate(hideout, 'alice', answers)), 'not-tapped');
  t.is(hideout.outcomeOf(enumerate(hideout, 'bob', others)).outcome, 'opened');
});

test('an attempt goes by what a tap saw, and a control by a PSK that there must be', (t) => {
  const hideout = new Hideout();
  const truth = replaced(hideout.stage.truth, { holdingsOf: () => NOTHING });
  const stage = replaced(hideout.stage, { truth });
  const random = hideout.bed.random.stream('thief');
  const attack = new Enumerate(stage, hideout.recorder, 'alice', random, hideout.host);
  const { outcome, because } = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual([outcome, because], ['inconclusive', 'alice has no PSK']);
  refuses(t, hideout.outcomeOf(attack), 'same-answer');
});

test('a server that cannot be reached answers nothing to either', (t) => {
  const hideout = new Hideout({ parameters: { 'unknown-identity': 'alert' } });
  hideout.bed.fabric.unplug('crs');
  refuses(t, hideout.outcomeOf(enumerate(hideout)), 'no-path');
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
