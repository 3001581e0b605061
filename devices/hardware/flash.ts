/**
 * Flash storage of a phone or a computer, as the person who steals it meets it.
 *
 * Wear levelling never writes twice in one place: overwriting or deleting a record only adds another one, and the old
 * octets stay in the chip. So the storage is a log that is never compacted, the worst case a procedure must survive. The
 * only thing that makes a record unreadable is the loss of its key: each record is sealed (AES-128-GCM) under a key of its
 * own, kept in a small area that can really be erased. {@link Flash.sanitise} erases the keys of one name,
 * {@link Flash.wipe} those of the whole device. {@link Flash.image} is everything a thief gets from the chip: the key area
 * and the log. A passcode is not modelled: who has the chip has the key area.
 *
 * A record is never changed in place, not even when its key is erased: what was kept of a chip stays as it was.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import { hardwareError } from './errors.ts';
import { encodeFlashImage, recordsOfImage, type FlashRecord } from './flash-image.ts';
import { FLASH_KEY_OCTETS, FLASH_LOG_OCTETS_MAX, recordOctets, sealRecord } from './flash-record.ts';

/** Octets of a value, at most. */
const VALUE_OCTETS_MAX = 65_536;
const ERASED_KEY = new Uint8Array(FLASH_KEY_OCTETS);
const NAME = /^[\x20-\x7e]{1,64}$/;

type Live = {
  readonly sequence: number;
  readonly value: Uint8Array;
};

/** A chip as a plain value. Lists by name are in the order of the names' coming. */
export type FlashState = {
  readonly capacityOctets: number;
  /** The log: position i holds the record of sequence number i + 1. */
  readonly records: readonly FlashRecord[];
  readonly live: readonly (readonly [name: string, live: Live])[];
  /** Sequence numbers of every record of a name whose key still exists. */
  readonly readable: readonly (readonly [name: string, sequences: readonly number[]])[];
};

/** Names to values, over a log that never forgets by itself. Values have 64 KiB at the most. */
export class Flash implements Kept<FlashState> {
  /** Called when the chip holds something else than before. */
  onChange: () => void = () => undefined;
  readonly #random: RandomSource;
  readonly #capacityOctets: number;
  readonly #live = new Map<string, Live>();
  /** The log: position i holds the record of sequence number i + 1. */
  readonly #records: FlashRecord[] = [];
  /** Sequence numbers of every record of a name whose key still exists. */
  readonly #readable = new Map<string, number[]>();
  #logOctets = 0;

  /** `random` makes the record keys; `capacityOctets` bounds the log (16 MiB, and at most that). */
  constructor(random: RandomSource, capacityOctets: number = FLASH_LOG_OCTETS_MAX) {
    this.#random = random;
    this.#capacityOctets = Math.min(capacityOctets, FLASH_LOG_OCTETS_MAX);
  }

  /** The chip that was kept. */
  static takenUp(random: RandomSource, { capacityOctets, records, live, readable }: FlashState): Flash {
    const flash = new Flash(random, capacityOctets);
    for (const record of records) {
      flash.#records.push(record);
      flash.#logOctets += record.sealed.length;
    }
    for (const [name, each] of live) flash.#live.set(name, each);
    for (const [name, sequences] of readable) flash.#readable.set(name, [...sequences]);
    return flash;
  }

  save(): FlashState {
    return {
      capacityOctets: this.#capacityOctets,
      records: [...this.#records],
      live: [...this.#live],
      readable: [...this.#readable].map(([name, sequences]) => [name, [...sequences]]),
    };
  }

  /** The chip whose image this is, remnants included. Errors: HARDWARE_FLASH_IMAGE with the octet offset. */
  static restore(random: RandomSource, image: Uint8Array): Flash {
    const flash = new Flash(random);
    for (const [index, { kind, key, sealed, open }] of recordsOfImage(image).entries()) {
      const sequence = index + 1;
      flash.#records.push({ kind, key, sealed });
      flash.#logOctets += sealed.length;
      if (open === undefined) continue;
      const { name, value } = open;
      if (kind === 'value') flash.#live.set(name, { sequence, value });
      else flash.#live.delete(name);
      flash.#count(name, sequence);
    }
    return flash;
  }

  /** A copy of the value of a live record, or undefined. */
  read(name: string): Uint8Array | undefined {
    return this.#live.get(name)?.value.slice();
  }

  /** Names of the live records, sorted. */
  names(): readonly string[] {
    return [...this.#live.keys()].sort();
  }

  /** Octets of the log in use, those of overwritten, deleted and erased records included. */
  get usedOctets(): number {
    return this.#logOctets;
  }

  /**
   * Writes a record. What the name held before stays in the chip.
   * Errors: HARDWARE_FLASH_RECORD, HARDWARE_FLASH_FULL.
   */
  write(name: string, value: Uint8Array): void {
    if (!NAME.test(name)) {
      throw hardwareError('HARDWARE_FLASH_RECORD', `a record cannot be named ${JSON.stringify(name)}`);
    }
    if (value.length > VALUE_OCTETS_MAX) {
      throw hardwareError('HARDWARE_FLASH_RECORD', `a value of ${value.length} octets is too long`);
    }
    const sequence = this.#append('value', name, value);
    this.#live.set(name, { sequence, value: value.slice() });
    this.onChange();
  }

  /**
   * Deletes a record as a file system does: it is no longer found, and still there. False when there was none.
   * Errors: HARDWARE_FLASH_FULL.
   */
  delete(name: string): boolean {
    if (!this.#live.has(name)) return false;
    this.#append('deletion', name, new Uint8Array(0));
    this.#live.delete(name);
    this.onChange();
    return true;
  }

  /** Erases the keys of a record and of all its remnants. Returns how many records became unreadable. */
  sanitise(name: string): number {
    const sequences = this.#readable.get(name) ?? [];
    for (const sequence of sequences) this.#eraseKey(sequence);
    this.#readable.delete(name);
    this.#live.delete(name);
    if (sequences.length > 0) this.onChange();
    return sequences.length;
  }

  /** Erases all keys: nothing on the device can be read any more. Returns how many records became unreadable. */
  wipe(): number {
    let erased = 0;
    for (const name of this.#readable.keys()) erased += this.sanitise(name);
    return erased;
  }

  /** All octets of the chip, in the form that {@link readFlashImage} reads. */
  image(): Uint8Array {
    return encodeFlashImage(this.#records);
  }

  #append(kind: FlashRecord['kind'], name: string, value: Uint8Array): number {
    const octets = recordOctets(name, value);
    if (this.#logOctets + octets > this.#capacityOctets) {
      throw hardwareError(
        'HARDWARE_FLASH_FULL',
        `${name} needs ${octets} octets and ${this.#capacityOctets - this.#logOctets} are free`,
      );
    }
    const sequence = this.#records.length + 1;
    const key = this.#random.octets(FLASH_KEY_OCTETS);
    this.#records.push({ kind, key, sealed: sealRecord({ kind, sequence, name, value }, key) });
    this.#logOctets += octets;
    this.#count(name, sequence);
    return sequence;
  }

  #count(name: string, sequence: number): void {
    const sequences = this.#readable.get(name);
    if (sequences === undefined) this.#readable.set(name, [sequence]);
    else sequences.push(sequence);
  }

  #eraseKey(sequence: number): void {
    const record = this.#records[sequence - 1];
    if (record !== undefined) this.#records[sequence - 1] = { ...record, key: ERASED_KEY };
  }
}
