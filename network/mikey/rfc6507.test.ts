/** RFC 6507 appendix A, step by step, and the edge cases of verification. */
import test from 'ava';
import { p256 } from '@noble/curves/nist.js';
import { concat, fromHex, toHex, toInteger } from '../../sim/octets.ts';
import { SeededRandom, type RandomSource } from '../../sim/random.ts';
import { eccsiSign, holds, malleate, verifySignature } from './eccsi.ts';
import { invertModulo, modulo } from './field.ts';
import { sha256 } from './hash-to-integer.ts';
import { eccsiVerify } from './memo.ts';
import { RFC6507, RFC6507_EDGE_CASES } from './rfc6507.vectors.ts';
import {
  hashOfSigner,
  makeSigningKeys,
  multiplyGenerator,
  N,
  PRIME,
  scalarOctets,
  signerKey,
  signerKeyOf,
  signingKeysAreGenuine,
} from './signing-keys.ts';

function octets(hex: string): Uint8Array {
  const result = fromHex(hex);
  if (result === undefined) throw new Error('a vector is not hexadecimal');
  return result;
}

/** Gives the scalars of the appendix where the algorithms draw one. */
function drawing(...scalars: readonly string[]): RandomSource {
  const rest = scalars.values();
  const other = new SeededRandom('rfc6507').stream('unused');
  return {
    uint32: () => other.uint32(),
    fraction: () => other.fraction(),
    below: (bound) => other.below(bound),
    chance: (probability) => other.chance(probability),
    octets: (length) => {
      const drawn = toInteger(octets(rest.next().value ?? '')) - 1n;
      return octets(drawn.toString(16).padStart(2 * length, '0'));
    },
  };
}

const id = octets(RFC6507.id);
const message = octets(RFC6507.message);
const kpak = octets(RFC6507.kpak);
const keys = { ssk: octets(RFC6507.ssk), pvt: octets(RFC6507.pvt) };

test('KPAK = [KSAK]G and PVT = [v]G', (t) => {
  t.is(toHex(multiplyGenerator(toInteger(octets(RFC6507.ksak)))), RFC6507.kpak);
  t.is(toHex(multiplyGenerator(toInteger(octets(RFC6507.v)))), RFC6507.pvt);
});

test('the KMS makes SSK and PVT of the appendix from v', (t) => {
  const made = makeSigningKeys(toInteger(octets(RFC6507.ksak)), kpak, id, drawing(RFC6507.v));
  t.is(toHex(made.ssk), RFC6507.ssk);
  t.is(toHex(made.pvt), RFC6507.pvt);
  t.is(toHex(hashOfSigner(kpak, id, made.pvt)), RFC6507.hs);
});

test('the receiver of SSK and PVT finds them genuine, and altered ones not', (t) => {
  t.true(signingKeysAreGenuine(keys, id, kpak));
  const altered = keys.ssk.slice();
  altered[31] = (altered[31] ?? 0) ^ 1;
  t.false(signingKeysAreGenuine({ ...keys, ssk: altered }, id, kpak));
  t.false(signingKeysAreGenuine({ ...keys, ssk: scalarOctets(0n) }, id, kpak));
  t.false(signingKeysAreGenuine({ ...keys, ssk: scalarOctets(N) }, id, kpak));
  t.false(signingKeysAreGenuine({ ...keys, ssk: keys.ssk.subarray(1) }, id, kpak));
  t.false(signingKeysAreGenuine({ ...keys, pvt: kpak }, id, kpak));
  t.false(signingKeysAreGenuine(keys, id.subarray(1), kpak));
});

test('the signer makes the signature of the appendix from j', (t) => {
  t.is(toHex(multiplyGenerator(toInteger(octets(RFC6507.j)))), RFC6507.jPoint);
  t.is(toHex(sha256(octets(RFC6507.hs), octets(RFC6507.r), message)), RFC6507.he);
  t.is(toHex(eccsiSign(message, id, keys, kpak, drawing(RFC6507.j))), RFC6507.signature);
});

