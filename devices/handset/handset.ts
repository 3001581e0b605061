/**
 * The handset: a phone with the app on it, as the people around it use it. This file puts its parts together: storage, clock,
 * key ring, session and line. What it is allowed to do when is in `machine.ts`; `body.ts` is what that makes it do.
 */
import { createActor } from 'xstate';
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, Attachment } from '../../network/fabric.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { Hear, Talk } from '../../network/rtp/index.ts';
import { Camera, Flash, RealTimeClock, type GrayImage, type QrReader } from '../hardware/index.ts';
import { parseQrPayload, PhoneStorage } from '../media/index.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import { Body } from './body.ts';
import { CallKeys } from './call-keys.ts';
import type { Contacts } from '../contacts.ts';
import { handsetError } from './errors.ts';
import './events.ts';
import type { Platform } from './install-gate.ts';
import { Installation } from './installation.ts';
import { KeyRing } from './key-ring.ts';
import { Line } from './line.ts';
import { handsetMachine, type HandsetActor, type HandsetEvent } from './machine.ts';
import { listenToMdm } from './mdm-agent.ts';
import { Service } from './service.ts';

export interface HandsetOptions extends Platform {
  /** Its host name: `alice-phone`. */
  readonly name: string;
  /** Whose it is, as the scenario names people. */
  readonly user: string;
  readonly attachment: Attachment;
  /** Puts its radio out of reach, or back. */
  shield?(shielded: boolean): void;
  /** Goes over to another network, or `home`; returns its address there, or undefined when there is no such site. */
  roam?(site: string): string | undefined;
  readonly contacts: Contacts;
  readonly readQr: QrReader;
  /** Another VoIP application that it comes with. */
  readonly otherVoip?: string;
  /** What its user says in calls; silence when there is none. */
  readonly talk?: Talk;
  /** Attaches an ear to the call with this CSB ID: what its user hears is handed out as it is played. */
  readonly listen?: (csb: string) => Hear;
  /** How its clock differs from the right time when the phone is switched on. Milliseconds. */
  readonly clockOffsetMs?: number;
  /** Storage that it starts with: a clone has the octets of another phone. */
  readonly flash?: Flash;
  /** Numbers the calls between two users over all phones of this world. */
  nextCall(from: string, to: string): string;
}

const NO_ANSWER: Micros = 60 * SECOND;

export class Handset implements Physical {
  readonly name: string;
  readonly user: string;
  readonly #options: HandsetOptions;
  readonly #ports: Ports;
  readonly #random: RandomSource;
  readonly #clock: RealTimeClock;
  readonly #camera: Camera;
  readonly #flash: Flash;
  readonly #storage: PhoneStorage;
  readonly #installation: Installation;
  readonly #body: Body;
  readonly #actor: HandsetActor;
  readonly #ring: KeyRing;
  readonly #callKeys: CallKeys;
  readonly #service: Service;
  readonly #line: Line;
  #message = '';

