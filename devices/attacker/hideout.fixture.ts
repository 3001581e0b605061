/**
 * A hideout for the tests of attacks: a testbed with everybody enrolled, a tap on every phone's link, and one attacker whose lines and
 * holdings a test decides. Everything is real but the people, and it all happens in virtual time.
 */
import { SECOND } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Period } from '../../network/mikey/index.ts';
import type { Attachment } from '../../network/fabric.ts';
import type { CapturedPacket } from '../../network/packet.ts';
import type { Link } from '../../network/simulated/index.ts';
import type { TapListener } from '../../network/tap.ts';
import type { Console } from '../console/index.ts';
import { Handset, type ReachedHandset } from '../handset/index.ts';
import { NUMBERS, Testbed, type TestbedOptions, type TestUser } from '../testbed.fixture.ts';
import type { Arm, Attack, Outcome } from './attack.ts';
import { Attacker, type AttackReport } from './attacker.ts';
import { attackerConsole } from './console.ts';
import { factsOf, graphOf, truthOf } from './hideout-facts.fixture.ts';
import { NOTHING, type HeldMaster, type Holdings } from './holdings.ts';
import { Recorder, type Records } from './recorder.ts';
import { erasedFor, goneFor } from './lost-keys.ts';
import type { AttackStage } from './stage.ts';

/** Longest time in which an attack with its controls comes to an end. Seconds. */
const PATIENCE_S = 3_600;

/** A testbed's options, and what its one attacker taps and controls. */
export interface HideoutOptions extends TestbedOptions {
  readonly controlsCrs?: boolean;
  readonly colludes?: TestUser;
  /** Phones whose links are tapped by the attacker; Alice's and Bob's when left out. */
  readonly taps?: readonly string[];
}

/** A testbed after its enrolment, with a thief in it; see the head of this file. */
export class Hideout {
  readonly bed: Testbed;
  readonly stage: AttackStage;
  readonly attacker: Attacker;
  /** All that crossed the links of the three phones, for attacks that a test makes itself. */
  readonly captured: CapturedPacket[] = [];
  /** Holds all of it. */
  readonly recorder: Recorder;
  /** Which phone each user has in hand; a test may take one away. */
  readonly phones: Map<string, Handset>;
  readonly console: Console;
  #places = 0;

  constructor(options: HideoutOptions = {}) {
    this.bed = new Testbed({ answers: true, ...options });
    const { alice, bob, carol } = this.bed;
    this.phones = new Map(Object.entries({ alice, bob, carol }));
    this.stage = stageOn(this);
    const { taps = ['alice-phone', 'bob-phone'], controlsCrs = false, colludes } = options;
    this.attacker = new Attacker(this.bed.ports, {
      name: 'thief',
      taps: taps.map((phone) => this.linkOf(phone)),
      controls: controlsCrs ? 'crs' : undefined,
      colludes,
      stage: this.stage,
    });
    this.console = attackerConsole(this.attacker, this.bed.trace);
    const links = [alice, bob, carol].map(({ name }) => this.linkOf(name));
    for (const link of links) link.tap((packet) => this.captured.push(packet));
    this.recorder = new Recorder(links);
    this.bed.enrolEverybody();
  }

  get period(): Period {
    return this.bed.cms.period;
  }

  /** The master secrets of the CMS, as whoever stole them would hold them. */
  get master(): HeldMaster {
    const [master] = this.stage.truth.masters;
    assert(master !== undefined, 'a testbed has a CMS');
    return master;
  }

  /** The link of a phone with the CRS. */
  linkOf(phone: string): Link {
    const link = this.bed.fabric.linkNamed(`${phone}-crs`);
    assert(link !== undefined, `${phone} has a link`);
    return link;
  }

  /** One whole call, with six seconds from its beginning to its end unless told otherwise. Returns its name. */
  call(from: TestUser, to: TestUser, seconds = 6): string {
    this.bed.type(this.bed[from], `call ${to} --for ${seconds}s`, from);
    this.bed.run(seconds + 10);
    const placed = this.bed.last('handset.call-placed');
    assert(placed !== undefined && this.bed[from].line === 'idle', 'the call came about and ended');
    return placed.call;
  }

  /** A new name for a place on the network. */
  readonly host = (): string => `place-${++this.#places}`;

  /** All that was ever issued to a user, as the thief of their phone would hold it. */
  readonly truthOf = (user: TestUser, period: Period = this.period): Holdings =>
    this.stage.truth.holdingsOf(user, period);

  /** The thief has a phone of its own, with the code that the CMS shows for this user. */
  thiefPhone(user: TestUser): Handset {
    const phone = this.bed.newPhone('thief-phone', user, { user: 'thief' });
    this.phones.set('thief', phone);
    this.bed.type(this.bed.cms, `view-qr ${this.bed.contacts.numberOf(user)}`);
    const image = this.bed.cms.shownQr();
    assert(image !== undefined, 'a shown code is on the screen');
    phone.scan(image);
    this.bed.type(this.bed.cms, 'hide-qr');
    this.bed.run(10);
    return phone;
  }

  /** The thief has this phone's octets. */
  seize(user: TestUser): void {
    this.attacker.seized(this.bed[user].extract(), `${user}-phone`);
  }

  type(line: string): readonly string[] {
    return this.console.type(line, 'thief');
  }

  /** Types a line as a probe, and lets it come to its end. */
  probe(line: string): AttackReport {
    const reports: AttackReport[] = [];
    this.attacker.probeNext((report) => reports.push(report));
    this.type(line);
    this.#await(() => reports.length > 0, line);
    const [report] = reports;
    assert(report !== undefined, 'it was reported');
    return report;
  }

