import { createCipheriv, createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { toHex } from '../../sim/octets.ts';
import { REPLAY_WINDOW } from './packet-index.ts';
import { KEY_DERIVATION, LIBSRTP } from './rfc3711.vectors.ts';
import { SrtcpReceiver, SrtcpSender } from './srtcp.ts';
import { at } from './srtp.fixture.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const master = {
  masterKey: hex(KEY_DERIVATION.masterKey),
  masterSalt: hex(KEY_DERIVATION.masterSalt),
  profile: 'AES_CM_128_HMAC_SHA1_80',
} as const;
const report = (octet: number): Uint8Array => {
  const octets = new Uint8Array(24).fill(octet);
  octets.set(hex('80c90005cafebabe'));
  return octets;
};

test('a report of libsrtp is made and opened, with the long tag in both profiles', (t) => {
  for (const profile of ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const) {
    t.is(toHex(new SrtcpSender({ ...master, profile }).protect(hex(LIBSRTP.rtcp))), LIBSRTP.srtcp);
    t.is(toHex(new SrtcpReceiver({ ...master, profile }).unprotect(hex(LIBSRTP.srtcp))), LIBSRTP.rtcp);
  }
});

/** SRTCP with the label on an octet of one's choice, from the RFC's text alone. */
function protectWithLabelOn(octet: number, rtcp: Uint8Array, index: number): Uint8Array {
  const derive = (label: number, length: number): Uint8Array => {
    const initial = Buffer.concat([master.masterSalt, Buffer.alloc(2)]);
    initial[octet] = (initial[octet] ?? 0) ^ label;
    return createCipheriv('aes-128-ctr', master.masterKey, initial).update(new Uint8Array(length));
  };
  const salt = BigInt(`0x${toHex(derive(5, 14))}`);
  const ssrc = BigInt(new DataView(rtcp.buffer).getUint32(4));
  const iv = (salt << 16n) ^ (ssrc << 64n) ^ (BigInt(index) << 16n);
  const cipher = createCipheriv('aes-128-ctr', derive(3, 16), hex(iv.toString(16).padStart(32, '0')));
  const word = Buffer.alloc(4);
  word.writeUInt32BE((0x80000000 | index) >>> 0);
  const authenticated = Buffer.concat([rtcp.subarray(0, 8), cipher.update(rtcp.subarray(8)), word]);
  const tag = createHmac('sha1', derive(4, 20)).update(authenticated).digest().subarray(0, 10);
  return new Uint8Array(Buffer.concat([authenticated, tag]));
}

test('planted: a label on octet 9, as RFC 3711 was printed, is what no peer understands', (t) => {
  const rtcp = hex(LIBSRTP.rtcp);
  t.is(toHex(protectWithLabelOn(7, rtcp, 1)), LIBSRTP.srtcp);
  const literal = protectWithLabelOn(9, rtcp, 1);
  t.not(toHex(literal), LIBSRTP.srtcp);
  t.throws(() => new SrtcpReceiver(master).unprotect(literal), { code: 'SRTCP_TAG' });
});

test('property: a sender agrees with the text of the RFC, and its receiver opens what it made', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 200 }),
      fc.oneof(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.constantFrom(0, 65_535, 65_536, 2 ** 31 - 1)),
      (rtcp, firstIndex) => {
        const sealed = new SrtcpSender({ ...master, firstIndex }).protect(rtcp);
        t.is(toHex(sealed), toHex(protectWithLabelOn(7, rtcp, firstIndex)));
        t.is(toHex(new SrtcpReceiver(master).unprotect(sealed)), toHex(rtcp));
      },
    ),
    { numRuns: 200 },
  );
});

/** Bits of a report that can be flipped without `open` noticing. */
function unnoticed(sealed: Uint8Array, open: (packet: Uint8Array) => unknown): number {
  let count = 0;
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const forged = sealed.slice();
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
    try {
      open(forged);
      count++;
    } catch {
      // Noticed.
    }
  }
  return count;
}

test('no bit of a report can be changed; a receiver that does not look at the tag lets all of them pass', (t) => {
  const sealed = new SrtcpSender(master).protect(report(5));
  const receiver = new SrtcpReceiver(master);
  t.is(
    unnoticed(sealed, (packet) => receiver.unprotect(packet)),
    0,
  );
  t.is(receiver.counters.opened, 0);
  const { refused } = receiver.counters;
  t.is(
    [...refused.values()].reduce((sum, n) => sum + n, 0),
    8 * sealed.length,
  );
  const planted = (packet: Uint8Array): Uint8Array => packet.slice(0, -14);
  t.is(unnoticed(sealed, planted), 8 * sealed.length);
  t.is(toHex(receiver.unprotect(sealed)), toHex(report(5)), 'none of them did harm');
});

