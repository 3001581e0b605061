/** What comes of itself in a performance and makes something due, or due no more: moments, and what the recogniser of procedures says. */
import type { ProcedureFact } from '../evidence/procedures/index.ts';
import type { BoundMoment } from './kept-performance.ts';

/** One of these, with the number of its event. */
export type Coming = ({ readonly kind: 'moment' } & BoundMoment) | ProcedureFact;

/** All that has come, in its order: by events, and of one event the moments first. */
export function comingOf(bound: readonly BoundMoment[], facts: readonly ProcedureFact[]): readonly Coming[] {
  const moments = bound.map((each): Coming => ({ kind: 'moment', ...each }));
  return [...moments, ...facts].sort((a, b) => a.event - b.event);
}

/** What is the same of what came in two lists: each comes once. */
export function keyOf(coming: Coming): string {
  return `${coming.kind} ${coming.kind === 'moment' ? coming.moment : coming.key}`;
}
