/**
 * The disk of a CMS: what it writes in its life, file after file, as they are made. Whoever takes it out has all of it, what was replaced
 * or deleted included.
 *
 *     master                       KSAK and z_T, as a hidden session has them
 *     set/2015-10/+447700900001    the keys and the PSK of a user and month: a key package in clear
 *     update-key/+447700900001     32 octets
 *
 * The sets of months that are over stay or go as the deployment says. With them go their PSKs, which nothing makes again.
 */
import type { MasterSecrets, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import type { Kept } from '../../sim/kept.ts';
import {
  copyFiles,
  diskTakenUp,
  newDisk,
  type Disk,
  type DiskKind,
  type DiskState,
} from '../hardware/index.ts';
import { encodeHiddenSession, encodePackage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { DiskBay } from '../physical.ts';
import type { SecondPerson } from './second-person.ts';
import type { VaultUser } from './vault.ts';

const SET = /^set\/(\d{4}-\d\d)\//;

/** The CMS that a disk is in: who stands by when somebody is at it, and which month it is there. */
export interface CmsDiskOwner {
  readonly name: string;
  readonly secondPerson: SecondPerson;
  readonly period: Period;
}

/** What a disk is made of, flash when left out, and what it was. */
export interface CmsDiskOptions {
  readonly kind: DiskKind | undefined;
  readonly kept: DiskState | undefined;
}

/** Written by the vault, and read by nobody but who has it in hand. */
export class CmsDisk implements DiskBay, Kept<DiskState> {
  readonly kind: DiskKind;
  readonly #ports: Ports;
  readonly #owner: CmsDiskOwner;
  #disk: Disk;

  constructor(ports: Ports, owner: CmsDiskOwner, { kind, kept }: CmsDiskOptions) {
    this.#ports = ports;
    this.#owner = owner;
    this.kind = kind ?? 'ssd';
    this.#disk = kept === undefined ? this.#new() : diskTakenUp(this.#random, kept);
  }

  save(): DiskState {
    return this.#disk.save();
  }

  /** Those that the CMS has from now on. */
  master(master: MasterSecrets): void {
    this.#disk.write('master', encodeHiddenSession({ by: this.#owner.name, master }));
  }

  /** A set of keys was made for a user. */
  issued(keys: UserKeys, { credential, number }: VaultUser): void {
    this.#disk.write(setOf(keys), encodePackage({ keys, psk: credential.pskOf(keys.period) }));
    this.updateKey(number, credential.updateKeyOf(keys.period));
  }

  /** A set is no longer one of those that are given out. */
  superseded(keys: UserKeys): void {
    this.#disk.delete(setOf(keys));
  }

  /** The update key of a user is this one now. */
  updateKey(number: TelNumber, key: Uint8Array): void {
    this.#disk.write(`update-key/${number}`, key);
  }

  /** All its octets, for whoever is at it. Errors: CMS_ALONE, HARDWARE_FLASH_FULL, HARDWARE_DISK_FULL. */
  image(by: string): Uint8Array {
    this.#opened(by);
    return this.#disk.image();
  }

  asItLies(): Uint8Array {
    this.#endMonths();
    return this.#disk.image();
  }

  /** Errors: CMS_ALONE. */
  replace(by: string): Disk {
    this.#opened(by);
    const old = this.#disk;
    this.#disk = this.#new();
    copyFiles(old, this.#disk);
    return old;
  }

  /** Somebody opens the case; sets of months that are over are gone by then, where they are to go. */
  #opened(by: string): void {
    this.#owner.secondPerson.refuseAlone(by);
    this.#endMonths();
  }

  #endMonths(): void {
    const now = this.#owner.period;
    if (this.#ports.deployment['cms-keeps-psks'] === 'yes') return;
    for (const name of this.#disk.names()) {
      const month = SET.exec(name)?.[1];
      if (month !== undefined && month < now) this.#disk.sanitise(name);
    }
  }

  #new(): Disk {
    return newDisk(this.kind, this.#random);
  }

  get #random() {
    return this.#ports.keys.stream(`${this.#owner.name}:disk`);
  }
}

function setOf({ number, period }: Pick<UserKeys, 'number' | 'period'>): string {
  return `set/${period}/${number}`;
}
