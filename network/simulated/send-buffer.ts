/** What a stream's owner has written and the peer has not taken yet, by position in the stream. */
const NOTHING = new Uint8Array(0);
const OCTETS_MIN = 256;

/** Octets from the oldest position that is held up to the last that was written. */
export class SendBuffer {
  /** The octets from position {@link #held} on; the first {@link #start} of it are spent. */
  #octets: Uint8Array = NOTHING;
  #start = 0;
  #held: number;
  #end: number;

  /** Empty, with `end` as the position of what is written next. */
  constructor(end = 1) {
    this.#held = end;
    this.#end = end;
  }

  /** Position after the last octet written. */
  get end(): number {
    return this.#end;
  }

  /** How many octets it holds. */
  get waiting(): number {
    return this.#end - this.#held;
  }

  append(octets: Uint8Array): void {
    const { waiting } = this;
    const needed = waiting + octets.length;
    if (this.#start + needed > this.#octets.length) {
      const isFull = needed > this.#octets.length;
      const larger = isFull ? new Uint8Array(Math.max(OCTETS_MIN, needed * 2)) : this.#octets;
      larger.set(this.#octets.subarray(this.#start, this.#start + waiting));
      this.#octets = larger;
      this.#start = 0;
    }
    this.#octets.set(octets, this.#start + waiting);
    this.#end += octets.length;
  }

  /** Octets from `position` on, which it holds. They are overwritten once they are spent. */
  from(position: number, length: number): Uint8Array {
    const at = this.#start + position - this.#held;
    return this.#octets.subarray(at, at + length);
  }

  /** What comes before `position` is not needed any more. */
  spend(position: number): void {
    const taken = Math.min(position, this.#end) - this.#held;
    if (taken <= 0) return;
    this.#start += taken;
    this.#held += taken;
  }

  /** Gives its memory back. */
  drop(): void {
    this.#octets = NOTHING;
  }
}
