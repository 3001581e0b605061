/**
 * The parts of a phone, and how they hang together: hardware, key ring, keys of calls, service, line, and the body that the statechart
 * moves. They reach the statechart and the screen through the nerves that they are given, and know nothing of the handset.
 */
import { toHex } from '../../sim/octets.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import { Flash, RealTimeClock, type FlashState, type RealTimeClockState } from '../hardware/index.ts';
import { PhoneStorage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { Body } from './body.ts';
import { Communities } from './communities.ts';
import { CallKeys, type CallKeysState } from './call-keys.ts';
import type { HandsetOptions } from './handset-options.ts';
import { Installation, type InstallationState } from './installation.ts';
import { KeyRing, type KeyRingState } from './key-ring.ts';
import { Line } from './line.ts';
import type { HandsetEvent } from './machine.ts';
import { Service, type ServiceState } from './service.ts';

/** What all parts together are. */
export interface HandsetParts {
  readonly clock: RealTimeClock;
  readonly flash: Flash;
  readonly storage: PhoneStorage;
  readonly installation: Installation;
  readonly ring: KeyRing;
  readonly communities: Communities;
  readonly callKeys: CallKeys;
  readonly service: Service;
  readonly line: Line;
  readonly body: Body;
  /** Tells one phone of a user from another. */
  readonly instance: string;
}

/** The parts as a plain value, between calls and between requests. */
export type HandsetPartsState = {
  readonly clock: RealTimeClockState;
  readonly flash: FlashState;
  readonly installation: InstallationState;
  readonly ring: KeyRingState;
  readonly callKeys: CallKeysState;
  readonly instance: string;
  readonly service: ServiceState;
};

/** What leads from the parts to the rest of the phone. Nothing runs along it while the parts are put together. */
export interface Nerves {
  /** To the statechart. */
  readonly send: (event: HandsetEvent) => void;
  /** Something for the screen. */
  readonly say: (message: string) => void;
  /** The state of the line, as the statechart has it. */
  readonly lineState: () => string;
}

/**
 * Makes the parts of one phone, or takes up those that were kept. What they are given is written out: objects that are spread into each
 * other have a shape of their own each, which takes more than they do. Chance comes from the streams `handset:<name>` and
 * `handset:<name>:flash`.
 */
export function partsOf(
  ports: Ports,
  options: HandsetOptions,
  nerves: Nerves,
  kept?: HandsetPartsState,
): HandsetParts {
  const { name, user, contacts, attachment, zoneMinutes = 0 } = options;
  const { send, say } = nerves;
  const random = ports.random.stream(`handset:${name}`);
  const device = name;
  const hardware = hardwareOf(ports, options, kept);
  const { clock, flash, storage, installation } = hardware;
  const onMonth = (): void => body.monthBegan();
  const ring = new KeyRing({ ports, device, user, storage, clock, zoneMinutes, onMonth }, kept?.ring);
  const simNumber = (): TelNumber | undefined => options.simNumber?.();
  const takesTwice = (): boolean => installation.takesMessagesTwice;
  const communities = new Communities({ ports, device, user, storage });
  const callKeys = new CallKeys(
    { ports, device, user, random, clock, contacts, ring, simNumber, takesTwice, communities },
    kept?.callKeys,
  );
  const instance = kept?.instance ?? toHex(random.octets(4));
  const onRequest = (request: SipRequest): void => line.request(request);
  const service = new Service(
    { ports, device, user, random, attachment, ring, instance, send, onRequest, say },
    kept?.service,
  );
  const line = new Line({
    ports,
    device,
    user,
    random,
    attachment,
    clock,
    contacts,
    storage,
    callKeys,
    service,
    talk: options.talk,
    listen: options.listen,
    nextCall: (from, to) => options.nextCall(from, to),
    state: nerves.lineState,
    send,
    say,
  });
  const body = new Body({
    ports,
    device,
    user,
    flash,
    installation,
    ring,
    callKeys,
    service,
    line,
    send,
    say,
  });
  return { clock, flash, storage, installation, ring, communities, callKeys, service, line, body, instance };
}

function hardwareOf(
  ports: Ports,
  {
    name,
    platform,
    version,
    otherVoip,
    faultyApp,
    clockOffsetMs = 0,
    clockDriftPpm = 0,
    flash: given,
  }: HandsetOptions,
  kept: HandsetPartsState | undefined,
): Pick<HandsetParts, 'clock' | 'flash' | 'storage' | 'installation'> {
  const keys = ports.random.stream(`handset:${name}:flash`);
  const flash = kept === undefined ? (given ?? new Flash(keys)) : Flash.takenUp(keys, kept.flash);
  const clockOptions = { beginsUnixMs: ports.begins, offsetMs: clockOffsetMs, driftPpm: clockDriftPpm };
  return {
    clock: new RealTimeClock(ports.clock, clockOptions, kept?.clock),
    flash,
    storage: new PhoneStorage(flash, ports.deployment['old-keys'], ports.deployment['psk-rotation']),
    installation: new Installation(
      { ports, device: name, platform, version, otherVoip, faultyApp },
      kept?.installation,
    ),
  };
}

/** What is kept of the parts; the storage is in the flash, and the line and the body have nothing between calls. */
export function savedParts(parts: HandsetParts): HandsetPartsState {
  const { clock, flash, installation, ring, callKeys, service, instance } = parts;
  return {
    clock: clock.save(),
    flash: flash.save(),
    installation: installation.save(),
    ring: ring.save(),
    callKeys: callKeys.save(),
    instance,
    service: service.save(),
  };
}
