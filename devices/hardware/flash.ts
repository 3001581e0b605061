/**
 * Flash storage of a phone or a computer, as the person who steals it meets it.
 *
 * Wear levelling never writes twice in one place: overwriting or deleting a record only adds another one, and the old
 * octets stay in the chip. So the storage is a log that is never compacted, the worst case a procedure must survive. The
 * only thing that makes a record unreadable is the loss of its key: each record is sealed (AES-128-GCM) under a key of its
 * own, kept in a small area that can really be erased. {@link Flash.sanitise} erases the keys of one name,
 * {@link Flash.wipe} those of the whole device. {@link Flash.image} is everything a thief gets from the chip: the key area
 * and the log. Who has the chip has the key area; a device may seal that as long as it is locked.
 *
 * Log and key area lie in two arrays, as on the chip: a phone has a dozen records, and objects for each would take several times what is
 * in them. The log is only ever added to, so what is kept of it is shared; the key area is copied.
 */
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import { hardwareError } from './errors.ts';
import { encodeFlashImage, recordsOfImage } from './flash-image.ts';
import {
  FLASH_KEY_OCTETS,
  FLASH_LOG_OCTETS_MAX,
  openRecordAt,
  recordOctets,
  recordSequenceAt,
  sealRecord,
  type FlashRecordKind,
} from './flash-record.ts';

/** Octets of a value, at most. */
const VALUE_OCTETS_MAX = 65_536;
const NAME = /^[\x20-\x7e]{1,64}$/;
const NOTHING = new Uint8Array(0);
/** Octets from which on room is made beforehand: a phone at rest has fewer. */
const MANY_OCTETS = 4_096;
/** The offset of a name that has no value. */
const NOWHERE = -1;

/** What there is of a name. */
type Named = {
  /** Where in the log its live record begins. */
  readonly at: number;
  /** Sequence numbers of each of its records whose key still exists. */
  readonly readable: readonly number[];
};

/** A chip as a plain value. */
export type FlashState = {
  readonly capacityOctets: number;
  /** One key after the other, zeros where it was erased; that of sequence number 1 is first. */
  readonly keys: Uint8Array;
  /** One record after the other, the oldest first. */
  readonly log: Uint8Array;
  /** In the order of the names' coming. */
  readonly named: readonly (readonly [name: string, named: Named])[];
};

/** Names to values, over a log that never forgets by itself. Values have 64 KiB at the most. */
export class Flash implements Kept<FlashState> {
  /** Called when the chip holds something else than before. */
  onChange: () => void = () => undefined;
  readonly #random: RandomSource;
  readonly #capacityOctets: number;
  /** Room for keys and records, of which the first so many octets are in use. */
  #keys: Uint8Array = NOTHING;
  #log: Uint8Array = NOTHING;
  #records = 0;
  #logOctets = 0;
  /** Of a name with one readable record, which is live, where that begins: the record says what else there is to know. */
  readonly #named = new Map<string, Named | number>();

  /** `random` makes the record keys; `capacityOctets` bounds the log (16 MiB, and at most that). */
  constructor(random: RandomSource, capacityOctets: number = FLASH_LOG_OCTETS_MAX) {
    this.#random = random;
    this.#capacityOctets = Math.min(capacityOctets, FLASH_LOG_OCTETS_MAX);
  }

  /** The chip that was kept. */
  static takenUp(random: RandomSource, { capacityOctets, keys, log, named }: FlashState): Flash {
    const flash = new Flash(random, capacityOctets);
    flash.#keys = keys.slice();
    // Full, so that the next record makes it another one.
    flash.#log = log;
    flash.#records = keys.length / FLASH_KEY_OCTETS;
    flash.#logOctets = log.length;
    for (const [name, { at, readable }] of named)
      flash.#named.set(name, isOne(at, readable) ? at : { at, readable });
    return flash;
  }

