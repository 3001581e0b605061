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
  /** What came too early, sorted by position; may overlap. None while everything comes in order. */
  #waiting: Waiting[] | undefined;
  /** In order, and not handed on. */
  #kept: Uint8Array[] | undefined;
  #keptOctets = 0;
  #paused = false;

  /** `next` goes on where one was that was kept at rest. */
  constructor(next = 1) {
    this.#next = next;
  }

  /** Nothing waits in it, and the peer has not ended: all that it is is {@link next}. */
  get isAtRest(): boolean {
    return this.#fin === undefined && this.#waiting === undefined && this.#keptOctets === 0 && !this.#paused;
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
    const kept = this.#kept ?? [];
    this.#paused = false;
    this.#kept = undefined;
    this.#keptOctets = 0;
    return kept;
  }

  /** Takes in a segment and returns what is to be handed on now. */
  take(position: number, octets: Uint8Array, fin: boolean): readonly Uint8Array[] {
    const end = position + octets.length;
    if (end > this.#next + this.window || this.#isComplete) return [];
    if (fin) this.#fin = end;
    const ready = octets.length > 0 && end > this.#next ? this.#putInOrder({ position, octets }) : [];
    if (this.#next === this.#fin) this.#next++;
    if (!this.#paused) return ready;
    for (const part of ready) this.#keptOctets += part.length;
    (this.#kept ??= []).push(...ready);
    return [];
  }

  /** Takes in what is not all old; returns what of it, and of what waits, is next. */
  #putInOrder(segment: Waiting): readonly Uint8Array[] {
    const waiting = this.#waiting;
    if (waiting === undefined && segment.position <= this.#next) return [this.#fresh(segment)];
    const ready: Uint8Array[] = [];
    this.#waiting = withSegment(waiting ?? [], segment).filter((each) => {
      if (each.position > this.#next) return true;
      const fresh = this.#fresh(each);
      if (fresh.length > 0) ready.push(fresh);
      return false;
    });
    if (this.#waiting.length === 0) this.#waiting = undefined;
    return ready;
  }

  /** What is new in a segment that begins no later than expected. */
  #fresh({ position, octets }: Waiting): Uint8Array {
    const fresh = octets.subarray(this.#next - position);
    this.#next += fresh.length;
    return fresh;
  }
}

/** The segments that wait and one more, in order; as they were where it is there in full already. */
function withSegment(waiting: readonly Waiting[], segment: Waiting): readonly Waiting[] {
  const { position, octets } = segment;
  let at = waiting.length;
  while (at > 0 && (waiting[at - 1]?.position ?? 0) > position) at--;
  const before = waiting[at - 1];
  if (before !== undefined && before.position + before.octets.length >= position + octets.length)
    return waiting;
  return waiting.toSpliced(at, 0, segment);
}
