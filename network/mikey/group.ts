/**
 * The group of parameter set 1 on one field: products with P, Z and g by tables, pairings, all in the field's memory. Tables and
 * workspaces are made when first needed.
 */
import { assert } from '../../sim/errors.ts';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { Curve, type AffinePoint, type XyzzPoint } from './curve.ts';
import { BigIntField } from './field.ts';
import { BatchInverse } from './field/batch-inverse.ts';
import type { PairAddress, FieldName, PairField } from './field/pair-field.ts';
import { Shelf } from './field/shelf.ts';
import { Pairing } from './pairing.ts';
import { FIELD_OCTETS, G, P, P_X, P_Y, Q } from './params1.ts';
import { PointChain } from './point-chain.ts';
import { PointSum } from './point-sum.ts';
import { entriesOf, PointTableBuilder, summandsOf, type PointTable } from './point-table.ts';
import { PowerTable, type ProjectiveElement } from './power-table.ts';
import { FUNCTION_PAIRS, PairingPreparation, type PreparedPoint } from './prepared-pairing.ts';
import { PreparedValue } from './prepared-value.ts';

/** The integers modulo the 1,024-bit p of parameter set 1 (RFC 6509 appendix A), in BigInt. */
export const field = new BigIntField(P);
/** The curve of parameter set 1 over {@link field}: y^2 = x^3 - 3x (RFC 6508 section 3.1). */
export const curve = new Curve(field, P, FIELD_OCTETS);
/** P of parameter set 1: it generates the subgroup of order q that all keys are in. */
export const generator: AffinePoint = { x: P_X, y: P_Y };

/** Bits of a scalar, which may have q added to make it odd. */
const SCALAR_BITS = (2n * Q).toString(2).length;

/**
 * Widths of table digits: one more bit saves an eighth of the additions and doubles the table and the time to make it. P
 * and g serve the whole process, a KMS's Z often only a few messages.
 */
const P_WIDTH = 8;
const G_WIDTH = 7;
const Z_WIDTH = 7;

/** Products with P before its table is made: whoever needs one public key and no more does not wait for it. */
const UNTABLED_PRODUCTS = 2;

/** Public keys whose tables are remembered, and how many tables are in the field's memory; a table has 3.2 megabytes. */
const Z_TABLES = 8;
const Z_PLACES = 2;
/** Prepared points in the field's memory, half a megabyte each. */
const POINT_PLACES = 2;

/** A public key's point and its table. */
export interface FixedPoint {
  readonly point: AffinePoint;
  readonly table: PointTable;
}

/** The group's operations; each result is the same integers whichever field computes it. */
export class SakkeGroup {
  readonly fieldName: FieldName;
  /** Tables of public keys by their octets, for whoever decodes them. */
  readonly publicKeys = new BoundedMemo<FixedPoint>(Z_TABLES);
  readonly #field: PairField;
  readonly #chain: PointChain;
  readonly #inverse: BatchInverse;
  readonly #sum: PointSum;
  readonly #builder: PointTableBuilder;
  readonly #fixedPlaces: Shelf;
  readonly #preparedPlaces: Shelf;
  #generator: { readonly table: PointTable; readonly start: PairAddress } | undefined;
  #untabled = 0;
  #powers: PowerTable | undefined;
  #pairing: Pairing | undefined;
  #preparation: PairingPreparation | undefined;
  #prepared: PreparedValue | undefined;

  constructor(pairs: PairField) {
    this.fieldName = pairs.name;
    this.#field = pairs;
    this.#chain = new PointChain(pairs);
    this.#inverse = new BatchInverse(pairs, P);
    this.#sum = new PointSum(pairs, curve);
    this.#builder = new PointTableBuilder(pairs, this.#chain, this.#inverse, SCALAR_BITS);
    this.#fixedPlaces = new Shelf(pairs, entriesOf(SCALAR_BITS, Z_WIDTH), Z_PLACES);
    this.#preparedPlaces = new Shelf(pairs, FUNCTION_PAIRS * Math.ceil(SCALAR_BITS / 2), POINT_PLACES);
  }

