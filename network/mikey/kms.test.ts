/** Keys from the KMS to the phone, and what they do there, for random users and secrets. */
import test from 'ava';
import * as fc from 'fast-check';
import { toHex, toInteger } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import {
  canonicalNumber,
  eccsiSign,
  eccsiVerify,
  identifierOf,
  Kms,
  malleate,
  nextPeriod,
  parsePeriod,
  sakkeDecapsulate,
  sakkeEncapsulate,
  validateUserKeys,
  type UserKeys,
} from './index.ts';
import { Q } from './params1.ts';
import { N, scalarOctets } from './signing-keys.ts';

const random = new SeededRandom('kms').stream('test');
const kms = Kms.generate(random);
const otherKms = Kms.generate(random);
const month = parsePeriod('2015-10');
const alice = kms.issue(canonicalNumber('+447700900001'), month, random);
const bob = kms.issue(canonicalNumber('+447700900002'), month, random);

function idOf(keys: UserKeys): Uint8Array {
  return identifierOf(keys.number, keys.period);
}

/** Alters one octet in the middle. */
function altered(octets: Uint8Array): Uint8Array {
  const result = octets.slice();
  const at = result.length >> 1;
  result[at] = (result[at] ?? 0) ^ 1;
  return result;
}

const numbers = fc
  .integer({ min: 0, max: 999_999 })
  .map((n) => canonicalNumber(`+447700${String(n).padStart(6, '0')}`));
const months = fc.integer({ min: 1, max: 12 }).map((m) => parsePeriod(`2015-${String(m).padStart(2, '0')}`));
const ssvs = fc.uint8Array({ minLength: 16, maxLength: 16 });
const texts = fc.uint8Array({ maxLength: 600 });

test('the octets of keys have the lengths of their RFCs', (t) => {
  t.is(kms.secrets.ksak.length, 32);
  t.is(kms.secrets.zT.length, 128);
  t.is(kms.public.kpak.length, 65);
  t.is(kms.public.z.length, 257);
  t.is(alice.ssk.length, 32);
  t.is(alice.pvt.length, 65);
  t.is(alice.rsk.length, 257);
});

test('a user opens what is sealed to the number and month, and no one else does', (t) => {
  fc.assert(
    fc.property(numbers, months, ssvs, (number, period, ssv) => {
      const user = kms.issue(number, period, random);
      const id = idOf(user);
      const { z } = kms.public;
      const data = sakkeEncapsulate(ssv, id, z);
      t.is(data.length, 273);
      t.deepEqual(sakkeDecapsulate(data, id, z, user.rsk), ssv);
      const refused = { code: 'MIKEY_SAKKE_REFUSED' };
      const later = kms.issue(number, nextPeriod(period), random);
      t.throws(() => sakkeDecapsulate(data, id, z, bob.rsk), refused);
      t.throws(() => sakkeDecapsulate(data, idOf(later), z, later.rsk), refused);
      t.throws(() => sakkeDecapsulate(altered(data), id, z, user.rsk), refused);
    }),
    { numRuns: 3 },
  );
});

test('a signature verifies, malleated too; altered, or for another signer or KMS, it does not', (t) => {
  fc.assert(
    fc.property(numbers, months, texts, (number, period, text) => {
      const user = kms.issue(number, period, random);
      const id = idOf(user);
      const { kpak } = kms.public;
      const signature = eccsiSign(text, id, user, kpak, random);
      t.is(signature.length, 129);
      t.true(eccsiVerify(text, signature, id, kpak));
      t.true(eccsiVerify(text, malleate(signature), id, kpak));
      t.notDeepEqual(malleate(signature), signature);
      t.false(eccsiVerify(text, altered(signature), id, kpak));
      t.false(eccsiVerify(Uint8Array.of(...text, 0), signature, id, kpak));
      t.false(eccsiVerify(text, signature, idOf(kms.issue(number, nextPeriod(period), random)), kpak));
      t.false(eccsiVerify(text, signature, id, otherKms.public.kpak));
      t.not(toHex(eccsiSign(text, id, user, kpak, random)), toHex(signature), 'each signature draws its j');
    }),
    { numRuns: 15 },
  );
});

