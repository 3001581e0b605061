/**
 * A step of a scenario that performs a procedure, as it is declared: which one, with what and for whom. From it the plans are made, and made again where
 * a variant performs it with something else.
 */
import { isMap } from 'yaml';
import type { Where } from '../../../sim/errors.ts';
import { Fields } from '../fields.ts';
import type { UnixMillis } from '../instant.ts';
import type { Item, Reading } from '../reading.ts';
import type { PerformedInVariant } from '../screenplay.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { When } from '../when.ts';
import { Substitutes, usersWithPhones, type ProcedureWorld } from './substitutes.ts';
import { Complaints } from './complaint.ts';
import type { ProcedureLibrary } from './library.ts';
import type { PerformancePatch, PerformancePatches } from './patch.ts';
import { readWith } from './performed-with.ts';
import { Planner, readValue, type GivenValue, type PlannedProcedure } from './plan.ts';
import { filled } from './template.ts';

/** One step of a scenario that performs a procedure. */
export interface DeclaredPerformance {
  readonly id: string;
  readonly item: Item;
  /** The variant that performs it; all do when undefined. */
  readonly variant: string | undefined;
  readonly fields: Fields;
  readonly procedure: string;
  readonly performWhere: Where;
  /** Whether it is performed once for each user with a phone. */
  readonly each: boolean;
  readonly values: ReadonlyMap<string, Item>;
  readonly cast: ReadonlyMap<string, GivenValue>;
  readonly plans: readonly PlannedProcedure[];
  when?: When | undefined;
  patches: PerformancePatches;
  /** What happens where no variant changes anything of it, once that is known. */
  made?: PerformedInVariant;
}

/** What the performances of one scenario are read with. */
export interface PerformancesOptions {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly library: ProcedureLibrary;
  readonly surroundings: ProcedureWorld;
  readonly begins: UnixMillis | undefined;
  /** Whether it is the procedures themselves that are looked at: what is wrong is then said where it stands in them. */
  readonly trial: boolean;
}

/** Whether an entry of `steps`, or of what a variant does beside them, is one. */
export function isPerformance({ node }: Item): boolean {
  return isMap(node) && node.has('perform');
}

/** A step that performs, and the variant that it is a step of; all when undefined. */
interface PerformingStep {
  readonly variant: string | undefined;
  readonly item: Item;
}

/** The steps of a scenario that perform, and then those of its variants, which are looked at ahead. */
export function performingSteps(
  reading: Reading,
  steps: readonly Item[],
  variants: Item | undefined,
): readonly PerformingStep[] {
  const before = reading.problems.length;
  const ofVariants = [...((variants && reading.pairs(variants)) ?? [])].flatMap(([variant, each]) => {
    const also = reading.pairs(each)?.get('also');
    return ((also && reading.list(also)) ?? []).map((item) => ({ variant, item }));
  });
  // What is wrong there is said when it is read.
  reading.problems.length = before;
  const all = [...steps.map((item) => ({ variant: undefined, item })), ...ofVariants];
  return all.filter(({ item }) => isPerformance(item));
}

/** Reads what must be known before moments are; undefined when it was refused. */
export function declarePerformance(
  options: PerformancesOptions,
  { variant, item }: PerformingStep,
): DeclaredPerformance | undefined {
  const { reading } = options;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const id = fields.required('id', (one) => reading.name(one));
  const performed = fields.item('perform');
  const procedure = performed === undefined ? undefined : reading.name(performed);
  const each = fields.optional('for-each', (one) => readForEach(options, one)) !== undefined;
  // They are read later, and are no parameters.
  for (const key of ['at', 'after', 'order', 'until', 'with', 'steps']) fields.item(key);
  const { cast, values } = readWith(reading, fields, each);
  if (id === undefined || procedure === undefined || performed === undefined) return undefined;
  const declared = {
    ...{ id, item, variant, fields, procedure, performWhere: performed.where, each, values, cast },
    ...{ plans: [], patches: new Map<string, PerformancePatch>() },
  };
  return { ...declared, plans: plansOf(options, declared) };
}

function readForEach({ reading, surroundings }: PerformancesOptions, item: Item): 'users' | undefined {
  const users = reading.choice(item, ['users'] as const);
  if (users !== undefined && usersWithPhones(surroundings).length === 0)
    reading.problem(
      'SCENARIO_VALUE',
      item.where,
      'nobody here has a phone, so nothing would be performed',
      'Give a user a handset, or take for-each out.',
    );
  return users;
}

/** The same with other values or people, as a variant has them. */
export function plansWith(
  options: PerformancesOptions,
  declared: DeclaredPerformance,
  { values = new Map(), cast = new Map() }: PerformancePatch,
): readonly PlannedProcedure[] {
  const plans = plansOf(options, {
    ...declared,
    values: new Map([...declared.values, ...values]),
    cast: new Map([...declared.cast, ...cast]),
  });
  const addresses = (all: readonly PlannedProcedure[]): string => all.flatMap(addressesIn).join(' ');
  if (plans.length > 0 && addresses(plans) === addresses(declared.plans)) return plans;
  const [value] = values.values();
  if (plans.length > 0)
    options.reading.problem(
      'PROCEDURE_ARGUMENT',
      value?.where ?? declared.item.where,
      'a variant cannot change how many steps there are',
      'Perform the procedure in another step, under `also` of the variant.',
    );
  return declared.plans;
}

function plansOf(options: PerformancesOptions, declared: DeclaredPerformance): readonly PlannedProcedure[] {
  const { id, procedure, performWhere: where, each, values, cast, item } = declared;
  const { library, surroundings, reading } = options;
  const before = reading.problems.length;
  const complaints = complaintsAt(options, item.where);
  const planner = new Planner(library, surroundings, complaints);
  const copies = each ? usersWithPhones(surroundings) : [undefined];
  const plans = copies.flatMap((user) => {
    const none = new Substitutes(surroundings);
    const bindings = user === undefined ? none : none.each(user);
    const given = [...values].flatMap(([name, one]) => {
      const value = readValue(reading, one, bindings);
      return value === undefined ? [] : [[name, value] as const];
    });
    const people = [...cast].map(([role, { where: at, texts }]) => {
      return [
        role,
        { where: at, texts: texts.flatMap((text) => filled(text, bindings.resolve) ?? []) },
      ] as const;
    });
    const instance = user === undefined ? id : `${id}[${user}]`;
    return (
      planner.plan({
        ...{ instance, procedure, where, tentative: false },
        values: new Map(given),
        cast: new Map(people),
      }) ?? []
    );
  });
  // What was planned with what is wrong would be wrong in more ways than one.
  const isWrong = complaints.count > 0 || reading.problems.length > before || library.problems.length > 0;
  return isWrong ? [] : plans;
}

/** Where complaints about a performance go: to the step of the scenario, unless the procedures themselves are on trial. */
export function complaintsAt({ reading, trial }: PerformancesOptions, place: Where): Complaints {
  return new Complaints(reading, trial ? undefined : place);
}

/** Addresses of all steps of a plan, and of those inside them. */
export function addressesIn({ steps }: PlannedProcedure): readonly string[] {
  return steps.flatMap(({ id, nested }) => [id, ...(nested === undefined ? [] : addressesIn(nested))]);
}