test('the verifier computes HS and Y of the appendix and accepts', (t) => {
  const signer = signerKey(kpak, id, keys.pvt);
  t.is(toHex(signer?.hs ?? kpak), RFC6507.hs);
  t.is(toHex(signer?.y ?? kpak), RFC6507.y);
  t.true(verifySignature(message, octets(RFC6507.signature), id, kpak));
  t.true(eccsiVerify(message, octets(RFC6507.signature), id, kpak));
});

for (const { title, j, signature, valid } of RFC6507_EDGE_CASES) {
  test(`edge case: ${title} is ${valid ? 'accepted' : 'refused'}`, (t) => {
    t.is(verifySignature(message, octets(signature), id, kpak), valid);
    t.is(verifiedAsWritten(message, octets(signature), id, kpak), valid);
    if (j !== undefined) t.is(toHex(eccsiSign(message, id, keys, kpak, drawing(j))), signature);
  });
}

test('the other valid signature is (r, n - s), and its other one is the first', (t) => {
  const other = malleate(octets(RFC6507.signature));
  t.true(verifySignature(message, other, id, kpak));
  t.true(RFC6507_EDGE_CASES.some(({ valid, signature }) => valid && signature === toHex(other)));
  t.is(toHex(malleate(other)), RFC6507.signature);
  t.throws(() => malleate(other.subarray(1)), { code: 'MIKEY_SIGNATURE_MALFORMED' });
  const zero = concat(other.subarray(0, 32), scalarOctets(0n), other.subarray(64));
  t.throws(() => malleate(zero), { code: 'MIKEY_SIGNATURE_MALFORMED' });
});

test('a signer starts again when HE + r SSK is zero', (t) => {
  // The SSK for which j makes the divisor zero: -HE / r.
  const j = octets(RFC6507.j);
  const r = multiplyGenerator(toInteger(j)).subarray(1, 33);
  const he = toInteger(sha256(octets(RFC6507.hs), r, message));
  const ssk = scalarOctets(modulo(-he * invertModulo(toInteger(r), N), N));
  const signature = eccsiSign(message, id, { ...keys, ssk }, kpak, drawing(RFC6507.j, RFC6507.v));
  t.is(toHex(signature.subarray(0, 32)), RFC6507.pvt.slice(2, 66), 'r comes from the second draw');
});

test('the KMS starts again when SSK is zero', (t) => {
  // KSAK = -HS v, with KPAK as an opaque octet string that only HS depends on.
  const hs = toInteger(octets(RFC6507.hs));
  const ksak = modulo(-hs * toInteger(octets(RFC6507.v)), N);
  const made = makeSigningKeys(ksak, kpak, id, drawing(RFC6507.v, RFC6507.j));
  t.is(toHex(made.pvt), RFC6507.jPoint);
});

test('signatures of other lengths and a compressed PVT are refused', (t) => {
  const signature = octets(RFC6507.signature);
  t.false(verifySignature(message, signature.subarray(1), id, kpak));
  t.false(verifySignature(message, concat(signature, Uint8Array.of(0)), id, kpak));
  t.false(verifySignature(message, new Uint8Array(0), id, kpak));
  t.is(signerKey(kpak, id, keys.pvt.subarray(0, 33)), undefined);
});

test('a KPAK that is not a point is an error of the KMS key, not of the signature', (t) => {
  const broken = kpak.slice();
  broken[64] = (broken[64] ?? 0) ^ 1;
  t.throws(() => verifySignature(message, octets(RFC6507.signature), id, broken), {
    code: 'MIKEY_KMS_KEY_INVALID',
  });
});

