/**
 * SAKKE straight from RFC 6508, in plain BigInt: double-and-add in Jacobian coordinates and Miller's loop of section 3.2 bit by
 * bit. It is the yardstick of the benchmark and an independent check of the fast algorithms, so it shares nothing with them but
 * the parameters. It takes no inversion per step, so that the comparison is with an honest plain implementation.
 */
import { createHash } from 'node:crypto';
import { concat, fromInteger, toInteger } from '../../sim/octets.ts';
import { G, P, P_X, P_Y, Q } from './params1.ts';

interface TextbookPoint {
  readonly x: bigint;
  readonly y: bigint;
}

/** x = X/Z^2, y = Y/Z^3; Z = 0 is infinity. */
interface Jacobian extends TextbookPoint {
  readonly z: bigint;
}

const INFINITY: Jacobian = { x: 1n, y: 1n, z: 0n };
const BASE: TextbookPoint = { x: P_X, y: P_Y };

function mod(a: bigint, modulus: bigint = P): bigint {
  const remainder = a % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
}

/** a^-1 modulo p, by the extended Euclidean algorithm. */
function inverse(a: bigint): bigint {
  let [r, nextR, t, nextT] = [P, mod(a), 0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR, t, nextT] = [nextR, r - quotient * nextR, nextT, t - quotient * nextT];
  }
  return mod(t);
}

function double({ x, y, z }: Jacobian): Jacobian {
  const delta = mod(z * z);
  const gamma = mod(y * y);
  const beta = mod(x * gamma);
  const alpha = mod(3n * (x - delta) * (x + delta));
  const doubledX = mod(alpha * alpha - 8n * beta);
  return {
    x: doubledX,
    y: mod(alpha * (4n * beta - doubledX) - 8n * gamma * gamma),
    z: mod(2n * y * z),
  };
}

function add(a: Jacobian, b: TextbookPoint): Jacobian {
  if (a.z === 0n) return { x: b.x, y: b.y, z: 1n };
  const zz = mod(a.z * a.z);
  const h = mod(b.x * zz - a.x);
  const r = mod(b.y * mod(zz * a.z) - a.y);
  if (h === 0n) return r === 0n ? double(a) : INFINITY;
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const v = mod(a.x * hh);
  const x = mod(r * r - hhh - 2n * v);
  return { x, y: mod(r * (v - x) - a.y * hhh), z: mod(a.z * h) };
}

function multiply(scalar: bigint, point: TextbookPoint): Jacobian {
  let sum = INFINITY;
  for (const bit of scalar.toString(2)) {
    sum = double(sum);
    if (bit === '1') sum = add(sum, point);
  }
  return sum;
}

function toAffine({ x, y, z }: Jacobian): TextbookPoint {
  const i = inverse(z);
  const ii = mod(i * i);
  return { x: mod(x * ii), y: mod(y * mod(ii * i)) };
}

function decode(octets: Uint8Array): TextbookPoint {
  return { x: toInteger(octets.subarray(1, 129)), y: toInteger(octets.subarray(129, 257)) };
}

function encode({ x, y }: TextbookPoint): Uint8Array {
  return concat(Uint8Array.of(4), octetsOf(x, 128), octetsOf(y, 128));
}

function octetsOf(value: bigint, length: number): Uint8Array {
  return fromInteger(value, length) ?? new Uint8Array(0);
}

/** (a + bi)(c + di) in F_{p^2}. */
function product(a: bigint, b: bigint, c: bigint, d: bigint): [bigint, bigint] {
  return [mod(a * c - b * d), mod(a * d + b * c)];
}

/** <a, b> as one element of F_p (RFC 6508 section 3.2). */
export function pairing(aOctets: Uint8Array, bOctets: Uint8Array): bigint {
  const a = decode(aOctets);
  const b = decode(bOctets);
  let [real, imaginary] = [1n, 0n];
  let c: Jacobian = { x: a.x, y: a.y, z: 1n };
  for (const bit of (Q - 1n).toString(2).slice(1)) {
    // l(Qx + Cx) + (iQy - Cy) with l = 3(Cx^2 - 1) / 2Cy, times 2YZ^3, which is in F_p.
    const zz = mod(c.z * c.z);
    const m = mod(3n * (c.x - zz) * (c.x + zz));
    [real, imaginary] = product(real, imaginary, real, imaginary);
    [real, imaginary] = product(
      real,
      imaginary,
      mod(m * mod(b.x * zz + c.x) - 2n * c.y * c.y),
      mod(mod(2n * c.y * c.z) * mod(zz * b.y)),
    );
    c = double(c);
    if (bit === '0') continue;
    // l(Qx + Px) + (iQy - Py) with l = (Cy - Py) / (Cx - Px), times Z(X - Px Z^2).
    const rise = mod(c.y - a.y * mod(mod(c.z * c.z) * c.z));
    const run = mod(c.z * mod(c.x - a.x * mod(c.z * c.z)));
    [real, imaginary] = product(real, imaginary, mod(rise * (b.x + a.x) - run * a.y), mod(run * b.y));
    c = add(c, a);
  }
  // The exponent (p + 1) / q is 4.
  for (let i = 0; i < 2; i++) [real, imaginary] = product(real, imaginary, real, imaginary);
  return mod(imaginary * inverse(real));
}

/** g^exponent in PF_p, g = 1 + Gi. */
export function powerOfG(exponent: bigint): bigint {
  let [real, imaginary] = [1n, 0n];
  for (const bit of exponent.toString(2)) {
    [real, imaginary] = product(real, imaginary, real, imaginary);
    if (bit === '1') [real, imaginary] = product(real, imaginary, 1n, G);
  }
  return mod(imaginary * inverse(real));
}

function sha256(octets: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}

/** RFC 6508 section 5.1 for a bound of at most 1024 bits. */
function hashToIntegerRange(octets: Uint8Array, bound: bigint, blocks: number): bigint {
  const a = sha256(octets);
  let h: Uint8Array = new Uint8Array(32);
  let v: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < blocks; i++) {
    h = sha256(h);
    v = concat(v, sha256(concat(h, a)));
  }
  return mod(toInteger(v), bound);
}

function sealedPoint(r: bigint, id: Uint8Array, z: Uint8Array): TextbookPoint {
  return toAffine(multiply(r, toAffine(add(multiply(toInteger(id), BASE), decode(z)))));
}

function masked(ssv: Uint8Array, w: bigint): Uint8Array {
  return octetsOf(toInteger(ssv) ^ hashToIntegerRange(octetsOf(w, 128), 1n << 128n, 1), 16);
}

/** R || H, 273 octets (RFC 6508 6.2.1). */
export function textbookEncapsulate(ssv: Uint8Array, id: Uint8Array, z: Uint8Array): Uint8Array {
  const r = hashToIntegerRange(concat(ssv, id), Q, 4);
  return concat(encode(sealedPoint(r, id, z)), masked(ssv, powerOfG(r)));
}

/** The SSV, or undefined when R does not match (RFC 6508 6.2.2). Precondition: R is on the curve. */
export function textbookDecapsulate(
  data: Uint8Array,
  id: Uint8Array,
  z: Uint8Array,
  rsk: Uint8Array,
): Uint8Array | undefined {
  const ssv = masked(data.subarray(257), pairing(data, rsk));
  const r = hashToIntegerRange(concat(ssv, id), Q, 4);
  const point = sealedPoint(r, id, z);
  const given = decode(data);
  return point.x === given.x && point.y === given.y ? ssv : undefined;
}
