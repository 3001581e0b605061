/** Packets that are protected, and opened, several at a time have the octets and the counters of packets that go one by one. */
import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import { toHex } from '../../sim/octets.ts';
import { ReceivingEnd } from './receiving-end.ts';
import { serialiseRtp } from './rtp.ts';
import type { SrtpMaster, SrtpProfile } from './session-keys.ts';
import { SrtpListener } from './srtp-listener.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

const SSRC = 0xcafebabe;
const PROFILES: readonly SrtpProfile[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

function masterOf(profile: SrtpProfile): SrtpMaster {
  return { masterKey: new Uint8Array(16).fill(0x11), masterSalt: new Uint8Array(14).fill(0x22), profile };
}

/** Packets with rising numbers from one on, with payloads of these lengths: mostly frames of speech. */
function stream(first: number, lengths: readonly number[], csrcs: readonly number[] = []): Uint8Array[] {
  return lengths.map((length, i) =>
    serialiseRtp({
      marker: false,
      payloadType: 0,
      sequence: (first + i) & 0xffff,
      timestamp: (160 * (first + i)) >>> 0,
      ssrc: SSRC,
      csrcs,
      payload: Uint8Array.from({ length }, (_, at) => at * 31 + i),
      paddingOctets: 0,
    }),
  );
}

const LENGTHS = fc.array(
  fc.oneof({ weight: 12, arbitrary: fc.constant(160) }, { weight: 1, arbitrary: fc.nat(700) }),
  { maxLength: 40 },
);
const BEGINNING = fc.oneof(fc.integer({ min: 1, max: 0x7fff }), fc.integer({ min: 0xffe0, max: 0xffff }));

test('packets that are protected together are those that are protected one by one', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROFILES),
      BEGINNING,
      LENGTHS,
      fc.array(fc.nat(0xffff), { maxLength: 2 }),
      (profile, first, lengths, csrcs) => {
        const packets = stream(first, lengths, csrcs);
        const [together, alone] = [0, 1].map(() => new SrtpSender({ ...masterOf(profile), ssrc: SSRC }));
        const before = packets.map(toHex);
        const sealed = together?.protectAll(packets).map(toHex);
        t.deepEqual(packets.map(toHex), before, 'what is given is not changed');
        t.deepEqual(
          sealed,
          packets.map((packet) => toHex(alone?.protect(packet) ?? packet)),
        );
        t.is(together?.rolloverCounter, alone?.rolloverCounter);
      },
    ),
  );
});

test('of four packets with one that may not be sent none is protected', (t) => {
  const sender = new SrtpSender({ ...masterOf('AES_CM_128_HMAC_SHA1_80'), ssrc: SSRC });
  const packets = stream(7, [160, 160, 160, 160]);
  const [first, second, third] = packets;
  if (first === undefined || second === undefined || third === undefined) return t.fail();
  t.throws(() => sender.protectAll([first, second, third, first]), { code: 'SRTP_SEQUENCE' });
  t.is(sender.protectAll(packets).length, 4);
});

/** What comes of each packet on its way: how often it comes, how much later than it should, and whether a bit of it has flipped. */
const FATES = fc.array(
  fc.record({
    times: fc.oneof({ weight: 10, arbitrary: fc.constant(1) }, fc.nat(3)),
    lateMs: fc.oneof({ weight: 5, arbitrary: fc.nat(25) }, fc.nat(400)),
    flipped: fc.oneof({ weight: 15, arbitrary: fc.constant(undefined) }, fc.nat(8 * 180)),
  }),
  { minLength: 40, maxLength: 40 },
);

test('packets that are opened together are heard, counted and refused as those that are opened one by one', (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PROFILES),
      BEGINNING,
      LENGTHS,
      FATES,
      fc.array(fc.nat(60)),
      (profile, first, lengths, fates, asked) => {
        const sealed = new SrtpSender({ ...masterOf(profile), ssrc: SSRC }).protectAll(
          stream(first, lengths),
        );
        const came = sealed
          .flatMap((octets, i) => {
            const { times, lateMs, flipped } = fates[i] ?? { times: 1, lateMs: 0, flipped: undefined };
            const packet = octets.slice();
            if (flipped !== undefined)
              packet[(flipped >> 3) % packet.length] =
                (packet[(flipped >> 3) % packet.length] ?? 0) ^ (1 << (flipped & 7));
            return Array.from({ length: times }, (_, n) => ({
              packet,
              at: (20 * i + lateMs + n) * MILLISECOND,
            }));
          })
          .sort((a, b) => a.at - b.at);
        const listener = new SrtpListener(new SrtpReceiver(masterOf(profile)));
        const receiver = new SrtpReceiver(masterOf(profile));
        const end = new ReceivingEnd();
        for (const [n, { packet, at }] of came.entries()) {
          listener.add(packet, at);
          try {
            end.add(receiver.look(packet), packet.length - receiver.tagOctets, at);
          } catch (error) {
            if (!(error instanceof CalldrillError)) throw error;
            if (error.code === 'SRTP_TAG') end.spoiled();
          }
          end.reception.unheard = receiver.unheard;
          t.is(listener.hasHeard, end.ssrc !== undefined);
          if (asked.includes(n)) t.deepEqual(listener.counters, receiver.counters);
        }
        const now = 2_000 * MILLISECOND;
        t.deepEqual(listener.counters, receiver.counters);
        t.is(listener.end.lastAt, end.lastAt);
        t.deepEqual(listener.end.reception, end.reception);
        t.deepEqual(
          [listener.end.reception.lost, listener.end.reception.jitter, listener.end.reception.report()],
          [end.reception.lost, end.reception.jitter, end.reception.report()],
        );
        t.deepEqual(listener.end.end(now), end.end(now));
      },
    ),
  );
});

test('who listens hears each frame when it is played, and not later', (t) => {
  const heard: (Uint8Array | undefined)[] = [];
  const master = masterOf('AES_CM_128_HMAC_SHA1_80');
  const listener = new SrtpListener(new SrtpReceiver(master), (frame) => void heard.push(frame?.slice()));
  const sealed = new SrtpSender({ ...master, ssrc: SSRC }).protectAll(stream(1, Array<number>(6).fill(160)));
  for (const [n, packet] of sealed.entries()) listener.add(packet, 20 * n * MILLISECOND);
  t.is(heard.length, 4, 'the first frame waits for two more');
});
