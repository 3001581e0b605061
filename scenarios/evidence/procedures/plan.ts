/**
 * Procedures that a screenplay performs, laid out flat: each instance and each line has a number, and what it waits for is found by number. A plan
 * is made once of a screenplay, and never changes; how far it has come is in `progress.ts`.
 */
import { assert } from '../../../sim/errors.ts';
import type { PerformedProcedure, PerformedStep, StepNeed } from '../../language/index.ts';
import { actOf, type LineSplitter } from '../score/answers.ts';

/** What has to be settled: a step, or all of an instance, by its number. */
export interface PlanNeed extends StepNeed {
  readonly target: { readonly step: number } | { readonly instance: number };
}

/** A line or a wait, with what has to be settled before it by number, and what it stands in for. */
export interface PlanStep {
  readonly of: PerformedStep;
  /** The number of its instance. */
  readonly instance: number;
  /** The step in whose place it is taken, when that was not done in time. */
  readonly orElse: number | undefined;
  readonly needs: readonly PlanNeed[];
  /** What its line does, where the line itself is what is to be seen. */
  readonly act: string | undefined;
}

/** A performance of one procedure: where it hangs below the root, and what belongs to it by number. */
export interface PlanInstance {
  readonly of: PerformedProcedure;
  readonly parent: number | undefined;
  /** The instance that the screenplay itself performs, by whose beginning people are told. */
  readonly root: number;
  readonly steps: readonly number[];
  readonly nested: readonly number[];
  readonly needs: readonly PlanNeed[];
  /** Who needs not be told of it: whoever does the first step of the root. */
  readonly starter: string | undefined;
}

/** All that the screenplay of a variant performs. */
export interface ProcedurePlan {
  readonly instances: readonly PlanInstance[];
  readonly steps: readonly PlanStep[];
  /** Types of events that can bring it further. */
  readonly types: ReadonlySet<string>;
  /** Types of events that do a step. */
  readonly doneTypes: ReadonlySet<string>;
  /** Instances that the screenplay itself performs, those that something is given for, and steps that hang on what somebody notices. */
  readonly roots: readonly number[];
  readonly given: readonly number[];
  readonly noticing: readonly number[];
}

/** Types that are looked at whatever the steps say. */
const ALWAYS = [
  ...['person.told', 'person.carried', 'console.typed', 'console.answered', 'console.refused'],
  ...['step.typed', 'opening.ended', 'procedure.time-come'],
];

/** Lays out what is performed. */
export function planOf(performs: readonly PerformedProcedure[], wordsOf: LineSplitter): ProcedurePlan {
  const instanceOf = new Map(performs.map(({ instance }, at) => [instance, at]));
  const flat = performs.flatMap((of, instance) => flatSteps(of.steps, instance));
  const stepOf = new Map(flat.map(({ of: { id } }, at) => [id, at]));
  const needsOf = (needs: readonly StepNeed[]): readonly PlanNeed[] =>
    needs.map((need) => {
      const [step, instance] = [stepOf.get(need.step), instanceOf.get(need.step)];
      if (step !== undefined) return { ...need, target: { step } };
      assert(instance !== undefined, `a need is a step or a procedure: ${need.step}`);
      return { ...need, target: { instance } };
    });
  const steps = flat.map(({ of, instance, orElse }): PlanStep => {
    const { done, type, after, on = of.by } = of;
    const act = done.type === 'step.typed' && type !== undefined ? actOf(on, type, wordsOf) : undefined;
    const before = orElse === undefined ? undefined : stepOf.get(orElse);
    return { of, instance, orElse: before, needs: needsOf(after), act };
  });
  const parentOf = ({ parent }: PerformedProcedure): number | undefined =>
    parent === undefined ? undefined : instanceOf.get(parent);
  const rootOf = (at: number): number => {
    const parent = performs[at] && parentOf(performs[at]);
    return parent === undefined ? at : rootOf(parent);
  };
  return {
    instances: performs.map((of, at) => ({
      of,
      parent: parentOf(of),
      root: rootOf(at),
      steps: [...steps.keys()].filter((each) => steps[each]?.instance === at),
      nested: [...performs.keys()].filter((each) => performs[each]?.parent === of.instance),
      needs: needsOf(of.after),
      starter: starterOf(performs, performs[rootOf(at)]),
    })),
    steps,
    types: new Set([...ALWAYS, ...typesOf(performs, steps)]),
    doneTypes: new Set(steps.map(({ of }) => of.done.type)),
    roots: numbersOf(performs, ({ parent }) => parent === undefined),
    given: numbersOf(performs, ({ given }) => given.length > 0),
    noticing: numbersOf(steps, ({ of }) => of.unless !== undefined || of.whenNoticed !== undefined),
  };
}

function numbersOf<Item>(items: readonly Item[], isMeant: (item: Item) => boolean): readonly number[] {
  return items.flatMap((item, at) => (isMeant(item) ? [at] : []));
}

interface FlatStep {
  readonly of: PerformedStep;
  readonly instance: number;
  readonly orElse: string | undefined;
}

/** Steps, each followed by those that are taken in its place. */
function flatSteps(steps: readonly PerformedStep[], instance: number, orElse?: string): readonly FlatStep[] {
  return steps.flatMap((of) => [{ of, instance, orElse }, ...flatSteps(of.otherwise, instance, of.id)]);
}

function typesOf(performs: readonly PerformedProcedure[], steps: readonly PlanStep[]): readonly string[] {
  const patterns = steps.flatMap(({ of: { done, unless, whenNoticed } }) => [done, unless, whenNoticed]);
  const given = performs.flatMap((each) => each.given.map(({ pattern }) => pattern));
  return [...patterns, ...given].flatMap((pattern) => pattern?.type ?? []);
}

/** Who does the first line of a procedure that waits for nothing in it, or of the first one that it performs. */
function starterOf(
  performs: readonly PerformedProcedure[],
  of: PerformedProcedure | undefined,
): string | undefined {
  if (of === undefined || of.notApplicable !== undefined) return undefined;
  const first = of.steps.find(
    ({ after, type, notApplicable }) =>
      after.length === 0 && type !== undefined && notApplicable === undefined,
  );
  if (first !== undefined) return first.by;
  const nested = performs.filter(({ parent, after }) => parent === of.instance && after.length === 0);
  for (const each of nested) {
    const starter = starterOf(performs, each);
    if (starter !== undefined) return starter;
  }
  return undefined;
}