  /** [scalar]P; 0 <= scalar < q. */
  multiplyGenerator(scalar: bigint): XyzzPoint {
    if (this.#generator === undefined && this.#untabled++ < UNTABLED_PRODUCTS) {
      return this.#chain.multiply(scalar, generator) ?? curve.multiply(scalar, generator);
    }
    const { table, start } = this.#generatorTable();
    return this.#multiple(scalar, table, start) ?? curve.multiply(scalar, generator);
  }

  /** A point and its table; undefined when its order is not q. */
  fixedPoint(point: AffinePoint): FixedPoint | undefined {
    const quadruple = curve.double(curve.double(curve.lift(point)));
    if (curve.isInfinity(quadruple)) return undefined;
    const place = this.#fixedPlaces.freePlace();
    const table = this.#builder.build(point, Z_WIDTH, place);
    this.#fixedPlaces.put(table.pairs, place);
    // [q - 2]Z = -2Z, by a scalar that is odd as it is.
    const multiple = this.#multiple(Q - 2n, table, place);
    const twice = curve.toAffine([curve.double(curve.lift(point))])[0];
    assert(twice !== undefined, 'one point has one affine form');
    return multiple !== undefined && curve.equals(multiple, curve.negate(twice))
      ? { point, table }
      : undefined;
  }

  /** [a]P + [b]Z; 0 <= a, b < q. */
  sum(a: bigint, b: bigint, z: FixedPoint): XyzzPoint {
    const { table, start } = this.#generatorTable();
    const place = this.#fixedPlaces.addressOf(z.table.pairs);
    const summands = [
      ...summandsOf(madeOdd(a), SCALAR_BITS, table, start, this.#field.stride),
      ...summandsOf(madeOdd(b), SCALAR_BITS, z.table, place, this.#field.stride),
    ];
    return this.#sum.of(summands) ?? curve.add(curve.multiply(a, generator), curve.multiply(b, z.point));
  }

  /** g^exponent; 0 <= exponent < q. */
  power(exponent: bigint): ProjectiveElement {
    this.#powers ??= new PowerTable(this.#field, this.#inverse, G, SCALAR_BITS, G_WIDTH);
    return this.#powers.power(madeOdd(exponent));
  }

  /** <first, second>; undefined when the order of `first` is not q. */
  pair(first: AffinePoint, second: AffinePoint): ProjectiveElement | undefined {
    this.#pairing ??= new Pairing(this.#field, curve, this.#chain, Q);
    return this.#pairing.of(first, second);
  }

  /** Makes a point ready to be paired with many; undefined when its order is not q. */
  prepare(first: AffinePoint): PreparedPoint | undefined {
    this.#preparation ??= new PairingPreparation(this.#field, curve, this.#chain, this.#inverse, Q);
    return this.#preparation.of(first);
  }

  /** <first, second>, the first point made ready by this same group. */
  pairPrepared(first: PreparedPoint, second: AffinePoint): ProjectiveElement {
    this.#prepared ??= new PreparedValue(this.#field, P);
    return this.#prepared.of(first, this.#preparedPlaces.addressOf(first.functions), second);
  }

  #generatorTable(): { readonly table: PointTable; readonly start: PairAddress } {
    if (this.#generator === undefined) {
      const start = this.#field.reserve(entriesOf(SCALAR_BITS, P_WIDTH));
      this.#generator = { table: this.#builder.build(generator, P_WIDTH, start), start };
    }
    return this.#generator;
  }

  /** Undefined when the sum met equal or opposite points. */
  #multiple(scalar: bigint, table: PointTable, start: PairAddress): XyzzPoint | undefined {
    const odd = madeOdd(scalar);
    return this.#sum.of(summandsOf(odd, SCALAR_BITS, table, start, this.#field.stride));
  }
}

/** The same multiple of whatever has order q. */
function madeOdd(scalar: bigint): bigint {
  return (scalar & 1n) === 1n ? scalar : scalar + Q;
}
