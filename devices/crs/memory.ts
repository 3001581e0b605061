/**
 * What a rendezvous server knows: accounts, audit log, its disk, and whether the log was read. All of it survives a restart of the
 * process where the server has a storage, and none of it is a key of a call (clauses para-12 and para-28).
 */
import type { Clock } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import {
  copyFiles,
  diskTakenUp,
  Flash,
  newDisk,
  type Disk,
  type DiskKind,
  type DiskState,
} from '../hardware/index.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { DiskBay } from '../physical.ts';
import type { Ports } from '../ports.ts';
import { Accounts, type AccountsState } from './accounts.ts';
import { AuditLog, isUnexpected, type AuditEntry, type AuditKind, type AuditState } from './audit-log.ts';
import { encodeCrsState, parseCrsState } from './state.ts';
import { Keeping, type CrsStorage } from './storage.ts';

/** A memory as a plain value, as long as its process lives: on the disk are remnants too. */
export type MemoryState = {
  readonly logChecked: boolean;
  readonly disk: DiskState;
  readonly accounts: AccountsState;
  readonly log: AuditState;
  readonly logCopy: AuditState | undefined;
};

/** Whose memory it is, and where it is kept. */
export interface MemoryOptions {
  readonly name: string;
  readonly storage?: CrsStorage | undefined;
  /** What its disk is made of; flash when left out, and always flash where there is a storage. */
  readonly disk?: DiskKind | undefined;
}

/** The memory of one server; made again by the next process from what its storage holds. */
export class Memory implements DiskBay, Kept<MemoryState> {
  readonly accounts: Accounts;
  readonly log: AuditLog;
  /**
   * The copy of the log that is kept off the machine, where the deployment has one: nobody who has the server can change it. One process
   * writes it: a server that starts again begins it with the log that it kept.
   */
  readonly logCopy: AuditLog | undefined;
  readonly kind: DiskKind;
  /** An earlier process has known all this. */
  readonly isRestored: boolean;
  /** The log was read since the last disc was loaded. */
  logChecked: boolean;
  readonly #device: string;
  readonly #keys: RandomSource;
  #disk: Disk;
  readonly #clock: Clock;
  readonly #trace: Ports['trace'];
  readonly #keeping: Keeping;

  /**
   * `lived` is what one was whose process never ended; its storage is not asked then. Errors: CRS_STATE_DAMAGED, CRS_STATE_VERSION for what
   * the storage holds, and what the storage throws.
   */
  constructor(
    { clock, random, trace, deployment }: Ports,
    { name: device, disk: diskKind = 'ssd', storage }: MemoryOptions,
    lived?: MemoryState,
  ) {
    this.#device = device;
    this.#clock = clock;
    this.#trace = trace;
    const octets = lived === undefined ? storage?.load() : undefined;
    const restored = octets === undefined ? undefined : parseCrsState(octets);
    const kept = lived ?? restored;
    this.isRestored = restored !== undefined;
    this.accounts = new Accounts(kept?.accounts, deployment['psk-rotation']);
    this.log = new AuditLog(kept?.log);
    if (deployment['log-copy'] === 'on') this.logCopy = new AuditLog(lived?.logCopy ?? kept?.log);
    this.logChecked = kept?.logChecked ?? false;
    this.kind = storage === undefined ? diskKind : 'ssd';
    const keys = random.stream(`crs:${device}:disk`);
    this.#keys = keys;
    if (lived !== undefined) this.#disk = diskTakenUp(keys, lived.disk);
    else this.#disk = restored === undefined ? newDisk(this.kind, keys) : Flash.restore(keys, restored.disk);
    this.#keeping = new Keeping(storage, clock, () => this.state);
  }

  /** What is on its disk and in its memory, as octets. */
  get disk(): Disk {
    return this.#disk;
  }

  /** The disk goes, as it is; what the server finds on it is on a new one. */
  replace(): Disk {
    const old = this.#disk;
    this.#disk = newDisk(this.kind, this.#keys);
    copyFiles(old, this.#disk);
    this.keep();
    return old;
  }

  /** Makes every file unreadable whose name is such a one. */
  sanitise(named: (name: string) => boolean): void {
    for (const name of this.#disk.names()) if (named(name)) this.#disk.sanitise(name);
  }

  /** All that survives a restart of its process, as octets: see `parseCrsState`. */
  get state(): Uint8Array {
    const { accounts, log, logChecked, disk } = this;
    return encodeCrsState({ logChecked, disk: disk.image(), accounts: accounts.save(), log: log.save() });
  }

  save(): MemoryState {
    const { logChecked, disk, accounts, log } = this;
    const logCopy = this.logCopy?.save();
    return { logChecked, disk: disk.save(), accounts: accounts.save(), log: log.save(), logCopy };
  }

  /** Hands everything to the storage now: an administrator is about to be answered. */
  keep(): void {
    this.#keeping.now();
  }

  /** Hands everything to the storage in a second: something came from the network. */
  keepSoon(): void {
    this.#keeping.soon();
  }

  /** Lines that the copy has and the log lacks; told where there is a copy. */
  compareLog(): readonly AuditEntry[] {
    if (this.logCopy === undefined) return [];
    const missing = this.logCopy.missingFrom(this.log);
    this.#trace.append('crs.log-compared', this.#device, {
      lines: this.logCopy.entries.length,
      missing: missing.length,
    });
    return missing;
  }

  /** A server that is installed anew begins with an empty log, and so does its copy. */
  clearLog(): void {
    this.log.clear();
    this.logCopy?.clear();
  }

  /** Writes a line of the log. The first of its kind and subject that nobody expects is in the trace as well. */
  note(kind: AuditKind, subject: string, detail: string): void {
    const isNew = this.log.add(kind, subject, detail, this.#clock.now());
    this.logCopy?.add(kind, subject, detail, this.#clock.now());
    this.keepSoon();
    if (isNew && isUnexpected(kind))
      this.#trace.append('crs.unexpected', this.#device, { kind, subject, detail });
  }
}
