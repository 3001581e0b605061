import test, { type ExecutionContext } from 'ava';
import { Flash } from '../../hardware/index.ts';
import { codeOf } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
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

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
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
  t.deepEqual([attack.asset, attack.capability], ['I_MESSAGE of alice-to-bob#1', 'replay']);
  refuses(t, hideout.outcomeOf(attack), "bob's phone refused it: MIKEY_REPLAY");
  refuses(t, hideout.outcomeOf(replay(hideout, { malleated: true })), "bob's phone refused it: MIKEY_REPLAY");
});

test('the other form of a signature passes a cache that remembers whole messages, and is the means', (t) => {
  const hideout = after({ parameters: { 'replay-cache': 'whole-message' } });
  refuses(t, hideout.outcomeOf(replay(hideout)), "bob's phone refused it: MIKEY_REPLAY");
  const outcome = hideout.outcomeOf(replay(hideout, { malleated: true }));
  t.deepEqual(outcome, {
    outcome: 'opened',
    because: "bob's phone accepted it as from alice",
    means: ['recorded I_MESSAGE'],
  });
});

test('a phone without a replay cache takes it as it is', (t) => {
  const hideout = after({ broken: ['handset.replay'] });
  t.is(hideout.outcomeOf(replay(hideout)).outcome, 'opened');
});

test('a restarted app takes nothing from before', (t) => {
  const hideout = after();
  refuses(
    t,
    hideout.outcomeOf(replay(hideout, { afterRestart: true })),
    "bob's phone refused it: MIKEY_REPLAY_UNKNOWN",
  );
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
  const unread = 'the I_MESSAGE of the call could not be read';
  refuses(t, tapped(), unread);
  refuses(t, tapped({ ...NOTHING, psks: hideout.truthOf('carol').psks }), unread);
  refuses(t, tapped({ ...NOTHING, psks: hideout.truthOf('alice').psks }, recorderOf([])), unread);
  for (const user of ['alice', 'bob'] as const)
    refuses(
      t,
      tapped({ ...NOTHING, psks: hideout.truthOf(user).psks }),
      "bob's phone refused it: MIKEY_REPLAY",
    );
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
    t.regex(negative.because, /^bob's phone refused it: MIKEY_/);
    t.is(hideout.bed.events('handset.restarted').length, 0);
    if (afterRestart) hideout.outcomeOf(replay(hideout, { afterRestart }));
    const positive = hideout.outcomeOf(replay(hideout, { afterRestart }), NOTHING, 'positive');
    t.deepEqual(positive, {
      outcome: 'opened',
      because: "bob's phone accepted it as from alice",
      means: [],
    });
  }
});
