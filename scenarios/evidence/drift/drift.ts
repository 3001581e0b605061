/**
 * How a live run differs from a simulated one of the same variant: events that are missing, extra or in another order, device by
 * device, and the calls side by side. What differs by the nature of the two is set apart (`event-key.ts` has the lists), so that what
 * is left is a defect of the simulation, of the live fabric, or of a device that behaves otherwise on a real network.
 */
import { SECOND, type Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { callsOf } from './calls.ts';
import { expectation, keyOf, NO_SECOND_WORLD } from './event-key.ts';
import type { Difference, Drift } from './model.ts';
import { movedAmong, type PlacedEvent } from './reordered.ts';

/** Events nearer than this in the simulation race each other: either may be first on a real network. */
const RACE: Micros = SECOND;

type Run = readonly AnyTraceEvent[];

/** Both runs must be of one variant with the same parameters; `same` when each difference that was found is expected. */
export function driftOf(simulated: Run, live: Run): Drift {
  const devices = [...new Set([...simulated, ...live].map(({ on }) => on))].sort();
  const notMade = new Set(live.flatMap((event) => (event.type === 'probe.not-made' ? [event.data.id] : [])));
  const differences = devices.flatMap((device) => {
    const of = (run: Run): Run => run.filter(({ on }) => on === device);
    return differencesOn(device, of(simulated), of(live), notMade);
  });
  return {
    events: { simulated: simulated.length, live: live.length },
    differences,
    calls: callsOf(simulated, live),
    same: differences.every(({ expected }) => expected !== undefined),
  };
}

function differencesOn(
  device: string,
  simulated: Run,
  live: Run,
  notMade: ReadonlySet<string>,
): readonly Difference[] {
  const [ours, theirs] = [byKey(simulated), byKey(live)];
  const wasNotMade = (event: AnyTraceEvent): boolean =>
    event.type === 'probe.result' && notMade.has(event.data.id);
  const found: Difference[] = [];
  const placed: PlacedEvent[] = [];
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [here = [], there = []] = [ours.get(key), theirs.get(key)];
    const more = here.length - there.length;
    const one = here[0] ?? there[0];
    if (more !== 0 && one !== undefined)
      found.push({
        kind: more > 0 ? 'missing' : 'extra',
        device,
        event: key,
        times: Math.abs(more),
        expected: wasNotMade(one.event) ? NO_SECOND_WORLD : expectation(one.event),
      });
    for (const [nth, { at, event }] of here.entries()) {
      const other = there[nth];
      if (other !== undefined && expectation(event) === undefined)
        placed.push({ key, here: at, there: other.at, time: event.t });
    }
  }
  const moved = movedAmong(placed.toSorted((a, b) => a.here - b.here));
  for (const { key, apart } of moved)
    found.push({
      kind: 'reordered',
      device,
      event: key,
      times: 1,
      expected: apart < RACE ? 'within a second of each other: either may be first' : undefined,
    });
  return found;
}

interface StandingAt {
  readonly at: number;
  readonly event: AnyTraceEvent;
}

function byKey(run: Run): ReadonlyMap<string, readonly StandingAt[]> {
  const found = new Map<string, StandingAt[]>();
  for (const [at, event] of run.entries()) {
    const key = keyOf(event);
    const standing = found.get(key);
    if (standing === undefined) found.set(key, [{ at, event }]);
    else standing.push({ at, event });
  }
  return found;
}
