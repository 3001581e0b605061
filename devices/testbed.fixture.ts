/**
 * A testbed for the tests of devices: a clock, a simulated network, one of each device and the phones of Alice, Bob and Carol,
 * wired as a world wires them. Everything that people could do is done by console lines and by hand, in virtual time.
 */
import { SECOND, VirtualClock, type Micros } from '../sim/clock.ts';
import { assert, CalldrillError } from '../sim/errors.ts';
import { SeededRandom } from '../sim/random.ts';
import { Trace, type TraceEvent, type TraceType } from '../sim/trace.ts';
import type { Attachment } from '../network/fabric.ts';
import { canonicalNumber, type TelNumber } from '../network/mikey/index.ts';
import { SimulatedFabric, type LinkParameters } from '../network/simulated/index.ts';
import { loadQrReader } from './zxing/qr-reader.ts';
import { Cms, cmsConsole } from './cms/index.ts';
import type { Console, Reply } from './console/index.ts';
import { Contacts } from './contacts.ts';
import { Crs, crsConsole, type CrsStorage } from './crs/index.ts';
import { deploymentOf } from './deployment.ts';
import { Handset, handsetConsole, type HandsetOptions } from './handset/index.ts';
import { Camera, OpticalDisc, type GrayImage, type Paper } from './hardware/index.ts';
import { Mdm, mdmConsole } from './mdm/index.ts';
import type { Ports } from './ports.ts';
import { Rules, type RuleName } from './rules.ts';
import { SIPS_PORT } from './signalling/packages.ts';

const readQr = await loadQrReader();

const readQrPayload = (image: GrayImage): Uint8Array => new Camera(readQr).scan(image);

/** The three users, with numbers of the range that is reserved for drama. */
export const NUMBERS = {
  alice: canonicalNumber('+447700900001'),
  bob: canonicalNumber('+447700900002'),
  carol: canonicalNumber('+447700900003'),
} as const;

/** A device that the bed has a console for. */
export type Typable = Cms | Crs | Handset | Mdm;

/** Whom a test can name. */
export type TestUser = keyof typeof NUMBERS;

/** What a test changes of the quiet morning that it would have otherwise. */
export interface TestbedOptions {
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly broken?: readonly RuleName[];
  /** ISO instant; a quiet morning in the middle of a month when left out. */
  readonly begins?: string;
  readonly link?: LinkParameters;
  /** Whether people answer ringing phones, two seconds later. */
  readonly answers?: boolean;
  readonly seed?: string;
  /** The seed when left out. */
  readonly keySeed?: string;
  /** Keeps the CRS over a restart. */
  readonly storage?: CrsStorage;
  /** Options of single phones. */
  readonly phones?: Partial<Record<TestUser, Partial<HandsetOptions>>>;
}

/** One device of each kind and three phones, not enrolled yet; `Testbed.enrolled` is the same half a minute later. */
export class Testbed {
  readonly clock = new VirtualClock();
  readonly trace = new Trace(this.clock);
  readonly random: SeededRandom;
  readonly ports: Ports;
  readonly fabric: SimulatedFabric;
  readonly contacts: Contacts = new Contacts(new Map<string, TelNumber>(Object.entries(NUMBERS)));
  crs: Crs;
  readonly #crsAttachment: Attachment;
  readonly cms: Cms;
  readonly mdm: Mdm;
  readonly alice: Handset;
  readonly bob: Handset;
  readonly carol: Handset;
  readonly printed: Paper[] = [];
  readonly #options: TestbedOptions;
  readonly #consoles = new Map<Typable, Console>();
  #calls = 0;
  #discs = 0;

  constructor(options: TestbedOptions = {}) {
    this.#options = options;
    this.random = new SeededRandom(options.seed ?? '1');
    this.ports = {
      clock: this.clock,
      random: this.random,
      keys: new SeededRandom(`keys:${options.keySeed ?? options.seed ?? '1'}`),
      trace: this.trace,
      deployment: deploymentOf(options.parameters),
      rules: new Rules(options.broken),
      begins: Date.parse(options.begins ?? '2015-10-14T08:00:00Z'),
    };
    this.fabric = new SimulatedFabric({ clock: this.clock, random: this.random, trace: this.trace });
    this.#crsAttachment = this.fabric.attach('crs');
    this.crs = this.#newCrs();
    this.cms = this.newCms('cms');
    const mdmAttachment = this.fabric.attach('mdm');
    this.alice = this.newPhone('alice-phone', 'alice', options.phones?.alice);
    this.bob = this.newPhone('bob-phone', 'bob', options.phones?.bob);
    this.carol = this.newPhone('carol-phone', 'carol', options.phones?.carol);
    this.mdm = new Mdm('mdm', this.ports, mdmAttachment, ['alice-phone', 'bob-phone', 'carol-phone']);
    this.trace.listen((event) => {
      if (options.answers !== true || event.type !== 'handset.ringing') return;
      const phone = [this.alice, this.bob, this.carol].find(({ name }) => name === event.on);
      this.clock.schedule(2 * SECOND, () => {
        if (phone?.line === 'ringing') this.type(phone, 'answer', phone.user);
      });
    });
  }

  /** The CRS's process dies, and another one begins. Throws what its beginning throws. */
  restartCrs(): void {
    this.#crsAttachment.detach();
    this.crs = this.#newCrs();
  }

