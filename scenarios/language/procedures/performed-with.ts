/** What a scenario performs a procedure with: values of its parameters, people in its roles, and the optional steps that are asked for. */
import type { Fields } from '../fields.ts';
import type { Item, Reading } from '../reading.ts';
import { pathOf } from './expand.ts';
import { namedMap } from './named-map.ts';
import { EACH, ProcedureNames } from './names.ts';
import type { PerformancePatch, PerformancePatches } from './patch.ts';
import type { GivenValue, PlannedProcedure } from './plan.ts';

type Performed = {
  readonly cast: ReadonlyMap<string, GivenValue>;
  readonly values: ReadonlyMap<string, Item>;
};

/** `cast`, and whatever is left, which are values of parameters. `each`: whether `{each}` stands for a user. */
export function readWith(reading: Reading, fields: Fields, each: boolean): Performed {
  const names = new ProcedureNames(reading, each ? [[EACH, true]] : []);
  const cast = readCast(reading, names, fields.item('cast'));
  return { cast, values: readValues(names, fields.rest()) };
}

/** What a variant performs it with in place of that: `cast` and `values`. */
export function readOthers(reading: Reading, fields: Fields, each: boolean): Performed {
  const names = new ProcedureNames(reading, each ? [[EACH, true]] : []);
  const cast = readCast(reading, names, fields.item('cast'));
  const values = fields.optional('values', (item) => reading.pairs(item));
  return { cast, values: readValues(names, [...(values ?? [])]) };
}

function readCast(
  reading: Reading,
  names: ProcedureNames,
  item: Item | undefined,
): ReadonlyMap<string, GivenValue> {
  return namedMap(reading, item, (_, each): GivenValue | undefined => {
    const person = names.text(each);
    return person === undefined ? undefined : { where: each.where, texts: [person] };
  });
}

function readValues(
  names: ProcedureNames,
  values: readonly (readonly [string, Item])[],
): ReadonlyMap<string, Item> {
  return new Map(values.filter(([, item]) => names.check(item)));
}

/** Whether a variant performs a procedure with something else. */
export function isOtherwise(patch: PerformancePatch | undefined): patch is PerformancePatch {
  return (patch?.values?.size ?? 0) + (patch?.cast?.size ?? 0) > 0;
}

/** Paths of the optional steps that are performed: those that were asked for, and whatever they are inside of. */
export function askedFor(
  patches: PerformancePatches,
  plans: readonly PlannedProcedure[],
): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const [address, patch] of patches) for (const { path } of patch.asked ?? []) ask(asked, address, path);
  for (const plan of plans) askInside(asked, plan);
  return asked;
}

/** A procedure asks for optional steps of those that it performs. */
function askInside(asked: Set<string>, { steps }: PlannedProcedure): void {
  for (const { id, step, nested } of steps) {
    if (nested === undefined) continue;
    if (step.kind === 'perform') for (const path of step.asked) ask(asked, id, path);
    askInside(asked, nested);
  }
}

function ask(asked: Set<string>, address: string, path: string): void {
  const parts = path.split('.');
  for (const at of parts.keys()) asked.add(`${pathOf(address)}.${parts.slice(0, at + 1).join('.')}`);
}
