/**
 * Screenplays and what becomes of them. Start at `language/` (what a scenario file says), then `runs/performance.ts` (how one is played)
 * and `evidence/verdicts/` (how a trace is judged).
 */
export * from './runs/index.ts';
export * as screenplay from './language/index.ts';
export * as verdicts from './evidence/verdicts/index.ts';
export * as world from './world/index.ts';
