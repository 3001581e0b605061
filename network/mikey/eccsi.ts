/**
 * ECCSI (RFC 6507) on P-256 with SHA-256: identity-based signatures r || s || PVT, 129 octets.
 *
 * A signature is valid exactly when (r, s^-1 mod n) is an ECDSA signature over HS || r || M under Y = [HS]PVT + KPAK, so
 * verification is the platform's ECDSA, with Y kept per sender. The equivalence has an edge that ECDSA blurs: ECCSI
 * compares J_x modulo p, ECDSA modulo n < p. Where the two could differ (r < p - n or r >= n, about one in 2^128) the equation
 * of RFC 6507 5.2.2 is computed as it stands. The RFC bounds neither r nor s, and neither is bounded here; s and n - s
 * both verify, which an attacker may use ({@link malleate}).
 *
 * Not constant time.
 */
import { verify } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { concat, toInteger } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { mikeyCryptoError } from './errors.ts';
import { invertModulo, modulo } from './field.ts';
import { sha256 } from './hash-to-integer.ts';
import { randomScalar } from './random-scalar.ts';
import {
  hashOfSigner,
  multiplyGenerator,
  N,
  PRIME,
  PVT_OCTETS,
  SCALAR_OCTETS,
  scalarOctets,
  signerKey,
  type SignerKey,
} from './signing-keys.ts';

const SIGNATURE_OCTETS = 2 * SCALAR_OCTETS + PVT_OCTETS;

/**
 * Signs a message (RFC 6507 5.2.1). Gives r || s || PVT, 129 octets. Preconditions: `keys` passed validation on receipt.
 * @param id identifier octets of the signer
 * @param keys SSK (32 octets) and PVT (65 octets)
 */
export function eccsiSign(
  message: Uint8Array,
  id: Uint8Array,
  keys: { readonly ssk: Uint8Array; readonly pvt: Uint8Array },
  kpak: Uint8Array,
  random: RandomSource,
): Uint8Array {
  const hs = hashOfSigner(kpak, id, keys.pvt);
  const ssk = toInteger(keys.ssk);
  for (;;) {
    const j = randomScalar(random, N);
    const r = multiplyGenerator(j).subarray(1, 1 + SCALAR_OCTETS);
    const he = sha256(hs, r, message);
    const divisor = modulo(toInteger(he) + toInteger(r) * ssk, N);
    // RFC 6507 5.2.1 step 4: start again with a fresh j.
    if (divisor === 0n) continue;
    const s = modulo(invertModulo(divisor, N) * j, N);
    return concat(r, scalarOctets(s), keys.pvt);
  }
}

/**
 * Whether `signature` is one of `id` over `message` (RFC 6507 5.2.2). Everything that is not is false, whatever its form.
 * @throws MIKEY_KMS_KEY_INVALID
 */
export function verifySignature(
  message: Uint8Array,
  signature: Uint8Array,
  id: Uint8Array,
  kpak: Uint8Array,
): boolean {
  if (signature.length !== SIGNATURE_OCTETS) return false;
  const signer = signerKey(kpak, id, signature.subarray(2 * SCALAR_OCTETS));
  return signer !== undefined && holds(message, signature.subarray(0, 2 * SCALAR_OCTETS), signer);
}

/** Whether r || s (64 octets) is right for the message under the signer's HS and Y. */
export function holds(message: Uint8Array, rs: Uint8Array, signer: SignerKey): boolean {
  const r = rs.subarray(0, SCALAR_OCTETS);
  const rValue = toInteger(r);
  const s = modulo(toInteger(rs.subarray(SCALAR_OCTETS)), N);
  // [0](...) is infinity, which has no x, and J_x = 0 is forbidden.
  if (s === 0n || rValue % PRIME === 0n) return false;
  if (rValue < PRIME - N || rValue >= N) return holdsAsWritten(message, r, s, signer);
  const ecdsaSignature = concat(r, scalarOctets(invertModulo(s, N)));
  return verify(
    'sha256',
    concat(signer.hs, r, message),
    { key: signer.ecdsa, dsaEncoding: 'ieee-p1363' },
    ecdsaSignature,
  );
}

/** J = [s]([HE]G + [r]Y), J_x = r modulo p. Precondition: 0 < s < n. */
function holdsAsWritten(message: Uint8Array, r: Uint8Array, s: bigint, signer: SignerKey): boolean {
  const he = modulo(toInteger(sha256(signer.hs, r, message)), N);
  const rValue = toInteger(r);
  const sum = p256.Point.BASE.multiplyUnsafe(he).add(
    p256.Point.fromBytes(signer.y).multiplyUnsafe(modulo(rValue, N)),
  );
  return !sum.is0() && sum.multiplyUnsafe(s).x === modulo(rValue, PRIME);
}

/**
 * The other valid signature of the same message: (r, n - s, PVT). It defeats a replay cache that is keyed on whole messages.
 * @throws MIKEY_SIGNATURE_MALFORMED
 */
export function malleate(signature: Uint8Array): Uint8Array {
  if (signature.length !== SIGNATURE_OCTETS) {
    const detail = `a signature has ${SIGNATURE_OCTETS} octets, not ${signature.length}`;
    throw mikeyCryptoError('MIKEY_SIGNATURE_MALFORMED', detail, { where: { offset: 0 } });
  }
  const s = modulo(toInteger(signature.subarray(SCALAR_OCTETS, 2 * SCALAR_OCTETS)), N);
  if (s === 0n) {
    const where = { offset: SCALAR_OCTETS };
    throw mikeyCryptoError('MIKEY_SIGNATURE_MALFORMED', 's is zero: no signature at all', { where });
  }
  return concat(
    signature.subarray(0, SCALAR_OCTETS),
    scalarOctets(N - s),
    signature.subarray(2 * SCALAR_OCTETS),
  );
}
