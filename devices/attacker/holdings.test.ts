import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { nextPeriod, type UserKeys } from '../../network/mikey/index.ts';
import { FLASH_IMAGE_MAGIC } from '../hardware/index.ts';
import { encodePackage, wrapPackage } from '../media/index.ts';
import { codeOf, NUMBERS } from '../testbed.fixture.ts';
import { Hideout } from './hideout.fixture.ts';
import {
  holdingsOfDisc,
  holdingsOfPackage,
  holdingsOfPhone,
  joined,
  keysFor,
  NOTHING,
  obviousPsk,
  secretOf,
  wrongPsks,
} from './holdings.ts';

const hideout = new Hideout({ parameters: { 'keep-ssv': true } });
const call = hideout.call('alice', 'bob', 2);
const alice = hideout.truthOf('alice');
const bob = hideout.truthOf('bob');

test('a phone yields its PSK, its keys, its update key, the public keys of the KMS and the SSVs that it kept', (t) => {
  t.deepEqual(holdingsOfPhone(hideout.bed.alice.extract()), {
    ...alice,
    ssvs: [hideout.stage.ssvOf(hideout.stage.call(call).csb)],
  });
});

test('what the app has replaced counts as much as what it uses, unless it was erased', (t) => {
  for (const [oldKeys, count] of [
    ['unlinked', 2],
    ['erased', 1],
  ] as const) {
    const { bed, stage, truthOf } = new Hideout({ parameters: { 'old-keys': oldKeys } });
    bed.type(bed.cms, `destroy-keys ${stage.numberOf('alice')}`);
    bed.enrol(bed.alice);
    const { updateKeys } = holdingsOfPhone(bed.alice.extract());
    t.deepEqual(updateKeys, truthOf('alice').updateKeys.slice(-count), oldKeys);
    t.is(updateKeys.length, count);
  }
});

test('a phone that was wiped, or never enrolled, yields nothing; an image that is none is refused', (t) => {
  const wiped = new Hideout();
  wiped.bed.type(wiped.bed.mdm, 'wipe alice-phone');
  wiped.bed.run(10);
  t.is(wiped.bed.alice.service, 'wiped');
  t.deepEqual(holdingsOfPhone(wiped.bed.alice.extract()), NOTHING);
  const image = hideout.bed.alice.extract();
  for (const octets of [new Uint8Array(0), image.subarray(0, 8), image.with(0, 0)])
    t.is(
      codeOf(() => holdingsOfPhone(octets)),
      'HARDWARE_FLASH_IMAGE',
    );
  t.is(
    codeOf(() => holdingsOfPhone(new TextEncoder().encode(FLASH_IMAGE_MAGIC))),
    'HARDWARE_FLASH_IMAGE',
  );
});

test('a changed image is refused with a code, or read with less in it', (t) => {
  const image = hideout.bed.alice.extract();
  const random = new SeededRandom('image').stream('changes');
  for (let n = 0; n < 300; n++) {
    const at = random.below(image.length);
    const changed = image.with(at, random.below(256)).subarray(0, random.below(image.length + 1));
    t.notThrows(() => codeOf(() => holdingsOfPhone(changed)));
  }
});

const MASTER = { cms: 'cms', ksak: new Uint8Array([3]), zT: new Uint8Array([4]) };

test('joined holdings keep everything in order, and the first public keys that anybody knew', (t) => {
  t.deepEqual(joined(), NOTHING);
  const both = joined(NOTHING, alice, {
    ...bob,
    kms: undefined,
    packages: [new Uint8Array([1])],
    masters: [MASTER],
    ssvs: [new Uint8Array([2])],
    sessionKeys: ['CLIENT_RANDOM 01 02'],
  });
  t.deepEqual(both, {
    psks: [...alice.psks, ...bob.psks],
    userKeys: [...alice.userKeys, ...bob.userKeys],
    updateKeys: [...alice.updateKeys, ...bob.updateKeys],
    packages: [new Uint8Array([1])],
    kms: alice.kms,
    masters: [MASTER],
    ssvs: [new Uint8Array([2])],
    sessionKeys: ['CLIENT_RANDOM 01 02'],
    erased: [],
    destroyed: [],
    unreadable: [],
  });
});

