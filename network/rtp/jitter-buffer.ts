/**
 * The jitter buffer: holds frames until they are due, so that frames which the network delayed by different times are played
 * evenly, one each 20 ms.
 *
 * Nothing here has a timer. What is played when follows from the arrivals alone, so the play-out is caught up with whenever a
 * packet comes, and once more at the end: a handset pays for it per packet and not per frame of silence.
 *
 * The delay follows the spread of the arrivals (`arrival-spread.ts`). It changes by whole frames: one is put in, or left
 * out, where the frame in turn is silent; if none is for a while, anywhere. A frame that comes after its turn is thrown
 * away and was concealed already. When everything has been late, or far too early, for half a second, the path has changed, and
 * the buffer begins anew.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { ArrivalSpread, BIN } from './arrival-spread.ts';
import { FRAME_MS, FRAME_OCTETS } from './talk.ts';

/** Frames that are held at most, a power of two: 1.28 s. */
const SLOTS = 64;
const FRAME: Micros = FRAME_MS * MILLISECOND;
/** What the first frame waits. */
const FIRST_DELAY: Micros = 2 * FRAME;
/** What a frame that came by the fastest way waits at most. */
const DELAY_MAX: Micros = 400 * MILLISECOND;
/** Arrivals between two looks at their spread; a power of two. */
const LOOK_EVERY = 16;
/** Frames between two changes of the delay: when it grows, when it shrinks, and when it is far too long. */
const GROW_EVERY = 5;
const SHRINK_EVERY = 50;
const SHRINK_FAST_EVERY = 10;
const FAR_TOO_LONG: Micros = 5 * FRAME;
/** By so much too short it does not wait for silence: a late frame costs more than one put in. */
const FAR_TOO_SHORT: Micros = 2 * FRAME;
/** Frames that a change waits for silence. */
const GROW_PATIENCE = 10;
const SHRINK_PATIENCE = 100;
/** For so long, and so many packets, nothing fits before the buffer begins anew. */
const STRAY_TIME: Micros = 500 * MILLISECOND;
const STRAY_PACKETS = 10;
/** Mu-law octets from here on, less their sign, are of samples below 120 of 32,768. */
const SILENT_OCTET = 0x70;

/** What comes out, frame by frame: the octets, or undefined where one must be made up. They are not to be written on. */
export type Hear = (frame: Uint8Array | undefined) => void;

/** What became of the frames of one direction: heard, missing, too late. */
export interface PlayoutReport {
  /** Frames played as they were sent. */
  readonly heard: number;
  /** Frames made up, or left out, where speech should have been. */
  readonly missing: number;
  /** Stretches of missing frames. */
  readonly bursts: number;
  /** Packets that came, but after their turn, or too far before it. */
  readonly discarded: number;
  /** Changes of the delay, both ways, and beginnings anew. */
  readonly adapted: number;
  /** Mean time from arrival to play-out. */
  readonly wait: Micros;
}

/** Holds frames back until their turn, as long as the spread of arrivals asks for, and says what was missing when it was. */
export class JitterBuffer {
  readonly #hear: Hear | undefined;
  readonly #spread = new ArrivalSpread();
  /** Each slot: which frame it holds, if any, whether that is silent, and when it came; its octets, when somebody hears them. */
  readonly #held = new Float64Array(SLOTS).fill(Number.NaN);
  readonly #silent = new Uint8Array(SLOTS);
  readonly #frames: (Uint8Array | undefined)[] = [];
  readonly #arrivals = new Float64Array(SLOTS);
  #begun = false;
  /** Number of the frame whose turn is at `dueAt`. */
  #next = 0;
  #dueAt: Micros = 0;
  /** Of the frames that came. */
  #highest = 0;
  /** Transit time of the packet that the buffer began with. */
  #reference: Micros = 0;
  /** By how much the delay is too short (positive) or too long. */
  #wanted: Micros = 0;
  #looks = 0;
  #sinceChange = 0;
  #impatience = 0;
  #strays = 0;
  #straysSince: Micros = 0;
  /** Frames made up since the last one heard: missing only if the stream goes on. */
  #pending = 0;
  #heard = 0;
  #missing = 0;
  #bursts = 0;
  #discarded = 0;
  #adapted = 0;
  #waited: Micros = 0;

  /** With `hear` each frame is handed out in order, late, when the next packet or the end is there. */
  constructor(hear?: Hear) {
    this.#hear = hear;
  }

