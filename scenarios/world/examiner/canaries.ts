/**
 * What the speakers' voices look like on the wire: the first octets of each frame that somebody may say. A payload that begins with
 * one is in clear. It is asked of every media packet of a run, and nearly always the first four octets say that it is none.
 */
import { toHex } from '../../../sim/octets.ts';
import { FRAME_OCTETS, speech } from '../../../network/rtp/index.ts';

/** Octets at the start of a payload that are compared with the speakers' frames. */
export const CANARY_OCTETS = 16;

/** Those of recordings that many worlds share. */
const known = new WeakMap<readonly Uint8Array[], Canaries>();

/** The beginnings of the frames of some recordings, G.711. */
export class Canaries {
  readonly #canaries = new Set<string>();
  /** The first four octets of each. */
  readonly #words = new Set<number>();

  private constructor(voices: readonly Uint8Array[]) {
    for (const voice of voices) {
      const talk = speech(voice);
      const frames = Math.ceil(voice.length / FRAME_OCTETS) * FRAME_OCTETS;
      for (let n = 0; n < frames / FRAME_OCTETS; n++) {
        const frame = talk.frame(n);
        // A silent stretch says nothing about whose it is.
        if (new Set(frame.subarray(0, CANARY_OCTETS)).size <= 4) continue;
        this.#canaries.add(textAt(frame, 0));
        this.#words.add(wordAt(frame, 0));
      }
    }
  }

  /** Made once of the same recordings, which are never changed. */
  static of(voices: readonly Uint8Array[]): Canaries {
    let canaries = known.get(voices);
    if (canaries === undefined) known.set(voices, (canaries = new Canaries(voices)));
    return canaries;
  }

  /** Whether the 16 octets from `at` are the beginning of a frame. */
  standAt(octets: Uint8Array, at: number): boolean {
    return this.#words.has(wordAt(octets, at)) && this.#canaries.has(textAt(octets, at));
  }
}

function textAt(octets: Uint8Array, at: number): string {
  return toHex(octets.subarray(at, at + CANARY_OCTETS));
}

function wordAt(octets: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [octets[at], octets[at + 1], octets[at + 2], octets[at + 3]];
  return (a << 24) | (b << 16) | (c << 8) | d;
}
