/**
 * The replay cache (RFC 3830 section 5.4): which messages were accepted, for as long as the skew limit would let them in
 * again.
 *
 * It is keyed on the signed octets, because a signature is malleable: (r, q - s) verifies too, so a replayed message need
 * not have the octets of the first one. One invariant carries everything else: **a message that was ever accepted is in the
 * cache, or its timestamp is not above the floor**. Dropping an entry, because it is too old or because there is no room,
 * raises the floor to its timestamp; a device that has lost its cache puts the floor one skew limit into the future. So
 * neither a full cache, nor a clock that is set forward and back, nor a restart lets a message in twice. (A restart with a
 * clock that is behind what the device accepted before can: what is forgotten cannot be missed.)
 */
import { createHash } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { mikeyError, type MikeyRefusal } from './message-errors.ts';
import { signedPartOf, type Message } from './message.ts';
import { isoTime, unixMsOf } from './payload/timestamp.ts';

/** What the cache takes for the same message. `whole-message` is the mistake that lets a malleated copy in. */
export type ReplayKeying = 'signed-part' | 'whole-message';

/** How many messages are remembered, and by what two of them count as the same. */
export interface ReplayCacheOptions {
  /** At 64 octets of key and 8 of time an entry, 4,096 take 300 kB. */
  readonly entriesMax?: number;
  readonly keying?: ReplayKeying;
}

interface Entry {
  readonly key: string;
  /** Its timestamp, milliseconds since 1970. */
  readonly unixMs: number;
}

/** The messages that were taken lately, so that none is taken twice (RFC 3830 section 5.4). */
export class ReplayCache {
  readonly #entriesMax: number;
  readonly #keying: ReplayKeying;
  readonly #keys = new Set<string>();
  /** By timestamp, earliest first. */
  #entries: Entry[] = [];
  #floorUnixMs = -Infinity;

  constructor(options: ReplayCacheOptions = {}) {
    this.#entriesMax = options.entriesMax ?? 4096;
    this.#keying = options.keying ?? 'signed-part';
    assert(this.#entriesMax >= 1, 'a replay cache holds an entry');
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Why `message` must not be accepted: MIKEY_REPLAY or MIKEY_REPLAY_UNKNOWN; undefined when it is new. */
  refusalOf(message: Message): MikeyRefusal | undefined {
    const unixMs = unixMsOf(message.timestamp);
    if (this.#keys.has(this.#keyOf(message)))
      return mikeyError('MIKEY_REPLAY', `the message of ${isoTime(unixMs)} was accepted before`);
    if (unixMs <= this.#floorUnixMs)
      return mikeyError(
        'MIKEY_REPLAY_UNKNOWN',
        `only messages later than ${isoTime(this.#floorUnixMs)} are known to be new, this one is of ${isoTime(unixMs)}`,
      );
    return undefined;
  }

  /** Remembers an accepted message until its timestamp plus the skew limit. Only authenticated messages belong here. */
  remember(message: Message, now: { readonly unixMs: number; readonly skewLimitMs: number }): void {
    this.#dropBefore(now.unixMs - now.skewLimitMs);
    if (this.#entries.length >= this.#entriesMax) this.#drop(1);
    const entry = { key: this.#keyOf(message), unixMs: unixMsOf(message.timestamp) };
    const later = this.#entries.findLastIndex(({ unixMs }) => unixMs <= entry.unixMs) + 1;
    this.#entries.splice(later, 0, entry);
    this.#keys.add(entry.key);
  }

  /**
   * The device has restarted, and what it accepted before is lost: refuses every message up to one skew limit past now.
   * Waiting out the skew limit is not enough, for a message may be stamped that far ahead of this clock.
   */
  restart(now: { readonly unixMs: number; readonly skewLimitMs: number }): void {
    this.#entries = [];
    this.#keys.clear();
    this.#floorUnixMs = Math.max(this.#floorUnixMs, now.unixMs + now.skewLimitMs);
  }

  #dropBefore(unixMs: number): void {
    const kept = this.#entries.findIndex((entry) => entry.unixMs >= unixMs);
    this.#drop(kept === -1 ? this.#entries.length : kept);
  }

  /** Drops the `count` earliest entries. */
  #drop(count: number): void {
    for (const { key, unixMs } of this.#entries.splice(0, count)) {
      this.#keys.delete(key);
      this.#floorUnixMs = Math.max(this.#floorUnixMs, unixMs);
    }
  }

  #keyOf(message: Message): string {
    return digestOf(this.#keying === 'signed-part' ? signedPartOf(message) : message.octets);
  }
}

/** SHA-256 over the signed part of a message, in hexadecimal: the same for a message and its malleated copy. */
export function signedDigestOf(message: Message): string {
  return digestOf(signedPartOf(message));
}

function digestOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
