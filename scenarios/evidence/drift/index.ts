/** What differs between a simulated and a live run of the same scenario. Start at `drift.ts`. */
export { driftOf } from './drift.ts';
export { groupsOf, type CallFigures, type Difference, type Drift } from './model.ts';
