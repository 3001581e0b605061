/**
 * The quality of one direction of a call, as its listener had it: measured loss, delay and bursts, and what the E-model makes of
 * them.
 *
 * Mouth to ear is 20 ms to fill a packet, half of the round trip (a phone cannot tell the two halves apart), the mean wait in the
 * jitter buffer, and what concealment adds. Loss is what was missing in the ear, whether the network lost it or it came too
 * late; the burst ratio is that of the same gaps. Without a measured round trip there is no delay, so no rating.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { CONCEALMENT_DELAY } from './concealment.ts';
import { G711_CONCEALED, ratingOf, type Rating } from './e-model.ts';
import { SAMPLES_PER_SECOND } from './g711.ts';
import type { PlayoutReport } from './jitter-buffer.ts';
import { FRAME_MS } from './talk.ts';

/** What a listener made of one direction of a call, in figures: what was missing, how late it was, and the rating of that. */
export interface CallQuality {
  /** Percent of the frames that were missing in the ear, to a hundredth. */
  readonly missingPercent: number;
  /** Packets that came too late to be heard, or far too early. */
  readonly discarded: number;
  /** To a hundredth; 1 where nothing was missing. */
  readonly burstRatio: number;
  /** Mean wait in the jitter buffer, whole milliseconds. */
  readonly bufferMs: number;
  /** Round trip, to a tenth of a millisecond; undefined when none was measured. */
  readonly roundTripMs: number | undefined;
  /** Mouth to ear, whole milliseconds. */
  readonly delayMs: number | undefined;
  readonly rating: Rating | undefined;
}

const CONCEALMENT_MS = (CONCEALMENT_DELAY * 1000) / SAMPLES_PER_SECOND;

/** The figures of what was played. Without a measured round trip there is no delay, and so no rating. */
export function qualityOf(playout: PlayoutReport, roundTrip: Micros | undefined): CallQuality {
  const { heard, missing, discarded, wait } = playout;
  const total = heard + missing;
  const loss = total === 0 ? 0 : missing / total;
  const burstRatio = Math.round(100 * burstRatioOf(playout)) / 100;
  const measured = {
    missingPercent: Math.round(10_000 * loss) / 100,
    discarded,
    burstRatio,
    bufferMs: Math.round(wait / MILLISECOND),
  };
  if (roundTrip === undefined || heard === 0)
    return { ...measured, roundTripMs: undefined, delayMs: undefined, rating: undefined };
  const delayMs = Math.round(FRAME_MS + CONCEALMENT_MS + (roundTrip / 2 + wait) / MILLISECOND);
  return {
    ...measured,
    roundTripMs: Math.round((10 * roundTrip) / MILLISECOND) / 10,
    delayMs,
    rating: ratingOf({ delayMs, loss, burstRatio, codec: G711_CONCEALED }),
  };
}

/** Mean length of the gaps over that of gaps at random with the same loss, 1/(1 - loss) (G.107 clause 7.5). */
function burstRatioOf({ heard, missing, bursts }: PlayoutReport): number {
  if (missing === 0 || bursts === 0) return 1;
  return (missing / bursts) * (heard / (heard + missing));
}

/** The categories of speech transmission quality of ITU-T G.109, with the least R of each. */
const CATEGORIES = [
  [90, 'best'],
  [80, 'high'],
  [70, 'medium'],
  [60, 'low'],
  [50, 'poor'],
] as const;

/** What G.109 calls a rating: `high`. Below 50 it is `not recommended`. */
export function categoryOf(r: number): string {
  return CATEGORIES.find(([least]) => r >= least)?.[1] ?? 'not recommended';
}
