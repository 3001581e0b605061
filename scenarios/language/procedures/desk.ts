/** The lines, patterns and expectations of one performance, read with everything put in, as a scenario's own are. */
import { Scalar } from 'yaml';
import { formatDuration } from '../../../sim/duration.ts';
import type { Where } from '../../../sim/errors.ts';
import { readExpectations } from '../each-user.ts';
import { FieldValues } from '../field-values.ts';
import type { UnixMillis } from '../instant.ts';
import { readPattern } from '../pattern.ts';
import { Reading, type Item } from '../reading.ts';
import type { Expectation, Pattern } from '../screenplay.ts';
import { Stage } from '../stage.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Substitutes, ProcedureWorld } from './substitutes.ts';
import type { Complaints } from './complaint.ts';
import { doneOf, localMoments } from './moments.ts';
import type { PerformancePatch, PerformancePatches } from './patch.ts';
import type { PerformedStep, StepNeed } from './performed.ts';
import type { PlannedProcedure, StepPlan } from './plan.ts';
import type { ActStep, PatternTemplate } from './procedure.ts';
import { filled, filledLine, filledNode } from './template.ts';

/** What performances of one scenario are expanded with. */
export interface ExpandOptions {
  readonly vocabulary: Vocabulary;
  readonly begins: UnixMillis | undefined;
  readonly surroundings: ProcedureWorld;
  readonly complaints: Complaints;
  readonly patches: PerformancePatches;
  /** Paths of the optional steps that are performed. */
  readonly asked: ReadonlySet<string>;
  /** Looks for the discs and prints that are named, once all lines are known. */
  readonly later: (settle: (words: ReadonlySet<string>) => void) => void;
}

/** Why a step is left out; nothing where it is not. */
type LeftOut = Pick<PerformedStep, 'skipped' | 'notApplicable'>;

/** Reads for one performance of one procedure. */
export class ProcedureDesk {
  /** Expectations that steps are, by `check`. */
  readonly checks: Expectation[] = [];
  readonly #options: ExpandOptions;
  readonly #planned: PlannedProcedure;
  readonly #reading: Reading;
  readonly #values: FieldValues;
  readonly #stage: Stage;

  /** `silent`: nothing is said of what is wrong, for it does not take place. */
  constructor(options: ExpandOptions, planned: PlannedProcedure, silent: boolean) {
    const { vocabulary, begins, surroundings, later, complaints } = options;
    const { procedure } = planned;
    this.#options = options;
    this.#planned = planned;
    this.#reading = new Reading(procedure.whereAt);
    this.#values = new FieldValues(this.#reading, vocabulary, surroundings.world, surroundings.cast);
    this.#stage = new Stage(
      this.#reading,
      vocabulary,
      begins,
      surroundings.cast,
      this.#values,
      localMoments(planned),
    );
    for (const { id } of planned.steps)
      this.#stage.own(id.slice(planned.instance.length + 1), 'performed', procedure.where);
    if (!silent)
      later((words) => {
        this.#values.settle(words);
        for (const problem of this.#reading.problems) complaints.pass(problem);
      });
  }

