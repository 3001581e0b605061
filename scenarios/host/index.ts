/**
 * The edge of the scenarios: files, threads and what must be loaded before a world can be built. Start at `thread-pool.ts` (how runs
 * are spread over threads) and `scenario-files.ts` (where scenarios are).
 */
export { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
export type { CheckpointOrigin } from './checkpoint-octets.ts';
export { loadAssets } from './assets.ts';
export { exercise, type ExerciseEnd, type ExerciseOptions } from './exercise.ts';
export { JOURNAL_FILE, JournalWriter, parseJournal, type ExerciseJournal } from './exercise-journal.ts';
export type { Pace } from './pacer.ts';
export {
  isTypedLines,
  parseTypedLines,
  playedLines,
  writeTypedLines,
  type TypedLinesFile,
} from './typed-lines.ts';
export { environmentErrorOf } from './environment-error.ts';
export { disownFolder, isOwned, OWNER_FILE, ownFolder } from './folder-owner.ts';
export { makeFolder } from './make-folder.ts';
export { allowRelaxedSimd } from './relaxed-simd.ts';
export { readAll, readInput, textOf } from './input-file.ts';
export { buildId } from './build-id.ts';
export { logRun, parseRunLog, RUN_LOG_FILE, type LoggedRun, type RunLog } from './run-log.ts';
export { threadPool, type PoolOptions } from './thread-pool.ts';
export { isShippedProcedure, shippedProcedures } from './procedure-files.ts';
export type { ScenarioFile } from './scenario-file.ts';
export {
  loadAny,
  loadScenario,
  ownScenario,
  readDeployment,
  shippedScenarios,
  type AnyFile,
} from './scenario-files.ts';
export { ownTrace, parseTrace, readOwnTrace, type FiledEvent, type FiledTrace } from './trace-file.ts';
