/**
 * Messages that were written a moment ago. What is written is read once before it is sent (see `serialise.ts`); where its very octets come
 * out of a stream of this process, that reading is handed over instead of being done again, and only once: nobody else has it. It is a cache
 * and no state: whoever finds nothing here reads the same.
 */
import { toAscii } from '../../sim/octets.ts';
import type { SipMessage } from './message.ts';

/** Messages that are under way at once, of which the reading is held; beyond it all are forgotten. */
const WRITTEN_MAX = 256;
/** Octets of a message whose reading is held. */
const WRITTEN_OCTETS_MAX = 4096;

/** By their octets. */
const written = new Map<string, SipMessage>();

/** These octets were written, and were read as this message. */
export function hold(octets: Uint8Array, message: SipMessage): void {
  if (octets.length > WRITTEN_OCTETS_MAX) return;
  if (written.size >= WRITTEN_MAX) written.clear();
  written.set(toAscii(octets), message);
}

/** What these octets were read as when they were written; nobody gets it again. */
export function takeHeld(octets: Uint8Array): SipMessage | undefined {
  if (written.size === 0 || octets.length === 0 || octets.length > WRITTEN_OCTETS_MAX) return undefined;
  const name = toAscii(octets);
  const message = written.get(name);
  if (message !== undefined) written.delete(name);
  return message;
}
