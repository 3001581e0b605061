/** SRTP against libsrtp2, both ways and to the octet, over the rollover of the sequence number. */
import test from 'ava';
import { CalldrillError } from '../sim/errors.ts';
import { toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import { serialiseRtp, SrtpReceiver, SrtpSender, type SrtpMaster } from '../network/rtp/index.ts';
import { CPeer } from './c-peer.ts';

const PACKETS = 200;
const SSRC = 0x11223344;
/** Crosses 65535 -> 0 on the way. */
const FIRST_SEQUENCE = 65_436;
/** Statuses of srtp2/srtp.h. */
const AUTHENTICATION_FAILED = 'refused 7';
const REPLAYED = 'refused 9';

const libsrtp = new CPeer('libsrtp', 'srtp2');
const random = new SeededRandom('interop libsrtp').stream('packets');

/** Voice of 20 ms, packets of every other length, and some with contributors. */
const packets = Array.from({ length: PACKETS }, (_, i) =>
  serialiseRtp({
    marker: i === 0,
    payloadType: 0,
    sequence: (FIRST_SEQUENCE + i) & 0xffff,
    timestamp: 160 * i,
    ssrc: SSRC,
    csrcs: Array.from({ length: i % 7 === 0 ? 2 : 0 }, () => random.uint32()),
    payload: random.octets(i % 3 === 0 ? random.below(1200) : 160),
    paddingOctets: 0,
  }),
);

const PROFILES = [
  { profile: 'AES_CM_128_HMAC_SHA1_80', bits: '80' },
  { profile: 'AES_CM_128_HMAC_SHA1_32', bits: '32' },
] as const;

function ask(
  way: 'protect' | 'unprotect',
  bits: string,
  { masterKey, masterSalt }: SrtpMaster,
  given: readonly Uint8Array[],
) {
  return libsrtp.ask(
    given.map((packet) => `rtp ${toHex(packet)}`),
    [way, bits, toHex(masterKey) + toHex(masterSalt)],
  );
}

function flipped(original: Uint8Array, at: number): Uint8Array {
  const copy = original.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x20;
  return copy;
}

for (const { profile, bits } of PROFILES) {
  const master: SrtpMaster = { masterKey: random.octets(16), masterSalt: random.octets(14), profile };
  const protect = (): Uint8Array[] => {
    const sender = new SrtpSender({ ...master, ssrc: SSRC });
    return packets.map((packet) => sender.protect(packet));
  };

  test(`${profile}: libsrtp opens what we protect, to the octet`, (t) => {
    t.deepEqual(ask('unprotect', bits, master, protect()), packets.map(toHex));
  });

  test(`${profile}: we open what libsrtp protects, which is what we would have made`, (t) => {
    const theirs = ask('protect', bits, master, packets);
    t.deepEqual(theirs, protect().map(toHex));
    const receiver = new SrtpReceiver(master);
    for (const [i, packet] of theirs.entries())
      t.deepEqual(receiver.unprotect(new Uint8Array(Buffer.from(packet, 'hex'))), packets[i]);
    t.is(receiver.rolloverCounter, 1);
  });

  test(`${profile}: planted: what is altered on the way is refused by both, and what comes twice`, (t) => {
    const ours = protect();
    const sent = ours.map((packet, i) => (i % 10 === 5 ? flipped(packet, i % packet.length) : packet));
    const altered = (i: number): boolean => sent[i] !== ours[i];
    const answers = ask('unprotect', bits, master, [...sent, ...ours.slice(-3)]);
    const receiver = new SrtpReceiver(master);
    for (const [i, packet] of sent.entries()) {
      const answer = answers[i] ?? '';
      if (!altered(i)) {
        t.is(answer, toHex(packets[i] ?? packet));
        t.deepEqual(receiver.unprotect(packet), packets[i]);
        continue;
      }
      t.regex(answer, /^refused/, `packet ${i}`);
      const error = t.throws(() => receiver.unprotect(packet), { instanceOf: CalldrillError }, `packet ${i}`);
      t.regex(error?.code ?? '', /^S?RTP_/);
    }
    t.deepEqual(answers.slice(-3), [REPLAYED, REPLAYED, REPLAYED]);
    for (const packet of ours.slice(-3)) t.throws(() => receiver.unprotect(packet), { code: 'SRTP_REPLAY' });
  });

  test(`${profile}: planted: a sender that forgets the rollover, and one with another key`, (t) => {
    const forgetful = packets.map((packet) => new SrtpSender({ ...master, ssrc: SSRC }).protect(packet));
    const rolledOver = 65_536 - FIRST_SEQUENCE;
    const answers = ask('unprotect', bits, master, forgetful);
    t.deepEqual(answers.slice(0, rolledOver), packets.slice(0, rolledOver).map(toHex));
    t.deepEqual(new Set(answers.slice(rolledOver)), new Set([AUTHENTICATION_FAILED]));
    const stranger = { ...master, masterKey: random.octets(16) };
    t.deepEqual(new Set(ask('unprotect', bits, stranger, protect())), new Set([AUTHENTICATION_FAILED]));
  });
}
