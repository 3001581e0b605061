/** Makes of a planned performance what happens in one variant: who does what, what each waits for, and what is left out. */
import type { Micros } from '../../../sim/clock.ts';
import type { PerformedInVariant } from '../screenplay.ts';
import type { When } from '../when.ts';
import type { Substitutes } from './substitutes.ts';
import { ProcedureDesk, toldTo, type ExpandOptions } from './desk.ts';
import { leftBehind } from './leaves.ts';
import { orderOfSteps } from './order.ts';
import type { PerformancePatch } from './patch.ts';
import type { PerformedProcedure, PerformedStep, StepNeed } from './performed.ts';
import { missing, type PlannedProcedure, type StepPlan } from './plan.ts';
import type { ProcedureStep } from './procedure.ts';
import { filled } from './template.ts';

/** Where a performance stands among others, and whether it takes place. */
interface Place {
  readonly begins: When;
  readonly parent?: string;
  readonly after: readonly StepNeed[];
  readonly takes: Micros;
  readonly hidden?: string;
  readonly optional: boolean;
  readonly left: LeftOut;
}

/** Why something is left out; empty when it is not. */
type LeftOut = Pick<PerformedStep, 'skipped' | 'notApplicable'>;

const NOT_ASKED = 'it is optional, and nobody asked for it';

/** A performance that a scenario asks for, with all that are inside it. */
export function expandPlan(
  options: ExpandOptions,
  planned: PlannedProcedure,
  begins: When,
): PerformedInVariant {
  const patch = options.patches.get(planned.instance);
  const left = patch?.omitted === undefined ? {} : { skipped: patch.omitted };
  return new Expansion(options).expand(planned, { begins, after: [], takes: 0, optional: false, left });
}

class Expansion {
  readonly #options: ExpandOptions;
  /** What is no part of the performance, and why; what a variant omits is not among it. */
  readonly #leftOut = new Map<string, string>();

  constructor(options: ExpandOptions) {
    this.#options = options;
  }

  expand(planned: PlannedProcedure, place: Place): PerformedInVariant {
    const { instance, procedure, bindings } = planned;
    const { left, ...placed } = place;
    const patch = this.#options.patches.get(instance) ?? {};
    if (!isLeft(left))
      for (const parameter of planned.lacks)
        this.#options.complaints.say(
          'PROCEDURE_ARGUMENT',
          planned.where,
          ...missing(`${instance} (${procedure.name})`, parameter),
        );
    const desk = new ProcedureDesk(this.#options, planned, isLeft(left));
    const inside: PerformedInVariant[] = [];
    const steps: PerformedStep[] = [];
    for (const each of planned.steps) {
      const needs = needsOf(planned, each, patch.order ?? procedure.prescribed);
      const its = this.#leftOutOf(each, left);
      if (each.nested !== undefined) inside.push(this.#nest(each, each.nested, instance, needs, its));
      else if (each.step.kind === 'act') steps.push(desk.step(each, each.step, needs, its));
    }
    const { until, order } = patch;
    const performed: PerformedProcedure = {
      ...{ instance, procedure: procedure.name, title: procedure.title, where: procedure.where },
      ...{ source: procedure.source, given: this.#givenOf(desk, planned, bindings), steps },
      ...placed,
      ...left,
      ...(order === undefined ? {} : { book: bookOf(planned) }),
      ...(until === undefined ? {} : { until: `${instance}.${until}` }),
    };
    const all = [performed, ...inside.flatMap(({ performs }) => performs)];
    const leaving = { instance, leftOut: this.#leftOut, steps: all.flatMap((each) => each.steps) };
    const leaves = desk.leaves(planned).map((each) => leftBehind(leaving, each));
    const reason = left.notApplicable ?? (left.skipped === NOT_ASKED ? NOT_ASKED : undefined);
    const expect = [...desk.checks, ...leaves].map((each) =>
      reason === undefined ? each : { ...each, notApplicable: reason },
    );
    return { performs: all, expect: [...expect, ...inside.flatMap((each) => each.expect)] };
  }

  #nest(
    { id, step }: StepPlan,
    nested: PlannedProcedure,
    parent: string,
    after: readonly StepNeed[],
    left: LeftOut,
  ): PerformedInVariant {
    const patch = this.#options.patches.get(id);
    const { hidden } = step;
    return this.expand(nested, {
      begins: { kind: 'after', moment: `${parent}.begun`, delay: 0 },
      ...{ parent, after, left, takes: patch?.takes ?? step.takes, optional: step.optional },
      ...(hidden === undefined ? {} : { hidden }),
    });
  }

  #leftOutOf({ id, step, bindings }: StepPlan, outer: LeftOut): LeftOut {
    const { patches, asked } = this.#options;
    const own = whyLeftOut(step, bindings, asked.has(pathOf(id)), patches.get(id));
    const left = outer.skipped === undefined && outer.notApplicable === undefined ? own : outer;
    const reason = left.notApplicable ?? (left.skipped === NOT_ASKED ? NOT_ASKED : undefined);
    if (reason !== undefined) this.#leftOut.set(id, reason);
    return left;
  }

  #givenOf(
    desk: ProcedureDesk,
    { procedure }: PlannedProcedure,
    bindings: Substitutes,
  ): PerformedProcedure['given'] {
    return procedure.given.flatMap(({ text, knows, pattern }) => {
      const found = desk.pattern(pattern, bindings);
      if (found === undefined) return [];
      const person = knows === undefined ? undefined : filled(knows, bindings.resolve);
      const said = text === undefined ? undefined : filled(text, bindings.resolve);
      const known = person === undefined ? found : toldTo(found, person);
      const usual = person === undefined ? `${found.type} was seen` : `${person} knows of ${found.type}`;
      return [{ text: said ?? usual, pattern: known, ...(person === undefined ? {} : { knows: person }) }];
    });
  }
}

