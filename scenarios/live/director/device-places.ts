/**
 * Which devices a directed run has, who starts each, where it lives, and the line that starts it. On the loopback every device has an
 * address of its own, 127.x.y.n with x and y of the run, so that its ports are the real ones and several runs do not meet.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { crsNamesOf, type ResolvedScreenplay } from '../../language/index.ts';
import { phonesOf } from '../../world/index.ts';
import { quoted } from '../../../devices/console/index.ts';
import { controlError } from './errors.ts';
import type { RemoteKind } from './message.ts';

/** The scenario whose phones and CRS become processes, the director's address, and which of them are started by hand. */
export interface DevicePlacesOptions {
  readonly screenplay: ResolvedScreenplay;
  /** IP address of the director. */
  readonly bind: string;
  /** Devices that somebody starts by hand; `all` for all of them. */
  readonly waitFor: readonly string[];
}

const LOOPBACK = /^127\./;
/** What whoever types the line puts in. */
const TO_FILL_IN = '<address-of-that-host>';

/** The remote devices by name, fixed for the run; those not named by `waitFor` are started by the director itself. */
export class DevicePlaces {
  readonly kinds: ReadonlyMap<string, RemoteKind>;
  readonly #bind: string;
  readonly #waitFor: readonly string[];
  readonly #net: string;

  /** Errors: CONTROL_NOT_AWAITED, CONTROL_ADDRESS. */
  constructor({ screenplay, bind, waitFor }: DevicePlacesOptions) {
    this.#bind = bind;
    this.#waitFor = waitFor;
    const [x = 0, y = 0] = randomBytes(2);
    this.#net = `127.${1 + (x % 254)}.${y}`;
    this.kinds = new Map<string, RemoteKind>([
      ...crsNamesOf(screenplay.world).map((name) => [name, 'crs'] as const),
      ...phonesOf(screenplay).map(({ name }) => [name, 'handset'] as const),
    ]);
    for (const name of waitFor) if (name !== 'all') this.require(name);
    if (!LOOPBACK.test(bind) && this.started.length > 0)
      throw controlError('CONTROL_ADDRESS', `each device needs an address of its own, and ${bind} is one`);
  }

  /** Errors: CONTROL_NOT_AWAITED. */
  require(device: string): void {
    if (this.kinds.has(device)) return;
    throw controlError('CONTROL_NOT_AWAITED', `there is no device '${device}'`, {
      fix: `The devices are: ${[...this.kinds.keys()].join(', ')}.`,
    });
  }

  isAwaited(device: string): boolean {
    return this.#waitFor.some((each) => each === device || each === 'all');
  }

  /** Those that somebody starts by hand. */
  get awaited(): readonly string[] {
    return [...this.kinds.keys()].filter((name) => this.isAwaited(name));
  }

  /** Those that the director starts. */
  get started(): readonly string[] {
    return [...this.kinds.keys()].filter((name) => !this.isAwaited(name));
  }

  /** Of the director's own sockets. */
  get ownAddress(): string {
    return LOOPBACK.test(this.#bind) ? `${this.#net}.1` : this.#bind;
  }

  /** The words behind `calldrill` that start a device. */
  wordsFor(device: string, port: number, folder: string): readonly string[] {
    return [
      ...['device', this.kinds.get(device) ?? '', device],
      ...['--director', `${this.#bind}:${port}`],
      ...['--token', join(folder, 'token')],
      ...['--exchange', join(folder, 'exchange')],
      ...['--state', join(folder, 'state')],
      ...['--bind', this.#addressFor(device)],
    ];
  }

  /** For somebody to type. */
  lineFor(device: string, port: number, folder: string): string {
    const words = this.wordsFor(device, port, folder);
    return `calldrill ${words.map((word) => (word === TO_FILL_IN ? word : quoted(word))).join(' ')}`;
  }

  #addressFor(device: string): string {
    const at = 2 + [...this.kinds.keys()].indexOf(device);
    return LOOPBACK.test(this.#bind) ? `${this.#net}.${at}` : TO_FILL_IN;
  }
}
