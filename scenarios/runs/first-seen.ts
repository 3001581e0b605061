/**
 * The first event after which something is there: what a world was at an earlier moment is that world again, so halving the moments finds it in a
 * dozen looks. It supposes that what came stays; of what comes and goes, one of the comings is found.
 */
import type { Physical } from '../../devices/physical.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import type { World } from '../world/world.ts';

/** Whether it is there in a world with these devices. */
export type IsThere = (world: World, devices: ReadonlyMap<string, Physical>) => boolean;

/** The event, the last at its moment that happened on `on` where there is one; null of a world that cannot go back. */
export function firstSeen(world: World, on: string, isThere: IsThere): EventNumber | null {
  if (!world.canFork) return null;
  const { events } = world.trace;
  const times = [...new Set(events.map(({ t }) => t))];
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (wasThere(world, times[middle] ?? 0, isThere)) high = middle;
    else low = middle + 1;
  }
  const those = events.filter(({ t }) => t === times[low]);
  const own = those.findLast((event: AnyTraceEvent) => event.on === on) ?? those.at(-1);
  return own?.n ?? null;
}

function wasThere(world: World, time: number, isThere: IsThere): boolean {
  const then = world.fork(time);
  let found = false;
  then.end((devices) => {
    found = isThere(then, devices);
    return [];
  });
  return found;
}
