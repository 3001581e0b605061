/** What goes into a call: speech from a file of mu-law octets, over and over, or silence; in frames of 20 ms. */
import { rtpError } from './errors.ts';
import { SILENCE } from './g711.ts';

/** Octets, and samples, of one frame of speech. */
export const FRAME_OCTETS = 160;
/** Milliseconds of speech in a frame. */
export const FRAME_MS = 20;

/** Someone, or something, that talks. */
export interface Talk {
  /** The 160 mu-law octets of frame `n`, from 0. Not to be written on. */
  frame(n: number): Uint8Array;
}

const silentFrame = new Uint8Array(FRAME_OCTETS).fill(SILENCE['mu-law']);

/** Says nothing. */
export const silence: Talk = { frame: () => silentFrame };

/**
 * Says `muLaw` (raw mu-law octets) and begins again where it ends, without a gap. Its length need not be whole frames.
 *
 * Errors: RTP_SPEECH when it is empty.
 */
export function speech(muLaw: Uint8Array): Talk {
  const length = muLaw.length;
  if (length === 0) throw rtpError('RTP_SPEECH', 'no octets of speech');
  // Everybody who says it shares the views of it: one for each frame would cost as much as sending the frame.
  const whole: Uint8Array[] = [];
  return {
    frame(n) {
      const from = (n * FRAME_OCTETS) % length;
      if (from + FRAME_OCTETS > length)
        return Uint8Array.from({ length: FRAME_OCTETS }, (_, i) => muLaw[(from + i) % length] as number);
      if (from % FRAME_OCTETS !== 0) return muLaw.subarray(from, from + FRAME_OCTETS);
      return (whole[from / FRAME_OCTETS] ??= muLaw.subarray(from, from + FRAME_OCTETS));
    },
  };
}
