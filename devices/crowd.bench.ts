/**
 * A world for benches and soaks, on whatever network: one CMS, one server, and handsets of users with keys. The keys come the
 * real way, by disc and by QR codes that are rendered and read, into the flash of phones that are then switched on one after
 * the other, so that their renewals are spread over time as those of a crowd are. Left out is the check of the keys on
 * receipt, a pairing for each phone: enrolment is not what these worlds time, and `sakke.bench.ts` does.
 */
import { SECOND } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import type { Attachment } from '../network/fabric.ts';
import { canonicalNumber, type TelNumber } from '../network/mikey/index.ts';
import { speech, type Talk } from '../network/rtp/index.ts';
import { Cms, cmsConsole } from './cms/index.ts';
import type { Console } from './console/index.ts';
import { Contacts } from './contacts.ts';
import { Crs, crsConsole, type CrsStorage } from './crs/index.ts';
import { Handset, handsetConsole } from './handset/index.ts';
import { Camera, Flash, OpticalDisc, type QrReader } from './hardware/index.ts';
import { parseQrPayload, PhoneStorage, type QrPayload } from './media/index.ts';
import type { Ports } from './ports.ts';

/** How large a crowd is, on which network, and with which chance. */
export interface CrowdOptions {
  readonly ports: Ports;
  /** Joins a host to the network, and a phone to the host `crs`. */
  readonly attach: (name: string) => Attachment;
  readonly count: number;
  readonly readQr: QrReader;
  /** Of the server; it has none when left out. */
  readonly storage?: CrsStorage;
}

/** Unix milliseconds of the morning that it is. */
export const BEGINS = Date.parse('2015-10-14T08:00:00Z');
const MONTH = '2015-10';

/** The user with this index, counted from 0. */
export function nameOf(index: number): string {
  return `user-${index + 1}`;
}

/** The host name of that user's only phone. */
export function phoneOf(index: number): string {
  return `phone-${index + 1}`;
}

/** Whether the CRS takes calls for it now, a renewal under way included. */
export function isRegistered({ service }: Handset): boolean {
  return service === 'registered' || service === 'renewing';
}

/** A CMS, a server and all the phones, put together but for the switching on. */
export class Crowd {
  readonly crs: Crs;
  readonly numbers: readonly TelNumber[];
  /** What everybody says. */
  readonly talk: Talk;
  readonly #options: CrowdOptions;
  readonly #contacts: Contacts;
  readonly #payloads: readonly QrPayload[];
  readonly #handsets = new Map<string, Handset>();
  readonly #consoles = new Map<string, Console>();

  /** Errors: HARDWARE_QR_UNREADABLE. */
  constructor(options: CrowdOptions) {
    const { ports, attach, count, storage } = options;
    this.#options = options;
    this.numbers = Array.from({ length: count }, (_, index) =>
      canonicalNumber(`+4477009${String(index + 1).padStart(5, '0')}`),
    );
    this.#contacts = new Contacts(new Map(this.numbers.map((number, index) => [nameOf(index), number])));
    this.crs = new Crs(ports, {
      name: 'crs',
      attachment: attach('crs'),
      nameOf: (number) => this.#contacts.nameOf(number),
      ...(storage === undefined ? {} : { storage }),
    });
    this.#consoles.set('crs', crsConsole(this.crs, ports.trace));
    this.#payloads = this.#enrol();
    this.talk = speech(ports.random.stream('speech').octets(80_000));
    ports.trace.listen((event) => {
      if (event.type !== 'handset.ringing') return;
      const phone = this.#handsets.get(event.on);
      if (phone !== undefined)
        ports.clock.schedule(SECOND, () => this.type(phone.name, 'answer', phone.user));
    });
  }

  get handsets(): readonly Handset[] {
    return [...this.#handsets.values()];
  }

  /** What was on the screen for a user to scan. */
  payloadOf(index: number): QrPayload {
    const payload = this.#payloads[index];
    assert(payload !== undefined, 'there is such a user');
    return payload;
  }

  /** Types a line on the server or on a phone that is switched on. */
  type(device: string, line: string, by: string): void {
    this.#consoles.get(device)?.type(line, by);
  }

  switchOn(index: number): Handset {
    const { ports, attach, readQr } = this.#options;
    const name = phoneOf(index);
    const flash = new Flash(ports.random.stream(`handset:${name}:flash`));
    new PhoneStorage(flash, ports.deployment['old-keys']).enrol(this.payloadOf(index));
    const handset = new Handset(ports, {
      name,
      user: nameOf(index),
      platform: 'android',
      version: '5.1',
      attachment: attach(name),
      contacts: this.#contacts,
      readQr,
      talk: this.talk,
      flash,
      nextCall: (from, to) => `${from}-to-${to}`,
    });
    this.#handsets.set(name, handset);
    this.#consoles.set(name, handsetConsole(handset, ports.trace, this.#contacts, ports.rules));
    return handset;
  }

  #enrol(): readonly QrPayload[] {
    const { ports, readQr } = this.#options;
    const cms = new Cms(ports, {
      name: 'cms',
      account: 'bench',
      crs: { host: 'crs', port: 5061 },
      printed: () => undefined,
    });
    const console = cmsConsole(cms, ports.trace);
    const disc = new OpticalDisc('disc');
    this.type('crs', 'create-account bench', 'admin');
    this.numbers.forEach((number, index) => console.type(`add-user ${number} ${nameOf(index)}`, 'operator'));
    cms.drive.insert(disc, 'disc');
    console.type(`burn-disc --month ${MONTH}`, 'operator');
    cms.drive.eject();
    this.crs.drive.insert(disc, 'disc');
    this.type('crs', 'check-log', 'admin');
    this.type('crs', 'load-disc', 'admin');
    const camera = new Camera(readQr);
    return this.numbers.map((number) => {
      console.type(`view-qr ${number}`, 'operator');
      const shown = cms.shownQr();
      assert(shown !== undefined, 'the code is on the screen');
      console.type('hide-qr', 'operator');
      return parseQrPayload(camera.scan(shown));
    });
  }
}
