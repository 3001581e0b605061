/** No algorithm of SAKKE exceeds the bounds within which the fast fields are exact. */
import test from 'ava';
import { fromHex, toHex, toInteger } from '../../../sim/octets.ts';
import { generator, SakkeGroup } from '../group.ts';
import { P } from '../params1.ts';
import { RFC6508 } from '../rfc6508.vectors.ts';
import { encapsulate, extract, publicKeyOf, ReceiverKey } from '../sakke.ts';
import { PRODUCT_WEIGHT } from './pair-field.ts';
import { slots } from './slots.ts';
import { WeighedPairs } from './weighed-pairs.fixture.ts';

function octets(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}

test('tables, sums, powers, pairings and their preparation stay below the weights', (t) => {
  const field = new WeighedPairs(P);
  const group = new SakkeGroup(field);
  const [id, z, ssv] = [octets(RFC6508.id), octets(RFC6508.zPoint), octets(RFC6508.ssv)];
  const zT = toInteger(octets(RFC6508.z));
  t.is(toHex(publicKeyOf(zT, group)), RFC6508.zPoint);
  t.is(toHex(extract(zT, [id], group)[0] ?? id), RFC6508.rsk);
  t.is(toHex(encapsulate(ssv, id, z, group)), RFC6508.encapsulated);
  const key = new ReceiverKey(octets(RFC6508.rsk), id, z, group);
  t.true(key.isGenuine());
  for (let opening = 1; opening <= 4; opening++) t.deepEqual(key.open(octets(RFC6508.encapsulated)), ssv);
  // Two more tables: the first ones are saved and restored.
  for (const scalar of [2n, 3n]) {
    const point = group.multiplyGenerator(scalar);
    t.truthy(group.fixedPoint(generator));
    t.false(point.zz === 0n);
  }
  t.deepEqual(key.open(octets(RFC6508.encapsulated)), ssv);
  t.true(field.heaviest.product > 4, 'the weights are looked at');
  t.true(field.heaviest.carry >= 4);
});

test('what weighs too much is noticed', (t) => {
  const field = new WeighedPairs(P);
  const { a, b, r } = slots(field, ['a', 'b', 'r']);
  field.set(a, 1n, 1n);
  t.throws(() => field.multiply(r, a, b), { message: /NaN/ }, 'b was never written');
  field.add(b, a, a);
  field.add(b, b, a);
  field.multiply(r, a, b);
  t.throws(() => field.multiply(r, b, b), { message: /weight 9/ });
  t.true(9 > PRODUCT_WEIGHT);
  field.add(b, b, b);
  field.add(b, b, b);
  t.throws(() => field.normalise(r, b), { message: /weight 12/ });
});
