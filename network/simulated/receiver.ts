/**
 * The receiving half of a stream: puts segments in order, whatever the link did to them. What comes too early waits, within the
 * window; what comes again is dropped. Data is handed on at once, so the window never closes.
 */
import { WINDOW } from './segment.ts';

interface Waiting {
  readonly position: number;
  readonly octets: Uint8Array;
}

export class Receiver {
  /** Next position expected. */
  #next = 1;
  /** Position of the FIN, once seen. */
  #fin: number | undefined;
  /** Sorted by position; may overlap. */
  readonly #waiting: Waiting[] = [];

  get next(): number {
    return this.#next;
  }

  /** Whether everything up to and including the FIN has come. */
  get finished(): boolean {
    return this.#fin !== undefined && this.#next > this.#fin;
  }

  /** Whether a segment at this position could be part of what is still expected. */
  isInWindow(position: number): boolean {
    return position >= this.#next && position < this.#next + WINDOW;
  }

  /** Takes in a segment and returns what is in order now. */
  take(position: number, octets: Uint8Array, fin: boolean): readonly Uint8Array[] {
    const end = position + octets.length;
    if (end > this.#next + WINDOW || this.finished) return [];
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
    return ready;
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