test('a report is received once, within the window or beyond it', (t) => {
  const sender = new SrtcpSender(master);
  const sealed = Array.from({ length: 200 }, (_, n) => sender.protect(report(n)));
  const receiver = new SrtcpReceiver(master);
  const open = (n: number) => receiver.unprotect(sealed[n] ?? new Uint8Array(0));
  open(0);
  t.throws(() => open(0), { code: 'SRTCP_REPLAY' });
  open(199);
  t.notThrows(() => open(200 - REPLAY_WINDOW));
  t.throws(() => open(199 - REPLAY_WINDOW), { code: 'SRTCP_REPLAY' });
  t.deepEqual([receiver.counters.opened, receiver.counters.refused.get('SRTCP_REPLAY')], [3, 2]);
});

test('what is not SRTCP of this source is refused', (t) => {
  const sealed = new SrtcpSender(master).protect(report(1));
  const receiver = new SrtcpReceiver({ ...master, ssrc: 1 });
  t.throws(() => receiver.unprotect(sealed), { code: 'SRTP_SSRC' });
  t.throws(() => receiver.unprotect(sealed.subarray(0, 21)), { code: 'SRTCP_TRUNCATED' });
  t.throws(() => receiver.unprotect(new Uint8Array(1_600)), { code: 'SRTCP_TOO_LONG' });
  t.throws(() => new SrtcpReceiver({ ...master, masterSalt: new Uint8Array(12) }), { code: 'SRTP_KEY' });
});

test('a report that is authentic but in clear is refused: nobody may switch encryption off', (t) => {
  const authentication = (() => {
    const initial = Buffer.concat([master.masterSalt, Buffer.alloc(2)]);
    initial[7] = (initial[7] ?? 0) ^ 4;
    return createCipheriv('aes-128-ctr', master.masterKey, initial).update(new Uint8Array(20));
  })();
  const clear = Buffer.concat([report(1), hex('00000001')]);
  const tag = createHmac('sha1', authentication).update(clear).digest().subarray(0, 10);
  const packet = new Uint8Array(Buffer.concat([clear, tag]));
  t.throws(() => new SrtcpReceiver(master).unprotect(packet), { code: 'SRTCP_CLEAR' });
});

test('a key is not used for more than 2^31 reports', (t) => {
  const sender = new SrtcpSender({ ...master, firstIndex: 2 ** 31 - 1 });
  const receiver = new SrtcpReceiver(master);
  t.is(toHex(receiver.unprotect(sender.protect(report(1)))), toHex(report(1)));
  t.throws(() => sender.protect(report(1)), { code: 'SRTCP_LIMIT' });
});

/** The report of another source. */
function reportOf(ssrc: number): Uint8Array {
  const octets = report(1).slice();
  new DataView(octets.buffer, octets.byteOffset).setUint32(4, ssrc);
  return octets;
}

test('section 3.2.3: each source has a replay list of its own', (t) => {
  const receiver = new SrtcpReceiver(master);
  const [first, second] = [new SrtcpSender(master), new SrtcpSender(master)];
  let last = new Uint8Array(0) as Uint8Array;
  for (let n = 0; n < 200; n++) receiver.unprotect((last = first.protect(reportOf(1))));
  const other = second.protect(reportOf(2));
  t.notThrows(() => receiver.unprotect(other));
  t.throws(() => receiver.unprotect(other), { code: 'SRTCP_REPLAY' });
  t.throws(() => receiver.unprotect(last), { code: 'SRTCP_REPLAY' });
});

test('of the sources of one key so many are told apart, and none is forgotten for another', (t) => {
  const receiver = new SrtcpReceiver(master);
  const sealed = Array.from({ length: 65 }, (_, n) => new SrtcpSender(master).protect(reportOf(n)));
  for (const octets of sealed.slice(0, 64)) receiver.unprotect(octets);
  t.throws(() => receiver.unprotect(at(sealed, 64)), { code: 'SRTCP_SOURCES' });
  for (const octets of sealed.slice(0, 64))
    t.throws(() => receiver.unprotect(octets), { code: 'SRTCP_REPLAY' });
});
