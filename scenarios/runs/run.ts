/** Running a scenario: each variant is performed, judged and turned into the model that reports are rendered from. */
import { createHash } from 'node:crypto';
import type { Micros } from '../../sim/clock.ts';
import { MINUTE } from '../../sim/clock.ts';
import { DEPLOYMENT_PARAMETERS, deploymentOf, type DeploymentName } from '../../devices/deployment.ts';
import { wordsOf } from '../../devices/console/index.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import { isRuleName, type RuleName } from '../../devices/rules.ts';
import { resolveVariant, type ResolvedScreenplay, type Screenplay } from '../language/index.ts';
import { exposureOf, judge, judgeClauses, type CheckVerdict } from '../evidence/verdicts/index.ts';
import type { CatalogueClause } from '../catalogue/clauses.ts';
import { hasSibling } from './basis.ts';
import { runError } from './errors.ts';
import { heardCallsOf } from '../evidence/heard-calls.ts';
import { ladderOf } from '../evidence/ladder.ts';
import { rulesOf } from '../world/index.ts';
import { ladderTableOf } from './ladder-table.ts';
import { measuresOf } from '../evidence/measures.ts';
import { proceduresOf } from '../evidence/procedures/index.ts';
import {
  REPORT_VERSION,
  type CheckResult,
  type ScenarioResult,
  type SuiteResult,
  type ReportedLine,
  type VariantResult,
} from '../evidence/model.ts';
import { scored, type ScoredRun } from '../evidence/score/index.ts';
import { networkFactsOf } from './network-facts.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { printedDeployment, printedValue } from './printed-value.ts';
import { plantCheck, type CleanVerdict } from './plant-check.ts';
import type { RunOutcome, RunParameters, RunSurroundings } from './run-api.ts';
import { orderedScreenplay, orderOf, runKey, type RunOrder } from './run-order.ts';
import { TOOL } from './tool.ts';

/** How often progress is told: once in so much virtual time. */
const PROGRESS_EVERY: Micros = 10 * MINUTE;

/**
 * Makes the run of an order, to its end. Errors: ScreenplayError for its scenario, SCENARIO_UNKNOWN_VARIANT, RUN_UNKNOWN_PLANT,
 * RUN_CAPTURE_FULL.
 */
export function runScenario(order: RunOrder, surroundings: RunSurroundings): RunOutcome {
  const screenplay = surroundings.screenplay ?? orderedScreenplay(order, surroundings.assets.kinds);
  const performance = perform(order, screenplay, surroundings);
  const reference = order.plant === undefined ? [] : referenceOf(order, screenplay, surroundings);
  const performed = { ...order, screenplay, reference };
  if (order.typed === undefined) return outcomeOf(performed, performance);
  const { typed: _typed, capture: _capture, ...own } = { ...order, heard: false };
  const alone = outcomeOf({ ...own, screenplay, reference }, perform(own, screenplay, surroundings));
  return outcomeOf(performed, performance, alone);
}

/** What the checks of the same run come to when nothing is planted: a check that fails anyway has caught nothing. */
function referenceOf(
  order: RunOrder,
  screenplay: Screenplay,
  surroundings: RunSurroundings,
): readonly CleanVerdict[] {
  const { build, variant, seed, keySeed, parameters, typed, probes } = order;
  const wishes = { build, variant, seed, keySeed, parameters, probes };
  const clean = orderOf(screenplay, typed === undefined ? wishes : { ...wishes, typed });
  const make = (): readonly CleanVerdict[] => {
    const { options, record } = perform(clean, screenplay, surroundings).world;
    return judge(options.screenplay, record.events).checks.map(({ id, verdict }) => ({ id, verdict }));
  };
  return surroundings.references?.recall([Buffer.from(runKey(clean))], make) ?? make();
}

/** What decided a performance, as far as its model tells it; probes are made unless it says that they are not. */
export interface RunBasis
  extends Pick<RunOrder, 'seed' | 'keySeed' | 'plant' | 'parameters'>, Partial<Pick<RunOrder, 'probes'>> {
  readonly screenplay: Screenplay;
  /** What the checks come to without the plant, where there is one. */
  readonly reference?: readonly CleanVerdict[];
}

