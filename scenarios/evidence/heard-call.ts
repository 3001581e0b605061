/** How calls were heard, as reports have it: a part of the model of a run. */
import type { EventNumber } from '../../sim/trace.ts';

/** How one end heard a call (docs/media.md). What was not measured is null. */
export interface HeardCall {
  /** `alice-to-bob#1`; the CSB ID where nobody placed it by name. */
  readonly call: string;
  readonly listener: string;
  readonly event: EventNumber;
  /** Packets that never came, and packets that came too late. */
  readonly lost: number;
  readonly discarded: number;
  /** Of the frames that should have been heard. */
  readonly missingPercent: number;
  readonly burstRatio: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
  /** From mouth to ear. */
  readonly delayMs: number | null;
  /** Of the E-model, with the category of ITU-T G.109. */
  readonly r: number | null;
  readonly mos: number | null;
  readonly category: string | null;
  /** What was heard, as sound, when that was asked for. */
  readonly sound?: HeardSound;
}

/** The sound file of one listener in one call: where it is and how long. */
export interface HeardSound {
  /** Below the run's folder: `heard/alice-to-bob-1-bob.wav`. */
  readonly file: string;
  readonly seconds: number;
  /** True when more was heard than is kept. */
  readonly cut: boolean;
}
