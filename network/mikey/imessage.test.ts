import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, equal, toHex } from '../../sim/octets.ts';
import {
  alice,
  bob,
  carol,
  changed,
  eve,
  keysOf,
  MINUTE_MS,
  NOW,
  OCTOBER,
  receiver,
  seal,
  signerOf,
  streams,
} from './imessage.fixture.ts';
import { Kms } from './kms.ts';
import { parseMessage } from './message.ts';
import { openIMessage } from './open-imessage.ts';
import { periodOf } from './period.ts';
import type { Payload } from './payload/payload.ts';
import { claimedSender, type ReceiveWork } from './receive-rules.ts';
import { malleateIMessage, resealIMessage, signIMessage } from './sign-imessage.ts';
import { canonicalNumber } from './tel-number.ts';

const number = fc.stringMatching(/^\+(?:4[1-9]|[1-35-9][1-9])[1-9]\d{5,11}$/).map(canonicalNumber);
/** 1990 to 2100: beyond the NTP era that ends in 2036. */
const moment = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });

test('what is sealed for someone opens for them, whoever it is and whenever', (t) => {
  fc.assert(
    fc.property(
      number,
      number,
      moment,
      fc.constantFrom('MIKEY-1' as const, 'PRF-HMAC-SHA-256' as const),
      fc.constantFrom('AES_CM_128_HMAC_SHA1_80' as const, 'AES_CM_128_HMAC_SHA1_32' as const),
      fc.option(fc.integer({ min: 1, max: 0xffffffff }), { nil: undefined }),
      (from, to, unixMs, prf, profile, ssrc) => {
        const kmsUris = { initiator: 'kms.example.org', responder: 'kms.example.net' };
        const sealed = seal({
          from,
          to,
          unixMs,
          prf,
          policy: { profile },
          offered: ['mikey'],
          ...(ssrc === undefined ? {} : { ssrc, kmsUris }),
        });
        const opened = openIMessage(sealed.octets, receiver({ self: to, unixMs }));
        t.like(opened, { from, unixMs, prf, csbId: sealed.csbId, period: periodOf(unixMs) });
        t.deepEqual(opened.start, { ssrc, roc: 0, sequence: undefined });
        t.deepEqual(opened.policy, { profile });
        t.deepEqual(opened.offered, ['mikey']);
        t.deepEqual(opened.sessions, sealed.sessions);
        t.deepEqual(opened.ssv, sealed.ssv);
      },
    ),
    { numRuns: 12 },
  );
});

test('two messages of one moment have nothing secret and no timestamp in common', (t) => {
  const [first, second] = [seal(), seal()];
  t.notDeepEqual(first.ssv, second.ssv);
  t.notDeepEqual(first.rand, second.rand);
  t.not(first.csbId, second.csbId);
  t.notDeepEqual(parseMessage(first.octets).timestamp, parseMessage(second.octets).timestamp);
  t.notDeepEqual(first.sessions[0].tek, first.sessions[1].tek);
});

test('one changed octet anywhere is refused', (t) => {
  const { octets } = seal();
  for (let offset = 0; offset < octets.length; offset++) {
    const copy = octets.slice();
    copy[offset] = (copy[offset] ?? 0) ^ 0x01;
    t.throws(
      () => openIMessage(copy, receiver()),
      { message: /./, name: 'CalldrillError' },
      `octet ${offset}`,
    );
  }
});

test('the cheap checks come before the signature, and the signature before the pairing', (t) => {
  const workOn = (octets: Uint8Array, changes: Parameters<typeof receiver>[0] = {}) => {
    const work: ReceiveWork[] = [];
    try {
      openIMessage(octets, receiver({ ...changes, onWork: (step) => work.push(step) }));
    } catch (thrown) {
      t.true(thrown instanceof CalldrillError);
    }
    return work;
  };
  const { octets } = seal();
  t.deepEqual(workOn(octets), ['verify', 'decapsulate']);
  t.deepEqual(workOn(octets, { unixMs: NOW + 11 * MINUTE_MS }), []);
  t.deepEqual(workOn(octets, { keysFor: () => undefined }), []);
  t.deepEqual(workOn(octets, { self: carol }), ['verify']);
  const forged = changed(octets, (payloads) => payloads, signerOf(eve));
  t.deepEqual(workOn(forged, { keysFor: (period) => (period === OCTOBER ? keysOf(bob) : undefined) }), [
    'verify',
  ]);
  const redirected = changed(octets, (payloads) =>
    payloads.filter((payload) => !(payload.kind === 'IDR' && payload.role === 'responder')),
  );
  t.deepEqual(workOn(redirected, { self: carol }), ['verify', 'decapsulate']);
});

test('a redirected message without IDRr costs its wrong recipient one pairing, once', (t) => {
  const redirected = changed(seal().octets, (payloads) =>
    payloads.filter((payload) => !(payload.kind === 'IDR' && payload.role === 'responder')),
  );
  const phone = receiver({ self: carol });
  t.throws(() => openIMessage(redirected, phone), { code: 'MIKEY_SEALED' });
  t.throws(() => openIMessage(redirected, phone), { code: 'MIKEY_REPLAY' });
  t.is(openIMessage(redirected, receiver()).from, alice);
});

