/** What the trace says of an I_MESSAGE: read from its octets, so that a report rests on the wire and not on intentions. */
import { CalldrillError } from '../../sim/errors.ts';
import { parseMessage } from '../../network/mikey/index.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import { offeredMessage } from '../signalling/session-description.ts';

/** The fields of an I_MESSAGE that clauses speak of, named as in RFC 3830 and RFC 6509. */
export interface KeyMessageFacts {
  readonly dataType: number;
  readonly prf: string;
  readonly sakkeParams: number;
  readonly signature: string;
  readonly octets: number;
}

const SIGNATURE_TYPES = ['RSA PKCS#1', 'RSA PSS', 'ECCSI'] as const;

/** Errors: the codes of a malformed message. */
export function factsOf(octets: Uint8Array): KeyMessageFacts {
  const { header, payloads, sign } = parseMessage(octets);
  const sakke = payloads.find(({ kind }) => kind === 'SAKKE');
  const signAt = octets.length - sign.signature.length - 2;
  return {
    dataType: octets[1] ?? 0,
    prf: header.prf,
    // The octet after "next payload" of the SAKKE payload (RFC 6509 4.2), and the high half of the first of SIGN.
    sakkeParams: octets[(sakke?.offset ?? 0) + 1] ?? 0,
    signature: SIGNATURE_TYPES[(octets[signAt] ?? 0) >> 4] ?? 'unknown',
    octets: octets.length,
  };
}

/** The CSB ID as both ends write it: eight hexadecimal digits. */
export function csbText(csbId: number): string {
  return csbId.toString(16).padStart(8, '0');
}

/** The CSB ID of the I_MESSAGE that an INVITE offers; null when there is none that can be read. */
export function csbOffered(invite: SipRequest): string | null {
  try {
    return csbText(parseMessage(offeredMessage(invite)).header.csbId);
  } catch (error) {
    if (error instanceof CalldrillError) return null;
    throw error;
  }
}
