/** RFC 6508 appendix A, step by step and by every field, and what a receiver must refuse. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromHex, fromInteger, toHex, toInteger } from '../../sim/octets.ts';
import { groupsOnAllFields } from './fields.fixture.ts';
import { curve, field } from './group.ts';
import { hashToIntegerRange, sha256 } from './hash-to-integer.ts';
import { sakkeDecapsulate, SakkeReceiver } from './memo.ts';
import { Q } from './params1.ts';
import type { ProjectiveElement } from './power-table.ts';
import { encapsulate, extract, publicKeyOf, ReceiverKey } from './sakke.ts';
import { RFC6508, RFC6508_EDGE_CASES, RFC6508_HASH } from './rfc6508.vectors.ts';
import { pairing, powerOfG, textbookDecapsulate, textbookEncapsulate } from './textbook.bench.ts';

function octets(hex: string): Uint8Array {
  const result = fromHex(hex);
  if (result === undefined) throw new Error('a vector is not hexadecimal');
  return result;
}

function hexOf({ a, b }: ProjectiveElement): string {
  return field
    .toInteger(field.multiply(b, field.invert(a)))
    .toString(16)
    .padStart(256, '0');
}

const id = octets(RFC6508.id);
const z = octets(RFC6508.zPoint);
const zT = toInteger(octets(RFC6508.z));
const rsk = octets(RFC6508.rsk);
const ssv = octets(RFC6508.ssv);
const sealed = octets(RFC6508.encapsulated);

test('HashToIntegerRange passes through the values of the appendix', (t) => {
  t.is(RFC6508_HASH.input, RFC6508.ssv + RFC6508.id);
  t.is(toHex(sha256(octets(RFC6508_HASH.input))), RFC6508_HASH.a);
  let h: Uint8Array = new Uint8Array(32);
  RFC6508_HASH.h.forEach((expected, i) => {
    h = sha256(h);
    t.is(toHex(h), expected);
    t.is(toHex(sha256(h, octets(RFC6508_HASH.a))), RFC6508_HASH.v[i] ?? '');
  });
  t.is(hashToIntegerRange(octets(RFC6508_HASH.input), Q), toInteger(octets(RFC6508_HASH.result)));
});

test('the textbook passes through the values of the appendix', (t) => {
  t.is(powerOfG(toInteger(octets(RFC6508.r))), toInteger(octets(RFC6508.gToTheR)));
  const mask = hashToIntegerRange(octets(RFC6508.gToTheR), 1n << 128n);
  t.is(mask, toInteger(octets(RFC6508.mask)));
  t.is(mask ^ toInteger(ssv), toInteger(octets(RFC6508.h)));
  t.is(pairing(sealed, rsk), toInteger(octets(RFC6508.w)));
  t.is(RFC6508.encapsulated, `04${RFC6508.rX}${RFC6508.rY}${RFC6508.h}`);
  t.is(toHex(textbookEncapsulate(ssv, id, z)), RFC6508.encapsulated);
  t.deepEqual(textbookDecapsulate(sealed, id, z, rsk), ssv);
});

for (const group of groupsOnAllFields()) {
  const by = `by ${group.fieldName}: `;

  test(`${by}Z = [z]P and RSK = [1/(b + z)]P`, (t) => {
    t.is(toHex(publicKeyOf(zT, group)), RFC6508.zPoint);
    t.is(toHex(extract(zT, [id], group)[0] ?? z), RFC6508.rsk);
  });

  test(`${by}extraction in a batch gives each identifier the key it gets alone`, (t) => {
    const ids = [id, id.subarray(1), id.subarray(2), id];
    t.deepEqual(
      extract(zT, ids, group).map(toHex),
      ids.map((one) => toHex(extract(zT, [one], group)[0] ?? z)),
    );
    t.deepEqual(extract(zT, [], group), []);
  });

  test(`${by}g^r and the encapsulated data are those of the appendix`, (t) => {
    t.is(hexOf(group.power(toInteger(octets(RFC6508.r)))), RFC6508.gToTheR);
    t.is(toHex(encapsulate(ssv, id, z, group)), RFC6508.encapsulated);
  });

  test(`${by}the receiver computes w = <R, RSK> and opens to the SSV, prepared or not`, (t) => {
    const [rPoint, rskPoint] = [curve.decode(sealed.subarray(0, 257)), curve.decode(rsk)];
    t.truthy(rPoint && rskPoint);
    if (rPoint === undefined || rskPoint === undefined) return;
    const [value, prepared] = [group.pair(rskPoint, rPoint), group.prepare(rskPoint)];
    t.is(value === undefined ? '' : hexOf(value), RFC6508.w);
    t.is(prepared === undefined ? '' : hexOf(group.pairPrepared(prepared, rPoint)), RFC6508.w);
    const key = new ReceiverKey(rsk, id, z, group);
    for (let opening = 1; opening <= 4; opening++) t.deepEqual(key.open(sealed), ssv, `opening ${opening}`);
  });

  test(`${by}the receiver finds its RSK genuine, prepared or not: <[b]P + Z, RSK> = g`, (t) => {
    const key = new ReceiverKey(rsk, id, z, group);
    t.true(key.isGenuine());
    key.prepare();
    t.true(key.isGenuine());
  });

  for (const { title, ssv: edgeSsv, r, gToTheR, encapsulated, wrong } of RFC6508_EDGE_CASES) {
    test(`${by}edge case: ${title}`, (t) => {
      t.is(toHex(encapsulate(octets(edgeSsv), id, z, group)), encapsulated);
      const key = new ReceiverKey(rsk, id, z, group);
      t.deepEqual(key.open(octets(encapsulated)), octets(edgeSsv));
      const computed = hashToIntegerRange(octets(edgeSsv + RFC6508.id), Q);
      if (r !== undefined) t.is(computed, toInteger(octets(r)));
      if (gToTheR !== undefined) t.is(hexOf(group.power(computed)), gToTheR);
      if (wrong !== undefined) t.like(key.open(octets(wrong)), { offset: 0 });
    });
  }

  test(`${by}an RSK that is not a point of order q is an error`, (t) => {
    for (const bad of [sealed, rsk.subarray(1), withTorsion(rsk), curve.encode(TORSION)]) {
      t.throws(() => new ReceiverKey(bad, id, z, group).open(sealed), { code: 'MIKEY_RSK_INVALID' });
      t.throws(() => new ReceiverKey(bad, id, z, group).isGenuine(), { code: 'MIKEY_RSK_INVALID' });
      t.throws(() => new ReceiverKey(bad, id, z, group).prepare(), { code: 'MIKEY_RSK_INVALID' });
    }
  });

  test(`${by}a Z that is not a point of order q is an error`, (t) => {
    const offCurve = z.slice();
    offCurve[256] = (offCurve[256] ?? 0) ^ 1;
    for (const bad of [offCurve, z.subarray(1), withTorsion(z), curve.encode(TORSION)]) {
      t.throws(() => encapsulate(ssv, id, bad, group), { code: 'MIKEY_KMS_KEY_INVALID' });
      t.throws(() => new ReceiverKey(rsk, id, bad, group).open(sealed), { code: 'MIKEY_KMS_KEY_INVALID' });
    }
  });

  test(`${by}a Z that is [-b]P seals to no one, and its master secret has no key for b`, (t) => {
    const opposite = Q - toInteger(id);
    const zOpposite = publicKeyOf(opposite, group);
    t.throws(() => encapsulate(ssv, id, zOpposite, group), { code: 'MIKEY_KMS_KEY_INVALID' });
    t.throws(() => extract(opposite, [id], group), { code: 'MIKEY_MASTER_SECRET_INVALID' });
    t.false(new ReceiverKey(rsk, id, zOpposite, group).isGenuine());
  });
}

function refused(t: { like: (actual: unknown, expected: object) => void }, action: () => unknown): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  t.like(thrown, { code: 'MIKEY_SAKKE_REFUSED' });
}

const receiver = new SakkeReceiver(rsk, id, z);

/** The point of order 2. Added to a point of order q it gives one of order 2q on the curve. */
const TORSION = { x: 0n, y: 0n };

