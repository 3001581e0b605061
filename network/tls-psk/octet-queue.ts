/**
 * Octets in at one end and out at the other. What waits is copied only when there is no room behind it, into twice the room it
 * needs, so that octets cost the same however small the pieces are in which they come. An empty queue has no memory.
 */
import { giveBack, lentOctets } from '../../sim/lent-octets.ts';

const NOTHING = new Uint8Array(0);

/** Octets that wait, first in first out. */
export class OctetQueue {
  #buffer: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;

  /** Octets that wait. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Adds octets behind those that wait; they are copied. */
  push(octets: Uint8Array): void {
    if (this.#end + octets.length > this.#buffer.length) this.#makeRoom(octets.length);
    this.#buffer.set(octets, this.#end);
    this.#end += octets.length;
  }

  /** The octet at `index` among those that wait; 0 behind them. */
  at(index: number): number {
    return index < this.length ? (this.#buffer[this.#start + index] ?? 0) : 0;
  }

  /** Removes the first `length` octets and returns them, a copy. At least that many wait. */
  take(length: number): Uint8Array {
    const from = this.#start;
    this.#start += length;
    const taken = this.#buffer.slice(from, this.#start);
    if (this.#start === this.#end) this.#exchange(NOTHING);
    return taken;
  }

  #makeRoom(octets: number): void {
    const needed = this.length + octets;
    if (needed * 2 > this.#buffer.length) this.#exchange(lentOctets(needed * 2));
    else {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
  }

  #exchange(target: Uint8Array): void {
    const before = this.#buffer;
    target.set(before.subarray(this.#start, this.#end));
    this.#end -= this.#start;
    this.#start = 0;
    this.#buffer = target;
    giveBack(before);
  }
}
