/**
 * The body that the statechart moves: each action falls to the part of the phone that can do it. Of its own it has the one thing
 * that lies between two parts: a month that begins during a call waits until the call is over.
 */
import type { Flash } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import type { CallKeys } from './call-keys.ts';
import type { Installation } from './installation.ts';
import type { KeyRing } from './key-ring.ts';
import type { Line } from './line.ts';
import type { CallEnd, HandsetBody, HandsetEvent } from './machine.ts';
import type { Service } from './service.ts';

/** The parts of the phone that actions fall to. */
export interface BodyOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly flash: Flash;
  readonly installation: Installation;
  readonly ring: KeyRing;
  readonly callKeys: CallKeys;
  readonly service: Service;
  readonly line: Line;
  readonly send: (event: HandsetEvent) => void;
  /** Something for the screen. */
  readonly say: (message: string) => void;
}

/** One method for each action or guard of the statechart; none decides anything that the chart could. */
export class Body implements HandsetBody {
  readonly #options: BodyOptions;
  /** Only during a call, so it is never kept. */
  #monthPending = false;

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  mayInstall(): boolean {
    return this.#options.installation.objection === undefined;
  }

  hasKeysOfThisMonth(): boolean {
    return this.#options.ring.hasKeysOfThisMonth;
  }

  mayAskForKeys(): boolean {
    return this.#options.ring.mayAskForKeys;
  }

  mayMoveCall(): boolean {
    return this.#monthPending && this.#options.ring.hasKeysOfThisMonth;
  }

  reportInstalled(): void {
    this.#options.installation.reportInstalled();
    this.#options.say('');
  }

  reportInstallRefused(): void {
    this.#options.installation.reportRefused();
  }

  reportAwaitingKeys(): void {
    const { ports, device, user, ring, say } = this.#options;
    const { period } = ring;
    ports.trace.append('handset.awaiting-keys', device, { user, period });
    say(`No keys of ${period}: out of service until new keys come.`);
  }

  reconnectDelayMs(): number {
    return this.#options.service.reconnectDelayMs();
  }

  openSession(): void {
    this.#options.service.open();
  }

  closeSession(): void {
    this.#options.service.close();
  }

  sendRegister(): void {
    this.#options.service.register();
  }

  askForPackages(): void {
    this.#options.service.askForPackages();
  }

  placeCall(): void {
    this.#options.line.place();
  }

  ring(): void {
    this.#options.line.ring();
  }

  answerCall(): void {
    this.#options.line.answer();
  }

  startMedia(): void {
    this.#options.line.startMedia();
  }

  renewKeys(): void {
    this.#options.line.renewKeys();
  }

  /** The session is one of the new month by now. */
  moveCall(): void {
    this.#monthPending = false;
    this.#options.line.move();
  }

  endCall(reason: CallEnd): void {
    this.#options.line.end(reason);
    if (!this.#monthPending) return;
    this.#monthPending = false;
    this.#options.send({ type: 'MONTH_BEGAN' });
  }

  /** The phone's own clock shows another month. A call goes on, under new keys where the deployment says so; the session is changed when it is over, or when the CRS cuts it. */
  monthBegan(): void {
    const { ports, line, ring, send } = this.#options;
    if (!line.busy) return send({ type: 'MONTH_BEGAN' });
    this.#monthPending = true;
    const renews = ports.deployment['rekey-at-month-end'] && line.isCaller && ring.hasKeysOfThisMonth;
    if (renews) send({ type: 'REKEY' });
  }

  eraseEverything(): void {
    const { ports, device, user, flash, installation, callKeys, ring, say } = this.#options;
    const { secrets } = ring;
    const method = ports.deployment['wipe-method'];
    const erases = method === 'key-erase' && ports.rules.holds('handset.wipe-erases');
    const records = erases ? flash.wipe() : flash.names().map((name) => flash.delete(name)).length;
    installation.wiped();
    callKeys.restart();
    ports.trace.append('handset.wiped', device, { user, records, method });
    if (erases && secrets.length > 0)
      ports.trace.append('custody.erased', device, { secrets, from: device, to: null });
    say('This phone has been wiped.');
  }
}
