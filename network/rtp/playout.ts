/**
 * What comes out of a call: received payloads laid out by their RTP timestamps, as one stretch of sound. What was lost is
 * silent; what came late or twice stands where it belongs, once. A handset's recording and a thief's are both made so.
 */
import { type CompandingLaw, decodeG711, SAMPLES_PER_SECOND } from './g711.ts';

/** Longest stretch by default: one hour. A peer chooses the timestamps, so there has to be a limit. */
const SAMPLES_MAX = 3_600 * SAMPLES_PER_SECOND;

/** How packets become samples again, and how many of those are kept. */
export interface PlayoutOptions {
  /** Default mu-law. */
  readonly law?: CompandingLaw;
  /** Samples that are kept at most, and samples from the earliest to the end of the latest. Default one hour. */
  readonly samplesMax?: number;
}

/** The samples of a recorded direction by their timestamps, with silence where nothing came. */
export class Playout {
  readonly #law: CompandingLaw;
  readonly #samplesMax: number;
  readonly #payloads: { readonly at: number; readonly payload: Uint8Array }[] = [];
  /** Timestamp added last, and the sample it stands for: 32 bits are extended by nearness to it. */
  #timestamp = 0;
  #sample = 0;
  /** Where sound begins and ends so far, in samples. */
  #begin = 0;
  #end = 0;
  /** Octets kept: repeated timestamps must not make it grow without end. */
  #kept = 0;
  #dropped = 0;

  constructor(options: PlayoutOptions = {}) {
    this.#law = options.law ?? 'mu-law';
    this.#samplesMax = options.samplesMax ?? SAMPLES_MAX;
  }

  /** Payloads that were not taken: empty, too far from the rest, or more than there is room for. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Takes the G.711 octets whose first sample has this RTP timestamp; they must not be written on afterwards. False, and
   * counted as dropped, when there are none or the whole would exceed the limit.
   */
  add(timestamp: number, payload: Uint8Array): boolean {
    const first = this.#payloads.length === 0;
    const at = first ? 0 : this.#sample + ((timestamp - this.#timestamp) | 0);
    const begin = first ? at : Math.min(this.#begin, at);
    const end = first ? at + payload.length : Math.max(this.#end, at + payload.length);
    const kept = this.#kept + payload.length;
    if (payload.length === 0 || end - begin > this.#samplesMax || kept > this.#samplesMax) {
      this.#dropped++;
      return false;
    }
    this.#payloads.push({ at, payload });
    this.#timestamp = timestamp;
    this.#sample = at;
    this.#begin = begin;
    this.#end = end;
    this.#kept = kept;
    return true;
  }

  /** The sound so far, from the first sample known to the last. Where two payloads overlap, the one added first is heard. */
  toSamples(): Int16Array {
    const samples = new Int16Array(this.#end - this.#begin);
    for (const { at, payload } of this.#payloads.toReversed()) {
      samples.set(decodeG711(payload, this.#law), at - this.#begin);
    }
    return samples;
  }
}
