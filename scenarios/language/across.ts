/**
 * Checks of several variants together: the same verdicts in each of them. One run cannot show that something makes no difference, so such a check is
 * judged over a suite, and is none of any run.
 */
import { isMap, isScalar } from 'yaml';
import { Fields } from './fields.ts';
import { MEASURE_NAMES } from './measure-names.ts';
import { partsOf } from './parts.ts';
import type { Item } from './reading.ts';
import type { Across, Screenplay, Variant } from './screenplay.ts';
import type { Stage } from './stage.ts';

const ALL = 'all';
const VARIANTS = 'variants';
/** Any two runs are nothing apart. */
export const APART_MIN = 0.01;

/** Whether an entry of `expect` is one of these. */
export function isAcross({ node }: Item): boolean {
  return isMap(node) && node.has('across');
}

/** Reads those of `expect` that are; what they name has been read by then. */
export function readAllAcross(
  stage: Stage,
  told: Pick<Screenplay, 'probes' | 'expect' | 'variants'>,
  items: readonly Item[],
): readonly Across[] {
  return items.filter(isAcross).flatMap((item) => readAcross(stage, told, item) ?? []);
}

function readAcross(
  stage: Stage,
  told: Pick<Screenplay, 'probes' | 'expect' | 'variants'>,
  item: Item,
): Across | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const id = fields.required('id', (each) => stage.id(each, 'comparison'));
  const title = fields.optional('title', (each) => reading.text(each));
  const parts = partsOf(stage, fields, { kind: 'expectation' });
  const variants = fields.required('across', (each) => readVariants(stage, told.variants, each));
  const verdicts = fields.required('verdicts', (each) => readChecks(stage, told, each));
  const apart = fields.optional('apart', (each) => readApart(stage, each));
  fields.finish();
  if (id === undefined || variants === undefined || verdicts === undefined) return undefined;
  for (const variant of variants) refuseIncomparable(stage, variant, verdicts, item);
  const names = variants.map(({ name }) => name);
  return {
    ...{ id, where: item.where, parts, variants: names, verdicts },
    title: title ?? `the same verdicts in ${names.join(', ')}`,
    ...(apart === undefined ? {} : { apart }),
  };
}

/** `across: variants`, which are those that count towards clauses, or a list of names. */
function readVariants(stage: Stage, all: readonly Variant[], item: Item): readonly Variant[] | undefined {
  const { reading } = stage;
  const chosen = isScalar(item.node)
    ? reading.choice(item, [VARIANTS] as const) && all.filter(({ reference }) => reference)
    : reading.list(item)?.flatMap((each) => {
        const name = reading.name(each);
        const names = all.map((variant) => variant.name);
        const detail = `there is no variant '${name ?? ''}'`;
        if (name !== undefined) reading.known(each, name, 'SCENARIO_UNKNOWN_VARIANT', names, detail);
        return all.find((variant) => variant.name === name) ?? [];
      });
  if (chosen === undefined) return undefined;
  const variants = all.filter((variant) => chosen.includes(variant));
  if (variants.length > 1) return variants;
  return reading.problem(
    'SCENARIO_VALUE',
    item.where,
    `${item.what} names ${variants.length === 0 ? 'no variant' : 'one variant'}, and it takes two to compare`,
    'Name two variants or more; those that are no reference are named one by one.',
  );
}

/** `verdicts: all`, or the ids of probes and expectations of the scenario. */
function readChecks(
  stage: Stage,
  { probes, expect }: Pick<Screenplay, 'probes' | 'expect'>,
  item: Item,
): readonly string[] | undefined {
  const { reading } = stage;
  const known = [...probes, ...expect].map(({ id }) => id);
  if (isScalar(item.node)) return reading.choice(item, [ALL] as const) && known;
  const ids = reading.list(item)?.flatMap((each) => {
    const id = reading.text(each);
    if (id === undefined) return [];
    const detail = `no probe or expectation of all variants has the id '${id}'`;
    return reading.known(each, id, 'SCENARIO_UNKNOWN_CHECK', known, detail) ?? [];
  });
  if (ids?.length !== 0) return ids;
  return reading.problem(
    'SCENARIO_VALUE',
    item.where,
    `${item.what} names no check`,
    'Name a check, or write all.',
  );
}

/** `apart: { measure: "set-up time, median", by: 150 }`: what shows that the variants are not the same run. */
function readApart(stage: Stage, item: Item): Across['apart'] {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  const measure = fields?.required('measure', (each) => {
    const name = reading.text(each);
    if (name === undefined) return undefined;
    const detail = `there is no measure '${name}'`;
    return reading.known(each, name, 'SCENARIO_VALUE_UNKNOWN', MEASURE_NAMES, detail);
  });
  const by = fields?.required('by', (each) => reading.number(each, { min: APART_MIN, whole: false }));
  fields?.finish();
  return measure === undefined || by === undefined ? undefined : { measure, by };
}

/** A check that a variant leaves out has no verdict there that could be the same. */
function refuseIncomparable(stage: Stage, variant: Variant, checks: readonly string[], item: Item): void {
  const { name, notApplicable, only } = variant;
  const left = checks.find(
    (id) => notApplicable.has(id) || (only !== undefined && !only.includes(id) && stage.isProbe(id)),
  );
  if (left !== undefined)
    stage.reading.problem(
      'SCENARIO_CANNOT_HOLD',
      item.where,
      `'${left}' does not apply to the variant '${name}', so there is nothing to compare`,
      'Leave the check or the variant out.',
    );
}
