/**
 * Which devices of a directed run are there, how each is started, and what follows when one is gone. A device that the director started is
 * gone when its process has ended; one that somebody started by hand, when its connection has.
 */
import { Children } from './children.ts';
import type { DevicePlaces } from './device-places.ts';
import { controlError } from './errors.ts';

/** How devices are started, and who is told when one is gone; `fail` ends the run with its reason. */
export interface AttendanceOptions {
  readonly places: DevicePlaces;
  /** What runs calldrill: the interpreter and the file. */
  readonly program: readonly string[];
  /** Where devices find the director, and the folder of the run. */
  readonly at: () => { readonly port: number; readonly folder: string };
  tell(text: string): void;
  /** A device is gone: writes it down, unless the run ends by that. True when the run goes on. */
  goesOn(device: string, reason: string): boolean;
  fail(reason: unknown): void;
}

/** Starts, kills and restarts the devices of one run, and knows for each whether its present process has come. */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #children: Children;
  /** Devices whose present process has come. */
  readonly #here = new Set<string>();
  /** Devices that are gone, and why, until they are started again or come by themselves. */
  readonly #missing = new Map<string, string>();
  /** Devices that are killed so that they start again. */
  readonly #restarting = new Set<string>();
  #left = false;

  constructor(options: AttendanceOptions) {
    this.#options = options;
    this.#children = new Children(options.program, (device, reason) => this.#gone(device, reason));
  }

  /** Starts those that the director starts, and prints the line for the others. */
  startAll(): void {
    const { awaited, started } = this.#options.places;
    if (awaited.length > 0) {
      this.#options.tell('Type these lines where the devices should be (the token file goes there too):');
      for (const name of awaited) this.#options.tell(`  ${this.#lineFor(name)}`);
    }
    for (const name of started) this.#start(name);
  }

  joined(device: string): void {
    this.#here.add(device);
    this.#missing.delete(device);
    this.#options.tell(`${device} is here.`);
  }

  /** Its connection is closed. A process of the director's tells soon how it ended, or is ended: it may have been stopped. */
  lost(device: string, reason: string): void {
    // The connection of a process that another has taken the place of says nothing of that one.
    const wasHere = this.#here.delete(device);
    if (!this.#children.has(device)) this.#gone(device, reason);
    else if (wasHere) this.#children.endSoon(device);
  }

  /** Errors: CONTROL_COMMAND, CONTROL_NOT_AWAITED. */
  kill(device: string): string {
    this.#options.places.require(device);
    if (!this.#children.kill(device))
      throw controlError('CONTROL_COMMAND', `the process of ${device} is not one that the director started`);
    return `${device} is killed.`;
  }

  /** Errors: CONTROL_COMMAND, CONTROL_NOT_AWAITED. */
  restart(device: string): string {
    const { places } = this.#options;
    places.require(device);
    if (places.isAwaited(device))
      throw controlError('CONTROL_COMMAND', `${device} is started by hand:\n  ${this.#lineFor(device)}`);
    if (this.#children.has(device)) {
      this.#restarting.add(device);
      this.#children.kill(device);
      return `${device} is killed, and starts again.`;
    }
    this.#start(device);
    return `${device} starts again.`;
  }

  /** Nobody can start a device again at the director's console: one that is gone, or will be, ends the run. */
  leave(): void {
    this.#left = true;
    for (const [device, reason] of this.#missing) if (this.#isForGood(device)) this.#fail(device, reason);
  }

  /** Resolves when all processes of the director's have ended. */
  async close(): Promise<void> {
    this.#left = true;
    await this.#children.close();
  }

  #start(device: string): void {
    const { places, at } = this.#options;
    const { port, folder } = at();
    // What becomes of this process is news.
    this.#missing.delete(device);
    this.#here.delete(device);
    this.#children.start(device, [...places.wordsFor(device, port, folder), '--no-console']);
  }

  #gone(device: string, reason: string): void {
    const back = this.#restarting.delete(device);
    // A process ends and its connection breaks, in either order: that is one loss.
    if (this.#missing.has(device)) return;
    this.#missing.set(device, reason);
    if (!back && this.#left && this.#isForGood(device)) return this.#fail(device, reason);
    if (!this.#options.goesOn(device, reason)) return;
    if (back) return this.#start(device);
    const again = this.#isForGood(device) ? `restart ${device}` : this.#lineFor(device);
    this.#options.tell(`${device} is gone: ${reason}. No time is skipped until it is back: ${again}`);
  }

  /** Nobody but the director starts it. */
  #isForGood(device: string): boolean {
    return !this.#options.places.isAwaited(device);
  }

  #fail(device: string, reason: string): void {
    this.#options.fail(deviceLost(device, reason));
  }

  #lineFor(device: string): string {
    const { places, at } = this.#options;
    const { port, folder } = at();
    return places.lineFor(device, port, folder);
  }
}

/** CONTROL_DEVICE_LOST, with the device as its place and why it is gone as its message. */
export function deviceLost(device: string, reason: string) {
  return controlError('CONTROL_DEVICE_LOST', `${device} is gone: ${reason}`, { where: { device } });
}
