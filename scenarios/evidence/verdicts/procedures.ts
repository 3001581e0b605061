/**
 * The procedures of a screenplay against a trace: each comes to its end, and every step of it is done unless the variant itself leaves it out. A
 * procedure that does nothing, or of which nobody noticed that it does nothing, has drilled nothing.
 *
 * What the trace says of procedures is not taken for granted: the event that is said to have done a step has to be there, and to be such an event. Steps of
 * those who are played, and what waits for them, are left to the score.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { PerformedProcedure, PerformedStep, StepNeed } from '../../language/index.ts';
import { saidIn, type SaidOfProcedures } from '../procedures/report.ts';
import { failed, inconclusive, passed, sourceOf, type Finding } from './check.ts';
import { matches } from './match.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** Steps that are named in one verdict. */
const NAMED_MAX = 5;

/** What a verdict is made of. */
interface ProcedureEvidence {
  readonly performs: readonly PerformedProcedure[];
  readonly steps: ReadonlyMap<string, PerformedStep>;
  readonly said: SaidOfProcedures;
  readonly prefix: Prefix;
  readonly played: readonly string[];
}

/** What is wrong with a step or an instance: `open` leaves the check open, for nobody could do anything. */
interface Fault {
  readonly kind: 'fail' | 'open';
  readonly why: string;
  readonly event?: AnyTraceEvent | undefined;
}

/** A step that failed, or whose turn came and that was not done, fails it; a procedure that never began leaves it open. */
export function judgeProcedures(performs: readonly PerformedProcedure[], prefix: Prefix): Finding {
  const wanted = performs.filter((each) => !isLeftOut(performs, each));
  if (wanted.length === 0)
    return { verdict: 'not-applicable', decided: true, why: 'no procedure is performed', evidence: [] };
  const said = saidIn(prefix.events);
  if (!prefix.ended)
    return inconclusive(
      'SCENARIO_NOT_YET',
      `procedures over so far: ${said.ended.size} of ${wanted.length}`,
      false,
    );
  const steps = new Map(
    performs.flatMap((each) => each.steps.flatMap(withOtherwise)).map((each) => [each.id, each]),
  );
  const evidence = { performs, steps, said, prefix, played: prefix.opened?.data.played ?? [] };
  const faults = wanted.flatMap((each) => faultsOf(each, evidence));
  const wrong = faults.filter(({ kind }) => kind === 'fail');
  if (wrong.length > 0)
    return failed(
      listed(wrong.map(({ why }) => why)),
      wrong.slice(0, NAMED_MAX).flatMap(({ event }) => event ?? []),
    );
  if (faults.length > 0)
    return inconclusive('SCENARIO_STEP_UNTYPED', listed(faults.map(({ why }) => why)), true);
  const ends = wanted.flatMap(
    ({ instance }) => said.ended.get(instance) ?? said.abandoned.get(instance) ?? [],
  );
  return passed(
    `procedures performed: ${wanted.length}, steps done: ${said.done.size}`,
    ends.slice(0, NAMED_MAX),
  );
}

function isLeftOut(performs: readonly PerformedProcedure[], of: PerformedProcedure): boolean {
  const above = performs.find(({ instance }) => instance === of.parent);
  return (
    of.notApplicable !== undefined ||
    of.skipped !== undefined ||
    (above !== undefined && isLeftOut(performs, above))
  );
}

function withOtherwise(step: PerformedStep): readonly PerformedStep[] {
  return [step, ...step.otherwise.flatMap(withOtherwise)];
}

function faultsOf(of: PerformedProcedure, evidence: ProcedureEvidence): readonly Fault[] {
  const { instance, where, parent, steps } = of;
  const { said, prefix } = evidence;
  const name = `procedure '${instance}' (${sourceOf(where)})`;
  if (!said.begun.has(instance)) {
    if (parent !== undefined) return steps.flatMap((step) => ofStep(step, of, evidence));
    const came = eventsOf(prefix, 'procedure.time-come').find(
      ({ data }) => data.instance === instance && data.step === null,
    );
    return came === undefined
      ? [{ kind: 'open', why: `${name} never began` }]
      : [{ kind: 'fail', why: `${name} is not said to have begun, though its time came`, event: came }];
  }
  const faults = steps.flatMap((step) => ofStep(step, of, evidence));
  if (faults.length > 0 || said.ended.has(instance) || said.abandoned.has(instance)) return faults;
  // What is inside it says why, or waits for somebody who is played.
  const hasInside = evidence.performs.some((each) => each.parent === instance);
  return hasInside || evidence.played.length > 0
    ? []
    : [{ kind: 'fail', why: `${name} is not said to have ended`, event: said.begun.get(instance) }];
}

function ofStep(step: PerformedStep, of: PerformedProcedure, evidence: ProcedureEvidence): readonly Fault[] {
  const { said } = evidence;
  const { id, where } = step;
  const name = `step '${id}' (${sourceOf(where)})`;
  const done = said.done.get(id);
  if (done !== undefined && !isDoneBy(step, done.data.event, evidence))
    return [
      {
        kind: 'fail',
        why: `${name} is said to be done by event ${done.data.event}, which is no such event`,
        event: done,
      },
    ];
  const failure = said.failed.get(id);
  if (failure !== undefined) {
    if (isExcused(step, evidence)) return [];
    const { reason, needs } = failure.data;
    if (reason === 'needs')
      return [{ kind: 'fail', why: `${name} was not performed: ${needs ?? ''} is not done`, event: failure }];
    return [
      {
        kind: 'fail',
        why: `${name} ${reason === 'late' ? 'was not done in time' : 'was refused'}`,
        event: failure,
      },
    ];
  }
  if (done !== undefined) return step.otherwise.flatMap((each) => falselySaid(each, evidence));
  if (isSettledUndone(step, of, evidence) || isExcused(step, evidence)) return [];
  return [unsettled(step, of, name, evidence)];
}

