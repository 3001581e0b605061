/** From the outcomes of a suite to its model and to the files that prove it. */
import { resultFiles } from '../../reports/index.ts';
import { suiteOf, type RunOutcome, type SuiteResult } from '../../scenarios/run/index.ts';
import type { CatalogueClause } from '../../scenarios/verdicts/index.ts';
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

/** `typedFile` is what people typed, when they did. Throws the REPORTS_ codes. */
export function filesOf(
  suite: SuiteResult,
  outcomes: readonly RunOutcome[],
  typedFile?: Uint8Array,
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
    ]),
    traces: placed((outcome) => outcome.traces),
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
