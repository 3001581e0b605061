/**
 * A world for benches: one CMS, one server, and handsets of users with keys, registered. The keys come the real way, by disc
 * and by QR codes that are rendered and read, into the flash of phones that are then switched on one after the other, so that
 * their renewals are spread over time as those of a crowd are. Left out is the check of the keys on receipt, a pairing for
 * each phone: enrolment is not what these benches time, and `sakke.bench.ts` does.
 */
import { MINUTE, SECOND, type Micros, type VirtualClock } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { SeededRandom } from '../sim/random.ts';
import type { Trace } from '../sim/trace.ts';
import { canonicalNumber } from '../network/mikey/index.ts';
import { speech } from '../network/rtp/index.ts';
import { PROFILES, SimulatedFabric } from '../network/simulated/index.ts';
import { Cms } from './cms/index.ts';
import { Crs } from './crs/index.ts';
import { deploymentOf } from './deployment.ts';
import { Contacts, Handset } from './handset/index.ts';
import { Camera, Flash, OpticalDisc, type QrReader } from './hardware/index.ts';
import { parseQrPayload, PhoneStorage } from './media/index.ts';
import type { Ports } from './ports.ts';
import { Rules } from './rules.ts';

export interface RegisteredOptions {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly count: number;
  readonly readQr: QrReader;
  readonly registerInterval: Micros;
  readonly octetsInUse: () => number;
}

export interface Registered {
  readonly handsets: readonly Handset[];
  /** What memory grew by for each of them. */
  readonly octetsEach: number;
}

const BEGINS = Date.parse('2015-10-14T08:00:00Z');
const MONTH = '2015-10';
/** Virtual time over which the phones are switched on. */
const SWITCHING_ON = MINUTE;
/** Virtual time for the last of them to register. */
const REGISTRATION = 10 * SECOND;

export function nameOf(index: number): string {
  return `user-${index + 1}`;
}

export function isRegistered({ service }: Handset): boolean {
  return service === 'registered' || service === 'renewing';
}

/** Errors: HARDWARE_QR_UNREADABLE. */
export function registeredHandsets(options: RegisteredOptions): Registered {
  const { clock, trace, count, readQr, registerInterval, octetsInUse } = options;
  const random = new SeededRandom('calls bench');
  const ports: Ports = {
    clock,
    random,
    trace,
    deployment: deploymentOf({ 'register-interval': registerInterval }),
    rules: new Rules(),
    begins: BEGINS,
  };
  const fabric = new SimulatedFabric({ clock, random, trace });
  const numbers = Array.from({ length: count }, (_, index) =>
    canonicalNumber(`+4477009${String(index + 1).padStart(5, '0')}`),
  );
  const contacts = new Contacts(new Map(numbers.map((number, index) => [nameOf(index), number])));
  const crs = new Crs(ports, {
    name: 'crs',
    attachment: fabric.attach('crs'),
    nameOf: (number) => contacts.nameOf(number),
  });
  const cms = new Cms(ports, {
    name: 'cms',
    account: 'bench',
    crs: { host: 'crs', port: 5061 },
    printed: () => undefined,
  });
  const disc = new OpticalDisc('disc');
  crs.console.type('create-account bench', 'admin');
  numbers.forEach((number, index) => cms.console.type(`add-user ${number} ${nameOf(index)}`, 'operator'));
  cms.drive.insert(disc, 'disc');
  cms.console.type(`burn-disc --month ${MONTH}`, 'operator');
  cms.drive.eject();
  crs.drive.insert(disc, 'disc');
  crs.console.type('check-log', 'admin');
  crs.console.type('load-disc', 'admin');
  const camera = new Camera(readQr);
  const payloads = numbers.map((number) => {
    cms.console.type(`view-qr ${number}`, 'operator');
    const shown = cms.shownQr();
    assert(shown !== undefined, 'the code is on the screen');
    cms.console.type('hide-qr', 'operator');
    return parseQrPayload(camera.scan(shown));
  });

  const talk = speech(random.stream('speech').octets(80_000));
  const before = octetsInUse();
  const handsets = payloads.map((payload, index) => {
    const name = `phone-${index + 1}`;
    const flash = new Flash(random.stream(`handset:${name}:flash`));
    new PhoneStorage(flash, ports.deployment['old-keys']).enrol(payload);
    const attachment = fabric.attach(name);
    fabric.link(`link-${index + 1}`, name, 'crs', PROFILES['home-wifi'].parameters);
    clock.runUntil(clock.now() + Math.floor(SWITCHING_ON / count));
    return new Handset(ports, {
      name,
      user: nameOf(index),
      platform: 'android',
      version: '5.1',
      attachment,
      contacts,
      readQr,
      talk,
      flash,
      nextCall: (from, to) => `${from}-to-${to}`,
    });
  });
  clock.runUntil(clock.now() + REGISTRATION);
  assert(handsets.every(isRegistered), 'every handset is registered');
  const octetsEach = (octetsInUse() - before) / count;

  const byName = new Map(handsets.map((phone) => [phone.name, phone]));
  trace.listen((event) => {
    if (event.type !== 'handset.ringing') return;
    const phone = byName.get(event.on);
    clock.schedule(SECOND, () => phone?.console.type('answer', phone.user));
  });
  return { handsets, octetsEach };
}
