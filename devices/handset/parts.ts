/**
 * The parts of a phone, and how they hang together: hardware, key ring, keys of calls, service, line, and the body that the statechart
 * moves. They reach the statechart and the screen through the nerves that they are given, and know nothing of the handset.
 */
import { toHex } from '../../sim/octets.ts';
import { Flash, RealTimeClock } from '../hardware/index.ts';
import { PhoneStorage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { Body } from './body.ts';
import { CallKeys } from './call-keys.ts';
import type { HandsetOptions } from './handset-options.ts';
import { Installation } from './installation.ts';
import { KeyRing } from './key-ring.ts';
import { Line } from './line.ts';
import type { HandsetEvent } from './machine.ts';
import { Service } from './service.ts';

/** What all parts together are. */
export interface HandsetParts {
  readonly clock: RealTimeClock;
  readonly flash: Flash;
  readonly storage: PhoneStorage;
  readonly installation: Installation;
  readonly ring: KeyRing;
  readonly callKeys: CallKeys;
  readonly service: Service;
  readonly line: Line;
  readonly body: Body;
}

/** What leads from the parts to the rest of the phone. Nothing runs along it while the parts are put together. */
export interface Nerves {
  /** To the statechart. */
  readonly send: (event: HandsetEvent) => void;
  /** Something for the screen. */
  readonly say: (message: string) => void;
  /** The state of the line, as the statechart has it. */
  readonly lineState: () => string;
}

/** Makes the parts of one phone. Chance comes from the streams `handset:<name>` and `handset:<name>:flash`. */
export function partsOf(ports: Ports, options: HandsetOptions, nerves: Nerves): HandsetParts {
  const { name, user, contacts, attachment } = options;
  const { send, say } = nerves;
  const random = ports.random.stream(`handset:${name}`);
  const part = { ports, device: name, user, random };
  const hardware = hardwareOf(ports, options);
  const { clock, flash, storage, installation } = hardware;
  const ring = new KeyRing({
    ports,
    device: name,
    user,
    storage,
    clock,
    onMonth: () => body.monthBegan(),
  });
  const callKeys = new CallKeys({ ...part, clock, contacts, ring });
  const service = new Service({
    ...part,
    attachment,
    ring,
    instance: toHex(random.octets(4)),
    send,
    onRequest: (request) => line.request(request),
    say,
  });
  const line = new Line({
    ...part,
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
  const body = new Body({ ...part, flash, installation, ring, callKeys, service, line, send, say });
  return { ...hardware, ring, callKeys, service, line, body };
}

function hardwareOf(
  ports: Ports,
  { name, platform, version, otherVoip, clockOffsetMs = 0, flash: given }: HandsetOptions,
): Pick<HandsetParts, 'clock' | 'flash' | 'storage' | 'installation'> {
  const flash = given ?? new Flash(ports.random.stream(`handset:${name}:flash`));
  return {
    clock: new RealTimeClock(ports.clock, { beginsUnixMs: ports.begins, offsetMs: clockOffsetMs }),
    flash,
    storage: new PhoneStorage(flash, ports.deployment['old-keys']),
    installation: new Installation({ ports, device: name, platform, version, otherVoip }),
  };
}
