/**
 * SIGN, the signature over all octets before it, its own two header octets included (RFC 3830 sections 5.2 and 6.5).
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! S type| Signature len         ! Signature                     ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 * It names no next payload: it is the last one.
 */
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** The signature of a message, which is its last payload and covers all octets before it. */
export interface Sign {
  readonly kind: 'SIGN';
  /** 129 octets: r (32) || s (32) || PVT (65). */
  readonly signature: Uint8Array;
}

/** S type and length: signed, though they stand in the SIGN payload. */
export const SIGN_HEADER_OCTETS = 2;
/** Of ECCSI over P-256 (RFC 6507 section 3.3): r, s, and the signer's PVT. */
export const SIGNATURE_OCTETS = 129;

/** RFC 3830 section 6.5 and RFC 6509. */
const ECCSI = 2;
const SIGNATURE_TYPES = new Registry([
  [0, 'RSA PKCS#1 v1.5'],
  [1, 'RSA-PSS'],
  [ECCSI, 'ECCSI'],
]);

/** Reads SIGN: type (4 bits), length (12 bits), signature. Errors: MIKEY_SIGN. */
export function readSign(reader: Reader): Sign {
  const offset = reader.offset;
  const word = reader.uint16('type and length', noteOnWord);
  if (word !== ((ECCSI << 12) | SIGNATURE_OCTETS))
    reader.object(
      mikeyError(
        'MIKEY_SIGN',
        `${noteOnWord(word)} is not an ECCSI signature of ${SIGNATURE_OCTETS} octets`,
        {
          where: { offset },
        },
      ),
    );
  return { kind: 'SIGN', signature: reader.bytes('signature', word & 0xfff) };
}

/** Writes what {@link readSign} reads. */
export function writeSign(writer: Writer, { signature }: Sign): void {
  writer.uint16((ECCSI << 12) | signature.length).bytes(signature);
}

function noteOnWord(word: number): string {
  return `S type ${word >> 12} (${SIGNATURE_TYPES.nameOf(word >> 12) ?? 'unknown'}), ${word & 0xfff} octets`;
}
