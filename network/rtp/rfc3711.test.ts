import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { toHex } from '../../sim/octets.ts';
import { PacketKeystream } from './keystream.ts';
import { estimateIndex, INDEX_LIMIT, SEQUENCES } from './packet-index.ts';
import { INDEX_ESTIMATION, KEY_DERIVATION, KEYSTREAM, LIBSRTP } from './rfc3711.vectors.ts';
import { deriveSessionKey, KEY_LABELS } from './session-keys.ts';
import { referenceKeys, referenceKeystream, referenceRollover } from './srtp-reference.fixture.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const master = {
  masterKey: hex(KEY_DERIVATION.masterKey),
  masterSalt: hex(KEY_DERIVATION.masterSalt),
  profile: 'AES_CM_128_HMAC_SHA1_80',
} as const;

test('appendix B.2: the reference makes the whole keystream segment', (t) => {
  const keys = { encryption: hex(KEYSTREAM.sessionKey), salt: hex(KEYSTREAM.sessionSalt) };
  const segment = referenceKeystream(keys, 0n, 0n, KEYSTREAM.segmentOctets);
  for (const [block, expected] of KEYSTREAM.blocks) {
    t.is(toHex(segment.subarray(16 * block, 16 * block + 16)), expected, `block ${block}`);
  }
});

test('appendix B.2: the fast keystream agrees, as far as a packet reaches', (t) => {
  const key = hex(KEYSTREAM.sessionKey);
  const salt = hex(KEYSTREAM.sessionSalt);
  const words = new Int32Array(4 * 4095);
  new PacketKeystream(key, salt, 0).xor(0, words, 0, 65_507);
  const made = new Uint8Array(words.buffer, 0, 65_507);
  for (const [block, expected] of KEYSTREAM.blocks.slice(0, 3)) {
    t.is(toHex(made.subarray(16 * block, 16 * block + 16)), expected, `block ${block}`);
  }
  t.is(toHex(made), toHex(referenceKeystream({ encryption: key, salt }, 0n, 0n, 65_507)));
});

test('appendix B.3: session keys are derived from master key and salt', (t) => {
  t.is(toHex(deriveSessionKey(master, KEY_LABELS.srtpEncryption, 16)), KEY_DERIVATION.encryption);
  t.is(toHex(deriveSessionKey(master, KEY_LABELS.srtpSalt, 14)), KEY_DERIVATION.salt);
  t.is(toHex(deriveSessionKey(master, KEY_LABELS.srtpAuthentication, 94)), KEY_DERIVATION.authentication);
  const reference = referenceKeys(master.masterKey, master.masterSalt);
  t.is(toHex(reference.encryption), KEY_DERIVATION.encryption);
  t.is(toHex(reference.salt), KEY_DERIVATION.salt);
  t.is(toHex(reference.authentication), KEY_DERIVATION.authentication.slice(0, 40));
});

test('a packet of libsrtp is made and opened, with either tag', (t) => {
  const rtp = hex(LIBSRTP.rtp);
  for (const [profile, cut] of [
    ['AES_CM_128_HMAC_SHA1_80', 0],
    ['AES_CM_128_HMAC_SHA1_32', 12],
  ] as const) {
    const expected = LIBSRTP.srtp.slice(0, LIBSRTP.srtp.length - cut);
    const sender = new SrtpSender({ ...master, profile, ssrc: 0xcafebabe });
    t.is(toHex(sender.protect(rtp)), expected);
    t.is(toHex(new SrtpReceiver({ ...master, profile }).unprotect(hex(expected))), LIBSRTP.rtp);
  }
});

test('an SRTCP packet of libsrtp opens with labels 3 to 5 on octet 7 (erratum 3712)', (t) => {
  const encryption = deriveSessionKey(master, KEY_LABELS.srtcpEncryption, 16);
  const authentication = deriveSessionKey(master, KEY_LABELS.srtcpAuthentication, 20);
  const salt = deriveSessionKey(master, KEY_LABELS.srtcpSalt, 14);
  const srtcp = hex(LIBSRTP.srtcp);
  const authenticated = srtcp.subarray(0, srtcp.length - 10);
  const tag = createHmac('sha1', authentication).update(authenticated).digest().subarray(0, 10);
  t.is(toHex(tag), toHex(srtcp.subarray(-10)));
  const keystream = referenceKeystream({ encryption, salt }, 0xcafebaben, 1n, 16);
  const clear = srtcp.slice(8, 24).map((octet, i) => octet ^ (keystream[i] ?? 0));
  t.is(toHex(srtcp.subarray(0, 8)) + toHex(clear), LIBSRTP.rtcp);
});

test('appendix A: a sequence number belongs to the nearest turn of the rollover counter', (t) => {
  for (const { roc, highest, sequence, expected } of INDEX_ESTIMATION) {
    const index = estimateIndex(roc * SEQUENCES + highest, sequence);
    t.is(index % INDEX_LIMIT, expected * SEQUENCES + sequence, `${roc} ${highest} ${sequence}`);
    t.is(referenceRollover(roc, highest, sequence), expected);
  }
});

test('appendix A: the estimate is the one of the pseudocode, before its reduction modulo 2^48', (t) => {
  const sequence = fc.oneof(
    fc.integer({ min: 0, max: 65_535 }),
    fc.constantFrom(0, 1, 32_767, 32_768, 32_769, 65_534, 65_535),
  );
  const roc = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 1, 0xffffffff));
  fc.assert(
    fc.property(roc, sequence, sequence, (rolloverCounter, highest, received) => {
      const index = estimateIndex(rolloverCounter * SEQUENCES + highest, received);
      const reduced = (index + INDEX_LIMIT) % INDEX_LIMIT;
      t.is(reduced, referenceRollover(rolloverCounter, highest, received) * SEQUENCES + received);
      t.true(Math.abs(index - (rolloverCounter * SEQUENCES + highest)) <= SEQUENCES / 2);
    }),
    { numRuns: 2_000 },
  );
});
