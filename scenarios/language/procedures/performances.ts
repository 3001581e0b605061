/**
 * The procedures that a scenario performs. They are planned before its moments are known, for the addresses of their steps are moments too; when they
 * begin, and what the variants change of them, is read after that, and then each variant's performances are made.
 */
import { isMap, isScalar } from 'yaml';
import { Fields } from '../fields.ts';
import type { Item } from '../reading.ts';
import type { Moment, PerformedInVariant } from '../screenplay.ts';
import type { Stage } from '../stage.ts';
import type { When } from '../when.ts';
import {
  addressesIn,
  complaintsAt,
  declarePerformance,
  performingSteps,
  plansWith,
  type DeclaredPerformance,
  type PerformancesOptions,
} from './declared-performance.ts';
import { expandPlan, pathOf } from './expand.ts';
import { momentsOf } from './moments.ts';
import {
  overlaid,
  patchedOver,
  readCourse,
  readLinePatch,
  readNestedPatch,
  readOmission,
  type PerformancePatch,
  type PerformancePatches,
} from './patch.ts';
import { askedFor, isOtherwise, readOthers } from './performed-with.ts';
import type { PlannedProcedure, StepPlan } from './plan.ts';
import { refuseTelepathy } from './telepathy.ts';
import { filled } from './template.ts';

/** When one begins whose time was refused. */
const START: When = { kind: 'at', t: 0 };

/** All performances of one scenario. */
export class Performances {
  /** Whether no step of the scenario or of a variant performs anything. */
  readonly isEmpty: boolean;
  readonly #options: PerformancesOptions;
  readonly #declared: readonly DeclaredPerformance[];
  /** By address: what is performed there. */
  readonly #procedures = new Map<string, PlannedProcedure>();
  readonly #lines = new Map<string, StepPlan>();
  readonly #patches = new Map<string, Map<string, PerformancePatch>>();
  readonly #settle: ((words: ReadonlySet<string>) => void)[] = [];
  readonly #optional = new Set<string>();
  readonly #twice = new Set<unknown>();

