/** A CRS of another process: its console, its drive, and what whoever controls its host finds on it. */
import { DiscDrive } from '../../../devices/hardware/index.ts';
import {
  Accounts,
  AuditLog,
  parseCrsState,
  type CrsState,
  type ReachedCrs,
} from '../../../devices/crs/index.ts';
import type { Trace } from '../../../sim/trace.ts';
import { controlError } from './errors.ts';
import type { ExchangeFolder } from './exchange-folder.ts';
import { RemoteConsole } from './remote-console.ts';
import type { RemoteDevices } from './remote-devices.ts';
import { extracted } from './remote-handset.ts';

/** Asks its process for each fact anew; a disc in its drive is a file of the exchange folder until it is taken out. */
export class RemoteCrs implements ReachedCrs {
  readonly name: string;
  readonly console: RemoteConsole;
  readonly drive: DiscDrive;
  readonly #devices: RemoteDevices;
  readonly #exchange: ExchangeFolder;
  /** The file that the disc in its drive is, while one is. */
  #disc: string | undefined;

  constructor(name: string, devices: RemoteDevices, exchange: ExchangeFolder, trace: Trace) {
    this.name = name;
    this.#devices = devices;
    this.#exchange = exchange;
    this.console = new RemoteConsole(name, devices, trace);
    this.drive = new DiscDrive(name, (inserted) => (inserted ? this.#insert() : this.#eject()));
  }

  get accounts(): Accounts {
    return new Accounts(this.#state.accounts);
  }

  get log(): AuditLog {
    return new AuditLog(this.#state.log);
  }

  extract(): Uint8Array {
    return extracted(this.name, this.#devices, this.#exchange);
  }

  get insider(): never {
    throw this.#elsewhere();
  }

  inviteDirectly(): never {
    throw this.#elsewhere();
  }

  set tamper(tamper: ReachedCrs['tamper']) {
    if (tamper !== undefined) throw this.#elsewhere();
  }

  set packageTamper(tamper: ReachedCrs['packageTamper']) {
    if (tamper !== undefined) throw this.#elsewhere();
  }

  set letIn(letIn: ReachedCrs['letIn']) {
    if (letIn !== undefined) throw this.#elsewhere();
  }

  get #state(): CrsState {
    const file = this.#exchange.newName('state', 'img');
    try {
      this.#devices.ask(this.name, 'state', file);
      return parseCrsState(this.#exchange.read(file));
    } finally {
      this.#exchange.remove(file);
    }
  }

  #insert(): void {
    const { inserted } = this.drive;
    if (inserted === undefined) return;
    this.#disc = this.#exchange.newName('disc', 'img');
    const { disc, name } = inserted;
    this.#exchange.write(this.#disc, disc.state === 'blank' ? new Uint8Array(0) : disc.read());
    this.#devices.ask(this.name, 'insert', name, this.#disc);
  }

  #eject(): void {
    if (this.#disc !== undefined) this.#exchange.remove(this.#disc);
    this.#disc = undefined;
    if (this.#devices.named(this.name).ready) this.#devices.ask(this.name, 'eject');
  }

  #elsewhere() {
    return controlError('CONTROL_ELSEWHERE', `${this.name} is a process of its own`, {
      where: { device: this.name },
    });
  }
}
