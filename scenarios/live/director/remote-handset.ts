/** A handset of another process: its console, its camera, its radio, and what a thief takes from it. */
import type { GrayImage } from '../../../devices/hardware/index.ts';
import type { ReachedHandset } from '../../../devices/handset/index.ts';
import { canonicalNumber, type TelNumber } from '../../../network/mikey/index.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import { encodePicture } from './picture-file.ts';
import { RemoteConsole } from './remote-console.ts';
import type { RemoteDevices } from './remote-devices.ts';

/** Asks its process for each fact anew; pictures and extracted storage go through the exchange folder. */
export class RemoteHandset implements ReachedHandset {
  readonly name: string;
  readonly user: string;
  readonly console: RemoteConsole;
  readonly #devices: RemoteDevices;
  readonly #exchange: ExchangeFolder;

  constructor(name: string, user: string, devices: RemoteDevices, exchange: ExchangeFolder, trace: Trace) {
    this.name = name;
    this.user = user;
    this.console = new RemoteConsole(name, devices, trace);
    this.#devices = devices;
    this.#exchange = exchange;
  }

  get number(): TelNumber | undefined {
    const number = this.#facts[0] ?? '';
    return number === '' ? undefined : canonicalNumber(number);
  }

  get line(): string {
    return this.#facts[1] ?? 'none';
  }

  get service(): string {
    return this.#facts[2] ?? 'off';
  }

  /** The picture is a file for as long as the camera looks at it. */
  scan(image: GrayImage): void {
    const file = this.#exchange.newName('qr', 'pgm');
    this.#exchange.write(file, encodePicture(image));
    try {
      this.#devices.ask(this.name, 'scan', file);
    } finally {
      this.#exchange.remove(file);
    }
  }

  extract(): Uint8Array {
    return extracted(this.name, this.#devices, this.#exchange);
  }

  shield(shielded: boolean): void {
    this.#devices.ask(this.name, 'shield', shielded ? 'yes' : 'no');
  }

  hangUp(): string {
    return this.console.type('hang-up', this.user).join(' ');
  }

  /** A phone that is gone, or goes while it is asked, has nothing to say. */
  get #facts(): readonly string[] {
    if (!this.#devices.named(this.name).ready) return [];
    try {
      return this.#devices.ask(this.name, 'facts');
    } catch (error) {
      if (error instanceof CalldrillError && error.code === 'CONTROL_DEVICE_LOST') return [];
      throw error;
    }
  }
}

/** The storage of a device, carried over as a file. */
export function extracted(name: string, devices: RemoteDevices, exchange: ExchangeFolder): Uint8Array {
  const file = exchange.newName('storage', 'img');
  try {
    devices.ask(name, 'extract', file);
    return exchange.read(file);
  } finally {
    exchange.remove(file);
  }
}