  constructor(options: PerformancesOptions, steps: readonly Item[], variants: Item | undefined) {
    this.#options = options;
    const performing = performingSteps(options.reading, steps, variants);
    this.isEmpty = performing.length === 0;
    const ids = new Set<string>();
    this.#declared = performing.flatMap((step) => {
      // One id is one performance; that it is there twice is the only thing that is said of the second.
      const id = idIn(step.item);
      if (id !== undefined && ids.has(id)) {
        this.#twice.add(step.item.node);
        return [];
      }
      if (id !== undefined) ids.add(id);
      return declarePerformance(options, step) ?? [];
    });
    for (const { plans, item } of this.#declared)
      for (const plan of plans) {
        this.#index(plan);
        refuseTelepathy(plan, complaintsAt(options, item.where));
      }
  }

  get moments(): readonly Moment[] {
    return this.#declared.flatMap(({ plans, item }) =>
      plans.flatMap(momentsOf).map((moment) => ({ ...moment, where: item.where })),
    );
  }

  /** Ids of those that cannot be performed: nothing is known of what is in them. */
  get refused(): readonly string[] {
    return this.#declared.flatMap(({ id, plans }) => (plans.length === 0 ? id : []));
  }

  /** Whether a variant may change something there. */
  has(address: string): boolean {
    // Of one that was refused nothing is known, and nothing is said.
    const isOne = this.#declared.some(
      ({ id, plans }) => id === (plans.length === 0 ? rootOf(address) : address),
    );
    return isOne || this.#procedures.has(address) || this.#lines.has(address);
  }

  /** Reads the rest of a step that performs a procedure, once moments are known, and takes its id and those of everything in it. */
  finish(stage: Stage, item: Item): void {
    if (this.#twice.has(item.node)) {
      const place = Fields.of(stage.reading, item)?.item('id');
      stage.own(idIn(item) ?? '', 'step', place?.where ?? item.where);
      return;
    }
    const declared = this.#declared.find((each) => each.item.node === item.node);
    if (declared === undefined) return;
    const { fields, plans } = declared;
    stage.own(declared.id, 'step', fields.item('id')?.where ?? item.where);
    declared.when = stage.when(fields);
    const patches = new Map<string, PerformancePatch>();
    const [plan] = plans;
    if (plan !== undefined) patches.set(declared.id, readCourse(stage, plan.procedure, fields, false));
    else for (const key of ['order', 'until', 'with']) fields.item(key);
    const inside = fields.optional('steps', (each) => stage.reading.pairs(each));
    for (const [path, each] of inside ?? []) {
      const key = { ...each, where: each.key ?? each.where };
      const known = plans.flatMap((one) =>
        addressesIn(one).map((each) => each.slice(one.instance.length + 1)),
      );
      const detail = `'${declared.procedure}' has no step '${path}'`;
      if (plans.length === 0) continue;
      if (stage.reading.known(key, path, 'SCENARIO_UNKNOWN_STEP', known, detail) === undefined) continue;
      for (const one of plans) {
        const patch = this.#readAt(stage, `${one.instance}.${path}`, each, new Map());
        if (patch !== undefined) patches.set(`${one.instance}.${path}`, patch);
      }
    }
    fields.finish();
    declared.patches = patches;
    for (const address of plans.flatMap((one) => [one.instance, ...addressesIn(one)]))
      if (address !== declared.id) stage.own(address, 'performed', item.where);
    this.#refuseStrangeOptions(declared, patches);
    const made = this.#expanded(declared, patches);
    declared.made = made;
    for (const { id } of made.expect) stage.own(id, 'expectation', item.where);
  }

  /** Reads what a variant changes at an address that there is. */
  readChange(stage: Stage, variant: string, address: string, item: Item): void {
    const declared = this.#declared.find(({ id }) => id === rootOf(address));
    const patch = this.#readAt(stage, address, item, declared?.patches ?? new Map());
    if (patch === undefined) return;
    const all = this.#patches.get(variant) ?? new Map<string, PerformancePatch>();
    this.#patches.set(variant, all);
    all.set(address, overlaid(all.get(address) ?? {}, patch));
  }

  /** What each of these variants performs. */
  performedIn(variants: readonly string[]): ReadonlyMap<string, PerformedInVariant> {
    return new Map(variants.map((variant) => [variant, this.#performedIn(variant)]));
  }

  #performedIn(variant: string): PerformedInVariant {
    const over = this.#patches.get(variant) ?? new Map<string, PerformancePatch>();
    const performed = this.#declared.filter((each) => (each.variant ?? variant) === variant);
    const all = performed.map((declared) => {
      const own = [...over].filter(([address]) => rootOf(address) === declared.id);
      // Most variants change nothing of most performances.
      if (own.length === 0 && declared.made !== undefined) return declared.made;
      const patches = patchedOver(declared.patches, new Map(own));
      this.#refuseStrangeOptions(declared, patches);
      return this.#expanded(declared, patches);
    });
    return joined(all);
  }

  /** Looks for the discs and prints that procedures name among the words of all lines; what else was wrong in them is reported then. */
  settle(words: ReadonlySet<string>): void {
    for (const settle of this.#settle) settle(words);
  }

  #expanded(declared: DeclaredPerformance, patches: PerformancePatches): PerformedInVariant {
    const { id, item, when } = declared;
    const { vocabulary, begins, surroundings } = this.#options;
    const own = patches.get(id);
    const plans = isOtherwise(own) ? plansWith(this.#options, declared, own) : declared.plans;
    const asked = askedFor(patches, plans);
    const all = plans.map((plan, at) => {
      const before = plans[at - 1];
      // One after the other: whoever does it has one pair of hands.
      const starts: When =
        before === undefined
          ? (own?.when ?? when ?? START)
          : { kind: 'after', moment: before.instance, delay: 0 };
      // What is said of the step of the scenario is said of each of its copies.
      const its =
        plan.instance === id || own === undefined
          ? patches
          : patchedOver(new Map([[plan.instance, own]]), patches);
      const complaints = complaintsAt(this.#options, item.where);
      const later = (settle: (words: ReadonlySet<string>) => void): void => void this.#settle.push(settle);
      const expand = { vocabulary, begins, surroundings, complaints, patches: its, asked, later };
      return expandPlan(expand, plan, starts);
    });
    return joined(all);
  }

  /** `base`: what the scenario itself changes there. */
  #readAt(stage: Stage, address: string, item: Item, base: PerformancePatches): PerformancePatch | undefined {
    const declared = this.#declared.find(({ id }) => id === address);
    const nested = this.#procedures.get(address);
    // One of several copies has what is said of all of them.
    const before = base.get(address) ?? (address.includes('.') ? undefined : base.get(rootOf(address)));
    const isAsked = (before?.asked ?? []).length > 0;
    if (declared !== undefined) return this.#readWhole(stage, declared, item, isAsked);
    if (nested !== undefined) return readNestedPatch(stage, nested.procedure, item, isAsked);
    const line = this.#lines.get(address);
    if (line === undefined || line.step.kind === 'perform') return undefined;
    const { on } = line.step;
    return readLinePatch(stage, on === undefined ? undefined : filled(on, line.bindings.resolve), item);
  }

  #readWhole(
    stage: Stage,
    { plans, each }: DeclaredPerformance,
    item: Item,
    isAsked: boolean,
  ): PerformancePatch | undefined {
    if (isScalar(item.node)) return readOmission(stage, item);
    const fields = Fields.of(stage.reading, item);
    const [plan] = plans;
    if (fields === undefined || plan === undefined) return undefined;
    const when = stage.when(fields, true);
    const course = readCourse(stage, plan.procedure, fields, isAsked);
    const others = readOthers(stage.reading, fields, each);
    fields.finish();
    return { ...course, ...others, ...(when === undefined ? {} : { when }) };
  }

  #index(plan: PlannedProcedure): void {
    this.#procedures.set(plan.instance, plan);
    for (const each of plan.steps) {
      if (each.step.optional) this.#optional.add(pathOf(each.id));
      if (each.nested === undefined) this.#lines.set(each.id, each);
      else this.#index(each.nested);
    }
  }

  /** `with` names optional steps. */
  #refuseStrangeOptions({ item, plans }: DeclaredPerformance, patches: PerformancePatches): void {
    if (plans.length === 0) return;
    for (const [address, { asked = [] }] of patches)
      for (const { path, where } of asked) {
        const full = `${pathOf(address)}.${path}`;
        if (this.#optional.has(full)) continue;
        const inside = `${pathOf(address)}.`;
        const known = [...this.#optional]
          .filter((each) => each.startsWith(inside))
          .map((each) => each.slice(inside.length));
        const detail = `no optional step of '${address}' is called '${path}'`;
        complaintsAt(this.#options, item.where).unknown('SCENARIO_UNKNOWN_STEP', where, path, known, detail);
      }
  }
}

function joined(all: readonly PerformedInVariant[]): PerformedInVariant {
  return { performs: all.flatMap(({ performs }) => performs), expect: all.flatMap(({ expect }) => expect) };
}

/** The id that a step gives itself, where it is one. */
function idIn({ node }: Item): string | undefined {
  const id = isMap(node) ? node.get('id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The step of the scenario that an address is inside of. */
function rootOf(address: string): string {
  return /^[^.[]*/.exec(address)?.[0] ?? '';
}
