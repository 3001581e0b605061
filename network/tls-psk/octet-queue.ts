/**
 * Octets in at one end and out at the other. What waits is copied only when there is no room behind it, into twice the room it
 * needs, so that octets cost the same however small the pieces are in which they come.
 */
export class OctetQueue {
  #buffer = new Uint8Array(0);
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
    return this.#buffer.slice(from, this.#start);
  }

  #makeRoom(octets: number): void {
    const needed = this.length + octets;
    const target = needed * 2 > this.#buffer.length ? new Uint8Array(needed * 2) : this.#buffer;
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#end -= this.#start;
    this.#start = 0;
    this.#buffer = target;
  }
}
