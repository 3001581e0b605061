/**
 * How a live run differs from a simulated one of the same variant: events that are missing, extra or had another cause, device by
 * device, and the calls side by side. What differs by the nature of the two is set apart (`event-key.ts` has the lists), so that what
 * is left is a defect of the simulation, of the live fabric, or of a device that behaves otherwise on a real network.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { callsOf } from './calls.ts';
import { expectation, keyOf, NO_SECOND_WORLD } from './event-key.ts';
import type { Difference, Drift } from './model.ts';

type Run = readonly AnyTraceEvent[];

const NOTHING: Grouped = new Map();

/** Both runs must be of one variant with the same parameters; `same` when each difference that was found is expected. */
export function driftOf(simulated: Run, live: Run): Drift {
  const [ours, theirs] = [byDevice(simulated), byDevice(live)];
  const devices = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const notMade = new Set(live.flatMap((event) => (event.type === 'probe.not-made' ? [event.data.id] : [])));
  const differences = devices.flatMap((device) =>
    differencesOn(device, ours.get(device) ?? NOTHING, theirs.get(device) ?? NOTHING, notMade),
  );
  return {
    events: { simulated: simulated.length, live: live.length },
    differences,
    calls: callsOf(simulated, live),
    same: differences.every(({ expected }) => expected !== undefined),
  };
}

function differencesOn(
  device: string,
  ours: Grouped,
  theirs: Grouped,
  notMade: ReadonlySet<string>,
): readonly Difference[] {
  const wasNotMade = (event: AnyTraceEvent): boolean =>
    event.type === 'probe.result' && notMade.has(event.data.id);
  const found: Difference[] = [];
  for (const group of new Set([...ours.keys(), ...theirs.keys()])) {
    const [here = [], there = []] = [ours.get(group), theirs.get(group)];
    const key = group.slice(0, group.lastIndexOf(SEPARATOR));
    const more = here.length - there.length;
    const one = here[0] ?? there[0];
    if (one === undefined) continue;
    const expected = wasNotMade(one.event) ? NO_SECOND_WORLD : expectation(one.event);
    if (more !== 0) {
      const kind = more > 0 ? 'missing' : 'extra';
      found.push({ kind, device, event: key, times: Math.abs(more), expected });
    } else if (expected === undefined) {
      const times = otherCauses(here, there);
      if (times > 0) found.push({ kind: 'other-cause', device, event: key, times, expected: undefined });
    }
  }
  return found;
}

/** An event, and by what name its cause is compared; undefined when its run does not say, as of what a real packet led to. */
interface CausedEvent {
  readonly event: AnyTraceEvent;
  readonly cause: string | undefined;
}

/** Between what an event is compared by and why it was to be expected. */
const SEPARATOR = '\0';

/** Events of one device by what they are compared by. */
type Grouped = ReadonlyMap<string, readonly CausedEvent[]>;

function byDevice(run: Run): ReadonlyMap<string, Grouped> {
  const byNumber = new Map(run.map((event) => [event.n, event]));
  const found = new Map<string, Map<string, CausedEvent[]>>();
  for (const event of run) {
    const cause = byNumber.get(event.cause);
    const groups = found.get(event.on) ?? new Map<string, CausedEvent[]>();
    found.set(event.on, groups);
    // What is expected of one event is not expected of another that looks like it.
    const key = `${keyOf(event)}${SEPARATOR}${expectation(event) ?? ''}`;
    const group = groups.get(key);
    const caused = { event, cause: cause && `${keyOf(cause)} on ${cause.on}` };
    if (group === undefined) groups.set(key, [caused]);
    else group.push(caused);
  }
  return found;
}

/** How many of as many events had other causes in the other run, in whichever order they came. A cause that is not said may be any. */
function otherCauses(here: readonly CausedEvent[], there: readonly CausedEvent[]): number {
  const left = there.map(({ cause }) => cause);
  let strange = 0;
  for (const { cause } of here) {
    if (cause === undefined) continue;
    const at = left.indexOf(cause);
    if (at < 0) strange++;
    else left.splice(at, 1);
  }
  return Math.max(0, strange - left.filter((cause) => cause === undefined).length);
}
