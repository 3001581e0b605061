/** What counts as a try, and as one: an attempt that a probe sums up is the probe. */
import test from 'ava';
import { probed, traceOf, type Happening } from './story.fixture.ts';
import { triesOf } from './tries.ts';

const PATH = {
  ...{ attack: 'decrypt', route: 'tap', needs: ['psk', 'rsk', 'media'] },
  ...{ asset: 'recorded calls of 2015-10 to alice', capability: 'hear', call: 'bob-to-alice#1' },
};
const OUTCOME = { outcome: 'opened', reason: null, means: ['RSK'], sources: ['alice-crs'], audioSeconds: 10 };

/** How an attempt on the path of the probes of the fixture ended, or one of its controls. */
const ended = (
  t: number,
  arm: string,
  change: Readonly<Record<string, unknown>> = {},
  on = 'thief',
): Happening => [t, 'attack.ended', { ...PATH, ...OUTCOME, victim: 'alice', arm, ...change }, on];

const ids = (...happenings: readonly Happening[]): readonly string[] =>
  triesOf(traceOf(...happenings)).map(({ id }) => id);

test('a line that was typed is a try without controls, told by its event', (t) => {
  const [opened, refused] = triesOf(
    traceOf(ended(5, 'attempt'), ended(6, 'attempt', { outcome: 'refused', reason: 'blocked' })),
  );
  t.deepEqual(opened, {
    ...{ t: 5, id: 'typed, event 1', attacker: 'thief', ...PATH, opened: true, reason: null },
    ...{ means: ['RSK'], sources: ['alice-crs'], audioSeconds: 10, controlled: false },
  });
  t.like(refused, { id: 'typed, event 2', opened: false, reason: 'blocked', controlled: false });
});

test('a probe is a try under its own name, and says whether its controls were good', (t) => {
  const bad = { outcome: 'refused', reason: 'blocked', negativeControl: 'opened' } as const;
  const [good, other] = triesOf(traceOf(probed(7, { id: 'p1' }), probed(8, { id: 'p2', ...bad })));
  t.deepEqual(good, {
    ...{ t: 7, id: 'p1', attacker: 'thief', ...PATH, opened: true, reason: null },
    ...{ means: ['RSK(alice)'], sources: ['alice-crs'], audioSeconds: 40, controlled: true },
  });
  t.like(other, { id: 'p2', opened: false, reason: 'blocked', controlled: false });
});

test('what came to no outcome is no try', (t) => {
  t.deepEqual(
    ids(ended(1, 'attempt', { outcome: 'inconclusive' }), probed(2, { outcome: 'inconclusive' })),
    [],
  );
});

test('an attempt and its controls are summed up by the probe that made them', (t) => {
  const attempt = [ended(5, 'attempt'), ended(6, 'positive'), ended(7, 'negative')];
  t.deepEqual(ids(...attempt, probed(7, { id: 'p1' })), ['p1']);
  t.deepEqual(ids(...attempt), ['typed, event 1'], 'no probe, no sum');
  t.deepEqual(
    ids(...attempt, probed(7, { outcome: 'inconclusive' })),
    [],
    'a probe that cannot say what came out does not leave its attempt behind',
  );
});

test('a line that was typed before a probe of the same path is not taken for the attempt of the probe', (t) => {
  t.deepEqual(ids(ended(5, 'attempt'), probed(7, { id: 'forked' })), ['typed, event 1', 'forked']);
  t.deepEqual(ids(ended(1, 'attempt'), ended(5, 'attempt'), ended(6, 'positive'), probed(7, { id: 'p1' })), [
    'typed, event 1',
    'p1',
  ]);
  t.deepEqual(
    ids(ended(1, 'attempt'), probed(2, { id: 'forked' }), ended(3, 'positive'), probed(4, { id: 'p1' })),
    ['typed, event 1', 'forked', 'p1'],
  );
});

test('a probe sums up nothing of another path, nor of another attacker', (t) => {
  for (const other of [{ attack: 'forge' }, { route: 'given' }, { asset: 'identity bob' }]) {
    const there = [ended(5, 'attempt', other), ended(6, 'positive', other)];
    t.deepEqual(ids(...there, probed(7, { id: 'p1' })), ['typed, event 1', 'p1']);
  }
  const insider = [ended(5, 'attempt', {}, 'insider'), ended(6, 'positive', {}, 'insider')];
  t.deepEqual(ids(...insider, probed(7, { id: 'p1' })), ['typed, event 1', 'p1']);
});

test('controls without an attempt are no tries, and neither is anything else that happens', (t) => {
  t.deepEqual(ids([0, 'a'], ended(1, 'positive'), ended(2, 'negative')), []);
});
