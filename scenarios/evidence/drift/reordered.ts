/**
 * Which events of a device came in another order. The longest run of events in the same order stays where it is (a longest increasing
 * subsequence); the others have moved.
 */
import type { Micros } from '../../../sim/clock.ts';

/** An event that both runs have: where it stands in one, and where and when in the other. */
export interface PlacedEvent {
  readonly key: string;
  readonly here: number;
  readonly there: number;
  readonly time: Micros;
}

/** An event that left its place in the order, by the text it is compared by. */
export interface Moved {
  readonly key: string;
  /** How far apart, in the one run, the event is from the farthest one that it changed places with. */
  readonly apart: Micros;
}

/** `placed` in the order of `here`. */
export function movedAmong(placed: readonly PlacedEvent[]): readonly Moved[] {
  const staying = longestRising(placed.map(({ there }) => there));
  return placed
    .filter((_, index) => !staying.has(index))
    .map((event) => {
      const passed = placed.filter(
        (other) => (other.here - event.here) * (other.there - event.there) < 0 && other !== event,
      );
      const apart = Math.max(0, ...passed.map(({ time }) => Math.abs(time - event.time)));
      return { key: event.key, apart };
    });
}

/** Indices of a longest rising subsequence (patience sorting). */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const tops: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, value] of values.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tops[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? undefined : tops[low - 1];
    tops[low] = index;
  }
  const rising = new Set<number>();
  for (let at = tops.at(-1); at !== undefined; at = before[at]) rising.add(at);
  return rising;
}
