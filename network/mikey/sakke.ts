/**
 * SAKKE (RFC 6508) over parameter set 1: identity-based transport of an SSV. These are the bare algorithms; what other
 * rooms call is in `memo.ts`.
 *
 * Nothing in the arithmetic of a sender depends on the recipient except rb mod q: [r]([b]P + Z) = [rb]P + [r]Z, two fixed
 * points and no doubling. The receiver recomputes the same sum and compares it projectively with R.
 *
 * Elements of PF_p are hashed as exactly 128 octets (RFC 6508 section 4): dropping leading zeros breaks one message in 153.
 * Not constant time; 112 bits of strength.
 */
import { assert } from '../../sim/errors.ts';
import { concat, fromInteger, toHex, toInteger } from '../../sim/octets.ts';
import type { AffinePoint, XyzzPoint } from './curve.ts';
import { mikeyCryptoError } from './errors.ts';
import { BigIntField, invertAll, modulo } from './field.ts';
import { groupInUse } from './group-in-use.ts';
import { curve, field, type FixedPoint, type SakkeGroup } from './group.ts';
import { hashToIntegerRange } from './hash-to-integer.ts';
import { FIELD_OCTETS, G, POINT_OCTETS, Q, SED_OCTETS, SSV_OCTETS } from './params1.ts';
import type { ProjectiveElement } from './power-table.ts';
import type { PreparedPoint } from './prepared-pairing.ts';

const MASK_BOUND = 1n << BigInt(8 * SSV_OCTETS);

/** From this opening on, a key is made ready: preparing takes as long as two openings that are not prepared. */
const PREPARED_FROM = 3;

/** A KMS's public key Z and its table. @throws MIKEY_KMS_KEY_INVALID when Z is not a point of order q */
function publicKey(z: Uint8Array, group: SakkeGroup): FixedPoint {
  return group.publicKeys.recall([z], () => {
    const point = curve.decode(z);
    if (point === undefined) throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', 'Z is not a point of the curve');
    const key = group.fixedPoint(point);
    if (key === undefined) {
      throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', 'Z is a point of the curve but not of order q');
    }
    return key;
  });
}

/** [r]([b]P + Z) with b the integer of the identifier (RFC 6508 section 6.2.1 step 3). */
function sealedPoint(r: bigint, id: Uint8Array, z: FixedPoint, group: SakkeGroup): XyzzPoint {
  return group.sum(modulo(r * toInteger(id), Q), r, z);
}

/** H: the SSV masked with the hash of t = b/a of an element of PF_p, or the SSV unmasked. */
function masked(ssv: Uint8Array, t: bigint): Uint8Array {
  const w = fromInteger(t, FIELD_OCTETS);
  assert(w !== undefined, 'a field element fits its octets');
  const result = fromInteger(toInteger(ssv) ^ hashToIntegerRange(w, MASK_BOUND), SSV_OCTETS);
  assert(result !== undefined, 'mask and SSV have the same length');
  return result;
}

/** t = b/a of an element of PF_p. */
function ratioOf({ a, b }: ProjectiveElement): bigint {
  // q is odd, so no element of the group is i, the only one without a real part. A point of E that is not of order q gives
  // an element of the group too: the final exponent sees to that.
  assert(!field.isZero(a), 'an element of odd order has a real part');
  return field.toInteger(field.multiply(b, field.invert(a)));
}

/**
 * Seals an SSV (16 octets) to an identifier under a KMS's Z (257 octets). Gives R || H, 273 octets (RFC 6508 6.2.1).
 * @throws MIKEY_KMS_KEY_INVALID
 */
export function encapsulate(
  ssv: Uint8Array,
  id: Uint8Array,
  z: Uint8Array,
  group: SakkeGroup = groupInUse(),
): Uint8Array {
  assert(ssv.length === SSV_OCTETS, 'an SSV has 16 octets');
  const key = publicKey(z, group);
  const r = hashToIntegerRange(concat(ssv, id), Q);
  const point = sealedPoint(r, id, key, group);
  if (curve.isInfinity(point)) {
    throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', `Z is [-b]P for the identifier ${toHex(id)}`);
  }
  const { a, b } = group.power(r);
  // One inversion for both results.
  const [inverseZzz, inverseA] = invertAll(field, [point.zzz, a]);
  assert(inverseZzz !== undefined && inverseA !== undefined, 'two inverses of two elements');
  const r1 = curve.encode(curve.affine(point, inverseZzz));
  return concat(r1, masked(ssv, field.toInteger(field.multiply(b, inverseA))));
}

/** One receiver's RSK. Whoever opens often has the half of the pairing that depends on the RSK made ready. */
export class ReceiverKey {
  readonly #id: Uint8Array;
  readonly #z: Uint8Array;
  readonly #point: AffinePoint;
  readonly #group: SakkeGroup;
  #openings = 0;
  #prepared: PreparedPoint | undefined;