test('an open package yields the keys of its month and the PSK, and no update key', (t) => {
  const [keys, psk] = [alice.userKeys[0], alice.psks[0]];
  if (keys === undefined || psk === undefined) return t.fail();
  t.deepEqual(holdingsOfPackage({ keys, psk }), { ...NOTHING, userKeys: [keys], psks: [psk] });
});

test('keys are found by number and month, the last of them', (t) => {
  const later = hideout.truthOf('alice', nextPeriod(hideout.period));
  const all = joined(alice, bob, later);
  const number = hideout.stage.numberOf('alice');
  t.is(keysFor(all, number, hideout.period), alice.userKeys[0]);
  t.is(keysFor(all, number, nextPeriod(hideout.period)), later.userKeys[0]);
  t.is(keysFor(all, hideout.stage.numberOf('carol'), hideout.period), undefined);
  const again = alice.userKeys.map((keys): UserKeys => ({ ...keys }));
  t.is(keysFor(joined(alice, { ...NOTHING, userKeys: again }), number, hideout.period), again[0]);
});

test('labels say what it is and whose, with a fingerprint and without the secret', (t) => {
  const [keys, psk] = [alice.userKeys[0], alice.psks[0]];
  if (keys === undefined || psk === undefined) return t.fail();
  t.regex(secretOf.psk(psk).label, /^PSK\([0-9a-f]{16}\.2015-10\)#[0-9a-f]{8}$/);
  t.regex(secretOf.rsk(keys).label, /^RSK\(\+447700900001 2015-10\)#[0-9a-f]{8}$/);
  t.regex(secretOf.ssk(keys).label, /^SSK\(\+447700900001 2015-10\)#[0-9a-f]{8}$/);
  t.regex(
    secretOf.updateKey({ key: new Uint8Array(32), number: undefined }).label,
    /^update key\(somebody\)#[0-9a-f]{8}$/,
  );
  t.regex(secretOf.ssv(new Uint8Array(16)).label, /^SSV\(kept by a phone\)#[0-9a-f]{8}$/);
  t.not(secretOf.rsk(keys).fingerprint, secretOf.ssk(keys).fingerprint);
});

test('wrong PSKs have the right identities and no octet in common; the obvious one is all zeros', (t) => {
  const wrong = wrongPsks(alice.psks);
  t.deepEqual(
    wrong.map(({ identity }) => identity),
    alice.psks.map(({ identity }) => identity),
  );
  for (const [index, { psk }] of wrong.entries())
    t.true(psk.length === 32 && psk.every((octet, at) => octet !== alice.psks[index]?.psk[at]));
  t.deepEqual(obviousPsk('x'), { identity: 'x', psk: new Uint8Array(32), number: undefined });
});

test('a disc yields the PSK of each user, and what is in their packages only where these are in clear', (t) => {
  const { userKeys, psks, updateKeys } = alice;
  const [keys, psk, updateKey] = [userKeys[0], psks[0], updateKeys[0]];
  if (keys === undefined || psk === undefined || updateKey === undefined) return t.fail('Alice has keys');
  const found = (protection: 'clear' | 'wrapped', octets: Uint8Array) =>
    holdingsOfDisc({
      serial: 'a disc',
      account: 'hq',
      period: hideout.period,
      protection,
      kmsFingerprint: new Uint8Array(32),
      users: [{ number: NUMBERS.alice, psk, package: octets }],
    });
  const content = { keys, psk: { identity: psk.identity, psk: psk.psk } };
  const inClear = encodePackage(content);
  t.deepEqual(found('clear', inClear), { ...NOTHING, psks, userKeys, packages: [inClear] });
  const wrapped = wrapPackage(content, updateKey.key);
  t.deepEqual(found('wrapped', wrapped), { ...NOTHING, psks, packages: [wrapped] });
});
