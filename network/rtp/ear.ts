/**
 * An ear: what a person at the phone hears, as samples. It decodes what the jitter buffer plays and conceals what is
 * missing. Only those who want to listen attach one: it costs more than the rest of the receiving end.
 */
import { Concealer } from './concealment.ts';
import { decodeG711, SAMPLES_PER_SECOND } from './g711.ts';
import { FRAME_OCTETS } from './talk.ts';

/** What an ear remembers by default, in frames: an hour. */
const EAR_FRAMES_MAX = (3_600 * SAMPLES_PER_SECOND) / FRAME_OCTETS;

/** Frames that room is made for at a time: a second. */
const STRETCH_FRAMES = SAMPLES_PER_SECOND / FRAME_OCTETS;

/** What a person hears on a phone, kept as samples: frames in order, silence and made-up speech where they are missing. */
export class Ear {
  readonly #framesMax: number;
  readonly #concealer = new Concealer();
  readonly #stretches: Int16Array[] = [];
  #frames = 0;

  constructor(framesMax: number = EAR_FRAMES_MAX) {
    this.#framesMax = framesMax;
  }

  /** How much it has heard. */
  get seconds(): number {
    return (this.#frames * FRAME_OCTETS) / SAMPLES_PER_SECOND;
  }

  /** Hears a frame of 160 mu-law octets, or a missing one. False when it can remember no more. */
  hear(frame: Uint8Array | undefined): boolean {
    if (this.#frames >= this.#framesMax) return false;
    const at = this.#frames++ % STRETCH_FRAMES;
    if (at === 0) this.#stretches.push(new Int16Array(SAMPLES_PER_SECOND));
    const samples =
      frame?.length === FRAME_OCTETS
        ? this.#concealer.heard(decodeG711(frame))
        : this.#concealer.missing(FRAME_OCTETS);
    this.#stretches.at(-1)?.set(samples, at * FRAME_OCTETS);
    return true;
  }

  /** Everything heard so far, 8,000 samples a second. */
  samples(): Int16Array {
    const samples = new Int16Array(this.#frames * FRAME_OCTETS);
    for (const [second, stretch] of this.#stretches.entries()) {
      const from = second * SAMPLES_PER_SECOND;
      samples.set(stretch.subarray(0, samples.length - from), from);
    }
    return samples;
  }
}