  /** One line, or one wait. */
  step(planned: StepPlan, written: ActStep, after: readonly StepNeed[], left: LeftOut): PerformedStep {
    const patch = this.#options.patches.get(planned.id) ?? {};
    const isLeft = left.skipped !== undefined || left.notApplicable !== undefined;
    // What does not take place may name whom or what there is not.
    const desk = isLeft ? new ProcedureDesk(this.#options, this.#planned, true) : this;
    const line = desk.#line(planned.id, written, planned.bindings, patch);
    const otherwise = written.otherwise.map((each) => ({
      ...desk.#line(`${planned.id}.${each.id}`, each, planned.bindings),
      ...{ after: [], takes: each.takes, otherwise: [], optional: each.optional },
      ...left,
    }));
    const within = patch.within ?? written.within;
    const { hidden } = written;
    if (written.parts.length > 0) this.checks.push(this.#check(planned, written, within, left));
    return {
      ...line,
      ...{ optional: written.optional, after, takes: patch.takes ?? written.takes, otherwise },
      ...left,
      ...(within === undefined ? {} : { within }),
      ...(hidden === undefined ? {} : { hidden }),
    };
  }

  /** Events of a type, with what they are tested for put in. */
  pattern({ see, where }: PatternTemplate, bindings: Substitutes): Pattern | undefined {
    const put = (item: Item): Item => ({ ...item, node: filledNode(item.node, bindings.resolve) });
    const words = { vocabulary: this.#options.vocabulary, values: this.#values };
    return readPattern(this.#reading, words, see, where === undefined ? undefined : put(where));
  }

  /** What holds after it, by the names of the procedure's own file. */
  leaves({ procedure, bindings }: PlannedProcedure): readonly Expectation[] {
    const items = procedure.leaves.map((each) => ({
      ...each,
      node: filledNode(each.node, bindings.resolve),
    }));
    return readExpectations(this.#stage, this.#options.surroundings.world.users, items);
  }

  #line(
    id: string,
    written: ActStep,
    bindings: Substitutes,
    patch: PerformancePatch = {},
  ): Omit<PerformedStep, 'optional' | 'after' | 'takes' | 'otherwise'> {
    const { where, unless, whenNoticed } = written;
    const { typeWhere = written.typeWhere, clauses = written.clauses, refused = written.refused } = patch;
    // What a scenario says in place of it is put in nowhere.
    const by = patch.by ?? put(written.by, bindings) ?? '';
    const on = patch.on ?? put(written.on, bindings);
    const type =
      patch.type ??
      (written.type === undefined ? undefined : filledLine(written.type, bindings.resolve)) ??
      written.type;
    const told = patch.cue ?? put(written.cue, bindings);
    this.#stage.person(text(by, where, "'by'"));
    const isThere = on === undefined || this.#stage.device(text(on, where, "'on'")) !== undefined;
    if (type !== undefined && isThere) this.#stage.line(text(type, typeWhere, "'type'"), on);
    const done = written.done === undefined ? undefined : this.pattern(written.done, bindings);
    const branch = unless === undefined ? undefined : this.pattern(unless, bindings);
    const noticed = whenNoticed === undefined ? undefined : this.pattern(whenNoticed, bindings);
    return {
      ...{ id, where, by, typeWhere, clauses, done: done ?? typed(id, refused) },
      ...(on === undefined ? {} : { on }),
      ...(type === undefined ? {} : { type }),
      ...(told === undefined ? {} : { cue: told }),
      ...(refused === undefined ? {} : { refused }),
      ...(branch === undefined ? {} : { unless: branch }),
      ...(noticed === undefined ? {} : { whenNoticed: noticed }),
    };
  }

  /** That a step was done, in time where it has one, shows a part of the catalogue. */
  #check(
    { id, step }: StepPlan,
    { parts, where }: ActStep,
    within: number | undefined,
    { skipped, notApplicable }: LeftOut,
  ): Expectation {
    const { instance, procedure } = this.#planned;
    const { type, tests } = doneOf(id);
    const reason = notApplicable ?? (step.optional ? skipped : undefined);
    return {
      ...{ id: `${instance}/${id.slice(instance.length + 1)}`, where, parts, kind: 'see' },
      title: `${procedure.title}: ${step.id}${within === undefined ? '' : ` within ${formatDuration(within)}`}`,
      pattern: { type, tests: [...tests, { field: 'late', test: { kind: 'is', value: false } }] },
      ...{ window: { toIncluded: false }, times: { atLeast: 1 }, opening: false },
      ...(reason === undefined ? {} : { notApplicable: reason }),
    };
  }
}

/** The pattern as narrow as it has to be for somebody to know of it: they were told, or it was brought to them. */
export function toldTo({ type, tests }: Pattern, person: string): Pattern {
  const isNews = type === 'person.told' || type === 'person.carried';
  if (!isNews || tests.some(({ field }) => field === 'to')) return { type, tests };
  return { type, tests: [...tests, { field: 'to', test: { kind: 'is', value: person } }] };
}

/** A line that was typed, and taken or refused as it says. */
function typed(id: string, refused: string | undefined): Pattern {
  const code = refused === undefined || refused === 'none' ? null : refused;
  return {
    type: 'step.typed',
    tests: [
      { field: 'step', test: { kind: 'is', value: id } },
      { field: 'refused', test: { kind: 'is', value: code } },
    ],
  };
}

function put(written: string | undefined, { resolve }: Substitutes): string | undefined {
  return written === undefined ? undefined : filled(written, resolve);
}

function text(value: string, where: Where, what: string): Item {
  const node = new Scalar(value);
  node.type = 'QUOTE_DOUBLE';
  return { node, where, what };
}
