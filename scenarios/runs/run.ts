/** Running a scenario: each variant is performed, judged and turned into the model that reports are rendered from. */
import { createHash } from 'node:crypto';
import type { Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { MINUTE } from '../../sim/clock.ts';
import type { DeploymentName } from '../../devices/deployment.ts';
import { quoted, wordsOf } from '../../devices/console/index.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import { isRuleName, type RuleName } from '../../devices/rules.ts';
import { targetDurationsOf, type DeploymentFile } from '../deployment/index.ts';
import { resolveVariant, withTargets, type ResolvedScreenplay, type Screenplay } from '../language/index.ts';
import { exposureOf, judge, lostAt, type CheckVerdict } from '../evidence/verdicts/index.ts';
import { hasSibling } from './basis.ts';
import { secretsInText } from './last-look.ts';
import { runError } from './errors.ts';
import { heardCallsOf } from '../evidence/heard-calls.ts';
import { ladderOf } from '../evidence/ladder.ts';
import { rulesOf } from '../world/index.ts';
import { ladderTableOf } from './ladder-table.ts';
import { measuresOf } from '../evidence/measures.ts';
import { proceduresOf } from '../evidence/procedures/index.ts';
import type { CheckResult, ReportedLine, VariantResult } from '../evidence/model.ts';
import { scored, type ScoredRun } from '../evidence/score/index.ts';
import { networkFactsOf } from './network-facts.ts';
import { settersOf } from './parameter-setters.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { printedDeployment, printedValue } from './printed-value.ts';
import { plantCheck, type CleanVerdict } from './plant-check.ts';
import type { RunOutcome, RunSurroundings } from './run-api.ts';
import { orderedDeployment, orderedScreenplay, orderOf, runKey, type RunOrder } from './run-order.ts';
import { TOOL } from './tool.ts';

/** How often progress is told: once in so much virtual time. */
const PROGRESS_EVERY: Micros = 10 * MINUTE;

/**
 * Makes the run of an order, to its end. Errors: ScreenplayError for its scenario, SCENARIO_UNKNOWN_VARIANT, RUN_UNKNOWN_PLANT,
 * RUN_CAPTURE_FULL.
 */
export function runScenario(order: RunOrder, surroundings: RunSurroundings): RunOutcome {
  const { kinds } = surroundings.assets;
  const screenplay = surroundings.screenplay ?? orderedScreenplay(order, kinds);
  const told: FilesOfOrder = { screenplay, deployment: orderedDeployment(order, kinds) };
  const performance = perform(order, told, surroundings);
  const reference = order.plant === undefined ? [] : referenceOf(order, told, surroundings);
  const performed = { ...order, ...told, reference };
  if (order.typed === undefined) return outcomeOf(performed, performance);
  const { typed: _typed, capture: _capture, ...own } = { ...order, heard: false };
  const alone = outcomeOf({ ...own, ...told, reference }, perform(own, told, surroundings));
  return outcomeOf(performed, performance, alone);
}

/** The files of an order, read. */
interface FilesOfOrder {
  readonly screenplay: Screenplay;
  readonly deployment: DeploymentFile | undefined;
}

/** What the checks of the same run come to when nothing is planted: a check that fails anyway has caught nothing. */
function referenceOf(
  order: RunOrder,
  told: FilesOfOrder,
  surroundings: RunSurroundings,
): readonly CleanVerdict[] {
  const { screenplay, deployment } = told;
  const { build, variant, seed, keySeed, parameters, typed, probes } = order;
  const wishes = { build, variant, seed, keySeed, parameters, probes, deployment };
  const clean = orderOf(screenplay, typed === undefined ? wishes : { ...wishes, typed });
  const make = (): readonly CleanVerdict[] => {
    const { options, record } = perform(clean, told, surroundings).world;
    return judge(options.screenplay, record.events).checks.map(({ id, verdict }) => ({ id, verdict }));
  };
  return surroundings.references?.recall([Buffer.from(runKey(clean))], make) ?? make();
}

/** What decided a performance, as far as its model tells it; probes are made unless it says that they are not. */
export interface RunBasis
  extends Pick<RunOrder, 'seed' | 'keySeed' | 'plant' | 'parameters'>, Partial<Pick<RunOrder, 'probes'>> {
  readonly screenplay: Screenplay;
  readonly deployment?: DeploymentFile | undefined;
  /** What the checks come to without the plant, where there is one. */
  readonly reference?: readonly CleanVerdict[];
}

/** The outcome of a finished performance; of one in which somebody was played with its score, for which `own` is the screenplay's own run. */
export function outcomeOf(performed: RunBasis, performance: Performance, own?: ScoredRun): RunOutcome {
  const { record } = performance.world;
  const result = resultOf(performed, performance);
  // All reports are made of this, and of the trace, which was searched when the run ended.
  const shown = secretsInText(JSON.stringify(result), record.events);
  assert(shown.length === 0, `no report shows a secret: ${shown.join(', ')}`);
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

/** The screenplay of one variant, over what the deployment says, with the parameters of the command line on top. */
export function resolvedFor(
  { screenplay, parameters, deployment }: Pick<RunBasis, 'screenplay' | 'parameters' | 'deployment'>,
  variant: string,
): ResolvedScreenplay {
  const resolved = resolveVariant(screenplay, variant);
  const values = { ...deployment?.parameters, ...resolved.parameters, ...parameters };
  const disposal = new Map((deployment?.disposal ?? []).map(({ name, methods }) => [name, methods]));
  return withTargets({ ...resolved, parameters: values, disposal }, targetDurationsOf(deployment));
}

/** The seed of one run: another scenario draws other chances from the same suite seed, another variant the same. */
export function runSeed(seed: string, scenario: string): string {
  return createHash('sha256').update(`${seed}\0${scenario}`).digest('hex').slice(0, 32);
}

function perform(
  { variant, seed, keySeed, parameters, plant, typed, probes, capture, heard }: RunOrder,
  { screenplay, deployment }: FilesOfOrder,
  { assets, beginnings, onProgress, onCapture }: RunSurroundings,
): Performance {
  // What a person typed may come before that at which two performances part.
  const shared = typed === undefined && hasSibling(screenplay, variant) ? beginnings : undefined;
  const options: PerformanceOptions = {
    screenplay: resolvedFor({ screenplay, parameters, deployment }, variant),
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
    setBy: settersOf({ ...performed, variant: name }),
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
  const { options, record } = performance.world;
  const lost = lostAt(check, options.screenplay, record.events);
  const base = {
    ...{ id, kind, title, parts, verdict, why, evidence, source },
    ...(lost === undefined ? {} : { lostAt: lost }),
  };
  if (result === undefined) return base;
  const { row, probe, outcome, reason, because, means } = result.data;
  const { positiveControl, positiveBecause, negativeControl, negativeBecause } = result.data;
  const made = performance.made.get(id);
  const foretold = options.screenplay.probes.find((each) => each.id === id);
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
  const { screenplay, seed, keySeed, plant, parameters, probes, deployment } = basis;
  const given = Object.entries(parameters).map(
    ([name, value]) => ` --param ${name}=${printedValue(name as DeploymentName, value).replaceAll(' ', '')}`,
  );
  const name = screenplay.file.endsWith(`catalogue/${screenplay.id}.yaml`) ? screenplay.id : screenplay.file;
  const deployed = deployment === undefined ? '' : ` --deployment ${quoted(deployment.file)}`;
  const planted = plant === undefined ? '' : ` --plant ${plant}`;
  const unprobed = probes === false ? ' --no-probes' : '';
  return `calldrill run ${name} --variant ${variant} --seed ${seed} --key-seed ${keySeed}${deployed}${given.join('')}${planted}${unprobed}`;
}
