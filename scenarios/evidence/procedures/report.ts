/** What is reported of the procedures of a run: what was performed, beside what its trace says of it. */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import '../../world/procedures/events.ts';
import type { PerformedProcedure, PerformedStep } from '../../language/index.ts';
import { inWords } from '../verdicts/match.ts';
import type { ProcedureFact } from './facts.ts';
import type { ProcedureResult, ProcedureStepResult, StepOutcome } from './model.ts';

/** What a trace says of the steps and instances, by id; of several statements of a kind the first. */
export interface SaidOfProcedures {
  readonly begun: ReadonlyMap<string, TraceEvent<'procedure.begun'>>;
  readonly ended: ReadonlyMap<string, TraceEvent<'procedure.ended'>>;
  readonly abandoned: ReadonlyMap<string, TraceEvent<'procedure.abandoned'>>;
  readonly done: ReadonlyMap<string, TraceEvent<'procedure.step-done'>>;
  readonly failed: ReadonlyMap<string, TraceEvent<'procedure.step-failed'>>;
  readonly skipped: ReadonlyMap<string, TraceEvent<'procedure.skipped'>>;
  readonly notApplicable: ReadonlyMap<string, TraceEvent<'procedure.not-applicable'>>;
  readonly notGiven: readonly TraceEvent<'procedure.given-not-met'>[];
}

/** Sorts what a trace says of procedures. */
export function saidIn(events: readonly AnyTraceEvent[]): SaidOfProcedures {
  const said = {
    begun: new Map<string, TraceEvent<'procedure.begun'>>(),
    ended: new Map<string, TraceEvent<'procedure.ended'>>(),
    abandoned: new Map<string, TraceEvent<'procedure.abandoned'>>(),
    done: new Map<string, TraceEvent<'procedure.step-done'>>(),
    failed: new Map<string, TraceEvent<'procedure.step-failed'>>(),
    skipped: new Map<string, TraceEvent<'procedure.skipped'>>(),
    notApplicable: new Map<string, TraceEvent<'procedure.not-applicable'>>(),
    notGiven: [] as TraceEvent<'procedure.given-not-met'>[],
  };
  const first = <Event>(map: Map<string, Event>, key: string, event: Event): void => {
    if (!map.has(key)) map.set(key, event);
  };
  for (const event of events) {
    if (event.type === 'procedure.begun') first(said.begun, event.data.instance, event);
    else if (event.type === 'procedure.ended') first(said.ended, event.data.instance, event);
    else if (event.type === 'procedure.abandoned') first(said.abandoned, event.data.instance, event);
    else if (event.type === 'procedure.step-done') first(said.done, event.data.step, event);
    else if (event.type === 'procedure.step-failed') first(said.failed, event.data.step, event);
    else if (event.type === 'procedure.skipped') first(said.skipped, event.data.step, event);
    else if (event.type === 'procedure.not-applicable') first(said.notApplicable, event.data.step, event);
    else if (event.type === 'procedure.given-not-met') said.notGiven.push(event);
  }
  return said;
}

/** The procedures of a run; what was due in it says when steps were to be done. */
export function proceduresOf(
  performs: readonly PerformedProcedure[],
  events: readonly AnyTraceEvent[],
  facts: readonly ProcedureFact[],
): readonly ProcedureResult[] {
  const due = new Map(facts.flatMap((each) => (each.kind === 'due' ? [[each.key, each.time] as const] : [])));
  const said = saidIn(events);
  return performs.map((of) => {
    const { instance, procedure, title, parent, source: clauses, steps } = of;
    const abandoned = said.abandoned.get(instance);
    const leftOut = leftOutOf(performs, of);
    const over = said.ended.get(instance) ?? abandoned;
    const isOver = over !== undefined || isGivenUp(performs, of, said);
    const gone: Gone = leftOut === undefined ? { over: isOver } : { over: true, leftOut };
    return {
      ...{ instance, procedure, title, clauses },
      ...(parent === undefined ? {} : { parent }),
      began: said.begun.get(instance)?.t ?? null,
      ended: over?.t ?? null,
      ...(abandoned === undefined ? {} : { abandonedAfter: abandoned.data.after }),
      ...(leftOut === undefined ? {} : { leftOut }),
      steps: steps.flatMap((step) => stepsOf(step, { said, due, gone })),
      deviations: [
        ...notGiven(said, instance),
        ...steps.flatMap((step) => outOfOrder(step, said)),
        ...offTheBook(of, said),
      ],
    };
  });
}

