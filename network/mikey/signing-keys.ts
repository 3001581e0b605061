/**
 * Keys of ECCSI (RFC 6507 section 5.1): what the KMS makes for a signer, how the signer checks it, and what a verifier derives
 * from the public part of it. Not constant time.
 */
import { createECDH, createPublicKey, type KeyObject } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { assert } from '../../sim/errors.ts';
import { concat, equal, fromHex, fromInteger, toInteger } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { mikeyCryptoError } from './errors.ts';
import { modulo } from './field.ts';
import { sha256 } from './hash-to-integer.ts';
import { randomScalar } from './random-scalar.ts';

type P256Point = InstanceType<typeof p256.Point>;

/** The order of P-256, q in RFC 6507. */
export const N = p256.Point.Fn.ORDER;
/** The prime of P-256, p in RFC 6507. */
export const PRIME = p256.Point.Fp.ORDER;
const GENERATOR = p256.Point.BASE.toBytes(false);

/** An SSK, and each of r and s: a number modulo the order of P-256. */
export const SCALAR_OCTETS = 32;
/** A public validation token: an uncompressed point of P-256 (SEC 1, 2.3.3). */
export const PVT_OCTETS = 65;

/** SubjectPublicKeyInfo of an uncompressed P-256 point, up to the point (RFC 5480). */
const SPKI_PREFIX = fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200');

/** What verification needs of one sender under one KMS. */
export interface SignerKey {
  /** HS = SHA-256(G || KPAK || ID || PVT), 32 octets. */
  readonly hs: Uint8Array;
  /** Y = [HS]PVT + KPAK, 65 octets. */
  readonly y: Uint8Array;
  readonly ecdsa: KeyObject;
}

const signers = new BoundedMemo<SignerKey | undefined>(1024);

/** 32 octets of a scalar. Precondition: 0 <= value < 2^256. */
export function scalarOctets(value: bigint): Uint8Array<ArrayBuffer> {
  const octets = fromInteger(value, SCALAR_OCTETS);
  assert(octets !== undefined, 'a scalar has 32 octets');
  return octets;
}

/** [scalar]G, 65 octets. Precondition: 0 < scalar < n. */
export function multiplyGenerator(scalar: bigint): Uint8Array<ArrayBuffer> {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalarOctets(scalar));
  return new Uint8Array(ecdh.getPublicKey());
}

/** HS (RFC 6507 5.1.1 step 3): binds PVT to the identifier and the KMS. */
export function hashOfSigner(kpak: Uint8Array, id: Uint8Array, pvt: Uint8Array): Uint8Array {
  return sha256(GENERATOR, kpak, id, pvt);
}

/**
 * HS and Y of a sender; undefined when PVT is not a point of the curve or Y is infinity.
 * @throws MIKEY_KMS_KEY_INVALID when KPAK is not a point of the curve
 */
export function signerKey(kpak: Uint8Array, id: Uint8Array, pvt: Uint8Array): SignerKey | undefined {
  return signers.recall([kpak, id, pvt], () => {
    const kpakPoint = decode(kpak);
    if (kpakPoint === undefined) {
      throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', 'KPAK is not a point of P-256 in 65 octets');
    }
    const pvtPoint = decode(pvt);
    if (pvtPoint === undefined) return undefined;
    const hs = hashOfSigner(kpak, id, pvt);
    const yPoint = pvtPoint.multiplyUnsafe(modulo(toInteger(hs), N)).add(kpakPoint);
    return yPoint.is0() ? undefined : signerKeyOf(hs, yPoint.toBytes(false));
  });
}

/** A signer's key from HS and Y (65 octets, a point of the curve). */
export function signerKeyOf(hs: Uint8Array, y: Uint8Array): SignerKey {
  assert(SPKI_PREFIX !== undefined, 'the prefix is hexadecimal');
  const key = Buffer.from(concat(SPKI_PREFIX, y));
  return { hs, y, ecdsa: createPublicKey({ key, format: 'der', type: 'spki' }) };
}

/** A point in 04 || x || y form, or undefined. */
function decode(octets: Uint8Array): P256Point | undefined {
  if (octets.length !== PVT_OCTETS) return undefined;
  try {
    return p256.Point.fromBytes(octets);
  } catch {
    return undefined;
  }
}

/** A user's SSK and PVT (RFC 6507 5.1.1). Precondition: 0 < ksak < n. */
export function makeSigningKeys(
  ksak: bigint,
  kpak: Uint8Array,
  id: Uint8Array,
  random: RandomSource,
): { ssk: Uint8Array; pvt: Uint8Array } {
  for (;;) {
    const v = randomScalar(random, N);
    const pvt = multiplyGenerator(v);
    const hs = toInteger(hashOfSigner(kpak, id, pvt));
    const ssk = modulo(ksak + hs * v, N);
    if (ssk !== 0n && hs % N !== 0n) return { ssk: scalarOctets(ssk), pvt };
  }
}

/**
 * Whether SSK and PVT belong to the identifier: KPAK = [SSK]G - [HS]PVT (RFC 6507 5.1.2), which says that SSK is the secret
 * of Y. @throws MIKEY_KMS_KEY_INVALID
 */
export function signingKeysAreGenuine(
  keys: { readonly ssk: Uint8Array; readonly pvt: Uint8Array },
  id: Uint8Array,
  kpak: Uint8Array,
): boolean {
  const signer = signerKey(kpak, id, keys.pvt);
  const ssk = toInteger(keys.ssk);
  if (signer === undefined || keys.ssk.length !== SCALAR_OCTETS || ssk === 0n || ssk >= N) return false;
  return equal(multiplyGenerator(ssk), signer.y);
}
