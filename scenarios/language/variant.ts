/**
 * Variants: the same story with another order, another deployment or a human error. A variant is a list of differences;
 * `resolveVariant` applies them, and the result is a screenplay like any other.
 */
import { isScalar } from 'yaml';
import type { Where } from '../../sim/errors.ts';
import { nearest } from '../../devices/console/index.ts';
import { scenarioError } from './errors.ts';
import { readExpectations } from './each-user.ts';
import { Fields } from './fields.ts';
import { isPerformance } from './procedures/declared-performance.ts';
import { typings } from './procedures/leaves.ts';
import { performedSteps } from './procedures/performed-lines.ts';
import type { PerformedProcedure, PerformedStep } from './procedures/performed.ts';
import type { Performances } from './procedures/performances.ts';
import type { Item } from './reading.ts';
import { type Expectation, type Probe, type Screenplay, type User, type Variant } from './screenplay.ts';
import { readParameters } from './settings.ts';
import type { Stage } from './stage.ts';
import { readBindings, readById, readNotApplicable, readPredictions, readReasons } from './variant-checks.ts';
import { readPatch, readProbe, readStep, requireReason } from './step.ts';

/** The variant of a scenario that declares none. */
export const ONLY_VARIANT = 'main';

/** Why a probe is not made in a variant that has `only`. */
const NOT_AMONG_ONLY = 'this variant changes nothing about it: another variant measures it';

/** What has been read of a file before its variants; no users when the world was refused. */
type BeforeVariants = Pick<Screenplay, 'steps' | 'probes' | 'expect'> & {
  readonly users: readonly User[] | undefined;
  readonly performances: Performances;
};

/** Reads one variant of a file; what it may change are these steps and probes. What is refused is reported and left out. */
export function readVariant(
  stage: Stage,
  { steps, probes, expect: expected, users, performances }: BeforeVariants,
  name: string,
  item: Item,
): Variant | undefined {
  const { reading, vocabulary } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const title = fields.required('title', (each) => reading.text(each));
  const reference = fields.optional('reference', (each) => reading.boolean(each));
  const parameters = fields.optional('parameters', (each) =>
    readParameters(reading, each, vocabulary.parameters),
  );
  const changes = fields.optional('steps', (each) =>
    readChanges(stage, { steps, performances, variant: name }, each),
  );
  const listed = (key: string): readonly Item[] => fields.optional(key, (each) => reading.list(each)) ?? [];
  const more = listed('also').flatMap((each, index) => {
    if (!isPerformance(each)) return readStep(stage, each, `${name}/${index + 1}`) ?? [];
    performances.finish(stage, each);
    return [];
  });
  const [own, expect] = [listed('probes'), listed('expect')];
  const only = fields.optional('only', (each) => readOnly(stage, reference, each));
  const predict = fields.optional('predict', (each) => readPredictions(stage, only, each));
  const reasons = fields.optional('reason', (each) => readReasons(stage, each));
  const notApplicable = fields.optional('not-applicable', (each) => readNotApplicable(stage, each));
  const parts = fields.optional('check', (each) => readBindings(stage, { probes, expect: expected }, each));
  refuseWorld(stage, fields.item('world'));
  fields.finish();
  requireReasons(
    { stage, where: item.where, probes },
    { parts: parts ?? new Map(), predict: predict ?? new Map(), reasons: reasons ?? new Map() },
  );
  if (title === undefined) return undefined;
  return {
    name,
    where: item.key ?? item.where,
    title,
    reference: reference ?? true,
    parameters: parameters ?? {},
    steps: changes ?? new Map(),
    also: more,
    // They are read last: what a variant says of itself it says of nothing that is its own.
    probes: own.flatMap((each) => readProbe(stage, each) ?? []),
    expect: readExpectations(stage, users, expect),
    predict: predict ?? new Map(),
    reasons: reasons ?? new Map(),
    parts: parts ?? new Map(),
    notApplicable: notApplicable ?? new Map(),
    ...(only === undefined ? {} : { only }),
  };
}

/** Changes of steps. Those of what a procedure does are read too, and are kept with the performances. */
function readChanges(
  stage: Stage,
  {
    steps,
    performances,
    variant,
  }: Pick<BeforeVariants, 'steps' | 'performances'> & { readonly variant: string },
  item: Item,
): Variant['steps'] {
  return readById(
    stage,
    item,
    (key, id) => stage.step(key, id, ['step', 'performed']),
    (id, value) => {
      if (performances.has(id)) {
        performances.readChange(stage, variant, id, value);
        return undefined;
      }
      if (isScalar(value.node)) return stage.reading.choice(value, ['omit'] as const);
      return readPatch(
        stage,
        steps.find((step) => step.id === id),
        value,
      );
    },
  );
}

/** A variant that counts towards clauses makes every probe, so it has no `only`. */
function readOnly(stage: Stage, reference: boolean | undefined, item: Item): readonly string[] | undefined {
  const { reading } = stage;
  if (reference !== false)
    return reading.problem(
      'SCENARIO_KEY_CONFLICT',
      item.key ?? item.where,
      'a variant that counts towards clauses makes every probe',
      'Take `only` out, or write `reference: false`.',
    );
  return reading.list(item)?.flatMap((probe) => {
    const id = reading.text(probe);
    return (id === undefined ? undefined : stage.check(probe, id, ['probe'])) ?? [];
  });
}