  /** Makes one attempt or control with exactly these holdings. It must answer once. */
  outcomeOf(attack: Attack, held: Holdings = NOTHING, arm: Arm = 'attempt'): Outcome {
    const outcomes: Outcome[] = [];
    attack.try(arm, held, (outcome) => outcomes.push(outcome));
    this.#await(() => outcomes.length > 0, attack.aim(held).asset);
    this.bed.run(30);
    const [outcome] = outcomes;
    assert(outcome !== undefined && outcomes.length === 1, 'an attack answers once');
    return outcome;
  }

  #await(isOver: () => boolean, what: string): void {
    const latest = this.bed.clock.now() + PATIENCE_S * SECOND;
    while (!isOver() && this.bed.clock.now() < latest) this.bed.run(1);
    assert(isOver(), `${what} comes to an end`);
  }
}

/** The stage with a CRS whose disk and memory are these octets. */
export function withCrsImage(stage: AttackStage, image: Uint8Array): AttackStage {
  const crs = replaced(stage.crsOf('alice'), { extract: () => image });
  return replaced(stage, { crsOf: () => crs });
}

/** The same object, but for some of its properties. What is not replaced stays as it is, getters included. */
export function replaced<Value extends object>(value: Value, changes: Partial<Value>): Value {
  return new Proxy(value, {
    get: (target, name) => {
      const found: unknown = Reflect.get(Object.hasOwn(changes, name) ? changes : target, name);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

/** A recorder that saw exactly these packets, and keeps of them what is said. */
export function recorderOf(captured: readonly CapturedPacket[], records: Records = 'everything'): Recorder {
  const tap = (listener: TapListener): (() => void) => {
    for (const packet of captured) listener(packet);
    return () => undefined;
  };
  return new Recorder([{ name: 'a recording', ends: ['here', 'there'], tap }], [], records);
}

/** The same packet with other octets in it. */
export function withOctets(captured: CapturedPacket, octets: Uint8Array): CapturedPacket {
  return { ...captured, packet: { ...captured.packet, octets } };
}

/** The stage that a world would set, on a testbed. */
function stageOn(hideout: Hideout): AttackStage {
  const { bed, phones } = hideout;
  const inHand = (user: string): ReachedHandset | undefined => {
    const phone = phones.get(user);
    return phone?.number === undefined ? undefined : phone;
  };
  return {
    clock: bed.clock,
    trace: bed.trace,
    deployment: bed.ports.deployment,
    get servers() {
      return new Map([['crs', bed.crs]]);
    },
    accountOf: () => ({ name: 'hq', cms: 'cms', crs: 'crs' }),
    crsOf: () => bed.crs,
    truth: truthOf(bed),
    kmsKeys: [bed.cms.escrow.kms],
    get unixMs() {
      return bed.ports.begins + Math.floor(bed.clock.now() / 1000);
    },
    userNames: Object.keys(NUMBERS),
    nameOf: (number) => bed.contacts.nameOf(number),
    numberOf: (user) => bed.contacts.numberOf(user),
    handsetOf: inHand,
    wipedPhoneOf: (user) => wipedOf(phones, user),
    phonesOf: (holder) =>
      [...phones.values()].filter(({ user, number }) => user === holder && number !== undefined),
    takenPhone: () => undefined,
    storageInHand: (_, device) =>
      [bed.alice, bed.bob, bed.carol].find(({ name }) => name === device)?.extract(),
    phoneNamed: (name) => [bed.alice, bed.bob, bed.carol].find((phone) => phone.name === name),
    consoleOf: (name) => {
      const phone = [bed.alice, bed.bob, bed.carol, ...phones.values()].find((each) => each.name === name);
      return phone && bed.consoleOf(phone);
    },
    linksOf: (phone) => [bed.fabric.linkNamed(`${phone}-crs`)].filter((link) => link !== undefined),
    listenTo: (host, listener) => bed.fabric.linkNamed(`${host}-crs`)?.tap(listener) ?? (() => undefined),
    call: (name, since) => factsOf(bed, name, since),
    callGraph: () => graphOf(bed),
    ssvOf: (csb) => ssvOf(bed, csb),
    erasedFor: (attacker) => erasedFor(bed.trace, attacker),
    goneFor: (attacker) => goneFor(bed.trace, attacker),
    lookAt: () => undefined,
    hideOn: () => false,
    readQr: () => [],
    clone: (name, user, flash, attachment) =>
      new Handset(bed.ports, {
        ...{ name, user, attachment, flash },
        platform: 'android',
        version: '5.1',
        contacts: bed.contacts,
        readQr: () => [],
        nextCall: (from, to) => `${from}-to-${to}#of-${name}`,
      }),
    attach: (name) => placeOn(bed, name),
    attachInside: (name) => placeOn(bed, name),
  };
}

function placeOn({ fabric }: Testbed, name: string): Attachment {
  const attachment = fabric.attach(name);
  fabric.link(`${name}-crs`, name, 'crs');
  return attachment;
}

function ssvOf(bed: Testbed, csb: string): Uint8Array {
  const sent = bed.events('mikey.sent').find(({ data }) => data.csb === csb);
  return sent?.data.ssv.reveal() ?? new Uint8Array(16);
}

function wipedOf(phones: ReadonlyMap<string, Handset>, user: string): Handset | undefined {
  return [...phones.values()].find((phone) => phone.user === user && phone.service === 'wiped');
}