  save(): FlashState {
    return {
      capacityOctets: this.#capacityOctets,
      keys: this.#keysInUse.slice(),
      log: this.#logInUse,
      named: [...this.#named].map(([name, each]) => [name, this.#known(each)]),
    };
  }

  /** The chip whose image this is, remnants included. Errors: HARDWARE_FLASH_IMAGE with the octet offset. */
  static restore(random: RandomSource, image: Uint8Array): Flash {
    const flash = new Flash(random);
    for (const [index, { kind, key, sealed, open }] of recordsOfImage(image).entries()) {
      const at = flash.#add(key, sealed);
      if (open !== undefined) flash.#name(open.name, kind === 'value' ? at : NOWHERE, index + 1);
    }
    return flash;
  }

  /** A copy of the value of a live record, or undefined. */
  read(name: string): Uint8Array | undefined {
    const at = this.placeOf(name);
    return at === undefined ? undefined : openRecordAt(this.#log, at, this.#keys).value;
  }

  /** Where in the chip the live record of a name begins; undefined when there is none. Another record of the name has another place. */
  placeOf(name: string): number | undefined {
    const named = this.#named.get(name);
    const at = typeof named === 'number' ? named : (named?.at ?? NOWHERE);
    return at === NOWHERE ? undefined : at;
  }

  /** Names of the live records, sorted. */
  names(): readonly string[] {
    return [...this.#named.keys()].filter((name) => this.#isLive(name)).sort();
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
    this.#append('value', name, value);
    this.onChange();
  }

  /**
   * Deletes a record as a file system does: it is no longer found, and still there. False when there was none.
   * Errors: HARDWARE_FLASH_FULL.
   */
  delete(name: string): boolean {
    if (!this.#isLive(name)) return false;
    this.#append('deletion', name, NOTHING);
    this.onChange();
    return true;
  }

  /** Erases the keys of a record and of all its remnants. Returns how many records became unreadable. */
  sanitise(name: string): number {
    const readable = this.#readable(name);
    for (const sequence of readable)
      this.#keys.fill(0, (sequence - 1) * FLASH_KEY_OCTETS, sequence * FLASH_KEY_OCTETS);
    this.#named.delete(name);
    if (readable.length > 0) this.onChange();
    return readable.length;
  }

  /** Erases all keys: nothing on the device can be read any more. Returns how many records became unreadable. */
  wipe(): number {
    let erased = 0;
    for (const name of this.#named.keys()) erased += this.sanitise(name);
    return erased;
  }

  /** All octets of the chip, in the form that {@link readFlashImage} reads. */
  image(): Uint8Array {
    return encodeFlashImage(this.#keysInUse, this.#logInUse);
  }

  get #keysInUse(): Uint8Array {
    return this.#keys.subarray(0, this.#records * FLASH_KEY_OCTETS);
  }

  get #logInUse(): Uint8Array {
    return this.#log.subarray(0, this.#logOctets);
  }

  #isLive(name: string): boolean {
    return this.placeOf(name) !== undefined;
  }

  #readable(name: string): readonly number[] {
    const named = this.#named.get(name);
    return named === undefined ? [] : this.#known(named).readable;
  }

  #known(named: Named | number): Named {
    return typeof named === 'number' ? { at: named, readable: [recordSequenceAt(this.#log, named)] } : named;
  }

  #append(kind: FlashRecordKind, name: string, value: Uint8Array): void {
    const octets = recordOctets(name, value);
    if (this.#logOctets + octets > this.#capacityOctets) {
      throw hardwareError(
        'HARDWARE_FLASH_FULL',
        `${name} needs ${octets} octets and ${this.#capacityOctets - this.#logOctets} are free`,
      );
    }
    const sequence = this.#records + 1;
    const key = this.#random.octets(FLASH_KEY_OCTETS);
    const at = this.#add(key, sealRecord({ kind, sequence, name, value }, key));
    this.#name(name, kind === 'value' ? at : NOWHERE, sequence);
  }

  /** Puts a record behind the others; tells where it begins. */
  #add(key: Uint8Array, sealed: Uint8Array): number {
    const at = this.#logOctets;
    this.#keys = withRoom(this.#keys, this.#records * FLASH_KEY_OCTETS, FLASH_KEY_OCTETS);
    this.#keys.set(key, this.#records * FLASH_KEY_OCTETS);
    this.#log = withRoom(this.#log, at, sealed.length);
    this.#log.set(sealed, at);
    this.#records++;
    this.#logOctets = at + sealed.length;
    return at;
  }

  /** Its newest record begins there, and is the `sequence`th. */
  #name(name: string, at: number, sequence: number): void {
    const readable = [...this.#readable(name), sequence];
    this.#named.set(name, isOne(at, readable) ? at : { at, readable });
  }
}

function isOne(at: number, readable: readonly number[]): boolean {
  return at !== NOWHERE && readable.length === 1;
}

/**
 * The octets, or a copy of the first `used` of them: what was there before is not written on. It has a quarter more room than needed where
 * there are many.
 */
function withRoom(octets: Uint8Array, used: number, more: number): Uint8Array {
  const needed = used + more;
  if (needed <= octets.length) return octets;
  const larger = new Uint8Array(needed < MANY_OCTETS ? needed : needed + (needed >> 2));
  larger.set(octets.subarray(0, used));
  return larger;
}
