/** What the director sees of the devices: who is here and where, what stands on their screens, and what they say of their clocks. */
import { CalldrillError } from '../../../sim/errors.ts';
import type { Micros } from '../../../sim/clock.ts';
import type { LiveClock, Sockets } from '../../../network/live/index.ts';
import { MDM } from '../../world/index.ts';
import type { DeviceTiming } from './device-timing.ts';
import { offsetMs, type RemoteDevices } from './remote-devices.ts';

/** A line for each device: its kind, where it is, and how far its clock is from the director's. */
export function rosterOf(devices: RemoteDevices): readonly string[] {
  return devices.all.map(({ name, kind, address, ready, offset }) =>
    ready
      ? `${name}: ${kind} at ${address ?? 'nowhere'}, clock ${offsetMs(offset)} ms from the director's`
      : `${name}: ${kind}, not here`,
  );
}

/** Asks a device for its screen. What it does not answer is for whoever looks at it; it must not stop the clock. */
export function screenOf(devices: RemoteDevices, clock: LiveClock, device: string): readonly string[] {
  let shown: readonly string[] = [`${device} is not here`];
  let refusal: CalldrillError | undefined;
  clock.enter(() => {
    try {
      if (devices.named(device).ready) shown = devices.ask(device, 'screen');
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      refusal = error;
    }
  });
  if (refusal !== undefined) throw refusal;
  return shown;
}

/** Where each device is; the MDM, and what is nowhere yet, is with the director. */
export function hostsOf(devices: RemoteDevices, own: string): ReadonlyMap<string, string> {
  return new Map([[MDM, own], ...devices.all.map(({ name, address }) => [name, address ?? own] as const)]);
}

/** How late each device's events were, asked of it; only of those that are ready. */
export function lagsOf(devices: RemoteDevices): readonly DeviceTiming[] {
  return devices.all.flatMap(({ name, ready, offset }) => {
    if (!ready) return [];
    const [events = 0, p50 = 0, p99 = 0, max = 0] = devices.ask(name, 'lag').map(Number);
    return [{ device: name, lag: { events, p50, p99, max }, offsetMs: offsetMs(offset) }];
  });
}

/** When a device has something to do next. What was due there by now has been done, or will be told. */
export function nextElsewhere({ next }: RemoteDevices, now: Micros): Micros {
  return next > now ? next : Infinity;
}

/** A device that came again from another address: the director and all other devices look for it there from now on. */
export function tellMoved(devices: RemoteDevices, directory: Sockets['directory'], device: string): void {
  const { address } = devices.named(device);
  if (address === undefined || address === directory.ownAddressOf(device)) return;
  directory.place(device, address);
  devices.sendAll({ type: 'moved', name: device, address });
}
