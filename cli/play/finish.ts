/** The end of an exercise: its results are written, and the person is told the score. */
import { join } from 'node:path';
import { exerciseReport, seedsText } from '../../reports/index.ts';
import type { ExerciseEnd } from '../../scenarios/host/index.ts';
import type { Rehearsal } from '../../scenarios/exercises/index.ts';
import { outcomeOf, scenarioResultOf, type ScoredRun } from '../../scenarios/runs/index.ts';
import { writeJson, type Context } from '../context.ts';
import { EXIT, exitOfSuite, type ExitCode } from '../exit-code.ts';
import { modelOf, replayedBy, writeOutcome, writeReports } from '../run/evidence.ts';
import { replayFacts } from '../run/outcome.ts';
import { deploymentOf } from '../run/settings.ts';
import { exerciseLine } from '../run/replay-file.ts';
import type { ResultsFolder } from '../write-results.ts';
import { typedFileOf, type PlayedRun } from './played.ts';

/** An exercise that was played on to its end. */
export interface FinishedExercise {
  readonly played: PlayedRun;
  readonly rehearsal: Rehearsal;
  /** The screenplay's own run. */
  readonly own: ScoredRun;
  readonly end: ExerciseEnd;
}

/** Writes the results in the place of those that were there. Throws CLI_OUT_WRITE. */
export async function finishExercise(
  { played, rehearsal, own, end }: FinishedExercise,
  folder: ResultsFolder,
  context: Context,
): Promise<ExitCode> {
  const { screenplay, seed, keySeed, parameters, variant } = played;
  const { out } = folder;
  const replay = exerciseLine(out);
  const outcome = outcomeOf(played, rehearsal.performance, own);
  const scenario = replayedBy(scenarioResultOf(screenplay, [outcome.result]), replay);
  const plans = [{ screenplay, variants: [variant] }];
  const request = { seed, keySeed, plans, parameters, ...deploymentOf(played) };
  const suite = modelOf({ request, scenarios: [scenario] }, replay, context.library.clauses);
  writeOutcome(folder, outcome);
  writeReports(folder, suite, {
    request,
    build: await context.build(),
    typedFile: new TextEncoder().encode(typedFileOf(played, rehearsal)),
  });
  await folder.commit();
  const exit = end === 'interrupted' ? EXIT.interrupted : exitOfSuite(suite, false);
  if (context.json) {
    writeJson(context, { exitCode: exit, out, seed, keySeed, replay, score: outcome.result.score, suite });
    return exit;
  }
  const { columns, colour, unicode } = context.stdout.terminal;
  const kind = { ...(columns === undefined ? {} : { columns }), colour, unicode };
  context.stdout.write(
    `${exerciseReport(outcome.result, kind)}Report  ${join(out, 'index.html')}\n${replayFacts(exit, seedsText(suite), replay)}`,
  );
  return exit;
}
