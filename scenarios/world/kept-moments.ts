/**
 * The moments of a world that it can be taken up from, in their order. They share what did not change between them, so what counts is
 * what each has of its own. When they take too much room together, one after the other is given up: the one whose neighbours lie closest
 * to each other, so that what is left is spread over the whole run. The first and the last always stay.
 */
import type { Micros } from '../../sim/clock.ts';
import type { TracePrefix } from '../../sim/trace.ts';
import type { Checkpoint } from './checkpoint.ts';
import { octetsBeside } from './kept-octets.ts';

/** Octets of kept moments of one performance, together */
const KEPT_OCTETS_MAX = 64 * 1024 * 1024;

/** Octets of a moment beside its state: the hash of its trace, and a reference for each entry of its log. */
const MOMENT_OCTETS = 1024;
const ENTRY_OCTETS = 8;

interface KeptMoment {
  readonly checkpoint: Checkpoint;
  /** Its own: what the one before it does not have. */
  readonly octets: number;
}

/** Checkpoints of one world; a fork has those of its origin up to its own beginning. */
export class KeptMoments {
  readonly #octetsMax: number;
  #moments: KeptMoment[] = [];
  /** The moment of the last fork; not one of those that stay. */
  #latest: Checkpoint | undefined;

  constructor(octetsMax: number = KEPT_OCTETS_MAX) {
    this.#octetsMax = octetsMax;
  }

  /** In their order. */
  get checkpoints(): readonly Checkpoint[] {
    return this.#moments.map(({ checkpoint }) => checkpoint);
  }

  /** The room that they take together, about. */
  get octets(): number {
    return this.#moments.reduce((sum, { octets }) => sum + octets, 0);
  }

  /** Keeps one more. It comes after all others. */
  add(checkpoint: Checkpoint): void {
    this.#moments.push(measured(checkpoint, this.#moments.at(-1)));
    while (this.octets > this.#octetsMax && this.#moments.length > 2) this.#thin();
  }

  /** Keeps one until the next is remembered. */
  remember(checkpoint: Checkpoint): void {
    this.#latest = checkpoint;
  }

  /** The last one that is not after `time`, and before which no more than so many entries were logged, if there is one. */
  before(time: Micros, entries = Infinity): Checkpoint | undefined {
    const kept = this.#moments.findLast(({ checkpoint }) => isBefore(checkpoint, time, entries))?.checkpoint;
    const latest = this.#latest;
    if (latest === undefined || !isBefore(latest, time, entries)) return kept;
    return kept !== undefined && kept.time > latest.time ? kept : latest;
  }

  /** The same for all of them, for another world that has been the same until then. */
  until(time: Micros, entries = Infinity): KeptMoments {
    const earlier = new KeptMoments(this.#octetsMax);
    earlier.#moments = this.#moments.filter(({ checkpoint }) => isBefore(checkpoint, time, entries));
    if (this.#latest !== undefined && isBefore(this.#latest, time, entries)) earlier.#latest = this.#latest;
    return earlier;
  }

  /** The same states under other traces: `change` gets the traces in their order, and gives one for each. */
  under(change: (traces: readonly TracePrefix[]) => readonly TracePrefix[]): KeptMoments {
    const traces = change(this.checkpoints.map(({ trace }) => trace));
    const other = new KeptMoments(this.#octetsMax);
    other.#moments = this.#moments.map(({ checkpoint, octets }, at) => ({
      checkpoint: { ...checkpoint, trace: traces[at] ?? checkpoint.trace },
      octets,
    }));
    return other;
  }

  /**
   * Gives up moments until three quarters of the room is taken, as far as their own octets tell, and measures those that are left: what
   * one shared with those after it has become theirs. So measuring is not done again with every moment that is added.
   */
  #thin(): void {
    let octets = this.octets;
    while (octets > (this.#octetsMax * 3) / 4 && this.#moments.length > 2) {
      const [given] = this.#moments.splice(closestOf(this.#moments), 1);
      octets -= given?.octets ?? 0;
    }
    this.#moments = this.#moments.map(({ checkpoint }, at, all) => measured(checkpoint, all[at - 1]));
  }
}

function measured(checkpoint: Checkpoint, before: KeptMoment | undefined): KeptMoment {
  const { state, log } = checkpoint;
  const own = octetsBeside(state, before?.checkpoint.state);
  return { checkpoint, octets: MOMENT_OCTETS + ENTRY_OCTETS * log.length + own };
}

function isBefore({ time, log }: Checkpoint, until: Micros, entries: number): boolean {
  return time <= until && log.length <= entries;
}

/** Which of three or more moments has the neighbours that lie closest to each other; the first of several. */
function closestOf(moments: readonly KeptMoment[]): number {
  const time = (at: number): Micros => moments[at]?.checkpoint.time ?? 0;
  let closest = 1;
  for (let at = 2; at < moments.length - 1; at++)
    if (time(at + 1) - time(at - 1) < time(closest + 1) - time(closest - 1)) closest = at;
  return closest;
}