  #newCrs(): Crs {
    const { storage } = this.#options;
    return new Crs(this.ports, {
      name: 'crs',
      attachment: this.#crsAttachment,
      nameOf: (number) => this.contacts.nameOf(number),
      ...(storage === undefined ? {} : { storage }),
    });
  }

  newCms(name: string, account = 'hq'): Cms {
    return new Cms(this.ports, {
      name,
      account,
      crs: { host: 'crs', port: SIPS_PORT },
      printed: (paper) => this.printed.push(paper),
    });
  }

  /** A phone with links to the CRS and the MDM. */
  newPhone(name: string, user: TestUser, options: Partial<HandsetOptions> = {}): Handset {
    const attachment = this.fabric.attach(name);
    this.fabric.link(`${name}-crs`, name, 'crs', this.#options.link);
    this.fabric.link(`${name}-mdm`, name, 'mdm', this.#options.link);
    return new Handset(this.ports, {
      name,
      user,
      attachment,
      platform: 'android',
      version: '5.1',
      contacts: this.contacts,
      readQr,
      nextCall: (from, to) => `${from}-to-${to}#${++this.#calls}`,
      shield: (shielded) => (shielded ? this.fabric.unplug(name) : this.fabric.plug(name)),
      ...options,
    });
  }

  /** Adds everybody, loads their packages of this month and lets their phones scan and register. */
  static enrolled(options: TestbedOptions = {}): Testbed {
    const bed = new Testbed(options);
    bed.enrolEverybody();
    return bed;
  }

  enrolEverybody(): void {
    this.type(this.crs, 'create-account hq');
    for (const [user, number] of Object.entries(NUMBERS)) this.type(this.cms, `add-user ${number} ${user}`);
    this.carryDisc(`--month ${this.cms.period}`);
    for (const phone of [this.alice, this.bob, this.carol]) this.enrol(phone);
    this.run(5);
  }

  /** Shows the code of the phone's user and scans it. */
  enrol(phone: Handset, cms: Cms = this.cms): void {
    this.type(cms, `view-qr ${this.contacts.numberOf(phone.user)}`);
    const image = cms.shownQr();
    if (image !== undefined) phone.scan(image);
    this.type(cms, 'hide-qr');
  }

  /** Octets of the code that the CMS would show for a number now. */
  codeOf(number: string): Uint8Array {
    this.type(this.cms, `view-qr ${number}`);
    const image = this.cms.shownQr();
    assert(image !== undefined, 'a shown code is on the screen');
    return readQrPayload(image);
  }

  /** Scans the code of the phone's user, which the phone is expected to refuse. */
  enrolFails(phone: Handset): void {
    if (this.cms.users.every(({ number }) => number !== this.contacts.numberOf(phone.user)))
      this.type(this.cms, `add-user ${this.contacts.numberOf(phone.user)} ${phone.user}`);
    this.enrol(phone);
  }

  /** A new disc: burnt with `options`, carried, loaded. */
  carryDisc(options = '', cms: Cms = this.cms): void {
    const name = `disc-${++this.#discs}`;
    const disc = new OpticalDisc(name);
    cms.drive.insert(disc, name);
    this.type(cms, `burn-disc ${options}`);
    cms.drive.eject();
    this.crs.drive.insert(disc, name);
    try {
      this.type(this.crs, 'load-disc');
    } finally {
      this.crs.drive.eject();
    }
  }

  type(device: Typable, line: string, by = 'tester'): Reply {
    return this.consoleOf(device).type(line, by);
  }

  consoleOf(device: Typable): Console {
    const known = this.#consoles.get(device);
    const console = known ?? this.#newConsole(device);
    this.#consoles.set(device, console);
    return console;
  }

  #newConsole(device: Typable): Console {
    if (device instanceof Cms) return cmsConsole(device, this.trace);
    if (device instanceof Crs) return crsConsole(device, this.trace, this.ports.rules);
    if (device instanceof Mdm) return mdmConsole(device, this.trace);
    return handsetConsole(device, this.trace, this.contacts, this.ports.rules);
  }

  /** The code with which a line is refused; `answered` when it is not. */
  refusal(device: Typable, line: string): string {
    return codeOf(() => this.type(device, line));
  }

  /** Lets seconds pass. */
  run(seconds: number): void {
    this.clock.runUntil(this.clock.now() + Math.round(seconds * SECOND));
  }

  /** Lets time pass up to an ISO instant. */
  runTo(instant: string): void {
    const until: Micros = (Date.parse(instant) - this.ports.begins) * 1000;
    this.clock.runUntil(until);
  }

  /** Places a call and lets it come about. */
  call(caller: Handset, callee: TestUser, options = ''): void {
    this.type(caller, `call ${callee} ${options}`, caller.user);
    this.run(4);
  }

  events<Type extends TraceType>(type: Type, on?: string): readonly TraceEvent<Type>[] {
    const found: TraceEvent<Type>[] = [];
    for (const event of this.trace.events)
      if (isOfType(event, type) && (on ?? event.on) === event.on) found.push(event);
    return found;
  }

  /** Data of the last event of a type. */
  last<Type extends TraceType>(type: Type, on?: string): TraceEvent<Type>['data'] | undefined {
    return this.events(type, on).at(-1)?.data;
  }
}

/** The code of the typed error that `action` throws; `answered` when it throws none. */
export function codeOf(action: () => unknown): string {
  try {
    action();
    return 'answered';
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    return error.code;
  }
}

function isOfType<Type extends TraceType>(
  event: { readonly type: TraceType },
  type: Type,
): event is TraceEvent<Type> {
  return event.type === type;
}
