/** From the outcomes of a suite to its model and to the files that prove it. */
import { resultFiles } from '../../reports/index.ts';
import { suiteOf, type RunOutcome, type SuiteResult } from '../../scenarios/runs/index.ts';
import type { CatalogueClause } from '../../scenarios/evidence/verdicts/index.ts';
import type { Drift } from '../../scenarios/evidence/drift/index.ts';
import { DRIFT_FILE, driftFile } from './drift-text.ts';
import { TYPED_FILE } from './replay-file.ts';
import type { Performed } from './suites.ts';

export function modelOf(
  { request, outcomes }: Performed,
  replay: string,
  catalogue: readonly CatalogueClause[],
): SuiteResult {
  const { seed, plant, parameters } = request;
  return suiteOf(outcomes, {
    seed,
    replay,
    parameters,
    catalogue,
    ...(plant === undefined ? {} : { plant }),
  });
}

/** What else there is than the outcomes. */
export interface Beside {
  /** What people typed, when they did. */
  readonly typedFile?: Uint8Array | undefined;
  /** How a live run differs from a simulated one, if that was asked for, and whether the live one is valid. */
  readonly drift?: { readonly drift: Drift; readonly valid: boolean } | undefined;
}

/** Throws the REPORTS_ codes. */
export function filesOf(
  suite: SuiteResult,
  outcomes: readonly RunOutcome[],
  { typedFile, drift }: Beside = {},
): ReadonlyMap<string, Uint8Array> {
  const placed = <Part>(part: (outcome: RunOutcome) => ReadonlyMap<string, Part>) =>
    new Map(
      outcomes.flatMap((outcome) =>
        [...part(outcome)].map(([path, content]): [string, Part] => [
          `${outcome.result.id}/${path}`,
          content,
        ]),
      ),
    );
  const events = placed((outcome) => outcome.events);
  return resultFiles(suite, {
    events: (scenario, variant) => events.get(`${scenario}/${variant}`) ?? [],
    artefacts: new Map([
      ...placed((outcome) => outcome.artefacts),
      ...(typedFile === undefined ? [] : [[TYPED_FILE, typedFile] as const]),
      ...(drift === undefined ? [] : [[DRIFT_FILE, driftFile(drift.drift)] as const]),
    ]),
    traces: placed((outcome) => outcome.traces),
    ...(drift === undefined ? {} : { drift: { ...drift, file: DRIFT_FILE } }),
  });
}

/** The outcome of what somebody typed, with the line that types it again in place of the one that runs the screenplay. */
export function replayedBy(outcome: RunOutcome, replay: string): RunOutcome {
  const { result } = outcome;
  return {
    ...outcome,
    result: { ...result, variants: result.variants.map((variant) => ({ ...variant, replay })) },
  };
}
