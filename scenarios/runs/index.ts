/** Runs: a screenplay performed, judged and modelled. Start at `run.ts`. */
export { checkLines } from './check-lines.ts';
export { RUN_CODES } from './errors.ts';
export * from '../evidence/model.ts';
export { Performance, type PerformanceOptions } from './performance.ts';
export {
  outcomeOf,
  printedValue,
  resolvedFor,
  resultOf,
  runScenario,
  runSeed,
  scenarioResultOf,
  suiteOf,
  type SuiteOptions,
} from './run.ts';
export { CAPTURE_FILE, type CaptureRequest } from './run-capture.ts';
export type { PlayedLines, RunOutcome, RunProgress, RunRequest } from './run-api.ts';
export { TOOL } from './tool.ts';
export { ladderTableOf } from './ladder-table.ts';
