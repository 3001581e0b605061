/**
 * The two pseudo-random functions of MIKEY, and the keys made with them. The header says which one a message uses:
 * both are here because one that ignores the field agrees with its peer half of the time.
 */
import { createHmac } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { HmacSha256 } from './hmac-sha256.ts';

/** PRF function 0 (RFC 3830 section 4.1.2) and 1 (RFC 6043 section 6.1). */
export type Prf = 'MIKEY-1' | 'PRF-HMAC-SHA-256';

/** A MAC under one key. */
type Mac = (message: Uint8Array) => Uint8Array;

/** The MAC of each, and its output length in octets. */
const MACS: Readonly<Record<Prf, { readonly under: (key: Uint8Array) => Mac; readonly octets: number }>> = {
  'MIKEY-1': { under: (key) => (message) => createHmac('sha1', key).update(message).digest(), octets: 20 },
  'PRF-HMAC-SHA-256': {
    under: (key) => {
      const hmac = new HmacSha256(key);
      return (message) => hmac.digest(message);
    },
    octets: 32,
  },
};

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

/** The first `length` octets of PRF(inkey, label). */
export function mikeyPrf(prf: Prf, inkey: Uint8Array, label: Uint8Array, length: number): Uint8Array {
  assert(inkey.length > 0 && length > 0, 'a PRF has a key and an output');
  const { under, octets } = MACS[prf];
  const rounds = Math.ceil(length / octets);
  const out = new Uint8Array(rounds * octets);
  for (let at = 0; at < inkey.length; at += PIECE_OCTETS) {
    const mac = under(inkey.subarray(at, at + PIECE_OCTETS));
    let a = label;
    for (let round = 0; round < rounds; round++) {
      a = mac(a);
      const block = mac(concat(a, label));
      for (let i = 0; i < block.length; i++) {
        const position = round * octets + i;
        out[position] = (out[position] ?? 0) ^ (block[i] ?? 0);
      }
    }
  }
  return out.subarray(0, length);
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
  const { prf, tgk, csbId, rand } = input;
  assert(csId === (csId & 0xff) && csbId === csbId >>> 0, 'CS ID and CSB ID fit 8 and 32 bits');
  const label = new Uint8Array(LABEL_PREFIX_OCTETS + rand.length);
  const view = new DataView(label.buffer);
  view.setUint32(0, KEY_CONSTANTS[purpose]);
  view.setUint8(4, csId);
  view.setUint32(5, csbId);
  label.set(rand, LABEL_PREFIX_OCTETS);
  return mikeyPrf(prf, tgk, label, length);
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

/** TEK and salt of one crypto session, in the lengths of AES_CM_128 (RFC 3830 section 4.1.3). */
export function deriveSession(input: DerivationInput, csId: number): SessionKeys {
  return { csId, tek: deriveKey(input, 'TEK', csId, 16), salt: deriveKey(input, 'salt', csId, 14) };
}