/** The outcome of a finished performance; of one in which somebody was played with its score, for which `own` is the screenplay's own run. */
export function outcomeOf(performed: RunBasis, performance: Performance, own?: ScoredRun): RunOutcome {
  const { record } = performance.world;
  const result = resultOf(performed, performance);
  return {
    scenario: performed.screenplay.id,
    result:
      own === undefined
        ? result
        : scored(result, performance.world.options.screenplay, { events: record.events, own, wordsOf }),
    artefacts: performance.artefacts,
    trace: record.toNdjson(),
    events: record.events,
  };
}

/** The screenplay of one variant, with the parameters of the command line on top. */
export function resolvedFor(
  { screenplay, parameters }: Pick<RunBasis, 'screenplay' | 'parameters'>,
  variant: string,
): ResolvedScreenplay {
  const resolved = resolveVariant(screenplay, variant);
  return { ...resolved, parameters: { ...resolved.parameters, ...parameters } };
}

/** The seed of one run: another scenario draws other chances from the same suite seed, another variant the same. */
export function runSeed(seed: string, scenario: string): string {
  return createHash('sha256').update(`${seed}\0${scenario}`).digest('hex').slice(0, 32);
}

function perform(
  { variant, seed, keySeed, parameters, plant, typed, probes, capture, heard }: RunOrder,
  screenplay: Screenplay,
  { assets, beginnings, onProgress, onCapture }: RunSurroundings,
): Performance {
  // What a person typed may come before that at which two performances part.
  const shared = typed === undefined && hasSibling(screenplay, variant) ? beginnings : undefined;
  const options: PerformanceOptions = {
    screenplay: resolvedFor({ screenplay, parameters }, variant),
    seed: runSeed(seed, screenplay.id),
    keySeed,
    assets,
    tool: TOOL,
    broken: brokenBy(plant, assets.kinds),
    played: typed?.roles ?? [],
    probes,
    capture: capture && {
      secrets: capture.secrets,
      link: capture.link,
      ...(capture.live ? { onOctets: (octets) => onCapture?.(octets) } : {}),
    },
    heard,
    keeps: probes || shared !== undefined,
  };
  const performance = new Performance(options, shared?.find(options));
  for (const { time, by, on, line } of typed?.lines ?? []) {
    performance.advanceTo(time);
    if (performance.over) break;
    performance.typeQuietly(by, on, line);
  }
  if (typed?.left !== undefined) {
    performance.advanceTo(typed.left);
    performance.leave();
  }
  while (!performance.over) {
    performance.advanceTo(performance.now + PROGRESS_EVERY);
    onProgress?.({ scenario: screenplay.id, variant, time: performance.now, ends: performance.endsAt });
  }
  shared?.remember(options, performance);
  return performance;
}

function brokenBy(plant: string | undefined, kinds: DeviceKinds): readonly RuleName[] {
  if (plant === undefined) return [];
  if (!isRuleName(rulesOf(kinds), plant))
    throw runError('RUN_UNKNOWN_PLANT', `there is no planted violation '${plant}'`);
  return [plant];
}

/** The model of a finished performance. */
function resultOf(performed: RunBasis, performance: Performance): VariantResult {
  const { world } = performance;
  const { screenplay } = world.options;
  const { events } = world.record;
  const { moments, checks } = judge(screenplay, events);
  const lag = events.find((event) => event.type === 'live.lag');
  const results = checks.map((check) => checkResult(check, performance));
  const { name } = screenplay.variant;
  const planted =
    performed.plant === undefined
      ? []
      : [
          plantCheck(performed.plant, performed.screenplay, name, {
            planted: results,
            clean: performed.reference ?? [],
          }),
        ];
  return {
    name,
    title: screenplay.variant.title,
    reference: screenplay.variant.reference,
    begins: screenplay.begins,
    ends: world.now,
    seed: world.options.seed,
    parameters: printedDeployment(world.deployment),
    checks: [...results, ...planted],
    exposure: exposureOf(events),
    ladder: ladderOf(events, ladderTableOf(world.options.assets.kinds)),
    calls: heardCallsOf(events, performance.heard),
    ...(screenplay.performs.length === 0
      ? {}
      : { procedures: proceduresOf(screenplay.performs, events, performance.facts) }),
    ...(lag === undefined ? {} : { schedule: lag.data }),
    typed: typedLines(performance),
    moments: Object.fromEntries(
      screenplay.moments.map(({ name }) => {
        const event = moments.get(name);
        return [name, event === undefined ? null : { time: event.t, event: event.n }];
      }),
    ),
    measures: measuresOf(events),
    facts: networkFactsOf(screenplay),
    traceDigest: world.record.digest(),
    traceEvents: events.length,
    replay: replayLine(performed, name),
  };
}

