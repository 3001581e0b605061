/** ECCSI and SAKKE against libwolfssl, both ways: each side is KMS, sender and receiver for 200 identities drawn at random. */
import test from 'ava';
import { assert } from '../sim/errors.ts';
import { concat, equal, fromHex, fromInteger, toHex, toInteger } from '../sim/octets.ts';
import { SeededRandom, type RandomSource } from '../sim/random.ts';
import {
  canonicalNumber,
  eccsiSign,
  eccsiVerify,
  identifierOf,
  Kms,
  parsePeriod,
  sakkeDecapsulate,
  sakkeEncapsulate,
  SakkeReceiver,
  type UserKeys,
} from '../network/mikey/index.ts';
import { hashToIntegerRange } from '../network/mikey/hash-to-integer.ts';
import { FIELD_OCTETS, Q } from '../network/mikey/params1.ts';
import { RFC6508, RFC6508_EDGE_CASES } from '../network/mikey/rfc6508.vectors.ts';
import { signingKeysAreGenuine } from '../network/mikey/signing-keys.ts';
import { powerOfG } from '../network/mikey/textbook.bench.ts';
import { CPeer } from './c-peer.ts';

const IDENTITIES = 200;
const SCALAR_OCTETS = 32;

interface PeerIdentity {
  readonly id: Uint8Array;
  readonly keys: UserKeys;
  readonly message: Uint8Array;
  readonly ssv: Uint8Array;
}

const wolfssl = new CPeer('wolfssl', 'wolfssl');
const random = new SeededRandom('interop wolfssl').stream('identities');
const kms = Kms.generate(random);
const { kpak, z } = kms.public;
const identities = Array.from({ length: IDENTITIES }, () => identityOf(random));

/** A command of `wolfssl.c`. */
function line(command: string, ...args: readonly Uint8Array[]): string {
  return [command, ...args.map(toHex)].join(' ');
}

function identityOf(source: RandomSource): PeerIdentity {
  const digits = String(source.below(10 ** 9)).padStart(9, '0');
  const month = `${2000 + source.below(90)}-${String(1 + source.below(12)).padStart(2, '0')}`;
  const [number, period] = [canonicalNumber(`+447${digits}`), parsePeriod(month)];
  return {
    id: identifierOf(number, period),
    keys: kms.issue(number, period, source),
    message: source.octets(1 + source.below(600)),
    ssv: source.octets(16),
  };
}

function octets(hex: string): Uint8Array {
  const read = fromHex(hex);
  assert(read !== undefined, `not octets: ${hex}`);
  return read;
}

