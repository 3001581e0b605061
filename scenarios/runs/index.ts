/** Runs: a screenplay performed, judged and modelled. Start at `run.ts`. */
export { Beginnings } from './beginnings.ts';
export { checkLines } from './check-lines.ts';
export { runError, RUN_CODES } from './errors.ts';
export * from '../evidence/model.ts';
export type { ScoredRun } from '../evidence/score/index.ts';
export { mergeSuites } from '../evidence/merge-suites.ts';
export { parseSuite } from '../evidence/parse-suite.ts';
export { scenarioResultOf } from './scenario-result.ts';
export type { CleanVerdict } from './plant-check.ts';
export { lastLook } from './last-look.ts';
export { Performance } from './performance.ts';
export type { PerformanceOptions } from './performance-options.ts';
export { outcomeOf, resolvedFor, runScenario, runSeed, type RunBasis } from './run.ts';
export { isFailing, suiteOf, type SuiteOptions } from './suite.ts';
export { printedValue } from './printed-value.ts';
export { missingRunOf } from './missing-run.ts';
export { settingsOf } from './order-settings.ts';
export { CAPTURE_FILE, type CaptureRequest } from './run-capture.ts';
export type { PlayedLines, RunOutcome, RunParameters, RunProgress, RunSurroundings } from './run-api.ts';
export {
  orderedScreenplay,
  orderOf,
  parseRunOrder,
  runKey,
  writeRunOrder,
  type CaptureOrder,
  type OrderWishes,
  type RunOrder,
} from './run-order.ts';
export type { FinishedRun, RunListener, RunQueue, RunTicket } from './run-queue.ts';
export { summaryOf, SUMMARY_VERSION, type RunSummary } from './run-summary.ts';
export { TOOL } from './tool.ts';
export { ladderTableOf } from './ladder-table.ts';
