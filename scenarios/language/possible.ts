/**
 * Orders and windows that cannot hold, whatever happens: a moment after itself, the second of a kind before the first, nine o'clock
 * after ten. A check on one would be decided before anything was tried, so the file is refused.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from './reading.ts';
import type { Window } from './screenplay.ts';
import type { Stage } from './stage.ts';

/** Reports the first two moments of an `order` that can never come one after the other. */
export function checkOrder(stage: Stage, item: Item, moments: readonly string[]): void {
  for (const [at, second] of moments.entries()) {
    const first = moments.slice(0, at).find((each) => neverBefore(stage, each, second));
    if (first === undefined) continue;
    const detail =
      first === second
        ? `'${first}' cannot come after itself`
        : `'${first}' is the same event as '${second}', or a later one, in every run`;
    stage.reading.problem('SCENARIO_CANNOT_HOLD', item.where, detail);
    return;
  }
}

/** Reports a window between two bounds in which nothing can ever happen. */
export function checkWindow(stage: Stage, item: Item, { from, to }: Window): void {
  if (from === undefined || to === undefined) return;
  const fixed = from.kind === 'at' && to.kind === 'at' && to.t <= from.t;
  const moments =
    from.kind === 'after' &&
    to.kind === 'after' &&
    to.delay <= from.delay &&
    neverBefore(stage, from.moment, to.moment);
  if (fixed || moments)
    stage.reading.problem(
      'SCENARIO_CANNOT_HOLD',
      item.where,
      'this window is over before it begins, in every run',
    );
}

/** True when the first moment is the same event as the second, or a later one, whenever both have come. */
function neverBefore(stage: Stage, first: string, second: string): boolean {
  const one = stage.moments.get(first);
  const other = stage.moments.get(second);
  if (one === undefined || other === undefined) return false;
  // A moment that was refused has no type.
  if (one.pattern.type === '' || !isDeepStrictEqual(one.pattern, other.pattern)) return first === second;
  // Where the opening counts for the first of the two only, any of its events may be in the opening, before all of the second: but the last is the last.
  if (one.opening && !other.opening) return one.occurrence === 'last';
  return rankOf(one.occurrence) >= rankOf(other.occurrence);
}

function rankOf(occurrence: number | 'last'): number {
  return occurrence === 'last' ? Infinity : occurrence;
}
