/**
 * The receiving half of a stream: puts segments in order, whatever the link did to them. What comes too early waits, within the
 * window; what comes again is dropped. What is in order is handed on at once, unless the owner has paused: then it is kept
 * here, and the window is smaller by as much until the owner takes it.
 */
import { WINDOW } from './segment.ts';

interface Waiting {
  readonly position: number;
  readonly octets: Uint8Array;
}

/**
 * The receiving half of a stream: puts segments in order, holds at most a window of them back, and knows when the peer's end has
 * come.
 */
export class Receiver {
  /** Next position expected. */
  #next: number;
  /** Position of the FIN, once seen. */
  #fin: number | undefined;
  /** Sorted by position; may overlap. */
  readonly #waiting: Waiting[] = [];
  /** In order, and not handed on. */
  #kept: Uint8Array[] = [];
  #keptOctets = 0;
  #paused = false;

  /** `next` goes on where one was that was kept at rest. */
  constructor(next = 1) {
    this.#next = next;
  }

  /** Nothing waits in it, and the peer has not ended: all that it is is {@link next}. */
  get isAtRest(): boolean {
    return this.#fin === undefined && this.#waiting.length === 0 && this.#keptOctets === 0 && !this.#paused;
  }

  get next(): number {
    return this.#next;
  }

  /** Octets it takes beyond {@link next}. */
  get window(): number {
    return WINDOW - this.#keptOctets;
  }

  /** Whether everything up to and including the FIN has come and was handed on. */
  get finished(): boolean {
    return this.#isComplete && this.#keptOctets === 0;
  }

  get #isComplete(): boolean {
    return this.#fin !== undefined && this.#next > this.#fin;
  }

  /** Whether a segment at this position could be part of what is still expected. */
  isInWindow(position: number): boolean {
    return position >= this.#next && position < this.#next + WINDOW;
  }

  /** From now on what is in order is kept. */
  pause(): void {
    this.#paused = true;
  }

  /** Returns what was kept meanwhile. */
  resume(): readonly Uint8Array[] {
    const kept = this.#kept;
    this.#paused = false;
    this.#kept = [];
    this.#keptOctets = 0;
    return kept;
  }

  /** Takes in a segment and returns what is to be handed on now. */
  take(position: number, octets: Uint8Array, fin: boolean): readonly Uint8Array[] {
    const end = position + octets.length;
    if (end > this.#next + this.window || this.#isComplete) return [];
    if (fin) this.#fin = end;
    if (octets.length > 0 && end > this.#next) this.#insert({ position, octets });
    const ready: Uint8Array[] = [];
    let first = this.#waiting[0];
    while (first !== undefined && first.position <= this.#next) {
      const fresh = first.octets.subarray(this.#next - first.position);
      if (fresh.length > 0) ready.push(fresh);
      this.#next += fresh.length;
      this.#waiting.shift();
      first = this.#waiting[0];
    }
    if (this.#next === this.#fin) this.#next++;
    if (!this.#paused) return ready;
    for (const part of ready) this.#keptOctets += part.length;
    this.#kept.push(...ready);
    return [];
  }

  #insert(segment: Waiting): void {
    const { position, octets } = segment;
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1]?.position ?? 0) > position) at--;
    const before = this.#waiting[at - 1];
    // Already here in full: the copy that waits is kept.
    if (before !== undefined && before.position + before.octets.length >= position + octets.length) return;
    this.#waiting.splice(at, 0, segment);
  }
}