function withTorsion(encoded: Uint8Array): Uint8Array {
  const point = curve.decode(encoded);
  if (point === undefined) throw new Error('not a point');
  const [sum] = curve.toAffine([curve.add(curve.lift(point), curve.lift(TORSION))]);
  if (sum === undefined) throw new Error('no sum');
  return curve.encode(sum);
}

test('an H with one altered bit is refused, wherever the bit is', (t) => {
  for (const at of [257, 265, 272]) {
    const altered = sealed.slice();
    altered[at] = (altered[at] ?? 0) ^ 0x10;
    refused(t, () => receiver.decapsulate(altered));
  }
});

test('an R that is off the curve, out of range, at infinity or compressed is refused', (t) => {
  for (const at of [1, 128, 129, 256]) {
    const altered = sealed.slice();
    altered[at] = (altered[at] ?? 0) ^ 1;
    refused(t, () => receiver.decapsulate(altered));
  }
  const outOfRange = sealed.slice().fill(0xff, 1, 257);
  refused(t, () => receiver.decapsulate(outOfRange));
  refused(t, () => receiver.decapsulate(concat(new Uint8Array(257), sealed.subarray(257))));
  refused(t, () => receiver.decapsulate(concat(Uint8Array.of(0), sealed.subarray(257))));
  const compressed = sealed.slice();
  compressed[0] = 2;
  refused(t, () => receiver.decapsulate(compressed));
});