/** Why an instance is not performed, or none of those that perform it is. */
function leftOutOf(
  performs: readonly PerformedProcedure[],
  { notApplicable, skipped, parent }: PerformedProcedure,
): string | undefined {
  const above = performs.find(({ instance }) => instance === parent);
  return notApplicable ?? skipped ?? (above && leftOutOf(performs, above));
}

/** Whether it was given up, or that which performs it was. */
function isGivenUp(
  performs: readonly PerformedProcedure[],
  { instance, parent }: PerformedProcedure,
  said: SaidOfProcedures,
): boolean {
  const above = performs.find((each) => each.instance === parent);
  return said.abandoned.has(instance) || (above !== undefined && isGivenUp(performs, above, said));
}

/** Whether nothing more is to be expected of an instance, and why when it was left out. */
interface Gone {
  readonly over: boolean;
  readonly leftOut?: string;
}

interface Reporting {
  readonly said: SaidOfProcedures;
  readonly due: ReadonlyMap<string, Micros>;
  readonly gone: Gone;
}

function stepsOf(
  step: PerformedStep,
  reporting: Reporting,
  insteadOf?: string,
): readonly ProcedureStepResult[] {
  const { id, by, on = by, type: line = null, clauses, hidden, otherwise, done: pattern } = step;
  const { said, due } = reporting;
  const done = said.done.get(id);
  const { outcome, why } = outcomeOf(step, reporting, insteadOf);
  return [
    {
      ...{ step: id, by, on, line },
      until: pattern.type === 'step.typed' ? 'it is typed' : inWords(pattern),
      clauses,
      ...(hidden === undefined ? {} : { hidden }),
      ...(insteadOf === undefined ? {} : { insteadOf }),
      ...{ outcome, why },
      due: due.get(id) ?? null,
      done: done?.t ?? null,
      doneBy: done?.data.by ?? null,
      event: done?.data.event ?? null,
    },
    ...otherwise.flatMap((each) => stepsOf(each, reporting, id)),
  ];
}

function outcomeOf(
  { id, notApplicable, skipped }: PerformedStep,
  { said, gone }: Reporting,
  insteadOf: string | undefined,
): { readonly outcome: StepOutcome; readonly why: string } {
  const failed = said.failed.get(id)?.data;
  const done = said.done.get(id)?.data;
  if (done !== undefined)
    return { outcome: done.late || failed?.reason === 'late' ? 'late' : 'done', why: '' };
  if (failed !== undefined) {
    const { reason, needs } = failed;
    const why = { late: 'not done in time', refused: 'refused', needs: `needs ${needs ?? ''}` }[reason];
    return { outcome: 'failed', why };
  }
  const noNeed = said.notApplicable.get(id)?.data.reason ?? notApplicable;
  if (noNeed !== undefined) return { outcome: 'not-applicable', why: noNeed };
  const left = said.skipped.get(id)?.data.reason ?? skipped ?? gone.leftOut;
  if (left !== undefined) return { outcome: 'skipped', why: left };
  if (!gone.over) return { outcome: 'open', why: '' };
  return { outcome: insteadOf === undefined ? 'abandoned' : 'not-needed', why: '' };
}

function notGiven({ notGiven: all }: SaidOfProcedures, of: string): readonly string[] {
  return all.flatMap(({ data: { instance, given } }) =>
    instance === of ? [`began although it was not so that: ${given}`] : [],
  );
}

/** What the scenario itself has in another order than the book: each that was done before what comes next to it there. */
function offTheBook({ book = [] }: PerformedProcedure, { done, ended }: SaidOfProcedures): readonly string[] {
  const settled = book.flatMap((id) => {
    const event = done.get(id) ?? ended.get(id);
    return event === undefined ? [] : { id, n: event.n };
  });
  return settled.slice(1).flatMap(({ id, n }, at) => {
    const before = settled[at];
    return before !== undefined && n < before.n ? [`${id} was done before ${before.id}`] : [];
  });
}

/** What was done before a step that comes before it by the book. */
function outOfOrder({ id, after }: PerformedStep, { done }: SaidOfProcedures): readonly string[] {
  const own = done.get(id);
  if (own === undefined) return [];
  return after.flatMap(({ step }) => {
    const before = done.get(step);
    return before !== undefined && before.n > own.n ? [`${id} was done before ${step}`] : [];
  });
}
