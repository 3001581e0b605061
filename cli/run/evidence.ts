/** From the runs of a suite to its model and to the files that prove it. */
import {
  reportJson,
  resultFiles,
  TRACE_FILE,
  variantFolder,
  type OscalVersion,
  type ResultParts,
} from '../../reports/index.ts';
import type { ResultsFolder } from '../write-results.ts';
import {
  suiteOf,
  type RunOutcome,
  type ScenarioResult,
  type SuiteResult,
} from '../../scenarios/runs/index.ts';
import type { CatalogueClause } from '../../scenarios/catalogue/clauses.ts';
import type { Drift } from '../../scenarios/evidence/drift/index.ts';
import { BASELINE_FILE, changedSince } from './baseline.ts';
import { DRIFT_FILE, driftFile } from './drift-text.ts';
import { TYPED_FILE } from './replay-file.ts';
import { sourceFiles } from './source-files.ts';
import type { PerformedSuite } from './suites.ts';

/** The model of a suite, judged. */
export function modelOf(
  { request, scenarios }: Pick<PerformedSuite, 'request' | 'scenarios'>,
  replay: string,
  catalogue: readonly CatalogueClause[],
): SuiteResult {
  const { seed, keySeed, plant, parameters, deployment, asOf, capture } = request;
  return suiteOf(scenarios, {
    seed,
    keySeed,
    replay,
    parameters,
    catalogue,
    deployment,
    asOf,
    // A capture that goes into a pipe is not among the results.
    revealsKeys: capture?.secrets === true && !capture.live,
    ...(plant === undefined ? {} : { plant }),
  });
}

/** What else there is than the files of the runs. */
export interface Beside {
  /** What was asked for: its scenarios and its deployment go with the results. */
  readonly request: Pick<PerformedSuite['request'], 'plans' | 'deployment' | 'capture' | 'heard'>;
  /** The build that made it. */
  readonly build: string;
  /** What people typed, when they did. */
  readonly typedFile?: Uint8Array | undefined;
  /** How a live run that is valid differs from a simulated one, if that was asked for. */
  readonly drift?: Drift | undefined;
  /** What it is held against in the summary. */
  readonly baseline?: SuiteResult | undefined;
  /** The folder of the suite, in a results folder of several. */
  readonly below?: string;
  /** Which OSCAL is written, when that was said. */
  readonly oscalVersion?: OscalVersion | undefined;
}

/** Writes what a run on this thread left behind, below the folder of its variant. */
export function writeOutcome(
  folder: ResultsFolder,
  { scenario, result, trace, artefacts }: RunOutcome,
): void {
  const files = new Map<string, string | Uint8Array>([[TRACE_FILE, trace], ...artefacts]);
  folder.write(files, variantFolder(scenario, result.name));
}

/**
 * Writes the reports of a suite whose runs left their files in the folder `below`. Throws the REPORTS_ codes and CLI_OUT_WRITE.
 */
export function writeReports(
  folder: Pick<ResultsFolder, 'write' | 'eventsBelow' | 'filesBelow'>,
  suite: SuiteResult,
  { request, build, typedFile, drift, baseline, below = '', oscalVersion }: Beside,
): void {
  const { plans, deployment, capture, heard = false } = request;
  const screenplays = plans.map(({ screenplay }) => screenplay);
  folder.write(
    new Map<string, string | Uint8Array>([
      ...sourceFiles({ screenplays, deployment, build, capture, heard }),
      ...(typedFile === undefined ? [] : [[TYPED_FILE, typedFile] as const]),
      ...(drift === undefined ? [] : [[DRIFT_FILE, driftFile(drift)] as const]),
      ...(baseline === undefined ? [] : [[BASELINE_FILE, reportJson(baseline)] as const]),
    ]),
    below,
  );
  const parts: ResultParts = {
    events: folder.eventsBelow(below),
    files: folder.filesBelow(below),
    ...(drift === undefined ? {} : { drift: { drift, file: DRIFT_FILE } }),
    ...(baseline === undefined ? {} : { changed: changedSince(baseline, suite) }),
    ...(oscalVersion === undefined ? {} : { oscalVersion }),
  };
  folder.write(resultFiles(suite, parts), below);
}

/** What somebody typed, with the line that types it again in place of the one that runs the screenplay. */
export function replayedBy(scenario: ScenarioResult, replay: string): ScenarioResult {
  return { ...scenario, variants: scenario.variants.map((variant) => ({ ...variant, replay })) };
}
