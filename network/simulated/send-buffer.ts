/** What a stream's owner has written and the peer has not taken yet, by position in the stream. */
import { giveBack, lentOctets } from '../../sim/lent-octets.ts';

const NOTHING = new Uint8Array(0);

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
      const before = this.#octets;
      const larger = isFull ? lentOctets(needed * 2) : before;
      larger.set(before.subarray(this.#start, this.#start + waiting));
      this.#octets = larger;
      this.#start = 0;
      if (isFull) giveBack(before);
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
    if (this.#held === this.#end) this.drop();
  }

  /** Gives its memory back. */
  drop(): void {
    giveBack(this.#octets);
    this.#octets = NOTHING;
    this.#start = 0;
  }
}
