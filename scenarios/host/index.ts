/**
 * The edge of the scenarios: files, threads and what must be loaded before a world can be built. Start at `pool.ts` (how runs
 * are spread over threads) and `scenario-files.ts` (where scenarios are).
 */
export { loadClauses } from './clause-file.ts';
export { readAll, readInput, textOf } from './input-file.ts';
export { runJobs, type PoolOptions } from './pool.ts';
export { mergeVariants, type RunJob } from './run-job.ts';
export { loadScenario, ownScenario, shippedScenarios, type ScenarioFile } from './scenario-files.ts';
export { parseTrace, type FiledEvent, type FiledTrace } from './trace-file.ts';
