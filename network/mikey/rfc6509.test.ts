import test from 'ava';
import { fromHex, toAscii, toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { eccsiSign } from './eccsi.ts';
import { identifierOf } from './identifier.ts';
import { eccsiVerify, sakkeDecapsulate } from './memo.ts';
import { parseMessage, serialiseMessage, signedPartOf } from './message.ts';
import { openIMessage } from './open-imessage.ts';
import { parsePeriod } from './period.ts';
import { SIGN_HEADER_OCTETS, SIGNATURE_OCTETS } from './payload/sign.ts';
import { unixMsOf } from './payload/timestamp.ts';
import { deriveSessions } from './prf.ts';
import type { IMessageReceiver } from './receive-rules.ts';
import { ReplayCache } from './replay-cache.ts';
import * as vectors from './rfc6509.vectors.ts';
import { canonicalNumber } from './tel-number.ts';

const octets = (hex: string) => fromHex(hex) ?? new Uint8Array(0);
const messageOf = ({ base64 }: { base64: string }) => Uint8Array.from(Buffer.from(base64, 'base64'));

const kms = { kpak: octets(vectors.KPAK), z: octets(vectors.Z) };
const period = parsePeriod(vectors.PERIOD);
const initiator = canonicalNumber(vectors.initiator.number);
const responder = canonicalNumber(vectors.responder.number);
const initiatorId = identifierOf(initiator, period);
const rsk = octets(vectors.responder.rsk);

const phone = (): IMessageReceiver => ({
  self: responder,
  keysFor: (asked) => (asked === period ? { rsk } : undefined),
  kms,
  unixMs: vectors.UNIX_MS,
  skewLimitMs: 600_000,
  replayCache: new ReplayCache(),
  calendar: true,
});

for (const vector of [vectors.full, vectors.withoutIdentities, vectors.fullSha256]) {
  test(`${vector.name}: every payload is where it belongs`, (t) => {
    const { header, payloads } = parseMessage(messageOf(vector));
    t.deepEqual(
      [header, ...payloads].map(({ kind, offset, length }) => [kind, offset, length]),
      vector.payloads.map((row) => [...row]),
    );
  });

  test(`${vector.name}: writing what was read gives the same octets`, (t) => {
    const message = parseMessage(messageOf(vector));
    t.is(toHex(serialiseMessage(message.header, message.payloads)), toHex(message.octets));
  });

  test(`${vector.name}: the signature covers everything up to and including the SIGN header`, (t) => {
    const message = parseMessage(messageOf(vector));
    const { signature } = message.sign;
    t.is(message.signedLength, message.octets.length - SIGNATURE_OCTETS);
    t.true(eccsiVerify(signedPartOf(message), signature, initiatorId, kms.kpak));
    for (const length of [
      message.signedLength - SIGN_HEADER_OCTETS,
      message.signedLength + 1,
      message.octets.length,
    ])
      t.false(eccsiVerify(message.octets.subarray(0, length), signature, initiatorId, kms.kpak));
  });

  test(`${vector.name}: the responder derives the known keys`, (t) => {
    const { header, rand, sakke, timestamp } = parseMessage(messageOf(vector));
    t.is(unixMsOf(timestamp), vectors.UNIX_MS);
    t.is(header.csbId, vectors.CSB_ID);
    t.is(toHex(rand.rand), vectors.RAND);
    const ssv = sakkeDecapsulate(sakke.data, identifierOf(responder, period), kms.z, rsk);
    t.is(toHex(ssv).toUpperCase(), vectors.SSV.toUpperCase());
    const input = { prf: header.prf, tgk: ssv, csbId: header.csbId, rand: rand.rand };
    t.deepEqual(
      deriveSessions(input, [1, 2]).map(({ tek, salt }) => [toHex(tek), toHex(salt)]),
      vector.sessions.map(([tek, salt]) => [tek, salt]),
    );
  });
}

for (const vector of [vectors.full, vectors.fullSha256]) {
  test(`${vector.name}: a phone opens it`, (t) => {
    const opened = openIMessage(messageOf(vector), phone());
    t.is(opened.from, initiator);
    t.is(opened.period, period);
    t.is(opened.unixMs, vectors.UNIX_MS);
    t.deepEqual(opened.policy, { profile: 'AES_CM_128_HMAC_SHA1_80' });
    t.deepEqual(opened.start, { ssrc: 0x11223344, roc: 0, sequence: undefined });
    t.deepEqual(opened.offered, []);
    t.deepEqual(
      opened.sessions.map(({ csId, tek, salt }) => [csId, toHex(tek), toHex(salt)]),
      vector.sessions.map(([tek, salt], i) => [i + 1, tek, salt]),
    );
  });
}

test('a message that sets up no crypto session is not a call', (t) => {
  t.throws(
    () => openIMessage(messageOf(vectors.withoutIdentities), { ...phone(), candidateSender: initiator }),
    {
      code: 'MIKEY_CRYPTO_SESSIONS',
    },
  );
});

test('a signature that leaves out the SIGN header, as one vendor makes it, is refused', (t) => {
  const message = parseMessage(messageOf(vectors.full));
  const keys = { ssk: octets(vectors.initiator.ssk), pvt: octets(vectors.initiator.pvt) };
  const random = new SeededRandom('coverage').stream('sign');
  const sign = (length: number) => {
    const copy = message.octets.slice();
    copy.set(eccsiSign(copy.subarray(0, length), initiatorId, keys, kms.kpak, random), message.signedLength);
    return copy;
  };
  t.is(openIMessage(sign(message.signedLength), phone()).from, initiator);
  t.throws(() => openIMessage(sign(message.signedLength - SIGN_HEADER_OCTETS), phone()), {
    code: 'MIKEY_SIGNATURE',
  });
});

test('the message names the caller in clear, and the SSV is not in it', (t) => {
  const text = toAscii(messageOf(vectors.full));
  t.true(text.includes(`tel:${initiator}`));
  t.false(toHex(messageOf(vectors.full)).includes(vectors.SSV.toLowerCase()));
});