test('issued again, the RSK is identical and the SSK is new, and the old SSK still verifies', (t) => {
  const again = kms.issue(alice.number, alice.period, random);
  t.deepEqual(again.rsk, alice.rsk);
  t.notDeepEqual(again.ssk, alice.ssk);
  t.notDeepEqual(again.pvt, alice.pvt);
  const text = Uint8Array.of(1, 2, 3);
  for (const keys of [alice, again]) {
    const signature = eccsiSign(text, idOf(alice), keys, kms.public.kpak, random);
    t.true(eccsiVerify(text, signature, idOf(alice), kms.public.kpak));
  }
});

test('another month, another number and another KMS give another RSK', (t) => {
  const others = [
    kms.issue(alice.number, nextPeriod(month), random),
    bob,
    otherKms.issue(alice.number, month, random),
  ];
  t.is(new Set([alice, ...others].map(({ rsk }) => toHex(rsk))).size, 4);
});

test('a KMS rebuilt from its secrets is the same KMS', (t) => {
  const rebuilt = new Kms(kms.secrets);
  t.deepEqual(rebuilt.public, kms.public);
  t.deepEqual(rebuilt.issue(alice.number, month, random).rsk, alice.rsk);
});

test('a batch gives everyone the keys that single requests give, in order, also for one person twice', (t) => {
  const requests = [alice, bob, alice].map(({ number, period }) => ({ number, period }));
  const fresh = { number: canonicalNumber('+447700900777'), period: month };
  const issued = kms.issueAll([...requests, fresh], new SeededRandom('batch').stream('a'));
  t.deepEqual(
    issued.map(({ number, rsk }) => [number, toHex(rsk)]),
    [alice, bob, alice, kms.issue(fresh.number, month, random)].map(({ number, rsk }) => [
      number,
      toHex(rsk),
    ]),
  );
  for (const keys of issued) t.notThrows(() => validateUserKeys(keys, kms.public));
  const one = new SeededRandom('batch').stream('a');
  t.deepEqual(
    requests.map(({ number, period }) => toHex(kms.issue(number, period, one).ssk)),
    issued.slice(0, 3).map(({ ssk }) => toHex(ssk)),
  );
  t.deepEqual(kms.issueAll([], random), []);
});

test('a phone accepts its own keys', (t) => {
  t.notThrows(() => validateUserKeys(alice, kms.public));
  t.notThrows(() => validateUserKeys(bob, kms.public));
});

test('a phone catches a planted RSK', (t) => {
  const code = { code: 'MIKEY_RSK_INVALID' };
  t.throws(() => validateUserKeys({ ...alice, rsk: bob.rsk }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, rsk: altered(alice.rsk) }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, rsk: alice.rsk.subarray(1) }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, rsk: kms.public.z }, kms.public), code);
  t.throws(() => validateUserKeys(alice, { ...kms.public, z: otherKms.public.z }), code);
});

test('a phone catches a planted SSK or PVT', (t) => {
  const code = { code: 'MIKEY_SSK_INVALID' };
  t.throws(() => validateUserKeys({ ...alice, ssk: bob.ssk }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, pvt: bob.pvt }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, pvt: altered(alice.pvt) }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, period: nextPeriod(month) }, kms.public), code);
  t.throws(() => validateUserKeys({ ...alice, number: bob.number }, kms.public), code);
  t.throws(() => validateUserKeys(alice, otherKms.public), code);
});

test('master secrets out of range are refused', (t) => {
  const { ksak, zT } = kms.secrets;
  const code = { code: 'MIKEY_MASTER_SECRET_INVALID' };
  const wide = (value: bigint): Uint8Array =>
    new Uint8Array(Buffer.from(value.toString(16).padStart(256, '0'), 'hex'));
  for (const bad of [scalarOctets(0n), scalarOctets(N), ksak.subarray(1)]) {
    t.throws(() => new Kms({ ksak: bad, zT }), code);
  }
  for (const bad of [wide(0n), wide(1n), wide(Q), zT.subarray(1)]) {
    t.throws(() => new Kms({ ksak, zT: bad }), code);
  }
  const opposite = new Kms({ ksak, zT: wide(Q - toInteger(idOf(alice))) });
  t.throws(() => opposite.issue(alice.number, alice.period, random), code);
});

test('the same stream makes the same KMS', (t) => {
  const generate = (seed: string): Kms => Kms.generate(new SeededRandom(seed).stream('kms'));
  t.deepEqual(generate('one').public, generate('one').public);
  t.notDeepEqual(generate('one').public, generate('two').public);
});