  constructor(ports: Ports, options: HandsetOptions) {
    const { name, user } = options;
    this.name = name;
    this.user = user;
    this.#ports = ports;
    this.#options = options;
    this.#random = ports.random.stream(`handset:${name}`);
    this.#clock = new RealTimeClock(ports.clock, {
      beginsUnixMs: ports.begins,
      offsetMs: options.clockOffsetMs ?? 0,
    });
    this.#camera = new Camera(options.readQr);
    this.#flash = options.flash ?? new Flash(ports.random.stream(`handset:${name}:flash`));
    this.#storage = new PhoneStorage(this.#flash, ports.deployment['old-keys']);
    this.#installation = new Installation({
      ports,
      device: name,
      platform: options.platform,
      version: options.version,
      otherVoip: options.otherVoip,
    });
    this.#ring = new KeyRing({
      ports,
      device: name,
      user,
      storage: this.#storage,
      clock: this.#clock,
      onMonth: () => this.#body.monthBegan(),
    });
    const { contacts, attachment } = options;
    const send = (event: HandsetEvent) => this.#actor.send(event);
    const say = (message: string) => void (this.#message = message);
    const part = { ports, device: name, user, random: this.#random };
    this.#callKeys = new CallKeys({ ...part, clock: this.#clock, contacts, ring: this.#ring });
    this.#service = new Service({
      ...part,
      attachment,
      ring: this.#ring,
      instance: toHex(this.#random.octets(4)),
      send,
      onRequest: (request) => this.#line.request(request),
      say,
    });
    this.#line = new Line({
      ...part,
      attachment,
      clock: this.#clock,
      contacts,
      storage: this.#storage,
      callKeys: this.#callKeys,
      service: this.#service,
      talk: options.talk,
      listen: options.listen,
      nextCall: (from, to) => options.nextCall(from, to),
      state: () => this.line,
      send,
      say,
    });
    this.#body = new Body({
      ...part,
      flash: this.#flash,
      installation: this.#installation,
      ring: this.#ring,
      callKeys: this.#callKeys,
      service: this.#service,
      line: this.#line,
      send,
      say,
    });
    listenToMdm(options.attachment, () => this.#wipe());
    this.#actor = createActor(handsetMachine, {
      clock: ports.clock,
      input: {
        body: this.#body,
        delays: {
          renew: ports.deployment['register-interval'] / MILLISECOND,
          noAnswer: NO_ANSWER / MILLISECOND,
        },
      },
    });
    this.#actor.start();
    this.#actor.send({ type: 'INSTALL' });
    if (this.#storage.settings() !== undefined) this.#actor.send({ type: 'ENROLLED' });
  }

  // What its user, and the people around it, can do.

  get period(): Period {
    return this.#ring.period;
  }

  get number(): TelNumber | undefined {
    return this.#storage.settings()?.number;
  }

  /** The state of its service: `registered`, `awaitingNewKeys`, ... or the machine's outer state. */
  get service(): string {
    const { value } = this.#actor.getSnapshot();
    return typeof value === 'string' ? value : value.enrolled.service;
  }

  get line(): string {
    const { value } = this.#actor.getSnapshot();
    return typeof value === 'string' ? 'none' : value.enrolled.line;
  }

  /** Puts the app on the phone: a new one, or one that was wiped. Errors: HANDSET_INSTALLED, HANDSET_INSTALL_REFUSED. */
  install(): string {
    if (this.#hasApp) throw handsetError('HANDSET_INSTALLED', `the app is on ${this.name} already`);
    const { objection } = this.#installation;
    this.#actor.send({ type: 'INSTALL' });
    if (objection !== undefined) throw handsetError('HANDSET_INSTALL_REFUSED', objection);
    return 'The app is installed. It has no keys yet: scan a QR code of the CMS.';
  }

  /** Errors: HANDSET_OTHER_APP. */
  addOtherVoip(app: string): string {
    this.#installation.add(app);
    return `${app} is on the phone.`;
  }

  /** Errors: HANDSET_OTHER_APP. */
  removeOtherVoip(app: string): string {
    this.#installation.remove(app);
    return `${app} is off the phone.`;
  }

  /** Reads a QR code and takes its keys: enrolment, or a manual key update. Errors: HARDWARE_QR_*, MEDIA_*, MIKEY_*, HANDSET_OTHER_CRS. */
  scan(image: GrayImage): void {
    const { trace } = this.#ports;
    try {
      if (!this.#hasApp) throw handsetError('HANDSET_NOT_INSTALLED', `${this.name} has no app to scan with`);
      const payload = parseQrPayload(this.#camera.scan(image));
      const configured = this.#storage.settings()?.crs;
      if (configured !== undefined && !sameAddress(configured, payload.crs)) {
        throw handsetError(
          'HANDSET_OTHER_CRS',
          `the code names ${payload.crs.host}, this phone is of ${configured.host}`,
        );
      }
      this.#ring.enrol(payload);
    } catch (error) {
      if (error instanceof CalldrillError)
        trace.append('handset.enrol-refused', this.name, { code: error.code, message: error.message });
      throw error;
    }
    this.#actor.send({ type: 'ENROLLED' });
  }

  extract(): Uint8Array {
    return this.#flash.image();
  }

  shield(shielded: boolean): void {
    this.#options.shield?.(shielded);
  }

  /** Goes over to another network. The session ends, and the phone registers from its new address. Errors: HANDSET_NO_SITE. */
  roam(site: string): string {
    const address = this.#options.roam?.(site);
    if (address === undefined) throw handsetError('HANDSET_NO_SITE', `there is no site ${site}`);
    return `${this.name} is at ${site} now: ${address}.`;
  }

  dial(number: TelNumber, talkFor: Micros | undefined): string {
    this.#requireRegistered();
    if (this.line !== 'idle') throw handsetError('HANDSET_BUSY', `${this.name} is in a call`);
    this.#line.dial(number, talkFor);
    return `Calling ${this.#options.contacts.nameOf(number)} ${number}.`;
  }

  answer(): string {
    if (this.line !== 'ringing') throw handsetError('HANDSET_NO_CALL', `${this.name} does not ring`);
    this.#actor.send({ type: 'ANSWER' });
    return 'Answered.';
  }

  hangUp(): string {
    if (this.line === 'idle' || this.line === 'none')
      throw handsetError('HANDSET_NO_CALL', `${this.name} has no call`);
    this.#actor.send({ type: 'HANG_UP' });
    return 'Hung up.';
  }

  /** Restarts the app: connections and the replay cache are lost, storage is not. */
  restart(): string {
    this.#callKeys.restart();
    this.#ports.trace.append('handset.restarted', this.name, { user: this.user });
    this.#actor.send({ type: 'RESTART' });
    return 'The app has started again.';
  }

  setClock(byMs: number): string {
    this.#clock.step(byMs);
    this.#ring.clockSet();
    return `The clock is ${Math.abs(byMs) / 1000} s ${byMs < 0 ? 'behind' : 'ahead of'} what it was.`;
  }

  /** For good: nothing of it reaches the network any more. */
  switchOff(): void {
    this.#service.close();
    this.#actor.stop();
    this.#options.attachment.detach();
  }

  fetchPackages(): string {
    this.#requireRegistered();
    this.#service.askForPackages();
    return 'Asking the CRS for new key packages.';
  }

  screen(): readonly string[] {
    return [
      `${this.user} ${this.number ?? '(not enrolled)'}`,
      `service: ${this.service}`,
      `keys: ${this.#storage.periods().join(', ') || 'none'}`,
      ...this.#installation.others.map((app) => `other VoIP application: ${app}`),
      ...this.#line.screen,
      ...(this.#message === '' ? [] : [this.#message]),
    ];
  }

  // What reaches it.

  /** An order of the MDM. True when the phone is wiped. */
  #wipe(): boolean {
    if (this.service === 'wiped') return true;
    if (!this.#ports.rules.holds('handset.obeys-mdm')) return false;
    this.#actor.send({ type: 'WIPE' });
    return true;
  }

  get #hasApp(): boolean {
    return this.service !== 'notInstalled' && this.service !== 'wiped';
  }

  #requireRegistered(): void {
    if (this.service === 'registered' || this.service === 'renewing') return;
    const code = this.number === undefined ? 'HANDSET_NOT_ENROLLED' : 'HANDSET_NOT_REGISTERED';
    throw handsetError(code, `${this.name} is ${this.service}`);
  }
}

function sameAddress(a: Address, b: Address): boolean {
  return a.host === b.host && a.port === b.port;
}