test('a forged message does not enter the replay cache', (t) => {
  const { octets } = seal();
  const forged = octets.slice();
  forged[forged.length - 66] = (forged[forged.length - 66] ?? 0) ^ 0x01; // the last octet of s
  const phone = receiver();
  t.throws(() => openIMessage(forged, phone), { code: 'MIKEY_SIGNATURE' });
  t.is(phone.replayCache.size, 0);
  t.is(openIMessage(octets, phone).from, alice);
});

test('a message and its malleated copy are one message', (t) => {
  const { octets } = seal();
  const malleated = malleateIMessage(parseMessage(octets));
  t.false(equal(octets, malleated));
  const opened = openIMessage(octets, receiver());
  t.deepEqual(openIMessage(malleated, receiver()), opened);
});

test('an insider puts its own name on a sealed payload: the callee sees Eve and talks to Alice', (t) => {
  const sealed = seal();
  const resealed = resealIMessage(parseMessage(sealed.octets), signerOf(eve));
  t.is(claimedSender(parseMessage(resealed)), eve);
  const opened = openIMessage(resealed, receiver());
  t.is(opened.from, eve);
  t.deepEqual(opened.ssv, sealed.ssv, 'the secret is still the one that Alice sealed');
  t.throws(() => openIMessage(resealed, receiver({ self: eve })), { code: 'MIKEY_NOT_FOR_US' });
});

test('a thief with the RSK alone opens a recording of long ago, and so learns nothing about who signed', (t) => {
  const sealed = seal();
  const { rsk } = keysOf(bob);
  const later = NOW + 400 * 86_400_000;
  const opened = openIMessage(
    sealed.octets,
    receiver({ keysFor: () => ({ rsk }), unixMs: later, rules: [] }),
  );
  t.deepEqual(opened.sessions, sealed.sessions);
});

test('a message of another KMS does not verify', (t) => {
  const other = Kms.generate(streams.stream('other kms'));
  const { octets } = seal({
    kms: other.public,
    senderKeys: other.issue(alice, OCTOBER, streams.stream('other issue')),
  });
  t.throws(() => openIMessage(octets, receiver()), { code: 'MIKEY_SIGNATURE' });
});

test('without IDRi the candidate from the signalling counts only if the signature is its', (t) => {
  const anonymous = changed(seal().octets, (payloads) => payloads.filter(({ kind }) => kind !== 'IDR'));
  t.is(claimedSender(parseMessage(anonymous)), undefined);
  t.is(openIMessage(anonymous, receiver({ candidateSender: alice })).from, alice);
  t.throws(() => openIMessage(anonymous, receiver({ candidateSender: eve })), { code: 'MIKEY_SIGNATURE' });
  t.throws(() => openIMessage(anonymous, receiver()), { code: 'MIKEY_SENDER_UNKNOWN' });
});

test('a candidate from the signalling does not replace IDRi', (t) => {
  t.is(openIMessage(seal().octets, receiver({ candidateSender: eve })).from, alice);
});

test('V is ignored', (t) => {
  const { header, payloads } = parseMessage(seal().octets);
  const unsigned = payloads.filter(({ kind }) => kind !== 'SIGN');
  const octets = signIMessage({ ...header, verify: true }, unsigned, signerOf(alice));
  t.is(openIMessage(octets, receiver()).from, alice);
});

test('mistake: the SSV is as long as the RAND', (t) => {
  const sealed = seal();
  const rand = concat(sealed.rand, sealed.rand);
  const octets = changed(sealed.octets, (payloads) =>
    payloads.map((payload): Payload => (payload.kind === 'RAND' ? { ...payload, rand } : payload)),
  );
  const opened = openIMessage(octets, receiver());
  t.is(opened.ssv.length, 16);
  t.deepEqual(opened.ssv, sealed.ssv);
  t.notDeepEqual(opened.sessions, sealed.sessions, 'RAND is part of the derivation');
});

test('mistake: the PRF field is not read', (t) => {
  const sealed = seal({ prf: 'MIKEY-1' });
  const { header, payloads } = parseMessage(sealed.octets);
  const unsigned = payloads.filter(({ kind }) => kind !== 'SIGN');
  const other = signIMessage({ ...header, prf: 'PRF-HMAC-SHA-256' }, unsigned, signerOf(alice));
  const keys = openIMessage(other, receiver());
  t.deepEqual(keys.ssv, sealed.ssv);
  t.notDeepEqual(keys.sessions, sealed.sessions);
});

test('mistake: a GENERIC-ID map is read as if it had one entry', (t) => {
  const sealed = seal();
  const { header, payloads } = parseMessage(sealed.octets);
  const spi = new Uint8Array(0);
  const map = {
    type: 'GENERIC-ID' as const,
    sessions: [
      { csId: 1, policyNumbers: [0], stream: { ssrc: 77, position: undefined }, spi },
      { csId: 2, policyNumbers: [], stream: undefined, spi },
    ],
  };
  const unsigned = payloads.filter(({ kind }) => kind !== 'SIGN');
  const opened = openIMessage(signIMessage({ ...header, map }, unsigned, signerOf(alice)), receiver());
  t.deepEqual(opened.sessions, sealed.sessions);
  t.is(opened.start.ssrc, 77);
});

test('mistake: leading zero octets of H are dropped', (t) => {
  const random = streams.stream('leading zeros');
  for (;;) {
    const sealed = seal({ random });
    const { data } = parseMessage(sealed.octets).sakke;
    if (data[257] !== 0) continue;
    t.is(data.length, 273);
    t.is(toHex(openIMessage(sealed.octets, receiver()).ssv), toHex(sealed.ssv));
    return;
  }
});
