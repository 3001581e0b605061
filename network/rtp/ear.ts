/**
 * An ear: what a person at the phone hears, as samples. It decodes what the jitter buffer plays and conceals what is
 * missing. Only those who want to listen attach one: it costs more than the rest of the receiving end.
 */
import { Concealer } from './concealment.ts';
import { decodeG711, SAMPLES_PER_SECOND } from './g711.ts';
import { FRAME_OCTETS } from './talk.ts';

/** What an ear remembers at most, in frames: an hour. */
const EAR_FRAMES_MAX = (3_600 * SAMPLES_PER_SECOND) / FRAME_OCTETS;

export class Ear {
  readonly #concealer = new Concealer();
  readonly #frames: Int16Array[] = [];

  /** Hears a frame of 160 mu-law octets, or a missing one. */
  hear(frame: Uint8Array | undefined): void {
    if (this.#frames.length >= EAR_FRAMES_MAX) return;
    this.#frames.push(
      frame?.length === FRAME_OCTETS
        ? this.#concealer.heard(decodeG711(frame))
        : this.#concealer.missing(FRAME_OCTETS),
    );
  }

  /** Everything heard so far, 8,000 samples a second. */
  samples(): Int16Array {
    const samples = new Int16Array(this.#frames.length * FRAME_OCTETS);
    for (const [n, frame] of this.#frames.entries()) samples.set(frame, n * FRAME_OCTETS);
    return samples;
  }
}