  /** @throws MIKEY_RSK_INVALID when `rsk` (257 octets) is not a point of the curve */
  constructor(rsk: Uint8Array, id: Uint8Array, z: Uint8Array, group: SakkeGroup = groupInUse()) {
    const point = curve.decode(rsk);
    if (point === undefined) throw rskInvalid('not a point of the curve');
    this.#point = point;
    this.#id = id.slice();
    this.#z = z.slice();
    this.#group = group;
  }

  /** Makes the key ready for many openings. @throws MIKEY_RSK_INVALID when the RSK is not of order q */
  prepare(): void {
    this.#prepared ??= this.#group.prepare(this.#point);
    if (this.#prepared === undefined) throw rskInvalid('not of order q');
  }

  /**
   * Whether <[a]P + Z, RSK> = g: the RSK is that of this identifier under this Z (RFC 6508 section 6.1.2).
   * @throws MIKEY_KMS_KEY_INVALID, MIKEY_RSK_INVALID when the RSK is not of order q
   */
  isGenuine(): boolean {
    const sum = sealedPoint(1n, this.#id, publicKey(this.#z, this.#group), this.#group);
    if (curve.isInfinity(sum)) return false;
    const [identityPoint] = curve.toAffine([sum]);
    assert(identityPoint !== undefined, 'one point has one affine form');
    const { a, b } = this.#pairedWith(identityPoint);
    return field.equals(b, field.multiply(a, G));
  }

  /**
   * The SSV (16 octets) of encapsulated data, or why it is refused. Everything is refused whose R is not the one a sender
   * computes for this SSV and identifier (RFC 6508 6.2.2 step 5), so another's data, an altered R and an altered H all are.
   * @throws MIKEY_KMS_KEY_INVALID, MIKEY_RSK_INVALID when the RSK is not of order q
   */
  open(data: Uint8Array): Uint8Array | Refusal {
    const key = publicKey(this.#z, this.#group);
    if (data.length !== SED_OCTETS) {
      const offset = Math.min(data.length, SED_OCTETS);
      return { refused: `${data.length} octets, not ${SED_OCTETS}`, offset };
    }
    const point = curve.decode(data.subarray(0, POINT_OCTETS));
    if (point === undefined) return { refused: 'R is not a point of the curve', offset: 0 };
    if (++this.#openings >= PREPARED_FROM) this.prepare();
    const ssv = masked(data.subarray(POINT_OCTETS), ratioOf(this.#pairedWith(point)));
    const r = hashToIntegerRange(concat(ssv, this.#id), Q);
    if (!curve.equals(sealedPoint(r, this.#id, key, this.#group), point)) {
      return { refused: 'R is not the one that this SSV and identifier give', offset: 0 };
    }
    return ssv;
  }

  #pairedWith(other: AffinePoint): ProjectiveElement {
    if (this.#prepared !== undefined) return this.#group.pairPrepared(this.#prepared, other);
    const value = this.#group.pair(this.#point, other);
    if (value === undefined) throw rskInvalid('not of order q');
    return value;
  }
}

function rskInvalid(fault: string): Error {
  return mikeyCryptoError('MIKEY_RSK_INVALID', `the RSK is ${fault}`);
}

/** Why encapsulated data was refused, and the octet offset in it. */
export interface Refusal {
  readonly refused: string;
  readonly offset: number;
}

/** Z_T = [z_T]P (RFC 6508 2.2), 257 octets. Precondition: 1 < zT < q. */
export function publicKeyOf(zT: bigint, group: SakkeGroup = groupInUse()): Uint8Array {
  const [point] = curve.toAffine([group.multiplyGenerator(zT)]);
  assert(point !== undefined, 'one point has one affine form');
  return curve.encode(point);
}

/**
 * RSK = [1/(a + z_T)]P for each identifier (RFC 6508 6.1.1), 257 octets each, sharing the inversions.
 * @throws MIKEY_MASTER_SECRET_INVALID when a + z_T is 0 modulo q for one of them
 */
export function extract(
  zT: bigint,
  ids: readonly Uint8Array[],
  group: SakkeGroup = groupInUse(),
): Uint8Array[] {
  const sums = ids.map((id) => modulo(toInteger(id) + zT, Q));
  if (sums.includes(0n)) {
    throw mikeyCryptoError('MIKEY_MASTER_SECRET_INVALID', 'z_T is minus one of the identifiers modulo q');
  }
  const scalars = new BigIntField(Q);
  const inverses = invertAll(scalars, sums);
  const points = inverses.map((inverse) => group.multiplyGenerator(scalars.toInteger(inverse)));
  return curve.toAffine(points).map((point) => curve.encode(point));
}
