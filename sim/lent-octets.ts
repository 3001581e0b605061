/**
 * Memory for octets that only wait a moment: to become a record or a message, or for their acknowledgement. Whoever has none waiting
 * gives it back, so that thousands of streams at rest hold none, and a busy one does not make new memory for each message.
 */

/** Octets of a piece that is kept to be lent again. */
const PIECE_OCTETS = 1024;
/** Pieces that are kept. */
const PIECES_MAX = 32;

const pieces: Uint8Array[] = [];

/** Memory of at least `octets`, with anything in it. */
export function lentOctets(octets: number): Uint8Array {
  if (octets > PIECE_OCTETS) return new Uint8Array(octets);
  return pieces.pop() ?? new Uint8Array(PIECE_OCTETS);
}

/** Takes memory back that nobody looks at any more. */
export function giveBack(octets: Uint8Array): void {
  if (octets.length === PIECE_OCTETS && pieces.length < PIECES_MAX) pieces.push(octets);
}