function checkResult(check: CheckVerdict, performance: Performance): CheckResult {
  const { id, kind, title, parts, verdict, why, evidence, source, result } = check;
  const base = { id, kind, title, parts, verdict, why, evidence, source };
  if (result === undefined) return base;
  const { row, probe, outcome, reason, because, means } = result.data;
  const { positiveControl, positiveBecause, negativeControl, negativeBecause } = result.data;
  const made = performance.made.get(id);
  const foretold = performance.world.options.screenplay.probes.find((each) => each.id === id);
  return {
    ...base,
    probe: {
      row,
      line: probe,
      time: result.t,
      predict: foretold?.predict ?? result.data.predict,
      prediction: foretold?.because ?? '',
      outcome,
      ...(reason === null ? {} : { refusedAs: reason }),
      because,
      means,
      positiveControl,
      positiveBecause,
      negativeControl,
      negativeBecause,
      forked: made?.forked ?? false,
      ...(made?.artefact === undefined ? {} : { artefact: made.artefact }),
    },
  };
}

function typedLines(performance: Performance): readonly ReportedLine[] {
  return performance.typed.map(({ typed, step, refused }) => ({
    ...typed,
    ...(step?.clauses[0] === undefined ? {} : { clause: step.clauses[0] }),
    ...(refused === undefined ? {} : { refused }),
  }));
}

/** The line that runs one variant again. */
export function replayLine(basis: RunBasis, variant: string): string {
  const { screenplay, seed, keySeed, plant, parameters, probes } = basis;
  const given = Object.entries(parameters).map(
    ([name, value]) => ` --param ${name}=${printedValue(name as DeploymentName, value).replaceAll(' ', '')}`,
  );
  const name = screenplay.file.endsWith(`catalogue/${screenplay.id}.yaml`) ? screenplay.id : screenplay.file;
  const planted = plant === undefined ? '' : ` --plant ${plant}`;
  const unprobed = probes === false ? ' --no-probes' : '';
  return `calldrill run ${name} --variant ${variant} --seed ${seed} --key-seed ${keySeed}${given.join('')}${planted}${unprobed}`;
}

/** What a suite says of itself, and the clauses that its checks are to decide. */
export interface SuiteOptions {
  readonly seed: string;
  readonly keySeed: string;
  readonly replay: string;
  readonly plant?: string;
  readonly parameters: RunParameters;
  readonly catalogue: readonly CatalogueClause[];
}

/** The model of a suite, from those of its scenarios. */
export function suiteOf(
  scenarios: readonly ScenarioResult[],
  { seed, keySeed, replay, plant, parameters, catalogue }: SuiteOptions,
): SuiteResult {
  const defaults = deploymentOf();
  const chosen = deploymentOf(parameters);
  return {
    version: REPORT_VERSION,
    tool: TOOL,
    seed,
    keySeed,
    scenarios,
    clauses: judgeClauses(catalogue, scenarios),
    parameters: Object.entries(DEPLOYMENT_PARAMETERS).map(([name, { summary, source }]) => ({
      name,
      value: printedValue(name as DeploymentName, chosen[name as DeploymentName]),
      default: printedValue(name as DeploymentName, defaults[name as DeploymentName]),
      summary,
      source,
    })),
    ...(plant === undefined ? {} : { plant }),
    replay,
  };
}