function refuseWorld(stage: Stage, world: Item | undefined): void {
  if (world === undefined) return;
  stage.reading.problem(
    'SCENARIO_KEY_CONFLICT',
    world.key ?? world.where,
    'a variant cannot change the world',
    'Put another world into a scenario file of its own.',
  );
}

/** A screenplay with one variant applied. */
export interface ResolvedScreenplay extends Omit<Screenplay, 'variants' | 'performed'> {
  readonly variant: { readonly name: string; readonly title: string; readonly reference: boolean };
  /** The procedures that are performed, those that are nested behind the one that performs them. */
  readonly performs: readonly PerformedProcedure[];
  /** How media may be treated, by medium, as far as a deployment declares it. */
  readonly disposal?: ReadonlyMap<string, readonly string[]>;
}

/** The variants of a screenplay, in the order of the file. A scenario that declares none has one, `main`. */
export function variantsOf(screenplay: Screenplay): readonly Variant[] {
  if (screenplay.variants.length > 0) return screenplay.variants;
  return [
    {
      name: ONLY_VARIANT,
      where: screenplay.where,
      title: screenplay.title,
      reference: true,
      parameters: {},
      steps: new Map(),
      also: [],
      probes: [],
      expect: [],
      predict: new Map(),
      reasons: new Map(),
      parts: new Map(),
      notApplicable: new Map(),
    },
  ];
}

/** What a variant shows by a refusal names the reason: its own, or that of the probe. */
function requireReasons(
  {
    stage,
    where,
    probes,
  }: { readonly stage: Stage; readonly where: Where; readonly probes: readonly Probe[] },
  variant: Pick<Variant, 'parts' | 'predict' | 'reasons'>,
): void {
  for (const probe of probes) {
    const shown = variant.parts.get(probe.id);
    const { predict, reason } = predictedIn(variant, probe);
    if (shown !== undefined && predict === 'refused')
      requireReason(stage, where, `'${probe.id}'`, shown, reason);
  }
}

/** A probe with what a variant predicts of it; what opens has no reason. */
function predictedIn({ predict, reasons }: Pick<Variant, 'predict' | 'reasons'>, probe: Probe): Probe {
  const { reason: usual, ...rest } = probe;
  const prediction = predict.get(probe.id) ?? probe.predict;
  const reason = prediction === 'opened' ? undefined : (reasons.get(probe.id) ?? usual);
  return { ...rest, predict: prediction, ...(reason === undefined ? {} : { reason }) };
}

/** Applies a variant. Throws SCENARIO_UNKNOWN_VARIANT. */
export function resolveVariant(screenplay: Screenplay, name: string): ResolvedScreenplay {
  const all = variantsOf(screenplay);
  const variant = all.find((each) => each.name === name);
  if (variant === undefined) {
    const names = all.map((each) => each.name);
    const near = nearest(name, names);
    throw scenarioError('SCENARIO_UNKNOWN_VARIANT', `'${screenplay.id}' has no variant '${name}'`, {
      where: screenplay.where,
      fix: near === undefined ? `It has: ${names.join(', ')}.` : `Did you mean '${near}'?`,
    });
  }
  const { variants: _, performed, ...base } = screenplay;
  const { performs, expect: ofProcedures } = performed.get(name) ?? { performs: [], expect: [] };
  const steps = screenplay.steps.flatMap((step) => {
    const change = variant.steps.get(step.id);
    return change === 'omit' ? [] : [{ ...step, ...change }];
  });
  const lines = performedSteps(performs);
  const marked = <Check extends Probe | Expectation>(check: Check): Check => {
    const reason = variant.notApplicable.get(check.id);
    // A variant that shows what an error costs counts only for what it says that it shows.
    const parts = variant.parts.get(check.id) ?? (variant.reference ? check.parts : []);
    const bound = { ...check, parts };
    return reason === undefined ? bound : { ...bound, notApplicable: reason };
  };
  const isMade = ({ id }: Probe): boolean => variant.only?.includes(id) ?? true;
  return {
    ...base,
    variant: { name: variant.name, title: variant.title, reference: variant.reference },
    parameters: { ...screenplay.parameters, ...variant.parameters },
    steps: [...steps, ...variant.also],
    performs,
    probes: [
      ...screenplay.probes.map((probe) => {
        const predicted = predictedIn(variant, probe);
        return isMade(probe) ? marked(predicted) : { ...predicted, parts: [], notApplicable: NOT_AMONG_ONLY };
      }),
      ...variant.probes,
    ],
    expect: [...[...screenplay.expect, ...ofProcedures].map(marked), ...variant.expect].map((each) =>
      withLines(lines, each),
    ),
  };
}

/** An opportunity that is a line of a procedure is that line as it is typed in the variant; none where the variant leaves it out. */
function withLines(lines: readonly PerformedStep[], expectation: Expectation): Expectation {
  if (expectation.kind !== 'never' || expectation.given.kind !== 'step') return expectation;
  const patterns = typings(lines, [expectation.given.step]);
  return patterns.length === 0 ? expectation : { ...expectation, given: { kind: 'events', patterns } };
}
