/**
 * How fast whole calls are: handsets in pairs, each pair in a two-way call through the server's relay, with real SRTP at
 * both ends. Everything is the real thing, enrolled over the real opening (accounts, disc, QR codes); only the minutes of
 * talk are timed, since a testbed spends its time there.
 */
import { SECOND, VirtualClock } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { SeededRandom } from '../sim/random.ts';
import { Trace } from '../sim/trace.ts';
import { canonicalNumber } from '../network/mikey/index.ts';
import { speech } from '../network/rtp/index.ts';
import { PROFILES, SimulatedFabric } from '../network/simulated/index.ts';
import { Cms } from './cms/index.ts';
import { Crs } from './crs/index.ts';
import { deploymentOf } from './deployment.ts';
import { Contacts, Handset } from './handset/index.ts';
import { OpticalDisc, type QrReader } from './hardware/index.ts';
import type { Ports } from './ports.ts';
import { Rules } from './rules.ts';

export interface CallsBenchOptions {
  readonly readQr: QrReader;
  /** Even; half as many calls. */
  readonly handsets?: number;
  /** Virtual seconds of talk in one measurement. */
  readonly seconds?: number;
  readonly rounds?: number;
}

export interface CallsBench {
  readonly handsets: number;
  readonly seconds: number;
  /** Virtual time over wall-clock time: 1 is as fast as the world itself. Median over rounds. */
  readonly timesRealTime: number;
  /** SRTP packets opened by handsets in all rounds. Every one was protected, relayed and authenticated. */
  readonly packetsOpened: number;
  /** Packets sent in a round, each over two links, per second of wall-clock time. Median over rounds. */
  readonly packetsPerSecond: number;
}

const BEGINS = Date.parse('2015-10-14T08:00:00Z');
const MONTH = '2015-10';
/** Virtual time for all phones to register. */
const REGISTRATION = 10 * SECOND;
/** Virtual time for all calls to be answered. */
const ANSWERING = 10 * SECOND;
const PACKETS_PER_SECOND = 50;

/** Measures calls. `now` tells wall-clock milliseconds. */
export function benchCalls(now: () => number, options: CallsBenchOptions): CallsBench {
  const { readQr, handsets: count = 50, seconds = 20, rounds = 5 } = options;
  assert(count % 2 === 0, 'handsets come in pairs');
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const handsets = enrolled(clock, trace, count, readQr);
  for (let at = 0; at < count; at += 2) handsets[at]?.console.type(`call ${nameOf(at + 1)}`, nameOf(at));
  clock.runUntil(clock.now() + ANSWERING);
  assert(
    handsets.every((phone) => phone.line === 'inCall'),
    'every handset is in a call',
  );

  const elapsed: number[] = [];
  // Round 0 warms up.
  for (let round = 0; round <= rounds; round++) {
    const before = now();
    clock.runUntil(clock.now() + seconds * SECOND);
    if (round > 0) elapsed.push((now() - before) / 1000);
  }
  for (let at = 0; at < count; at += 2) handsets[at]?.console.type('hang-up', nameOf(at));
  clock.runUntil(clock.now() + 5 * SECOND);
  const wall = elapsed.toSorted((a, b) => a - b)[elapsed.length >> 1] ?? Number.NaN;
  return {
    handsets: count,
    seconds,
    timesRealTime: seconds / wall,
    packetsOpened: openedIn(trace),
    packetsPerSecond: (count * PACKETS_PER_SECOND * seconds) / wall,
  };
}

function nameOf(index: number): string {
  return `user-${index + 1}`;
}

/** The handsets of users with keys, registered at one server. */
function enrolled(clock: VirtualClock, trace: Trace, count: number, readQr: QrReader): readonly Handset[] {
  const random = new SeededRandom('calls bench');
  const ports: Ports = {
    clock,
    random,
    trace,
    deployment: deploymentOf(),
    rules: new Rules(),
    begins: BEGINS,
  };
  const fabric = new SimulatedFabric({ clock, random, trace });
  const numbers = Array.from({ length: count }, (_, index) =>
    canonicalNumber(`+447700900${String(index + 1).padStart(3, '0')}`),
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
  const talk = speech(random.stream('speech').octets(80_000));
  const handsets = numbers.map((number, index) => {
    const name = `phone-${index + 1}`;
    const attachment = fabric.attach(name);
    fabric.link(`link-${index + 1}`, name, 'crs', PROFILES['home-wifi'].parameters);
    const phone = new Handset(ports, {
      name,
      user: nameOf(index),
      platform: 'android',
      version: '5.1',
      attachment,
      contacts,
      readQr,
      talk,
      nextCall: (from, to) => `${from}-to-${to}`,
    });
    cms.console.type(`view-qr ${number}`, 'operator');
    const shown = cms.shownQr();
    assert(shown !== undefined, 'the code is on the screen');
    phone.scan(shown);
    cms.console.type('hide-qr', 'operator');
    return phone;
  });
  trace.listen((event) => {
    if (event.type !== 'handset.ringing') return;
    const phone = handsets.find(({ name }) => name === event.on);
    clock.schedule(SECOND, () => phone?.console.type('answer', phone.user));
  });
  clock.runUntil(clock.now() + REGISTRATION);
  return handsets;
}

function openedIn(trace: Trace): number {
  let opened = 0;
  for (const event of trace.events) if (event.type === 'handset.call-ended') opened += event.data.received;
  return opened;
}
