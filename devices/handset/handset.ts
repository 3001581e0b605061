/**
 * The handset: a phone with the app on it, as the people around it use it. Its parts are put together in `parts.ts`. What it is
 * allowed to do when is in `machine.ts`; `body.ts` is what that makes it do.
 */
import type { Kept } from '../../sim/kept.ts';
import { assert, CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { Camera, treated, type GrayImage, type Treatment } from '../hardware/index.ts';
import { isKmsCode, parseKmsCode, parseQrPayload } from '../media/index.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import type { ChartValue } from '../chart-table.ts';
import { Statechart } from '../statechart.ts';
import { handsetError } from './errors.ts';
import './events.ts';
import type { HandsetOptions } from './handset-options.ts';
import type { Installation } from './installation.ts';
import { handsetMachine } from './machine.ts';
import type { MdmOrders } from './mdm-agent.ts';
import { partsOf, savedParts, type HandsetParts, type HandsetPartsState, type Nerves } from './parts.ts';
import { PowerSwitch } from './power-switch.ts';
import { Radio, type RadioState } from './radio.ts';
import { screenLockOf, type ScreenLock, type ScreenLockState } from './screen-lock.ts';

const NO_ANSWER: Micros = 60 * SECOND;

/** A phone at rest, as a plain value. */
export type HandsetState = {
  readonly parts: HandsetPartsState;
  readonly chart: ChartValue;
  readonly radio: RadioState;
  readonly lock: ScreenLockState;
  /** What its screen says last. */
  readonly message: string;
};

/**
 * The phone in somebody's hand. Each method is something that its user or a thief does; what may not be done now is
 * refused with a HANDSET code.
 */
export class Handset implements Physical, Kept<HandsetState> {
  readonly name: string;
  readonly user: string;
  readonly power: PowerSwitch;
  readonly lock: ScreenLock;
  readonly #options: HandsetOptions;
  readonly #ports: Ports;
  readonly #camera: Camera;
  readonly #parts: HandsetParts;
  readonly #radio: Radio;
  readonly #chart: Statechart<typeof handsetMachine>;
  #message: string;

  /** A phone that is switched on for the first time, or one that was kept and goes on where it was. */
  constructor(ports: Ports, options: HandsetOptions, kept?: HandsetState) {
    this.name = options.name;
    this.user = options.user;
    this.#ports = ports;
    this.#options = options;
    this.#camera = new Camera(options.readQr);
    this.#message = kept?.message ?? '';
    const nerves: Nerves = {
      send: (event) => this.#chart.send(event),
      say: (message) => void (this.#message = message),
      lineState: () => this.line,
    };
    this.#parts = partsOf(ports, options, nerves, kept?.parts);
    const { name: device, user, attachment } = options;
    const unplug = (unplugged: boolean): void => options.shield?.(unplugged);
    const { installation } = this.#parts;
    const orders: MdmOrders = {
      wipe: () => this.#wipe(),
      report: () => installation.report,
      keep: (policy) => installation.keep(policy),
    };
    const radio = new Radio({ attachment, unplug, orders }, kept?.radio);
    this.#radio = radio;
    this.power = new PowerSwitch({ ports, device, user, parts: this.#parts, radio, ...nerves });
    this.lock = screenLockOf(ports, options, kept?.lock);
    this.#chart = new Statechart(handsetMachine, {
      clock: ports.clock,
      name: `handset:${options.name}`,
      input: {
        body: this.#parts.body,
        delays: {
          renew: ports.deployment['register-interval'] / MILLISECOND,
          noAnswer: NO_ANSWER / MILLISECOND,
        },
      },
      kept: kept?.chart,
    });
    if (kept === undefined) this.#switchedOn();
  }

  #switchedOn(): void {
    this.#chart.start();
    this.#chart.send({ type: 'INSTALL' });
    if (this.#parts.storage.settings() !== undefined) this.#chart.send({ type: 'ENROLLED' });
  }

  /** At rest only. */
  save(): HandsetState {
    assert(this.unrest === undefined, 'a phone is kept at rest');
    const [parts, radio, lock] = [savedParts(this.#parts), this.#radio.save(), this.lock.save()];
    return { parts, chart: this.#chart.save(), radio, lock, message: this.#message };
  }

  /** Why it cannot be kept now; undefined when it has no call and waits for no answer. */
  get unrest(): string | undefined {
    return this.#parts.line.unrest ?? this.#parts.service.unrest;
  }

  get period(): Period {
    return this.#parts.ring.period;
  }

  /** The time on its own clock, right or wrong. */
  get unixMs(): number {
    return this.#parts.clock.unixMs();
  }

  get number(): TelNumber | undefined {
    return this.#parts.storage.settings()?.number;
  }

  /** The state of its service: `registered`, `awaitingNewKeys`, ... or the machine's outer state. */
  get service(): string {
    const { value } = this.#chart;
    if (typeof value === 'string') return value;
    return 'off' in value ? 'off' : value.enrolled.service;
  }

  get line(): string {
    const { value } = this.#chart;
    return typeof value === 'string' || 'off' in value ? 'none' : value.enrolled.line;
  }

  /** Puts the app on the phone: a new one, or one that was wiped. Errors: HANDSET_INSTALLED, HANDSET_INSTALL_REFUSED. */
  install(): string {
    if (this.#hasApp) throw handsetError('HANDSET_INSTALLED', `the app is on ${this.name} already`);
    const { objection } = this.#parts.installation;
    this.#chart.send({ type: 'INSTALL' });
    if (objection !== undefined) throw handsetError('HANDSET_INSTALL_REFUSED', objection);
    return 'The app is installed. It has no keys yet: scan a QR code of the CMS.';
  }

  /** The system and the applications on it. */
  get installation(): Installation {
    return this.#parts.installation;
  }

  /** Reads a QR code and takes what it carries: keys (enrolment, or a manual key update), or the public keys of a KMS. Errors: HARDWARE_QR_*, MEDIA_*, MIKEY_*, HANDSET_OTHER_CRS. */
  scan(image: GrayImage): void {
    const { trace } = this.#ports;
    try {
      this.power.requireOn();
      if (!this.#hasApp) throw handsetError('HANDSET_NOT_INSTALLED', `${this.name} has no app to scan with`);
      const octets = this.#camera.scan(image);
      if (isKmsCode(octets)) return this.#parts.communities.take(parseKmsCode(octets));
      const payload = parseQrPayload(octets);
      const { crs } = payload;
      const { host, port } = this.#parts.storage.settings()?.crs ?? crs;
      if (host !== crs.host || port !== crs.port)
        throw handsetError('HANDSET_OTHER_CRS', `the code names ${crs.host}, this phone is of ${host}`);
      this.#parts.ring.enrol(payload);
    } catch (error) {
      if (error instanceof CalldrillError)
        trace.append('handset.enrol-refused', this.name, { code: error.code, message: error.message });
      throw error;
    }
    this.#chart.send({ type: 'ENROLLED' });
  }

  extract(): Uint8Array {
    return this.lock.seen(this.#parts.flash.image());
  }

  /** Hands that have it treat its chip, once it is wiped: the app of a phone in service would stumble over it. Errors: HANDSET_IN_SERVICE. */
  treat(treatment: Treatment): void {
    if (this.service !== 'wiped') throw handsetError('HANDSET_IN_SERVICE', `${this.name} is not wiped`);
    treated(this.#parts.flash, treatment);
  }

  shield(shielded: boolean): void {
    this.#radio.shield(shielded);
  }

  reachable(): boolean {
    return this.#radio.reachable;
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
    if (!this.#parts.ring.hasKeysOfThisMonth)
      throw handsetError('HANDSET_NO_KEYS', `${this.name} has no keys of ${this.period} to sign with`);
    this.#parts.line.dial(number, talkFor);
    return `Calling ${this.#options.contacts.nameOf(number)} ${number}.`;
  }

  answer(): string {
    if (this.line !== 'ringing') throw handsetError('HANDSET_NO_CALL', `${this.name} does not ring`);
    this.#chart.send({ type: 'ANSWER' });
    return 'Answered.';
  }

  /** New keys for the call that it is in. Errors: HANDSET_NO_CALL, HANDSET_NO_KEYS. */
  rekey(): string {
    if (this.line !== 'inCall') throw handsetError('HANDSET_NO_CALL', `${this.name} is in no call`);
    if (!this.#parts.ring.hasKeysOfThisMonth)
      throw handsetError('HANDSET_NO_KEYS', `${this.name} has no keys of ${this.period} to sign with`);
    this.#chart.send({ type: 'REKEY' });
    return 'New keys are offered to the other end.';
  }

  hangUp(): string {
    if (this.line === 'idle' || this.line === 'none')
      throw handsetError('HANDSET_NO_CALL', `${this.name} has no call`);
    this.#chart.send({ type: 'HANG_UP' });
    return 'Hung up.';
  }

  /** Restarts the app: connections and the replay cache are lost, storage is not. */
  restart(): string {
    this.#parts.callKeys.restart();
    this.#ports.trace.append('handset.restarted', this.name, { user: this.user });
    this.#chart.send({ type: 'RESTART' });
    return 'The app has started again.';
  }

  setClock(byMs: number): string {
    this.#parts.clock.step(byMs);
    this.#parts.ring.clockSet();
    return `The clock is ${Math.abs(byMs) / 1000} s ${byMs < 0 ? 'behind' : 'ahead of'} what it was.`;
  }

  /** The network says that its time is another (NITZ). False when this phone takes no time from the network. */
  takeNetworkTime(byMs: number): boolean {
    const taken = this.#options.takesNetworkTime !== false && this.#radio.on;
    const { trace } = this.#ports;
    const data = { user: this.user, seconds: byMs / 1000, taken };
    const event = trace.append('handset.network-time', this.name, data);
    if (taken) trace.because(event, () => this.setClock(byMs));
    return taken;
  }

  /** For good: nothing of it reaches the network any more. */
  switchOff(): void {
    this.#parts.service.close();
    this.#parts.clock.stop();
    this.#chart.stop();
    this.#options.attachment.detach();
  }

  fetchPackages(): string {
    this.#requireRegistered();
    this.#parts.service.askForPackages();
    return 'Asking the CRS for new key packages.';
  }

  screen(): readonly string[] {
    if (!this.#radio.on) return ['(switched off)'];
    return [
      `${this.user} ${this.number ?? '(not enrolled)'}`,
      `service: ${this.service}`,
      `keys: ${this.#parts.storage.periods().join(', ') || 'none'}`,
      ...this.#parts.installation.others.map((app) => `other VoIP application: ${app}`),
      ...this.#parts.line.screen,
      ...(this.#message === '' ? [] : [this.#message]),
    ];
  }

  /** An order of the MDM. True when the phone is wiped. */
  #wipe(): boolean {
    if (this.service === 'wiped') return true;
    if (!this.#ports.rules.holds('handset.obeys-mdm')) return false;
    this.#chart.send({ type: 'WIPE' });
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
