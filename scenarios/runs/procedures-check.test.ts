/** The check that procedures are performed: what passes it, what does not, and that it does not believe what the trace only says. */
import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { proceduresOf } from '../evidence/procedures/index.ts';
import { judge } from '../evidence/verdicts/index.ts';
import { PROCEDURES_CHECK, STEPS_CHECK } from '../language/index.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { procedureOptions, recoveryWith, seen, type RecoveryChange } from './procedures.fixture.ts';

const runs = new Map<string, Performance>();

function performed(options: PerformanceOptions, key: string): Performance {
  const known = runs.get(key);
  if (known !== undefined) return known;
  const performance = new Performance(options);
  performance.finish();
  runs.set(key, performance);
  return performance;
}

function checkOf(
  { screenplay }: PerformanceOptions,
  events: readonly AnyTraceEvent[],
  id: string = PROCEDURES_CHECK,
) {
  const check = judge(screenplay, events).checks.find((each) => each.id === id);
  return [check?.verdict, check?.why ?? ''] as const;
}

/** The verdict on the recovery with a change of it. */
function verdictWith(
  change: RecoveryChange,
  more: Parameters<typeof recoveryWith>[1] = {},
  hall: Parameters<typeof procedureOptions>[1] = {},
) {
  const options = procedureOptions(recoveryWith(change, more), hall);
  const performance = new Performance(options);
  performance.finish();
  return checkOf(options, performance.world.record.events);
}

test('what is performed to its end passes, and says how much that was', (t) => {
  const options = procedureOptions();
  const { events } = performed(options, 'whole').world.record;
  t.deepEqual(checkOf(options, events), ['pass', 'procedures performed: 4, steps done: 12']);
  t.is(checkOf(options, events.slice(0, -20))[0], 'inconclusive', 'not over');
});

for (const [name, change, more, hall, verdict, why] of [
  ['what is late fails', {}, {}, { shielded: true }, 'fail', /'recovery.wipe' .* was not done in time/],
  [
    'what is refused fails',
    { block: { type: 'block-user 12' } },
    {},
    {},
    'fail',
    /'recovery.block' .* was refused/,
  ],
  [
    'what is forgotten fails',
    {},
    {},
    { broken: ['administrator.blocks-user'] },
    'fail',
    /'recovery.block' .* was never done, though its turn came/,
  ],
  ['what is left out on purpose passes', { destroy: { skipped: 'omitted' } }, {}, {}, 'pass', /steps done/],
  ['what needs that passes too', { 'tell-mdm': { skipped: 'omitted' } }, {}, {}, 'pass', /steps done/],
  [
    'what is given up on purpose passes',
    {},
    { until: 'recovery.destroy' },
    {},
    'inconclusive',
    /'round\[alice\]' .* never began/,
  ],
  [
    'what never begins is open',
    {},
    { begins: { kind: 'after', moment: 'never', delay: 0 } },
    {},
    'inconclusive',
    /'recovery' .* never began/,
  ],
  [
    'what has nothing to come of it fails',
    { record: { done: seen('crs.user-unblocked') } },
    {},
    {},
    'fail',
    /'recovery.record' .* was typed, and nothing came of it/,
  ],
  [
    'what nobody was told of fails',
    { destroy: { needs: [], after: [] }, 'tell-cms': { skipped: 'omitted' } },
    {},
    {},
    'fail',
    /'recovery.destroy' .* was never done/,
  ],
  [
    'what is to be noticed and is not is open',
    { record: { whenNoticed: seen('crs.user-unblocked') } },
    {},
    {},
    'inconclusive',
    /waits for what crs-admin never noticed/,
  ],
  [
    'what the end of the run cuts off is open',
    { record: { takes: 60 * MINUTE } },
    {},
    {},
    'inconclusive',
    /the run ended before step 'recovery.record'/,
  ],
] as const) {
  test(name, (t) => {
    const [came, because] = verdictWith(change, more, hall);
    t.is(came, verdict, because);
    t.regex(because, why);
  });
}

test('a line that is refused against what is said fails the check of lines, too', (t) => {
  const options = procedureOptions(recoveryWith({ block: { type: 'block-user 12' } }));
  const performance = new Performance(options);
  performance.finish();
  const [verdict, why] = checkOf(options, performance.world.record.events, STEPS_CHECK);
  t.is(verdict, 'fail');
  t.regex(why, /'recovery\.block' .* was refused/);
});