/** What was done in place of a step that was done after all has to be what it says, too. */
function falselySaid(step: PerformedStep, evidence: ProcedureEvidence): readonly Fault[] {
  const done = evidence.said.done.get(step.id);
  return done === undefined || isDoneBy(step, done.data.event, evidence)
    ? []
    : [
        {
          kind: 'fail',
          why: `step '${step.id}' is said to be done by event ${done.data.event}, which is no such event`,
          event: done,
        },
      ];
}

/** Whether an event is there and does a step: of a line that is typed, what its console said to it. */
function isDoneBy({ done }: PerformedStep, n: EventNumber, { prefix }: ProcedureEvidence): boolean {
  const event =
    prefix.events[n - 1]?.n === n ? prefix.events[n - 1] : prefix.events.find((each) => each.n === n);
  if (event === undefined) return false;
  if (matches(done, event)) return true;
  if (done.type !== 'step.typed') return false;
  const wanted = done.tests.find(({ field }) => field === 'refused')?.test;
  const code = wanted?.kind === 'is' ? wanted.value : null;
  return code === null
    ? event.type === 'console.answered'
    : event.type === 'console.refused' && event.data.code === code;
}

/** Left out, not applicable, given up: the screenplay or the trace says why. */
function isSettledUndone(
  { id, skipped, notApplicable }: PerformedStep,
  of: PerformedProcedure,
  evidence: ProcedureEvidence,
): boolean {
  const { said, performs } = evidence;
  const isGivenUp = (each: PerformedProcedure | undefined): boolean =>
    each !== undefined &&
    (said.abandoned.has(each.instance) ||
      isGivenUp(performs.find(({ instance }) => instance === each.parent)));
  return skipped !== undefined || notApplicable !== undefined || said.notApplicable.has(id) || isGivenUp(of);
}

/** Whether a step is not done because of what the variant leaves out, or of what somebody does or does not do who is played. */
function isExcused(step: PerformedStep, evidence: ProcedureEvidence): boolean {
  const { said, played, steps } = evidence;
  if (played.includes(step.by)) return true;
  const reason = said.failed.get(step.id)?.data.reason;
  if (reason === 'late' || reason === 'refused') return false;
  return step.after.some((need) => {
    const other = steps.get(need.step);
    if (other === undefined) return isInstanceExcused(need, evidence);
    if (said.done.has(other.id)) return false;
    const isLeft = other.skipped !== undefined && need.kind === 'physical';
    return (
      isLeft ||
      (said.failed.has(other.id)
        ? need.kind === 'physical' && isExcused(other, evidence)
        : isExcused(other, evidence))
    );
  });
}

/** The same of a need for all of a nested procedure. */
function isInstanceExcused({ step: instance, kind }: StepNeed, evidence: ProcedureEvidence): boolean {
  const { performs, said } = evidence;
  const of = performs.find((each) => each.instance === instance);
  if (of === undefined) return false;
  if (of.skipped !== undefined || said.abandoned.has(instance)) return kind === 'physical';
  return of.steps.some((step) => !said.done.has(step.id) && isExcused(step, evidence));
}

/** A step of which nothing was said at all: its turn came, or it did not. */
function unsettled(
  step: PerformedStep,
  of: PerformedProcedure,
  name: string,
  evidence: ProcedureEvidence,
): Fault {
  const { said, prefix } = evidence;
  const since = turnOf(step, of, evidence);
  const typed = eventsOf(prefix, 'step.typed').find(({ data }) => data.step === step.id);
  if (typed !== undefined)
    return { kind: 'fail', why: `${name} was typed, and nothing came of it`, event: typed };
  if (since === undefined) return { kind: 'open', why: `the turn of ${name} never came` };
  if (since + step.takes > prefix.reached) return { kind: 'open', why: `the run ended before ${name}` };
  if (step.whenNoticed !== undefined)
    return { kind: 'open', why: `${name} waits for what ${step.by} never noticed` };
  const event = said.begun.get(of.instance);
  return {
    kind: 'fail',
    why: `${name} was never ${step.type === undefined ? 'seen' : 'done'}, though its turn came`,
    event,
  };
}

/** When all was settled that a step waits for; undefined when something of it never was. */
function turnOf(
  step: PerformedStep,
  of: PerformedProcedure,
  { said, steps }: ProcedureEvidence,
): Micros | undefined {
  const begun = said.begun.get(of.instance)?.t;
  const times = step.after.map((need) => {
    const settled = steps.has(need.step)
      ? [said.done, said.failed, said.skipped, said.notApplicable]
      : [said.ended, said.abandoned, said.skipped, said.notApplicable];
    const all = settled.flatMap((each): readonly Micros[] => {
      const time = each.get(need.step)?.t;
      return time === undefined ? [] : [time];
    });
    return need.kind === 'physical' &&
      steps.has(need.step) &&
      !said.done.has(need.step) &&
      !said.notApplicable.has(need.step)
      ? undefined
      : all.length === 0
        ? undefined
        : Math.min(...all);
  });
  if (begun === undefined || times.some((time) => time === undefined)) return undefined;
  return Math.max(begun, ...times.map((time) => time ?? 0));
}

function listed(all: readonly string[]): string {
  const more = all.length - NAMED_MAX;
  return `${all.slice(0, NAMED_MAX).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