/** RFC 6507 5.2.2 as it is written, on noble's arithmetic. */
function verifiedAsWritten(m: Uint8Array, signature: Uint8Array, signerId: Uint8Array, kmsKey: Uint8Array) {
  const [r, s, pvt] = [signature.subarray(0, 32), signature.subarray(32, 64), signature.subarray(64)];
  try {
    const hs = sha256(p256.Point.BASE.toBytes(false), kmsKey, signerId, pvt);
    const he = sha256(hs, r, m);
    const scaled = (point: InstanceType<typeof p256.Point>, scalar: Uint8Array) =>
      point.multiplyUnsafe(toInteger(scalar) % N);
    const y = scaled(p256.Point.fromBytes(pvt), hs).add(p256.Point.fromBytes(kmsKey));
    const j = scaled(scaled(p256.Point.BASE, he).add(scaled(y, r)), s);
    return !j.is0() && j.x !== 0n && j.x === toInteger(r) % PRIME;
  } catch {
    return false;
  }
}

test('the platform verifier and the equation as written agree on valid, malleated and altered signatures', (t) => {
  const random = new SeededRandom('equivalence').stream('rfc6507');
  for (let round = 0; round < 40; round++) {
    const text = random.octets(random.below(100));
    const signature = eccsiSign(text, id, keys, kpak, random);
    const altered = signature.slice();
    const at = random.below(altered.length);
    altered[at] = (altered[at] ?? 0) ^ (1 << random.below(8));
    for (const candidate of [signature, malleate(signature), altered]) {
      const expected = verifiedAsWritten(text, candidate, id, kpak);
      t.is(verifySignature(text, candidate, id, kpak), expected);
      t.is(expected, candidate !== altered);
    }
  }
});

/** The Y for which J = [s]([HE]G + [r]Y): made backwards, because no one can make such r by signing. */
function signerFor(j: InstanceType<typeof p256.Point>, r: bigint, s: bigint) {
  const hs = octets(RFC6507.hs);
  const he = toInteger(sha256(hs, scalarOctets(r), message)) % N;
  const y = j
    .multiplyUnsafe(invertModulo(s, N))
    .subtract(p256.Point.BASE.multiplyUnsafe(he))
    .multiplyUnsafe(invertModulo(r, N));
  return signerKeyOf(hs, y.toBytes(false));
}

/** The first point whose x is at least `from`. */
function pointFrom(from: bigint): InstanceType<typeof p256.Point> {
  for (let x = from; ; x++) {
    try {
      return p256.Point.fromBytes(concat(Uint8Array.of(2), scalarOctets(x)));
    } catch {
      // not the x of a point
    }
  }
}

test('r is compared modulo p: where ECDSA would take r for r + n, ECCSI does not', (t) => {
  const s = 5n;
  const small = pointFrom(1n);
  const rSmall = small.x;
  t.true(rSmall < PRIME - N);
  const rs = (r: bigint, sValue: bigint): Uint8Array => concat(scalarOctets(r), scalarOctets(sValue));
  t.true(holds(message, rs(rSmall, s), signerFor(small, rSmall, s)), 'J_x = r, below p - n');

  const large = pointFrom(N);
  t.true(large.x >= N && large.x < PRIME);
  t.true(holds(message, rs(large.x, s), signerFor(large, large.x, s)), 'J_x = r, at least n');

  const reduced = large.x - N;
  if (reduced > 0n) {
    t.false(holds(message, rs(reduced, s), signerFor(large, reduced, s)), 'J_x = r + n, equal modulo n only');
  }
  t.false(holds(message, rs(PRIME, s), signerFor(small, rSmall, s)), 'r = 0 modulo p');
  t.false(holds(message, rs(N, s), signerFor(small, rSmall, s)), 'r = 0 modulo n');
});

test('s is taken modulo n, as the RFC sets no bound', (t) => {
  const point = pointFrom(1n << 250n);
  const signer = signerFor(point, point.x, 5n);
  t.true(holds(message, concat(scalarOctets(point.x), scalarOctets(5n)), signer));
  t.true(holds(message, concat(scalarOctets(point.x), scalarOctets(N + 5n)), signer));
  t.false(holds(message, concat(scalarOctets(point.x), scalarOctets(N)), signer));
  t.false(holds(message, concat(scalarOctets(point.x), scalarOctets(6n)), signer));
});
