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
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import type { Comb } from './comb.ts';
import type { XyzzPoint } from './curve.ts';
import { mikeyCryptoError } from './errors.ts';
import { BigIntField, invertAll, modulo } from './field.ts';
import { curve, field, generatorComb, pairingPowers, publicKeyComb, type Element } from './group.ts';
import { hashToIntegerRange } from './hash-to-integer.ts';
import { PreparedPairing } from './pairing.ts';
import { FIELD_OCTETS, G, POINT_OCTETS, Q, SED_OCTETS, SSV_OCTETS } from './params1.ts';
import type { ProjectiveElement } from './projective-line.ts';

const MASK_BOUND = 1n << BigInt(8 * SSV_OCTETS);

/** A table of Z has some two megabytes. */
const tables = new BoundedMemo<Comb<Element>>(8);

/** The table of a KMS's public key Z. @throws MIKEY_KMS_KEY_INVALID when Z is not a point of order q */
function tableOf(z: Uint8Array): Comb<Element> {
  return tables.recall([z], () => {
    const point = curve.decode(z);
    if (point === undefined) throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', 'Z is not a point of the curve');
    const quadruple = curve.double(curve.double(curve.lift(point)));
    const table = curve.isInfinity(quadruple) ? undefined : publicKeyComb(point);
    if (table === undefined || !curve.isInfinity(table.multiply(Q))) {
      throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', 'Z is a point of the curve but not of order q');
    }
    return table;
  });
}

/** [r]([b]P + Z) with b the integer of the identifier (RFC 6508 section 6.2.1 step 3). */
function sealedPoint(r: bigint, id: Uint8Array, z: Comb<Element>): XyzzPoint<Element> {
  return curve.sum([...generatorComb().summands(modulo(r * toInteger(id), Q)), ...z.summands(r)]);
}

/** H: the SSV masked with the hash of an element of PF_p, or the SSV unmasked. */
function masked(ssv: Uint8Array, { a, b }: ProjectiveElement<Element>): Uint8Array {
  // q is odd, so no element of the group is i, the only one without a real part. A point of E that is not of order q gives
  // an element of the group too: the final exponent sees to that.
  assert(!field.isZero(a), 'an element of odd order has a real part');
  const w = fromInteger(field.toInteger(field.multiply(b, field.invert(a))), FIELD_OCTETS);
  assert(w !== undefined, 'a field element fits its octets');
  const result = fromInteger(toInteger(ssv) ^ hashToIntegerRange(w, MASK_BOUND), SSV_OCTETS);
  assert(result !== undefined, 'mask and SSV have the same length');
  return result;
}

/**
 * Seals an SSV (16 octets) to an identifier under a KMS's Z (257 octets). Gives R || H, 273 octets (RFC 6508 6.2.1).
 * @throws MIKEY_KMS_KEY_INVALID
 */
export function encapsulate(ssv: Uint8Array, id: Uint8Array, z: Uint8Array): Uint8Array {
  assert(ssv.length === SSV_OCTETS, 'an SSV has 16 octets');
  const table = tableOf(z);
  const r = hashToIntegerRange(concat(ssv, id), Q);
  const point = sealedPoint(r, id, table);
  if (curve.isInfinity(point)) {
    throw mikeyCryptoError('MIKEY_KMS_KEY_INVALID', `Z is [-b]P for the identifier ${toHex(id)}`);
  }
  return concat(encoded(point), masked(ssv, pairingPowers().power(r)));
}

/** One RSK made ready: opening costs one pairing without lines to compute. Preparing costs about six openings. */
export class PreparedRsk {
  readonly #id: Uint8Array;
  readonly #table: Comb<Element>;
  readonly #pairing: PreparedPairing<Element>;

  /** @throws MIKEY_RSK_INVALID when `rsk` (257 octets) is not a point of order q; MIKEY_KMS_KEY_INVALID */
  constructor(rsk: Uint8Array, id: Uint8Array, z: Uint8Array) {
    const point = curve.decode(rsk);
    const pairing = point === undefined ? undefined : PreparedPairing.of(curve, Q, point);
    if (pairing === undefined) {
      const fault = point === undefined ? 'not a point of the curve' : 'not of order q';
      throw mikeyCryptoError('MIKEY_RSK_INVALID', `the RSK is ${fault}`);
    }
    this.#id = id.slice();
    this.#table = tableOf(z);
    this.#pairing = pairing;
  }

  /** Whether <[a]P + Z, RSK> = g: the RSK is that of this identifier under this Z (RFC 6508 section 6.1.2). */
  isGenuine(): boolean {
    const sum = sealedPoint(1n, this.#id, this.#table);
    if (curve.isInfinity(sum)) return false;
    const [identityPoint] = curve.toAffine([sum]);
    assert(identityPoint !== undefined, 'one point has one affine form');
    const { a, b } = this.#pairing.with(identityPoint);
    return field.equals(b, field.multiply(a, field.of(G)));
  }

  /**
   * The SSV (16 octets) of encapsulated data, or why it is refused. Everything is refused whose R is not the one a sender
   * computes for this SSV and identifier (RFC 6508 6.2.2 step 5), so another's data, an altered R and an altered H all are.
   */
  open(data: Uint8Array): Uint8Array | Refusal {
    if (data.length !== SED_OCTETS) {
      const offset = Math.min(data.length, SED_OCTETS);
      return { refused: `${data.length} octets, not ${SED_OCTETS}`, offset };
    }
    const point = curve.decode(data.subarray(0, POINT_OCTETS));
    if (point === undefined) return { refused: 'R is not a point of the curve', offset: 0 };
    const ssv = masked(data.subarray(POINT_OCTETS), this.#pairing.with(point));
    const r = hashToIntegerRange(concat(ssv, this.#id), Q);
    if (!curve.equals(sealedPoint(r, this.#id, this.#table), point)) {
      return { refused: 'R is not the one that this SSV and identifier give', offset: 0 };
    }
    return ssv;
  }
}

/** Why encapsulated data was refused, and the octet offset in it. */
export interface Refusal {
  readonly refused: string;
  readonly offset: number;
}

/** Z_T = [z_T]P (RFC 6508 2.2), 257 octets. Precondition: 1 < zT < q. */
export function publicKeyOf(zT: bigint): Uint8Array {
  return encoded(generatorComb().multiply(zT));
}

/**
 * RSK = [1/(a + z_T)]P for each identifier (RFC 6508 6.1.1), 257 octets each, sharing the inversions.
 * @throws MIKEY_MASTER_SECRET_INVALID when a + z_T is 0 modulo q for one of them
 */
export function extract(zT: bigint, ids: readonly Uint8Array[]): Uint8Array[] {
  const sums = ids.map((id) => modulo(toInteger(id) + zT, Q));
  if (sums.includes(0n)) {
    throw mikeyCryptoError('MIKEY_MASTER_SECRET_INVALID', 'z_T is minus one of the identifiers modulo q');
  }
  const scalars = new BigIntField(Q);
  const comb = generatorComb();
  const points = invertAll(scalars, sums).map((inverse) => comb.multiply(scalars.toInteger(inverse)));
  return curve.toAffine(points).map((point) => curve.encode(point));
}

function encoded(point: XyzzPoint<Element>): Uint8Array<ArrayBuffer> {
  const [affine] = curve.toAffine([point]);
  assert(affine !== undefined, 'one point has one affine form');
  return curve.encode(affine);
}