function flipped(original: Uint8Array, at: number): Uint8Array {
  const copy = original.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('the two make the same public keys and the same RSKs, and each finds the signing keys of the other genuine', (t) => {
  t.deepEqual(wolfssl.ask([line('sakke-public', kms.secrets.zT)]), [toHex(z)]);
  t.deepEqual(
    wolfssl.ask(identities.map(({ id }) => line('sakke-extract', kms.secrets.zT, id))),
    identities.map(({ keys }) => toHex(keys.rsk)),
  );
  const checks = identities.flatMap(({ id, keys }) => [
    line('sakke-valid', z, id, keys.rsk),
    line('eccsi-valid', kpak, id, keys.ssk, keys.pvt),
  ]);
  t.deepEqual(new Set(wolfssl.ask(checks)), new Set(['yes']));
  const issued = wolfssl.ask(identities.map(({ id }) => line('eccsi-issue', kms.secrets.ksak, kpak, id)));
  for (const [i, { id, keys }] of identities.entries()) {
    const pair = octets(issued[i] ?? '');
    const theirs = { ssk: pair.slice(0, SCALAR_OCTETS), pvt: pair.slice(SCALAR_OCTETS) };
    t.true(signingKeysAreGenuine(theirs, id, kpak), toHex(id));
    t.false(signingKeysAreGenuine({ ...theirs, pvt: keys.pvt }, id, kpak), toHex(id));
  }
});

test('what we seal wolfSSL opens, what it seals we open, and it is the same to the octet', (t) => {
  const ours = identities.map(({ id, ssv }) => sakkeEncapsulate(ssv, id, z));
  const theirs = wolfssl.ask(identities.map(({ id, ssv }) => line('sakke-seal', z, id, ssv)));
  t.deepEqual(theirs, ours.map(toHex));
  const opened = wolfssl.ask(
    identities.map(({ id, keys }, i) => line('sakke-open', z, id, keys.rsk, ours[i] ?? z)),
  );
  t.deepEqual(
    opened,
    identities.map(({ ssv }) => toHex(ssv)),
  );
  for (const [i, { id, keys, ssv }] of identities.entries()) {
    const receiver = new SakkeReceiver(keys.rsk, id, z);
    t.true(receiver.isGenuine());
    t.deepEqual(receiver.decapsulate(octets(theirs[i] ?? '')), ssv);
  }
});

test('what we sign wolfSSL verifies, and what it signs we verify', (t) => {
  const ours = identities.map(({ id, keys, message }) => eccsiSign(message, id, keys, kpak, random));
  const verified = wolfssl.ask(
    identities.map(({ id, message }, i) => line('eccsi-verify', kpak, id, message, ours[i] ?? z)),
  );
  t.deepEqual(
    verified,
    Array.from(identities, () => 'yes'),
  );
  const theirs = wolfssl.ask(
    identities.map(({ id, keys, message }) => line('eccsi-sign', kpak, id, keys.ssk, keys.pvt, message)),
  );
  for (const [i, { id, message }] of identities.entries())
    t.true(eccsiVerify(message, octets(theirs[i] ?? ''), id, kpak));
});

test('SAKKE with leading zero octets: g^r, H, and both coordinates of R', (t) => {
  const identity = identityOf(random);
  const { id, keys } = identity;
  const seal = (ssv: Uint8Array): Uint8Array => sakkeEncapsulate(ssv, id, z);
  const w = (ssv: Uint8Array): Uint8Array =>
    octetsOf(powerOfG(hashToIntegerRange(concat(ssv, id), Q)), FIELD_OCTETS);
  const [x, y, h] = [1, 1 + FIELD_OCTETS, 1 + 2 * FIELD_OCTETS];
  const cases = [
    ssvWith((ssv) => w(ssv)[0] === 0),
    ssvWith((ssv) => seal(ssv)[x] === 0),
    ssvWith((ssv) => seal(ssv)[y] === 0),
    ssvWith((ssv) => seal(ssv)[h] === 0),
    new Uint8Array(16),
  ];
  const sealed = cases.map(seal);
  t.deepEqual(wolfssl.ask(cases.map((ssv) => line('sakke-seal', z, id, ssv))), sealed.map(toHex));
  t.deepEqual(wolfssl.ask(sealed.map((data) => line('sakke-open', z, id, keys.rsk, data))), cases.map(toHex));
  for (const [i, ssv] of cases.entries()) t.deepEqual(sakkeDecapsulate(sealed[i] ?? z, id, z, keys.rsk), ssv);
});

test('ECCSI with leading zero octets: r, s, SSK and PVT', (t) => {
  const { id, message } = identityOf(random);
  const number = canonicalNumber('+447700900123');
  const period = parsePeriod('2011-02');
  const ofUser = identifierOf(number, period);
  const keysWith = (holds: (keys: UserKeys) => boolean): UserKeys =>
    firstOf(() => kms.issue(number, period, random), holds);
  const { keys } = identityOf(random);
  const plain = kms.issue(number, period, random);
  t.notDeepEqual(id, ofUser);
  const signatureWith = (signer: UserKeys, at?: number): Uint8Array =>
    firstOf(
      () => eccsiSign(message, ofUser, signer, kpak, random),
      (signature) => at === undefined || signature[at] === 0,
    );
  const signers = [keysWith(({ ssk }) => ssk[0] === 0), keysWith(({ pvt }) => pvt[1] === 0)];
  const signatures = [
    signatureWith(plain, 0),
    signatureWith(plain, SCALAR_OCTETS),
    ...signers.map((signer) => signatureWith(signer)),
  ];
  const questions = signatures.map((signature) => line('eccsi-verify', kpak, ofUser, message, signature));
  t.deepEqual(new Set(wolfssl.ask(questions)), new Set(['yes']));
  const theirs = wolfssl.ask(
    signers.map(({ ssk, pvt }) => line('eccsi-sign', kpak, ofUser, ssk, pvt, message)),
  );
  for (const signature of [...signatures, ...theirs.map(octets)])
    t.true(eccsiVerify(message, signature, ofUser, kpak));
  // The keys of another are caught.
  const [foreign] = wolfssl.ask([line('eccsi-sign', kpak, id, keys.ssk, keys.pvt, message)]);
  t.false(eccsiVerify(message, octets(foreign ?? ''), ofUser, kpak));
});

test('planted: a sender that drops leading zero octets of g^r is refused by both', (t) => {
  const planted = RFC6508_EDGE_CASES.flatMap(({ wrong, ssv }) =>
    wrong === undefined ? [] : [{ wrong, ssv }],
  );
  t.true(planted.length > 0);
  for (const { wrong } of planted) {
    const [answer = ''] = wolfssl.ask([`sakke-open ${RFC6508.zPoint} ${RFC6508.id} ${RFC6508.rsk} ${wrong}`]);
    t.regex(answer, /^error -/);
    const open = () =>
      sakkeDecapsulate(octets(wrong), octets(RFC6508.id), octets(RFC6508.zPoint), octets(RFC6508.rsk));
    t.throws(open, { code: 'MIKEY_SAKKE_REFUSED' });
  }
});

test('planted: whatever is altered, or is for another identity, is refused by both', (t) => {
  const [identity, other] = identities;
  assert(identity !== undefined && other !== undefined, 'there are two identities');
  const { id, keys, message, ssv } = identity;
  const sealed = sakkeEncapsulate(ssv, id, z);
  const signature = eccsiSign(message, id, keys, kpak, random);
  const altered = [1, 128, 200, 257, 272].map((at) => flipped(sealed, at));
  for (const answer of wolfssl.ask([
    ...altered.map((data) => line('sakke-open', z, id, keys.rsk, data)),
    line('sakke-open', z, other.id, keys.rsk, sealed),
  ]))
    t.regex(answer, /^error -/);
  for (const data of altered)
    t.throws(() => sakkeDecapsulate(data, id, z, keys.rsk), { code: 'MIKEY_SAKKE_REFUSED' });
  t.throws(() => sakkeDecapsulate(sealed, other.id, z, keys.rsk), { code: 'MIKEY_SAKKE_REFUSED' });

  const forged = [0, 31, 32, 63, 100].map((at) => flipped(signature, at));
  for (const answer of wolfssl.ask([
    ...forged.map((each) => line('eccsi-verify', kpak, id, message, each)),
    line('eccsi-verify', kpak, other.id, message, signature),
    line('eccsi-verify', kpak, id, flipped(message, 0), signature),
  ]))
    t.regex(answer, /^(?:no|error -\d+)$/);
  for (const each of forged) t.false(eccsiVerify(message, each, id, kpak));
  t.deepEqual(
    wolfssl.ask([
      line('sakke-valid', z, other.id, keys.rsk),
      line('eccsi-valid', kpak, other.id, keys.ssk, keys.pvt),
    ]),
    ['no', 'no'],
  );
});

/** What `make` makes, when `holds` does: for properties of one in some hundred. */
function firstOf<Made>(make: () => Made, holds: (made: Made) => boolean): Made {
  for (let tries = 0; tries < 10_000; tries++) {
    const made = make();
    if (holds(made)) return made;
  }
  throw new Error('not found in 10,000 tries');
}

function ssvWith(holds: (ssv: Uint8Array) => boolean): Uint8Array {
  return firstOf(() => random.octets(16), holds);
}

function octetsOf(value: bigint, length: number): Uint8Array {
  const result = fromInteger(value, length);
  assert(result !== undefined && toInteger(result) === value && !equal(result, new Uint8Array(0)), 'it fits');
  return result;
}
