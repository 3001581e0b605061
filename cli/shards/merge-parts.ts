/** Results of several parts joined to those of the whole: the files of every run as they are, and reports made anew, as one run of the whole makes them. */
import {
  isNotMade,
  missingRunOf,
  runError,
  scenarioResultOf,
  type ScenarioResult,
  type SuiteResult,
} from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { modelOf, writeReports } from '../run/evidence.ts';
import { writingResults } from '../run/outcome.ts';
import type { Plan } from '../run/plan.ts';
import { requestOf } from '../run/request.ts';
import { replayOf, type RunSettings } from '../run/settings.ts';
import { asOfThe, type SuiteRequest } from '../run/suites.ts';
import type { ResultsFolder } from '../write-results.ts';
import { shardError } from './errors.ts';
import { filesOfRun, joinedRuns, placeOf, type Joined } from './joined-runs.ts';
import { settingsOfPart, type PlanPart } from './part.ts';
import { PLAN_FILE, writeWholePlan } from './whole-plan.ts';

/** How parts are joined. */
export interface MergeOptions extends Pick<RunSettings, 'out' | 'strict' | 'details' | 'quiet'> {
  /** Whether shards may be missing: their runs are then missing from the results. */
  readonly partial: boolean;
}

/** Writes the results, and gives their suite with the settings of the whole. Throws the SHARD_ codes, and what writing results throws. */
export async function mergeParts(
  parts: readonly [PlanPart, ...PlanPart[]],
  { partial, ...handling }: MergeOptions,
  context: Context,
): Promise<{ readonly suite: SuiteResult; readonly settings: RunSettings }> {
  const joined = joinedRuns(parts);
  const { shards, of } = joined.plan;
  const absent = Array.from({ length: of }, (_, at) => at + 1).filter((each) => !shards.includes(each));
  if (absent.length > 0 && !partial)
    throw shardError(
      'SHARD_MISSING',
      `of ${of} shards ${absent.length === 1 ? 'number' : 'numbers'} ${absent.join(', ')} ${absent.length === 1 ? 'is' : 'are'} missing`,
    );
  const settings = { ...(await settingsOfPart(parts[0], context)), ...handling };
  const request = requestOf(settings);
  const suite = await writingResults(settings, context, async (folder) => {
    copyRuns(joined, folder);
    const scenarios = settings.plans.map((plan) => scenarioOf(plan, request, joined));
    const made = modelOf({ request, scenarios }, replayOf(settings, settings.seed), context.library.clauses);
    if (!isWhole(joined)) folder.write(new Map([[PLAN_FILE, writeWholePlan(joined.plan)]]));
    writeReports(folder, made, { request, build: joined.plan.build, oscalVersion: settings.oscalVersion });
    return made;
  });
  return { suite, settings };
}

/** Nothing is left to be made. */
function isWhole({ plan, runs }: Joined): boolean {
  return plan.runs.every((run) => {
    const found = runs.get(placeOf(run));
    return found !== undefined && !('missing' in found && isNotMade(found.missing));
  });
}

function copyRuns({ plan, runs }: Joined, folder: ResultsFolder): void {
  for (const planned of plan.runs) {
    const place = placeOf(planned);
    const run = runs.get(place);
    if (run === undefined) continue;
    for (const path of filesOfRun(run.part, place))
      folder.write(new Map([[path, run.part.evidence.read(path)]]));
  }
}

function scenarioOf(
  { screenplay, variants }: Plan,
  request: SuiteRequest,
  { plan, runs }: Joined,
): ScenarioResult {
  const found = variants.map(
    (variant) => runs.get(placeOf({ scenario: screenplay.id, variant })) ?? { missing: notJoined(variant) },
  );
  return scenarioResultOf(
    screenplay,
    found.flatMap((run) => ('result' in run ? [run.result] : [])),
    found.flatMap((run) => ('missing' in run ? [run.missing] : [])),
  );

  function notJoined(variant: string) {
    const at = plan.runs.find((run) => run.scenario === screenplay.id && run.variant === variant);
    const error = runError(
      'RUN_NOT_JOINED',
      `shard ${at?.shard ?? 0} of ${plan.of} was not there when results were joined`,
    );
    return asOfThe(request, missingRunOf({ ...request, screenplay }, variant, error));
  }
}
