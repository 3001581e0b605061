/** What differs between two suites. Start at `comparison.ts`; `model.ts` is what comes of it. */
export { comparisonOf, type DivergenceOf } from './comparison.ts';
export { Histories, type CheckHistory } from './history.ts';
export { divergenceOf, type ComparedEvent } from './divergence.ts';
export type { SuiteComparison, ComparisonOutcome } from './model.ts';
