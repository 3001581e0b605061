/** The model of a suite, from those of its scenarios: clauses are judged over all of them, with what the deployment declares and waives. */
import { DEPLOYMENT_PARAMETERS, deploymentOf, type DeploymentName } from '../../devices/deployment.ts';
import { formatDuration } from '../../sim/duration.ts';
import type { CatalogueClause } from '../catalogue/clauses.ts';
import type { DeclaredTarget, DeploymentFile } from '../deployment/index.ts';
import {
  REPORT_VERSION,
  type DeploymentResult,
  type ScenarioResult,
  type SuiteResult,
  type VariantResult,
  type WaiverTerms,
} from '../evidence/model.ts';
import { declarationsOf, judgeClauses, sourceOf, Waivers } from '../evidence/verdicts/index.ts';
import { settersOf } from './parameter-setters.ts';
import { printedValue } from './printed-value.ts';
import type { RunParameters } from './run-api.ts';
import { TOOL } from './tool.ts';

/** What a suite says of itself, and the clauses that its checks are to decide. */
export interface SuiteOptions {
  readonly seed: string;
  readonly keySeed: string;
  readonly replay: string;
  readonly plant?: string;
  /** Whether keys were asked for in captures; everything that is made says so. */
  readonly revealsKeys?: boolean;
  readonly parameters: RunParameters;
  readonly catalogue: readonly CatalogueClause[];
  readonly deployment?: DeploymentFile | undefined;
  /** The day on which waivers are looked at: `2015-12-01`; that of the file when left out. */
  readonly asOf?: string | undefined;
}

/** Whether a check of a run failed that no waiver in force covers. */
export function isFailing(
  { checks }: VariantResult,
  { deployment, asOf }: Pick<SuiteOptions, 'deployment' | 'asOf'>,
): boolean {
  const waivers = new Waivers(deployment?.waivers.map(termsOf), asOf ?? deployment?.validOn.text);
  return checks.some((check) => waivers.appliedToCheck(check).verdict === 'fail');
}

/** Judged whole; what a part of a suite says is judged again when parts are joined. */
export function suiteOf(
  performed: readonly ScenarioResult[],
  {
    seed,
    keySeed,
    replay,
    plant,
    revealsKeys = false,
    parameters,
    catalogue,
    deployment,
    asOf,
  }: SuiteOptions,
): SuiteResult {
  const day = asOf ?? deployment?.validOn.text;
  const waivers = new Waivers(deployment?.waivers.map(termsOf), day);
  const declares = deployment === undefined ? [] : declarationsOf(deployment, asOf);
  const scenarios = waivers.appliedToScenarios(performed);
  const clauses = judgeClauses(catalogue, scenarios, { declares, waivers });
  const result: DeploymentResult | undefined = deployment && {
    ...{ name: deployment.name, file: deployment.file, asOf: day ?? '', declares },
    sha256: deployment.sha256,
    targets: deployment.targets.map((target) => ({
      ...{ name: target.name, value: targetText(target), source: sourceOf(target.where) },
    })),
    waivers: waivers.results(clauses),
  };
  return {
    version: REPORT_VERSION,
    tool: TOOL,
    seed,
    keySeed,
    scenarios,
    clauses,
    parameters: parametersInForce(parameters, deployment),
    ...(result === undefined ? {} : { deployment: result }),
    ...(plant === undefined ? {} : { plant }),
    ...(revealsKeys ? { revealsKeys } : {}),
    replay,
  };
}

/** In all runs that set none of their own. */
function parametersInForce(
  parameters: RunParameters,
  deployment: DeploymentFile | undefined,
): SuiteResult['parameters'] {
  const defaults = deploymentOf();
  const chosen = deploymentOf({ ...deployment?.parameters, ...parameters });
  const setters = settersOf({ deployment, parameters });
  return Object.entries(DEPLOYMENT_PARAMETERS).map(([name, { summary, source }]) => ({
    name,
    value: printedValue(name as DeploymentName, chosen[name as DeploymentName]),
    default: printedValue(name as DeploymentName, defaults[name as DeploymentName]),
    summary,
    source,
    setBy: setters[name] ?? { by: 'default' },
  }));
}

function termsOf({
  covers,
  owner,
  reason,
  adviser,
  given,
  expires,
  where,
}: DeploymentFile['waivers'][number]): WaiverTerms {
  return {
    ...{ kind: covers.kind, covers: covers.id, owner, reason, adviser },
    ...{ date: given.text, expires: expires.text, source: sourceOf(where) },
  };
}

/** A target as a person writes it. */
function targetText(target: DeclaredTarget): string {
  switch (target.kind) {
    case 'duration':
      return formatDuration(target.value);
    case 'months':
      return String(target.value);
    case 'words':
      return target.value.join(', ');
    case 'quality': {
      const { setUp, jitter, loss, completed } = target.value;
      return [
        ...(setUp === undefined ? [] : [`set-up ${formatDuration(setUp)}`]),
        ...(jitter === undefined ? [] : [`jitter ${formatDuration(jitter)}`]),
        ...(loss === undefined ? [] : [`loss ${loss} %`]),
        ...(completed === undefined ? [] : [`completed ${completed} %`]),
      ].join(', ');
    }
  }
}
