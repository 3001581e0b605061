import test from 'ava';
import { Flash } from '../../hardware/index.ts';
import { codeOf } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { refuses, wholeOf } from '../outcome.fixture.ts';
import { Hideout, recorderOf, withCrsImage, type HideoutOptions } from '../hideout.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { Replay, type ReplayOptions } from './replay.ts';

const presenter = ({ bed, host }: Hideout) => ({
  ports: bed.ports,
  random: bed.random.stream('thief'),
  host,
});

function replay(hideout: Hideout, options: Partial<ReplayOptions> = {}, recorder = hideout.recorder): Replay {
  return new Replay(hideout.stage, recorder, {
    ...presenter(hideout),
    call: 'alice-to-bob#1',
    malleated: false,
    afterRestart: false,
    ...options,
  });
}

/** Alice has called Bob once. */
function after(options: HideoutOptions = {}): Hideout {
  const hideout = new Hideout(options);
  hideout.call('alice', 'bob', 2);
  return hideout;
}

test('a recorded message is known to the phone that took it', (t) => {
  const hideout = after();
  const attack = replay(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['crs', ['signalling']]);
  t.deepEqual([asset, capability], ['I_MESSAGE of alice-to-bob#1', 'reuse']);
  t.deepEqual(
    [{}, { malleated: true }, { afterRestart: true }].map((options) => replay(hideout, options).aim().attack),
    ['replay', 'replay --malleated', 'replay --after-restart'],
  );
  refuses(t, hideout.outcomeOf(attack), 'replayed');
  refuses(t, hideout.outcomeOf(replay(hideout, { malleated: true })), 'replayed');
});

test('the other form of a signature passes a cache that remembers whole messages, and is the means', (t) => {
  const hideout = after({ parameters: { 'replay-cache': 'whole-message' } });
  refuses(t, hideout.outcomeOf(replay(hideout)), 'replayed');
  const outcome = hideout.outcomeOf(replay(hideout, { malleated: true }));
  t.deepEqual(wholeOf(outcome), ['opened', "bob's phone accepted it as from alice", [], ['crs']]);
});

test('a phone without a replay cache takes it as it is', (t) => {
  const hideout = after({ broken: ['handset.replay'] });
  t.is(hideout.outcomeOf(replay(hideout)).outcome, 'opened');
});

test('a restarted app takes nothing from before', (t) => {
  const hideout = after();
  refuses(t, hideout.outcomeOf(replay(hideout, { afterRestart: true })), 'after-restart');
  t.is(hideout.bed.events('handset.restarted', 'bob-phone').length, 1);
});

test('the message comes from the CRS, or from a tap and a PSK, or not at all', (t) => {
  const hideout = after();
  const empty = new Flash(hideout.bed.random.stream('empty'));
  const { stage } = hideout;
  const tapped = (held = NOTHING, recorder = hideout.recorder): Outcome =>
    hideout.outcomeOf(
      new Replay(withCrsImage(stage, empty.image()), recorder, {
        ...presenter(hideout),
        call: 'alice-to-bob#1',
        malleated: false,
        afterRestart: false,
      }),
      held,
    );
  refuses(t, tapped(), 'no-signalling');
  refuses(t, tapped({ ...NOTHING, psks: hideout.truthOf('carol').psks }), 'no-signalling');
  refuses(t, tapped({ ...NOTHING, psks: hideout.truthOf('alice').psks }, recorderOf([])), 'no-signalling');
  for (const user of ['alice', 'bob'] as const)
    refuses(t, tapped({ ...NOTHING, psks: hideout.truthOf(user).psks }), 'replayed');
  t.is(
    codeOf(() => replay(hideout, { call: 'alice-to-bob#2' })),
    'ATTACK_NO_CALL',
  );
});

test('the controls of a replay: a new message of the same caller is taken, and a changed one is not', (t) => {
  for (const afterRestart of [false, true]) {
    const hideout = after();
    const negative = hideout.outcomeOf(replay(hideout, { afterRestart }), NOTHING, 'negative');
    t.is(negative.outcome, 'refused');
    t.truthy(negative.reason);
    t.is(hideout.bed.events('handset.restarted').length, 0);
    if (afterRestart) hideout.outcomeOf(replay(hideout, { afterRestart }));
    const positive = hideout.outcomeOf(replay(hideout, { afterRestart }), NOTHING, 'positive');
    t.deepEqual(wholeOf(positive), ['opened', "bob's phone accepted it as from alice", [], ['crs']]);
  }
});
