/** What differs between a simulated and a live run of the same scenario. Start at `drift.ts`. */
export { driftOf, type Difference, type Drift } from './drift.ts';
export type { CallFigures } from './calls.ts';
