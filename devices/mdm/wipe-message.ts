/**
 * The two datagrams between the MDM and the agent on a phone.
 *
 *     +------+---------+---------------------+
 *     | "CDMW" (4)     | kind (1) | order (4) |   kind 1: wipe yourself, kind 2: wiped
 *     +------+---------+---------------------+
 *
 * Platform MDM protocols authenticate far better than this; what matters here is only whether the phone can be reached, and
 * reports say that the MDM channel is modelled, not real.
 */
import { errorsOf } from '../../sim/errors.ts';

/** Every code of wipe orders and their datagrams, with what to do instead. */
export const MDM_CODES = {
  MDM_MESSAGE: {
    summary: 'A datagram on the MDM port is not one of its messages.',
    fix: 'Nothing to do: it was ignored.',
  },
  MDM_UNKNOWN_PHONE: {
    summary: 'The MDM does not manage this phone.',
    fix: 'Type `phones` to see the phones it manages.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const mdmError = errorsOf(MDM_CODES);

/** UDP port of the agent on a phone. */
export const MDM_AGENT_PORT = 2195;

const MAGIC = 0x43444d57;
const LENGTH = 9;
const KINDS = ['wipe', 'wiped'] as const;

/** An order or its acknowledgement; both carry the order's number, 0 to 2^32-1. */
export interface WipeMessage {
  readonly kind: (typeof KINDS)[number];
  /** Number of the order, 32 bits. */
  readonly order: number;
}

/** Nine octets, as in the figure above. */
export function encodeWipeMessage({ kind, order }: WipeMessage): Uint8Array {
  const octets = new Uint8Array(LENGTH);
  const view = new DataView(octets.buffer);
  view.setUint32(0, MAGIC);
  view.setUint8(4, KINDS.indexOf(kind) + 1);
  view.setUint32(5, order);
  return octets;
}

/** Errors: MDM_MESSAGE. */
export function decodeWipeMessage(octets: Uint8Array): WipeMessage {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  if (octets.length !== LENGTH || view.getUint32(0) !== MAGIC) {
    throw mdmError('MDM_MESSAGE', `${octets.length} octets are not an MDM message`, { where: { offset: 0 } });
  }
  const kind = KINDS[view.getUint8(4) - 1];
  if (kind === undefined)
    throw mdmError('MDM_MESSAGE', `kind ${view.getUint8(4)} is not known`, { where: { offset: 4 } });
  return { kind, order: view.getUint32(5) };
}