function isLeft({ skipped, notApplicable }: LeftOut): boolean {
  return skipped !== undefined || notApplicable !== undefined;
}

/** The path of a step, whichever copy of it is meant. */
export function pathOf(address: string): string {
  return address.replaceAll(/\[[^\]]*\]/g, '');
}

function whyLeftOut(
  { when, optional }: ProcedureStep,
  bindings: Substitutes,
  isAsked: boolean,
  patch: PerformancePatch | undefined,
): LeftOut {
  const strange = [...when].find(([name, words]) => !words.includes(bindings.value(name) ?? ''));
  if (strange !== undefined) {
    const [name, words] = strange;
    return {
      notApplicable: `${name} is ${bindings.value(name) ?? 'nothing'}, and it is for ${words.join(' or ')}`,
    };
  }
  if (patch?.omitted !== undefined) return { skipped: patch.omitted };
  return optional && !isAsked ? { skipped: NOT_ASKED } : {};
}

/** What a step waits for, by address: of one that comes once for each of several, all copies. */
function needsOf(
  planned: PlannedProcedure,
  { id, step }: StepPlan,
  order: readonly string[],
): readonly StepNeed[] {
  const copies = (id: string): readonly StepPlan[] => planned.steps.filter((each) => each.step.id === id);
  const orders = orderOfSteps(planned.procedure, order);
  const { requires = [], follows = [] } = orders.get(step.id) ?? {};
  // What comes for none of several is nothing to wait for, but what it would have waited for is.
  const standing = (name: string): readonly StepPlan[] => {
    const own = copies(name);
    const before = orders.get(name);
    return own.length > 0 ? own : [...(before?.requires ?? []), ...(before?.follows ?? [])].flatMap(standing);
  };
  return [
    ...oneByOne(copies(step.id), id),
    ...requires.flatMap(copies).map((each) => ({ step: each.id, kind: 'physical' as const })),
    ...follows.flatMap(standing).map((each) => ({ step: settledAt(each), kind: 'prescribed' as const })),
  ];
}

/** What the prescribed order has one after the other. */
function bookOf({ procedure, steps }: PlannedProcedure): readonly string[] {
  return procedure.prescribed.flatMap((id) => steps.filter((each) => each.step.id === id).map(settledAt));
}

/** What is done for each of several is done for one after the other: there is one screen. What is only waited for comes for all. */
function oneByOne(copies: readonly StepPlan[], id: string): readonly StepNeed[] {
  const before = copies[copies.findIndex((each) => each.id === id) - 1];
  const isWait = before?.step.kind === 'act' && before.step.type === undefined;
  return before === undefined || isWait ? [] : [{ step: before.id, kind: 'prescribed' }];
}

/** What is waited for by whatever follows a step: of a procedure it may be one of its steps. */
function settledAt({ id, step, nested }: StepPlan): string {
  const within = step.kind === 'perform' && nested !== undefined ? step.goesOnAfter : undefined;
  return within === undefined ? id : `${id}.${within}`;
}
