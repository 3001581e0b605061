/** Which packet a 16-bit sequence number stands for (RFC 3711 section 3.3.1 and appendix A), and whether it came before. */

import { assert } from '../../sim/errors.ts';

/** Sequence numbers in one turn of the rollover counter. */
export const SEQUENCES = 0x10000;

/** Packets that one master key may serve (RFC 3711 section 9.2); every index is below it. */
export const INDEX_LIMIT = 2 ** 48;

const HALF = SEQUENCES / 2;

/** How far behind the newest packet another may arrive, in packets; a power of two. The RFC asks for 64 at least. */
export const REPLAY_WINDOW = 128;

/** The index at which the turn of a rollover counter (0..2^32-1) begins. */
export function turnOf(rolloverCounter = 0): number {
  assert(
    Number.isInteger(rolloverCounter) && rolloverCounter >= 0 && rolloverCounter < INDEX_LIMIT / SEQUENCES,
    'a rollover counter has 32 bits',
  );
  return rolloverCounter * SEQUENCES;
}

/**
 * The index nearest to the highest one authenticated so far. Not reduced modulo 2^48: it is negative for a packet that
 * claims to come before the stream began, and 2^48 or more behind the last packet that a master key may serve.
 */
export function estimateIndex(highest: number, sequence: number): number {
  const last = highest % SEQUENCES;
  const turn = highest - last;
  if (last < HALF) return sequence - last > HALF ? turn - SEQUENCES + sequence : turn + sequence;
  return last - HALF > sequence ? turn + SEQUENCES + sequence : turn + sequence;
}

/**
 * The indices received lately (RFC 3711 section 3.3.2). Each has a place by its low bits, holding the index itself, so
 * that nothing is shifted when the window moves.
 */
export class ReplayWindow {
  /** The highest index accepted; -1 before the first. */
  highest = -1;
  readonly #seen = new Float64Array(REPLAY_WINDOW).fill(-1);

  /** True when `index` is too old to tell, or was accepted before. */
  refuses(index: number): boolean {
    return index <= this.highest - REPLAY_WINDOW || this.#seen[index & (REPLAY_WINDOW - 1)] === index;
  }

  /** Only for an authenticated packet: else a forged one could move the window past the real ones. */
  accept(index: number): void {
    this.#seen[index & (REPLAY_WINDOW - 1)] = index;
    if (index > this.highest) this.highest = index;
  }
}
