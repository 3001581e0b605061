/** Procedures are recognised in the trace alone: whoever typed, whatever was kept, and however often it is read. */
import test from 'ava';
import fc from 'fast-check';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { recognised } from '../evidence/procedures/index.ts';
import { SHIPPED_KINDS } from '../world/index.ts';
import { Beginnings } from './beginnings.ts';
import { keptAfter } from './kept-performance.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { procedureOptions, recoveryWith, type RecoveryChange } from './procedures.fixture.ts';
import { eyesOf, ProceduresWitness } from './procedures-witness.ts';

function performed(options: PerformanceOptions): Performance {
  const performance = new Performance(options);
  performance.finish();
  return performance;
}

const isSaid = ({ type }: AnyTraceEvent): boolean =>
  type.startsWith('procedure.') && type !== 'procedure.time-come';

/** What is said of procedures; the numbers of events are those of one run. */
function saidIn(events: readonly AnyTraceEvent[]) {
  return events.filter(isSaid).map(({ t, type, data }) => ({ t, type, data: { ...data, event: undefined } }));
}

/** The recogniser on its own, over a trace in which nothing was said of procedures. */
function readAgain({ performs }: PerformanceOptions['screenplay'], events: readonly AnyTraceEvent[]) {
  const { plan, initial } = new ProceduresWitness(performs, SHIPPED_KINDS);
  const eyes = eyesOf(SHIPPED_KINDS);
  let state = initial;
  return events
    .filter((event) => !isSaid(event))
    .flatMap((event) => {
      const after = recognised(plan, state, event, eyes);
      ({ state } = after);
      return after.says.map(({ type, data }) => ({ t: event.t, type, data }));
    });
}

const changes: fc.Arbitrary<RecoveryChange> = fc.dictionary(
  fc.constantFrom('tell-mdm', 'tell-cms', 'wipe', 'destroy', 'block', 'record'),
  fc.oneof(
    fc.constant({ skipped: 'left out' }),
    fc.constant({ notApplicable: 'not here' }),
    fc.integer({ min: 0, max: 400 }).map((seconds) => ({ takes: seconds * SECOND })),
    fc.integer({ min: 0, max: 90 }).map((seconds) => ({ within: seconds * SECOND })),
  ),
  { maxKeys: 4 },
);
const untils = fc.option(fc.constantFrom('recovery.wipe', 'recovery.block', 'recovery.reading'), {
  nil: undefined,
});

test('property: what is said of procedures is what the trace says, whatever is left out, late or given up', (t) => {
  fc.assert(
    fc.property(changes, untils, fc.boolean(), (change, until, shielded) => {
      const more = until === undefined ? {} : { until };
      const options = procedureOptions(recoveryWith(change, more), { shielded });
      const { events } = performed(options).world.record;
      const said = events.filter(isSaid).map(({ t: time, type, data }) => ({ t: time, type, data }));
      t.deepEqual(readAgain(options.screenplay, events), said);
    }),
    { numRuns: 25 },
  );
});

test('lines that a person types when they are due make the same of the procedure', (t) => {
  const script = performed(procedureOptions());
  for (const role of ['crs-admin', 'mdm-admin', 'cms-operator']) {
    const byHand = new Performance(procedureOptions(recoveryWith(), { played: [role] }));
    for (const { typed, step } of script.typed.filter(({ typed: { by } }) => by === role)) {
      if (step === undefined) continue;
      byHand.advanceTo(typed.time);
      byHand.type(role, typed.on, typed.line);
    }
    byHand.finish();
    t.deepEqual(saidIn(byHand.world.record.events), saidIn(script.world.record.events), role);
  }
});

