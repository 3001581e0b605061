/**
 * The two pseudo-random functions of MIKEY, and the keys made with them. The header says which one a message uses:
 * both are here because one that ignores the field agrees with its peer half of the time.
 */
import { assert } from '../../sim/errors.ts';
import { ShortHmac } from '../short-hmac.ts';

/** PRF function 0 (RFC 3830 section 4.1.2) and 1 (RFC 6043 section 6.1). */
export type Prf = 'MIKEY-1' | 'PRF-HMAC-SHA-256';

/** The hash of each. */
const HASHES = { 'MIKEY-1': 'sha1', 'PRF-HMAC-SHA-256': 'sha256' } as const;

/** Before the RAND in a label: constant, CS ID, CSB ID. */
const LABEL_PREFIX_OCTETS = 9;

/** The input key is taken in pieces of 256 bits, whatever the hash. */
const PIECE_OCTETS = 32;

/** What a derived key is for (RFC 3830 section 4.1.3). The constants are digits of e. */
export const KEY_CONSTANTS = {
  TEK: 0x2ad01c64,
  authentication: 0x1b5c7973,
  encryption: 0x15798cef,
  salt: 0x39a2c14b,
} as const;

/** A pseudo-random function under one key: the first `length` octets that it makes of a label. */
type Keyed = (label: Uint8Array, length: number) => Uint8Array;

/** The first `length` octets of PRF(inkey, label). */
export function mikeyPrf(prf: Prf, inkey: Uint8Array, label: Uint8Array, length: number): Uint8Array {
  return keyedPrf(prf, inkey)(label, length);
}

function keyedPrf(prf: Prf, inkey: Uint8Array): Keyed {
  assert(inkey.length > 0, 'a PRF has a key');
  const macs: ShortHmac[] = [];
  for (let at = 0; at < inkey.length; at += PIECE_OCTETS)
    macs.push(new ShortHmac(HASHES[prf], inkey.subarray(at, at + PIECE_OCTETS)));
  return (label, length) => {
    assert(length > 0, 'a PRF has an output');
    const out = new Uint8Array(length);
    for (const mac of macs) {
      let a = label;
      for (let at = 0; at < length;) {
        a = mac.digest(a);
        for (const octet of mac.digest(a, label)) {
          if (at === length) break;
          out[at] = (out[at] as number) ^ octet;
          at++;
        }
      }
    }
    return out;
  };
}

/** What all keys of one crypto session bundle are derived from. */
export interface DerivationInput {
  readonly prf: Prf;
  /** The TGK; for MIKEY-SAKKE the SSV, 16 octets (RFC 6509 section 3.1). */
  readonly tgk: Uint8Array;
  /** 32 bits. */
  readonly csbId: number;
  readonly rand: Uint8Array;
}

/** One key of crypto session `csId` (0..255): the label is constant || CS ID || CSB ID || RAND. */
export function deriveKey(
  input: DerivationInput,
  purpose: keyof typeof KEY_CONSTANTS,
  csId: number,
  length: number,
): Uint8Array {
  return derived(keyedPrf(input.prf, input.tgk), input, purpose, csId, length);
}

function derived(
  prf: Keyed,
  { csbId, rand }: DerivationInput,
  purpose: keyof typeof KEY_CONSTANTS,
  csId: number,
  length: number,
): Uint8Array {
  assert(csId === (csId & 0xff) && csbId === csbId >>> 0, 'CS ID and CSB ID fit 8 and 32 bits');
  const label = new Uint8Array(LABEL_PREFIX_OCTETS + rand.length);
  const view = new DataView(label.buffer);
  view.setUint32(0, KEY_CONSTANTS[purpose]);
  view.setUint8(4, csId);
  view.setUint32(5, csbId);
  label.set(rand, LABEL_PREFIX_OCTETS);
  return prf(label, length);
}

/** The SRTP master key and master salt of one crypto session (one direction of a call). */
export interface SessionKeys {
  /** 1 from initiator to responder, 2 back: calldrill's convention, RFC 3830 fixes none. */
  readonly csId: number;
  /** 16 octets. */
  readonly tek: Uint8Array;
  /** 14 octets. */
  readonly salt: Uint8Array;
}

/** TEK and salt of the two crypto sessions of a call, in the lengths of AES_CM_128 (RFC 3830 section 4.1.3). */
export function deriveSessions(
  input: DerivationInput,
  csIds: readonly [number, number],
): readonly [SessionKeys, SessionKeys] {
  const prf = keyedPrf(input.prf, input.tgk);
  const session = (csId: number): SessionKeys => ({
    csId,
    tek: derived(prf, input, 'TEK', csId, 16),
    salt: derived(prf, input, 'salt', csId, 14),
  });
  return [session(csIds[0]), session(csIds[1])];
}