  /** Takes frame `number` (counted on without wrapping) that came at `now`: the octets from `begin` to `end`, which may be reused. */
  add(number: number, now: Micros, octets: Uint8Array, begin = 0, end: number = octets.length): void {
    if (!this.#begun) this.#begin(number, now);
    this.#playUntil(now);
    const near = this.#spread.add(now - number * FRAME - this.#reference);
    if (number < this.#next || number >= this.#next + SLOTS || !near) {
      if (this.#stray(now)) this.#beginAnew(number, now);
      else if (number < this.#next || number >= this.#next + SLOTS) {
        this.#discarded++;
        return;
      }
    } else this.#strays = 0;
    const slot = number & (SLOTS - 1);
    this.#held[slot] = number;
    this.#silent[slot] = isSilent(octets, begin, end) ? 1 : 0;
    if (this.#hear !== undefined) this.#frames[slot] = octets.slice(begin, end);
    this.#arrivals[slot] = now;
    if (number > this.#highest) this.#highest = number;
    if (++this.#looks % LOOK_EVERY === 0) this.#look();
  }

  /**
   * Plays what was due at `now`, when the call ended. What was still held is not heard by anybody. So many frames were sent behind the
   * last that came and are missing too; of others nobody can tell whether they were.
   */
  end(now: Micros, unheard = 0): PlayoutReport {
    if (this.#begun) this.#playUntil(now);
    return {
      heard: this.#heard,
      missing: this.#missing + unheard,
      bursts: this.#bursts + (unheard > 0 ? 1 : 0),
      discarded: this.#discarded,
      adapted: this.#adapted,
      wait: this.#heard === 0 ? 0 : Math.round(this.#waited / this.#heard),
    };
  }

  #begin(number: number, now: Micros): void {
    this.#begun = true;
    this.#next = number;
    this.#highest = number;
    this.#dueAt = now + FIRST_DELAY;
    this.#reference = now - number * FRAME;
    this.#wanted = 0;
    this.#looks = 0;
  }

  #beginAnew(number: number, now: Micros): void {
    this.#held.fill(Number.NaN);
    this.#spread.forget();
    this.#strays = 0;
    this.#adapted++;
    this.#begin(number, now);
    this.#spread.add(0);
  }

  /** Whether the stray that came now is one too many. */
  #stray(now: Micros): boolean {
    if (this.#strays++ === 0) this.#straysSince = now;
    return this.#strays >= STRAY_PACKETS && now - this.#straysSince >= STRAY_TIME;
  }

  /** Compares the delay with the one that the spread asks for. */
  #look(): void {
    const { least, most } = this.#spread.range();
    const asked = Math.min(most, least + DELAY_MAX);
    this.#wanted = asked - (this.#dueAt - this.#next * FRAME - this.#reference);
  }

  #playUntil(now: Micros): void {
    while (this.#dueAt <= now) {
      if (this.#highest < this.#next) return this.#playNothing(now);
      const slot = this.#next & (SLOTS - 1);
      if (this.#held[slot] === this.#next) this.#playSlot(slot);
      else this.#conceal();
    }
  }

  /** Nothing is held: all turns up to `now` pass at once. */
  #playNothing(now: Micros): void {
    const turns = Math.floor((now - this.#dueAt) / FRAME) + 1;
    this.#next += turns;
    this.#dueAt += turns * FRAME;
    this.#pending += turns;
    if (this.#hear !== undefined) for (let turn = 0; turn < turns; turn++) this.#hear(undefined);
  }

  #conceal(): void {
    this.#pending++;
    this.#hear?.(undefined);
    this.#next++;
    this.#dueAt += FRAME;
  }

  #playSlot(slot: number): void {
    const frame = this.#frames[slot];
    this.#sinceChange++;
    const change = this.#changeBefore(frame, this.#silent[slot] !== 0);
    if (change === 'put-in') {
      this.#dueAt += FRAME;
      return;
    }
    this.#held[slot] = Number.NaN;
    this.#next++;
    if (change === 'leave-out') return;
    this.#commit();
    this.#heard++;
    this.#waited += this.#dueAt - (this.#arrivals[slot] ?? 0);
    this.#hear?.(frame);
    this.#dueAt += FRAME;
  }

  /** Whether a frame is put in before this one, or this one left out, so that the delay comes nearer to what it should be. */
  #changeBefore(frame: Uint8Array | undefined, silent: boolean): 'put-in' | 'leave-out' | undefined {
    const grows = this.#wanted > BIN;
    // Half a frame more than needed stays: the delay would only have to grow again.
    if (!grows && this.#wanted > -FRAME - FRAME / 2) return undefined;
    const shrinkEvery = this.#wanted < -FAR_TOO_LONG ? SHRINK_FAST_EVERY : SHRINK_EVERY;
    if (this.#sinceChange < (grows ? GROW_EVERY : shrinkEvery)) return undefined;
    const hurry = this.#wanted > FAR_TOO_SHORT;
    const patience = grows ? (hurry ? 1 : GROW_PATIENCE) : Math.min(SHRINK_PATIENCE, 2 * shrinkEvery);
    if (!silent && ++this.#impatience < patience) return undefined;
    this.#sinceChange = 0;
    this.#impatience = 0;
    this.#adapted++;
    this.#wanted += grows ? -FRAME : FRAME;
    if (grows) {
      // A frame put into silence is silence. In speech it is a gap, made up like any other.
      if (!silent) this.#pending++;
      this.#hear?.(silent ? frame : undefined);
      return 'put-in';
    }
    if (!silent) this.#pending++;
    return 'leave-out';
  }

  /** The stream goes on, so what was made up before was missing. */
  #commit(): void {
    if (this.#pending === 0) return;
    this.#missing += this.#pending;
    this.#bursts++;
    this.#pending = 0;
  }
}

/** Whether every sample is so small that a listener takes the frame for silence. */
function isSilent(octets: Uint8Array, begin: number, end: number): boolean {
  const stop = Math.min(end, begin + FRAME_OCTETS);
  for (let i = begin; i < stop; i++) if (((octets[i] ?? 0) & 0x7f) < SILENT_OCTET) return false;
  return true;
}
