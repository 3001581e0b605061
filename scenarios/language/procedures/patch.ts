/** What a scenario, or one variant of it, changes of a procedure that it performs: its order, its end, who and what it is performed with, and its lines. */
import { isScalar } from 'yaml';
import type { Micros } from '../../../sim/clock.ts';
import type { Where } from '../../../sim/errors.ts';
import { Fields } from '../fields.ts';
import type { Item } from '../reading.ts';
import type { StepPatch } from '../screenplay.ts';
import type { Stage } from '../stage.ts';
import { readStepPatch } from '../step.ts';
import type { When } from '../when.ts';
import { objectionToOrder } from './order.ts';
import type { Procedure } from './procedure.ts';
import { readIds } from './step.ts';

/** Changes at one address; what is not named stays. */
export interface PerformancePatch extends Omit<StepPatch, 'when' | 'untyped'> {
  /** Why it is left out. */
  readonly omitted?: string;
  readonly takes?: Micros;
  readonly within?: Micros;
  readonly order?: readonly string[];
  readonly until?: string;
  /** Paths of optional steps that are performed. */
  readonly asked?: readonly { readonly path: string; readonly where: Where }[];
  /** Of the step of the scenario itself: when it begins, and with what. */
  readonly when?: When;
  readonly values?: ReadonlyMap<string, Item>;
  readonly cast?: ReadonlyMap<string, { readonly where: Where; readonly texts: readonly string[] }>;
}

/** What is said of an empty `with`. */
const NOTHING_ASKED = 'this takes nothing away: no optional step is asked for at this place';

/** Changes by address: `recovery`, `recovery.block`, `recovery.reissue`. */
export type PerformancePatches = ReadonlyMap<string, PerformancePatch>;

/** The one set of changes over the other. */
export function patchedOver(base: PerformancePatches, over: PerformancePatches): PerformancePatches {
  const all = new Map(base);
  for (const [address, patch] of over) all.set(address, overlaid(all.get(address) ?? {}, patch));
  return all;
}

/** What is named twice is what the second says; values and people are named one by one. */
export function overlaid(base: PerformancePatch, over: PerformancePatch): PerformancePatch {
  const values = new Map([...(base.values ?? []), ...(over.values ?? [])]);
  const cast = new Map([...(base.cast ?? []), ...(over.cast ?? [])]);
  return { ...base, ...over, values, cast };
}

/** `omit`, or what changes of a line inside a procedure. */
export function readLinePatch(
  stage: Stage,
  on: string | undefined,
  item: Item,
): PerformancePatch | undefined {
  if (isScalar(item.node)) return readOmission(stage, item);
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const takes = fields.optional('takes', (each) => reading.duration(each));
  const within = fields.optional('within', (each) => reading.duration(each));
  const {
    when: _,
    untyped: __,
    ...line
  } = readStepPatch(stage, on === undefined ? {} : { on }, fields, false);
  return { ...line, ...(takes === undefined ? {} : { takes }), ...(within === undefined ? {} : { within }) };
}

/** `omit`, or what changes of a procedure that another one performs. */
export function readNestedPatch(
  stage: Stage,
  procedure: Procedure,
  item: Item,
  isAsked: boolean,
): PerformancePatch | undefined {
  if (isScalar(item.node)) return readOmission(stage, item);
  const fields = Fields.of(stage.reading, item);
  if (fields === undefined) return undefined;
  const takes = fields.optional('takes', (each) => stage.reading.duration(each));
  const changes = readCourse(stage, procedure, fields, isAsked);
  fields.finish();
  return { ...changes, ...(takes === undefined ? {} : { takes }) };
}

/** What a variant writes to leave something out. */
export function readOmission(stage: Stage, item: Item): PerformancePatch | undefined {
  const omit = stage.reading.choice(item, ['omit'] as const);
  return omit === undefined ? undefined : { omitted: 'it is omitted' };
}

/** The keys that change the course of a procedure: `order`, `until` and `with`; `isAsked`: whether an empty `with` takes something away. */
export function readCourse(
  { reading }: Stage,
  procedure: Procedure,
  fields: Fields,
  isAsked: boolean,
): Pick<PerformancePatch, 'order' | 'until' | 'asked'> {
  const order = fields.optional('order', (each) => {
    const ids = readIds(reading, each);
    const objection = ids === undefined ? undefined : objectionToOrder(procedure, ids);
    if (objection === undefined) return ids;
    const fix = `Write each of these once: ${procedure.prescribed.join(', ')}.`;
    return reading.problem(
      'PROCEDURE_ORDER',
      each.where,
      objection,
      objection.includes('breaks') ? undefined : fix,
    );
  });
  const until = fields.optional('until', (each) => {
    const id = reading.text(each);
    const known = procedure.steps.map((step) => step.id);
    const detail = `'${procedure.name}' has no step '${id ?? ''}'`;
    return id === undefined ? undefined : reading.known(each, id, 'SCENARIO_UNKNOWN_STEP', known, detail);
  });
  const asked = fields.optional('with', (each) => {
    const entries = reading.list(each);
    if (entries?.length === 0 && !isAsked)
      return reading.problem('PROCEDURE_NOTHING_ASKED', each.where, NOTHING_ASKED);
    return entries?.flatMap((entry) => {
      const path = reading.text(entry);
      return path === undefined ? [] : { path, where: entry.where };
    });
  });
  return {
    ...(order === undefined ? {} : { order }),
    ...(until === undefined ? {} : { until }),
    ...(asked === undefined ? {} : { asked }),
  };
}