test('an R on the curve is refused when it is another point, its negative, or not of order q', (t) => {
  const h = sealed.subarray(257);
  const r = sealed.subarray(0, 257);
  const negative = curve.decode(r);
  t.truthy(negative);
  if (negative === undefined) return;
  refused(t, () => receiver.decapsulate(concat(z, h)));
  refused(t, () => receiver.decapsulate(concat(rsk, h)));
  refused(t, () => receiver.decapsulate(concat(curve.encode(curve.negate(negative)), h)));
  refused(t, () => receiver.decapsulate(concat(withTorsion(r), h)));
  refused(t, () => receiver.decapsulate(concat(curve.encode(TORSION), h)));
});

test('other lengths are refused with the octet offset', (t) => {
  for (const data of [new Uint8Array(0), sealed.subarray(0, 272), concat(sealed, Uint8Array.of(0))]) {
    const error = t.throws(() => receiver.decapsulate(data), { instanceOf: CalldrillError });
    t.is(error?.code, 'MIKEY_SAKKE_REFUSED');
    t.is(error?.where.offset, Math.min(data.length, 273));
  }
});

test('another identifier, another RSK and another Z do not open it', (t) => {
  const otherId = id.slice();
  otherId[6] = 0x33;
  const [otherRsk] = extract(zT, [otherId]);
  t.truthy(otherRsk);
  if (otherRsk === undefined) return;
  refused(t, () => sakkeDecapsulate(sealed, otherId, z, rsk));
  refused(t, () => sakkeDecapsulate(sealed, id, z, otherRsk));
  refused(t, () => sakkeDecapsulate(sealed, otherId, z, otherRsk));
  refused(t, () => sakkeDecapsulate(sealed, id, publicKeyOf(zT + 1n), rsk));
  t.false(new ReceiverKey(otherRsk, id, z).isGenuine());
  t.false(new ReceiverKey(rsk, otherId, z).isGenuine());
  t.false(new ReceiverKey(rsk, id, publicKeyOf(zT + 1n)).isGenuine());
});

test('an SSV has exactly 16 octets', (t) => {
  t.throws(() => encapsulate(fromInteger(1n, 15) ?? ssv, id, z), { message: /assertion/ });
});
