/** Procedures in a trace: what is performed, how far it has come, and what is said of it. Start at `recogniser.ts`. */
export type { ProcedureStatement } from './draft.ts';
export { factsOf, factsSince, type ProcedureFact } from './facts.ts';
export { linesOf, performedLines } from './lines.ts';
export { planOf, type ProcedurePlan } from './plan.ts';
export { progressAtFirst, type ProcedureState } from './progress.ts';
export { proceduresOf } from './report.ts';
export { recognised, type RecogniserEyes } from './recogniser.ts';