test('another order and other words count when what was to be seen is seen, and nothing is typed twice', (t) => {
  const performance = new Performance(procedureOptions());
  performance.advanceTo(7 * MINUTE);
  performance.type('crs-admin', 'crs', 'block-user "+44 7700 900001"');
  performance.type('crs-admin', 'crs-admin', 'tell mdm-admin please wipe the phone of alice at once');
  performance.finish();
  const { events } = performance.world.record;
  const lines = events.flatMap((event) => (event.type === 'console.typed' ? [event.data.line] : []));
  t.is(lines.filter((line) => line.startsWith('block-user')).length, 1);
  t.is(lines.filter((line) => line.startsWith('tell mdm-admin')).length, 1);
  const done = events.flatMap((event) => (event.type === 'procedure.step-done' ? [event.data] : []));
  t.like(
    done.find(({ step }) => step === 'recovery.block'),
    { by: 'crs-admin', late: false },
  );
  t.deepEqual(
    done.slice(0, 2).map(({ step }) => step),
    ['recovery.block', 'recovery.tell-mdm'],
  );
  t.true(events.some((event) => event.type === 'procedure.ended' && event.data.instance === 'recovery'));
});

test('a line that is refused to a person has not failed: they type it again', (t) => {
  const performance = new Performance(procedureOptions(recoveryWith(), { played: ['crs-admin'] }));
  performance.advanceTo(8 * MINUTE);
  performance.typeQuietly('crs-admin', 'crs', 'block-user 12');
  performance.type('crs-admin', 'crs', 'block-user +447700900001');
  const said = saidIn(performance.world.trace.events);
  t.false(said.some(({ type }) => type === 'procedure.step-failed'));
  t.like(said.at(-1), { type: 'procedure.step-done', data: { step: 'recovery.block' } });
});

test('who does nothing is late, and what waits for them does not begin', (t) => {
  const { world, cued } = performed(procedureOptions(recoveryWith(), { played: ['mdm-admin'] }));
  t.deepEqual(
    cued.map(({ step }) => step.id),
    ['recovery.wipe', 'recovery.warn'],
  );
  const said = saidIn(world.record.events);
  t.true(
    said.some(
      ({ type, data }) => type === 'procedure.step-failed' && 'reason' in data && data.reason === 'late',
    ),
  );
});

for (const minutes of [3, 5, 6, 7, 10, 12, 13.3, 14.1, 16, 17, 30]) {
  test(`a performance that is kept in the midst of procedures, at ${minutes} minutes, goes on as it would have`, (t) => {
    for (const shielded of [false, true]) {
      const options = procedureOptions(recoveryWith(), { shielded });
      const performance = new Performance(options);
      performance.advanceTo(minutes * MINUTE);
      const kept = keptAfter(performance.record());
      assert(kept !== undefined, 'the beginning is quiet');
      const again = new Performance(options, kept);
      for (const each of [performance, again]) each.finish();
      t.is(again.world.trace.toNdjson(), performance.world.trace.toNdjson());
      t.deepEqual([again.endsAt, again.typed], [performance.endsAt, performance.typed]);
    }
  });
}

test('a variant that begins as another comes to what it comes to alone', (t) => {
  const first = procedureOptions(recoveryWith());
  const steps = first.screenplay.steps.map((step) =>
    step.id === 'tell' ? { ...step, type: 'tell crs-admin it was stolen from me' } : step,
  );
  const variants = [
    first,
    { ...first, screenplay: { ...first.screenplay, steps } },
    procedureOptions(recoveryWith({ block: { takes: 4 * MINUTE } })),
    procedureOptions(recoveryWith({ destroy: { skipped: 'left out' } })),
    procedureOptions(recoveryWith({}, { until: 'recovery.destroy' })),
  ];
  const beginnings = new Beginnings();
  let shared = 0;
  for (const options of variants) {
    const found = beginnings.find(options);
    shared += found?.done.length ?? 0;
    const performance = new Performance(options, found);
    performance.finish();
    beginnings.remember(options, performance);
    t.is(performance.world.trace.toNdjson(), performed(options).world.trace.toNdjson());
  }
  t.true(shared > 0);
});
