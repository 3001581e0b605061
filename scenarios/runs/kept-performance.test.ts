/** A performance that is taken up again is the one that ran from its first line: the same trace, files and lines, at whatever moment it was kept. */
import test from 'ava';
import { HOUR, MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { hallOptionsOf } from '../world/hall.fixture.ts';
import { keptAfter, type KeptPerformance } from './kept-performance.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';

const OPTIONS = hallOptionsOf({
  yaml: `moments:
  begun: { first: trace.began, opening: included }
  told: { first: person.told, by: alice, to: crs-admin }
  blocked: { first: crs.user-blocked }
steps:
  - { id: early, after: begun + 40s, by: bob, on: bob-phone, type: "call carol --for 2s" }
  - { id: call, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { id: seize, at: "09:02", by: thief, type: "seize alice-phone" }
  - { id: tell, at: "09:03", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: look, after: told, by: crs-admin, on: crs, type: "users" }
  - { id: nonsense, after: told + 10s, by: crs-admin, on: crs, type: "block-user 12" }
  - { id: block, after: told + 1m, by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { id: dial, after: blocked + 85s, by: carol, on: carol-phone, type: "call bob --for 3s" }
  - { id: last, at: "11:05", by: bob, on: bob-phone, type: "call carol --for 3s" }
probes:
  - { id: p, row: live-call, at: "09:02:30", by: thief, type: "call-as alice bob", predict: opened, because: "it is held" }
  - { id: q, row: meta, at: "09:02:40", by: insider, type: call-graph, predict: opened, because: "it routes them" }
  - { id: r, row: live-call, after: blocked + 1m, by: thief, type: "call-as alice bob", predict: refused, because: "blocked" }
`,
  ends: '{ after: blocked + 3h }',
});

/** All that comes of a performance. */
function outcomeOf(performance: Performance) {
  performance.finish();
  const { world, typed, cued, made, artefacts, ends, endsAt, now } = performance;
  return {
    trace: world.trace.toNdjson(),
    ...{ log: world.log, typed, cued, ends, endsAt, now },
    ...{
      made: [...made],
      artefacts: [...artefacts].map(([file, octets]) => [file, Buffer.from(octets).toString('hex')]),
    },
  };
}

function keptAt(time: Micros, options: PerformanceOptions, act?: (performance: Performance) => void) {
  const performance = new Performance(options);
  performance.advanceTo(time);
  act?.(performance);
  const kept = keptAfter(performance.record());
  assert(kept !== undefined, 'the beginning is quiet');
  return { performance, kept };
}

const TIMES = [
  0,
  SECOND,
  40 * SECOND,
  61 * SECOND,
  62 * MINUTE + 20 * SECOND,
  62 * MINUTE + 35 * SECOND,
  63 * MINUTE,
];
const LATE_TIMES = [64 * MINUTE, 64 * MINUTE + 30 * SECOND, 66 * MINUTE, 3 * HOUR, 5 * HOUR];

for (const time of [...TIMES, ...LATE_TIMES]) {
  test(`a performance that is kept at ${time / SECOND} s goes on as it would have`, (t) => {
    const { performance, kept } = keptAt(time, OPTIONS);
    t.deepEqual(outcomeOf(new Performance(OPTIONS, kept)), outcomeOf(performance));
  });
}

test('a performance can be taken up after any thing that it did', (t) => {
  const whole = new Performance(OPTIONS);
  const outcome = outcomeOf(whole);
  const record = whole.record();
  for (let count = record.done.length - 14; count <= record.done.length; count++) {
    const kept = keptAfter(record, count);
    t.is(kept?.done.length, count);
    t.deepEqual(outcomeOf(new Performance(OPTIONS, kept)), outcome, `after ${count} things`);
  }
});

test('what somebody else typed is gone on with, and whoever is played is still played', (t) => {
  const options = {
    ...OPTIONS,
    played: ['crs-admin', 'bob'],
    screenplay: { ...OPTIONS.screenplay, ends: undefined },
  };
  const { ends: _, ...screenplay } = options.screenplay;
  const played: PerformanceOptions = { ...options, screenplay };
  const { performance, kept } = keptAt(63 * MINUTE + 5 * SECOND, played, (each) => {
    each.typeQuietly('crs-admin', 'crs', 'block-user 12');
    each.type('alice', 'alice-phone', 'status');
  });
  const again = new Performance(played, kept);
  for (const each of [performance, again]) {
    each.advanceTo(64 * MINUTE);
    each.type('crs-admin', 'crs', 'block-user +447700900001');
  }
  const [was, is] = [performance, again].map(outcomeOf);
  t.deepEqual(is, was);
  t.true(is?.cued.some(({ step }) => step.id === 'look'));
});

test('a probe that was made is not made again', (t) => {
  const { kept } = keptAt(64 * MINUTE, OPTIONS);
  const done = kept.done.map((each) =>
    each.kind === 'probe' && each.made !== undefined
      ? {
          ...each,
          made: { files: [{ file: `audio/${each.id}`, octets: new Uint8Array(3) }], fork: 'another' },
        }
      : each,
  );
  const again = new Performance(OPTIONS, { ...kept, done });
  t.deepEqual([...again.artefacts.keys()], ['audio/p', 'probes/p.sha256', 'audio/q', 'probes/q.sha256']);
  t.is(again.world.trace.events.filter(({ type }) => type === 'probe.result').length, 2);
});

test('what was done must have been due', (t) => {
  const { kept } = keptAt(64 * MINUTE, OPTIONS);
  const other: KeptPerformance = {
    ...kept,
    done: kept.done.map((each) => (each.kind === 'line' ? { ...each, line: 'dance' } : each)),
  };
  t.throws(() => new Performance(OPTIONS, other), { message: /was due/ });
  t.throws(() => new Performance({ ...OPTIONS, heard: true }, kept), { message: /from the beginning on/ });
});

test('nothing is kept before there is a quiet moment', (t) => {
  t.is(keptAfter(new Performance(OPTIONS).record()), undefined);
});
