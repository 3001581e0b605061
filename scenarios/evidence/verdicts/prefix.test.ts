/** Once decided, a verdict stays: over random traces, and over every kind of expectation and window. */
import test from 'ava';
import * as fc from 'fast-check';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { VERDICT_CODES } from './errors.ts';
import { eventsOf, prefixOf } from './prefix.ts';
import { probed, screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const WINDOWS = [
  '',
  'within: 3ms, of: m',
  'after: m',
  'after: m + 2ms',
  'after: "08:00:00"',
  'before: k',
  'before: k + 2ms',
  'before: "+8ms"',
  'between: [m, k]',
  'between: ["+2ms", "+6ms"]',
  'between: [m, "+6ms"]',
  'between: ["+2ms", k]',
  'after: z',
  'before: z',
] as const;

const RULES = [
  'see: c',
  'see: c, where: { x: 1 }, times: 2',
  'see: c, times: { at-least: 2 }',
  'see: c, times: { at-most: 1 }',
  'never: c, where: { x: 0 }',
  'never: c, where: { x: 0 }, given: { see: b }',
  'every: c, has: { x: { at-most: 1 } }',
] as const;

const lines = RULES.flatMap((rule) => WINDOWS.map((window) => (window === '' ? rule : `${rule}, ${window}`)));
const play = screenplayOf(`moments:
  m: { first: a }
  k: { nth: { n: 2, of: b } }
  z: { last: d, x: { is-not: 0 } }
steps:
  - { id: s0, at: "08:01", by: thief, type: try }
  - { id: s1, at: "08:01", by: thief, type: try }
probes:
  - { id: dec-in-1, row: dec-in, after: m, by: thief, type: try, predict: opened }
expect:
${lines.map((line, index) => `  - { id: e${index}, ${line} }`).join('\n')}
  - { id: order-1, order: [m, k] }
  - { id: order-2, order: [k, m, z] }
`);

const happenings = fc.array(
  fc.record({
    wait: fc.constantFrom(0, 0, 500, 1000, 3000),
    type: fc.constantFrom('a', 'b', 'c', 'c', 'c', 'd', 'probe.result', 'step.typed', 'opening.ended'),
    x: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 16 },
);

function traceFrom(steps: readonly { wait: number; type: string; x: number }[]): readonly AnyTraceEvent[] {
  let t = 0;
  const events = steps.map(({ wait, type, x }): Happening => {
    t += wait;
    const outcome = x === 0 ? 'opened' : 'refused';
    if (type === 'step.typed') return [t, type, { step: `s${x % 2}`, refused: x === 0 ? null : 'NO' }];
    if (type === 'opening.ended') return [t, type, { played: x === 0 ? ['thief'] : [] }];
    return type === 'probe.result' ? probed(t, { outcome }) : [t, type, { x }];
  });
  return traceOf(...events, [t + 500, 'trace.ended']);
}

test('a decided verdict is the verdict of every longer prefix, and the end decides everything', (t) => {
  const met = new Set<string>();
  fc.assert(
    fc.property(happenings, (steps) => {
      const trace = traceFrom(steps);
      const whole = judge(play, trace).checks;
      for (const check of whole) {
        t.true(check.decided, check.id);
        met.add(`${check.verdict} ${check.code ?? ''}`.trim());
      }
      for (let length = 0; length < trace.length; length++) {
        for (const [index, check] of judge(play, trace.slice(0, length)).checks.entries()) {
          if (check.decided)
            t.deepEqual(check, whole[index], `${check.id} after ${length} of ${trace.length}`);
          else t.deepEqual([check.verdict, check.code], ['inconclusive', 'SCENARIO_NOT_YET']);
        }
      }
    }),
    { numRuns: 300 },
  );
  // The property is about something: every way to be decided was met, but for the controls, which the traces leave alone, and the lag of a live run.
  const others = [
    'SCENARIO_PROBE_CONTROL',
    'SCENARIO_PROBE_UNCLEAR',
    'SCENARIO_NOT_YET',
    'SCENARIO_RUN_LATE',
  ];
  const codes = Object.keys(VERDICT_CODES).filter((code) => !others.includes(code));
  t.deepEqual(
    [...met].sort(),
    ['fail', ...codes.map((code) => `inconclusive ${code}`), 'not-applicable', 'pass'].sort(),
  );
});

test('the same events, read back from their lines, give the same verdicts', (t) => {
  fc.assert(
    fc.property(happenings, (steps) => {
      const trace = traceFrom(steps);
      const readBack = trace.map((event) => JSON.parse(JSON.stringify(event)) as AnyTraceEvent);
      t.deepEqual(judge(play, readBack).checks, judge(play, trace).checks);
    }),
    { numRuns: 50 },
  );
});

test('events are found by their type, each of them, in the order of the trace', (t) => {
  const prefix = prefixOf(traceOf([1, 'a'], [2, 'b'], [3, 'a'], [4, 'a']));
  const numbersOf = (type: string) => eventsOf(prefix, type).map(({ n }) => n);
  t.deepEqual(numbersOf('a'), [1, 3, 4]);
  t.deepEqual(numbersOf('b'), [2]);
  t.deepEqual(numbersOf('c'), []);
});

test('a prefix knows how far it has come, and whether the opening and the run are over', (t) => {
  const brief = (events: readonly AnyTraceEvent[]) => {
    const { opened, reached, ended } = prefixOf(events);
    return [opened?.n, reached, ended];
  };
  const trace = traceOf([3, 'a'], [4, 'opening.ended'], [5, 'opening.ended'], [9, 'trace.ended']);
  t.deepEqual(brief([]), [undefined, 0, false]);
  t.deepEqual(brief(trace.slice(0, 1)), [undefined, 3, false]);
  t.deepEqual(brief(trace.slice(0, 3)), [2, 5, false], 'an opening is over once');
  t.deepEqual(brief(trace), [2, 9, true]);
});
