/**
 * `--repeat-each`: the same runs under the same seeds, again. A run is a function of its order, so every octet has to be the same; one that is not is a defect of calldrill, and is
 * told. Each repetition has threads of its own, so nothing of one is remembered in the next.
 */
import { canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import type { ScenarioResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { ComparedFolder } from '../rerun/compared-folder.ts';
import { WORK_FILES } from '../staging.ts';
import { folderEvidence } from '../verify/evidence-files.ts';
import type { ResultsFolder } from '../write-results.ts';
import { performSuites, type PerformedSuite, type PerformOptions } from './suites.ts';

/** What making everything several times came to. */
export interface Repeats {
  /** How often each run was made, the first time counted. */
  readonly times: number;
  /** What was not the same, a sentence each. */
  readonly differences: readonly string[];
}

/** Makes all runs of a suite again until each was made `times` times; its files are in the folder, and reports not yet. Throws as performing suites does. */
export async function repeated(
  first: PerformedSuite,
  times: number,
  { folder, options, context }: { folder: ResultsFolder; options: PerformOptions; context: Context },
): Promise<Repeats> {
  const differences: string[] = [];
  for (let time = 2; time <= times; time++) {
    const compared = new ComparedFolder(folderEvidence(folder.workFolder));
    for await (const again of performSuites(
      [first.request],
      { ...options, folder: compared, repetition: time },
      context,
    )) {
      const found = [
        ...resultDifferences(first.scenarios, again.scenarios),
        ...compared.differences,
        ...compared.leftOver([...WORK_FILES]).map((path) => `${path} was made the first time only`),
      ];
      differences.push(...found.map((each) => `repetition ${time}: ${each}`));
    }
  }
  return { times, differences };
}

/** By scenario and variant, so that it is said which. */
function resultDifferences(
  first: readonly ScenarioResult[],
  again: readonly ScenarioResult[],
): readonly string[] {
  const [one, other] = [resultsIn(first), resultsIn(again)];
  return [...one].flatMap(([place, result]) =>
    result === other.get(place) ? [] : [`what ${place} came to is not the same`],
  );
}

function resultsIn(scenarios: readonly ScenarioResult[]): ReadonlyMap<string, string> {
  return new Map(
    scenarios.flatMap(({ id, variants, missing }) =>
      [...variants, ...missing].map(
        (run) => [`${id}/${run.name}`, canonicalJson(run as unknown as JsonValue)] as const,
      ),
    ),
  );
}
