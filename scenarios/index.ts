/**
 * Screenplays and what becomes of them. Start at `screenplay/` (the language), then `run/performance.ts` (how one is played) and
 * `verdicts/` (how a trace is judged).
 */
export * from './run/index.ts';
export * as screenplay from './screenplay/index.ts';
export * as verdicts from './verdicts/index.ts';
export * as world from './world/index.ts';
