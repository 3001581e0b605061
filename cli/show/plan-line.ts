/**
 * The lines of a scenario as somebody plans a drill with them: when each is typed, by whom, what is expected of it, and which checks look at that. When a
 * line comes that waits for something is only estimated, and what is not done in this variant is there and says why.
 */
import { formatDuration } from '../../sim/duration.ts';
import type { Micros } from '../../sim/clock.ts';
import { linesOf } from '../../scenarios/evidence/procedures/index.ts';
import type { Expectation, Probe, ResolvedScreenplay, Step, When } from '../../scenarios/language/index.ts';
import { couldCause, effectOf, type LineEffects, type LineWords } from './line-effects.ts';
import { conditionsOf, isLeftOut, markOf, PerformedPlan, type PlacedStep } from './performed-plan.ts';
import { cutOffIn, PlanTimes } from './plan-times.ts';

/** What is typed or tried once, with when that is and what comes of it, in words. */
export interface PlanLine {
  /** `2015-10-14 08:05:00`, `reported + 10m`, and of a step of a procedure what it comes after: `recovery.tell-mdm + 2m`. */
  readonly time: string;
  /** When it comes, as far as the file tells: microseconds since the beginning. */
  readonly estimate: Micros | undefined;
  readonly by: string;
  readonly on: string;
  readonly line: string;
  readonly kind: 'step' | 'probe';
  /** The event, refusal or outcome that is expected; empty where the file says nothing. */
  readonly effect: string;
  /** Under what condition it is typed, or why it is not; empty where it simply is. */
  readonly mark: string;
  /** Whether it is typed at all in this variant. */
  readonly typed: 'yes' | 'perhaps' | 'no';
  /** Checks that look at it, and the clauses that it carries out. */
  readonly checks: readonly string[];
}

/** What is laid out: a scenario as a variant has it. */
type PlannedScenario = Pick<
  ResolvedScreenplay,
  'steps' | 'performs' | 'probes' | 'expect' | 'moments' | 'begins'
> & { readonly world: Pick<ResolvedScreenplay['world'], 'users'> };

/** The lines in their order, those whose time nobody can tell last. */
export function planLinesOf(screenplay: PlannedScenario, effects: LineEffects): readonly PlanLine[] {
  const { begins, probes, performs, world } = screenplay;
  const words = { effects, numbers: new Map(world.users.map(({ name, number }) => [name, number])) };
  const plan = new PerformedPlan(performs);
  const cutOff = cutOffIn(plan, new PlanTimes(screenplay, plan, words));
  const times = new PlanTimes(screenplay, plan, words, cutOff);
  const steps = linesOf(screenplay).map((step): PlanLine => {
    const { by, on = by, type: line, id } = step;
    const placed = plan.steps.get(id);
    const when = placed === undefined ? step.when : plan.placeOf(placed, (each) => times.reached(each));
    return {
      ...{ time: whenText(when, begins), estimate: times.of(step), by, on, line, kind: 'step' },
      ...lookedAt(step, screenplay, words),
      mark: placed === undefined ? (step.untyped ?? '') : markOf(placed, cutOff.get(id)),
      typed:
        placed === undefined ? (step.untyped === undefined ? 'yes' : 'no') : typedOf(placed, cutOff.has(id)),
    };
  });
  return [...steps, ...probes.map((probe) => probeLine(probe, begins, times))]
    .map((line, at) => ({ line, at }))
    .sort((a, b) => (a.line.estimate ?? Infinity) - (b.line.estimate ?? Infinity) || a.at - b.at)
    .map(({ line }) => line);
}

function typedOf(step: PlacedStep, isCutOff: boolean): PlanLine['typed'] {
  if (isLeftOut(step.of) || isCutOff) return 'no';
  return conditionsOf(step).length > 0 ? 'perhaps' : 'yes';
}

/** What is expected of a line, and what looks at it. */
function lookedAt(
  step: Step,
  { expect }: PlannedScenario,
  words: LineWords,
): Pick<PlanLine, 'effect' | 'checks'> {
  const { refused, clauses } = step;
  const effect = refused !== undefined && refused !== 'none' ? `refused: ${refused}` : effectOf(step, words);
  const looking = expect.filter((each) => looksAt(each, step, words)).map(({ id }) => id);
  return { effect: effect ?? '', checks: [...looking, ...clauses] };
}

function probeLine(
  { id, when, by, on = by, type: line, predict, reason, parts, notApplicable }: Probe,
  begins: number,
  times: PlanTimes,
): PlanLine {
  return {
    ...{ time: whenText(when, begins), estimate: times.when(when), by, on, line, kind: 'probe' },
    effect: reason === undefined ? predict : `${predict}: ${reason}`,
    mark: notApplicable === undefined ? '' : `not made: ${notApplicable}`,
    typed: notApplicable === undefined ? 'yes' : 'no',
    checks: [id, ...parts.map((part) => part.id)],
  };
}

/** `2015-10-14 08:05:00` or `reported + 10m`. */
function whenText(when: When, begins: number): string {
  if (when.kind === 'at') return instantText(begins, when.t);
  return when.delay === 0 ? when.moment : `${when.moment} + ${formatDuration(when.delay)}`;
}

/** `2015-10-14 08:05:00`. */
export function instantText(begins: number, time: Micros): string {
  return new Date(begins + Math.floor(time / 1000)).toISOString().slice(0, 19).replace('T', ' ');
}

/** Whether an expectation is about what a line leads to: it says so, or looks for its event with nothing that speaks against this line. */
function looksAt(expectation: Expectation, step: Step, words: LineWords): boolean {
  if (!('pattern' in expectation)) return false;
  if (expectation.causedBy !== undefined) return expectation.causedBy === step.id;
  if (expectation.kind === 'never') return false;
  const { type, tests } = expectation.pattern;
  return type === effectOf(step, words) && couldCause(step, tests, words);
}