test('who is played is left to the score, and so is what waits for them', (t) => {
  const options = procedureOptions(recoveryWith(), { played: ['crs-admin'] });
  const performance = new Performance(options);
  performance.finish();
  t.is(checkOf(options, performance.world.record.events)[0], 'inconclusive');
  const [verdict, why] = verdictWith({ wipe: { within: 0 } }, {}, { played: ['crs-admin'] });
  t.is(verdict, 'inconclusive', why);
});

/** Faults of a recogniser, each as what it makes of a trace that is sound. */
const FAULTS: readonly (readonly [
  name: string,
  fault: (event: AnyTraceEvent) => readonly AnyTraceEvent[],
])[] = [
  [
    'nothing is said',
    (event) => (event.type.startsWith('procedure.') && event.type !== 'procedure.time-come' ? [] : [event]),
  ],
  [
    'one step is never said to be done',
    (event) => (event.type === 'procedure.step-done' && event.data.step === 'recovery.block' ? [] : [event]),
  ],
  [
    'an event is said to have done what it did not',
    (event) =>
      event.type === 'procedure.step-done' && event.data.step === 'recovery.block'
        ? [{ ...event, data: { ...event.data, event: event.data.event - 1 } }]
        : [event],
  ],
  [
    'an event is said to have done it that is not there',
    (event) =>
      event.type === 'procedure.step-done' && event.data.step === 'recovery.wipe'
        ? [{ ...event, data: { ...event.data, event: 99_999 } }]
        : [event],
  ],
  [
    'an end is not said',
    (event) => (event.type === 'procedure.ended' && event.data.instance === 'round[bob]' ? [] : [event]),
  ],
];

for (const [name, fault] of FAULTS) {
  test(`a fault of the recogniser is caught: ${name}`, (t) => {
    const options = procedureOptions();
    const { events } = performed(options, 'whole').world.record;
    t.is(checkOf(options, events)[0], 'pass');
    t.is(checkOf(options, events.flatMap(fault))[0], 'fail');
  });
}

test('what is reported is a check list with what really happened', (t) => {
  const options = procedureOptions(recoveryWith({ record: { skipped: 'omitted' } }), { shielded: true });
  const performance = new Performance(options);
  performance.advanceTo(7 * MINUTE);
  performance.type('crs-admin', 'crs', 'block-user +447700900001');
  performance.finish();
  const [recovery, reading] = proceduresOf(
    options.screenplay.performs,
    performance.world.record.events,
    performance.facts,
  );
  t.like(recovery, {
    instance: 'recovery',
    procedure: 'recovery',
    began: 6 * MINUTE,
    deviations: ['recovery.block was done before recovery.destroy'],
  });
  t.deepEqual(
    recovery?.steps.map(({ step, outcome, done, due }) => [step, outcome, due, done]),
    [
      ['recovery.tell-mdm', 'done', 8 * MINUTE, 8 * MINUTE],
      ['recovery.tell-cms', 'done', 9 * MINUTE, 9 * MINUTE],
      ['recovery.wipe', 'failed', 11 * MINUTE, null],
      ['recovery.warn', 'done', 16.5 * MINUTE, 16.5 * MINUTE],
      ['recovery.destroy', 'done', 17 * MINUTE, 17 * MINUTE],
      ['recovery.block', 'done', null, 7 * MINUTE],
      ['recovery.record', 'skipped', null, null],
    ],
  );
  t.like(recovery?.steps[2], { why: 'not done in time', line: 'wipe alice-phone', on: 'mdm', doneBy: null });
  t.like(recovery?.steps[3], { insteadOf: 'recovery.wipe' });
  t.like(reading, { parent: 'recovery', procedure: 'log-check' });
});

test('what is inside a procedure that was given up is given up, too', (t) => {
  const options = procedureOptions(recoveryWith({}, { until: 'recovery.wipe' }));
  const performance = new Performance(options);
  performance.finish();
  const { performs } = options.screenplay;
  const [recovery, reading] = proceduresOf(performs, performance.world.record.events, performance.facts);
  t.is(recovery?.abandonedAfter, 'recovery.wipe');
  t.deepEqual(
    [...(recovery?.steps ?? []), ...(reading?.steps ?? [])].map(({ outcome }) => outcome),
    ['done', 'done', 'done', 'not-needed', ...Array<string>(5).fill('abandoned')],
  );
});
