/**
 * That no media packet is taken for granted: counted where octets enter the cipher and the hash, not by the counters of those who use
 * them. What reached a phone, by a tap on its link, has been hashed and decrypted there once more than by its sender.
 */
import crypto, { type CipherGCMTypes } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import test from 'ava';
import { HmacSha1 } from '../../network/rtp/hmac-sha1.ts';
import { LANE_OCTETS, LANES, LANES_AT } from '../../network/rtp/sha1-lanes.ts';
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { toHex } from '../../sim/octets.ts';
import { Testbed } from '../testbed.fixture.ts';

const TAG_OCTETS = 10;
const ROC_OCTETS = 4;
const HEADER_OCTETS = 12;
const BLOCK_OCTETS = 16;
/** Of the links below. */
const LONGEST_DELAY: Micros = 45 * MILLISECOND;
/** The testbed's phones say nothing: mu-law silence. */
const SILENT_OCTET = 0xff;

/** How often each thing was done, in order of nothing. */
class Tally {
  readonly #times = new Map<string, number>();

  add(what: string): void {
    this.#times.set(what, this.of(what) + 1);
  }

  of(what: string): number {
    return this.#times.get(what) ?? 0;
  }
}

/** Messages that HMAC-SHA1 was asked for, and blocks that AES-ECB gave, each once per cipher object. */
const hashed = new Tally();
const keystream = new Tally();

const digest = Object.getOwnPropertyDescriptor(HmacSha1.prototype, 'digest')?.value as HmacSha1['digest'];
HmacSha1.prototype.digest = function (view, at, length) {
  hashed.add(toHex(new Uint8Array(view.buffer, view.byteOffset + at, length)));
  return Reflect.apply(digest, this, [view, at, length]);
};

const digestLanes = Object.getOwnPropertyDescriptor(HmacSha1.prototype, 'digestLanes')
  ?.value as HmacSha1['digestLanes'];
HmacSha1.prototype.digestLanes = function (lanes, length) {
  for (let lane = 0; lane < LANES; lane++) {
    const at = LANES_AT + lane * LANE_OCTETS;
    hashed.add(toHex(lanes.octets.subarray(at, at + length)));
  }
  return Reflect.apply(digestLanes, this, [lanes, length]);
};

const { createCipheriv } = crypto;
const watched = (algorithm: CipherGCMTypes, key: Uint8Array, iv: Uint8Array | null) => {
  const cipher = createCipheriv(algorithm, key, iv ?? new Uint8Array(0));
  const update = cipher.update.bind(cipher);
  const given = new Set<string>();
  return Object.defineProperty(cipher, 'update', {
    value(input: Uint8Array): Uint8Array {
      const output = update(input);
      for (let from = 0; from < output.length; from += BLOCK_OCTETS) {
        const block = toHex(output.subarray(from, from + BLOCK_OCTETS));
        if (!given.has(block)) keystream.add(block);
        given.add(block);
      }
      return output;
    },
  });
};
Object.assign(crypto, { createCipheriv: watched });
syncBuiltinESMExports();

/** How often the packet, with the rollover counter that it has in a short call, was hashed. */
function timesHashed(packet: Uint8Array): number {
  const message = new Uint8Array(packet.length - TAG_OCTETS + ROC_OCTETS);
  message.set(packet.subarray(0, -TAG_OCTETS));
  return hashed.of(toHex(message));
}

/** How many ciphers gave every block of the keystream between the packet's silence and what it looks like on the wire. */
function timesDeciphered(packet: Uint8Array): number {
  const stream = packet.subarray(HEADER_OCTETS, -TAG_OCTETS).map((octet) => octet ^ SILENT_OCTET);
  const times: number[] = [];
  for (let from = 0; from < stream.length; from += BLOCK_OCTETS)
    times.push(keystream.of(toHex(stream.subarray(from, from + BLOCK_OCTETS))));
  return Math.min(...times);
}

test('every media packet that reaches a phone was authenticated and decrypted there, and no other', (t) => {
  const bed = Testbed.enrolled({
    answers: true,
    link: { delayMs: 30, jitterMs: 15, lossRandom: 0.03, duplicate: 0.01 },
  });
  const reached: { readonly octets: Uint8Array; readonly toward: string; readonly time: Micros }[] = [];
  const lost: Uint8Array[] = [];
  for (const link of bed.fabric.links)
    link.tap(({ packet, toward, lost: isLost, time }) => {
      const { protocol, octets } = packet;
      const isVoice = protocol === 'udp' && octets.length > 100 && ((octets[1] ?? 0) & 0x7f) === 0;
      if (!isVoice || toward === 'crs') return;
      if (isLost) lost.push(octets);
      else reached.push({ octets, toward, time });
    });
  bed.run(20);
  bed.call(bed.alice, 'bob', '--for 30s');
  bed.run(60);
  const ended = bed.events('handset.call-ended');
  t.is(ended.length, 2);
  t.true(reached.length > 2_500 && lost.length > 50, `${reached.length} reached, ${lost.length} lost`);
  const copies = new Tally();
  for (const { octets } of reached) copies.add(toHex(octets));
  // Each copy of a packet is hashed, also one that the last link made: to see that it is no other packet of that number.
  const opened = reached.filter(({ octets }) => {
    const times = timesHashed(octets) - 1;
    return times >= 1 && times <= 2 * copies.of(toHex(octets)) && timesDeciphered(octets) === 2;
  });
  t.is(
    // What was doubled on the first link is seen twice on the second, and opened once.
    new Set(opened.map(({ octets }) => toHex(octets))).size,
    ended.reduce((sum, { data }) => sum + data.received, 0),
    'once by who sent it and once by who heard it',
  );
  for (const { on, t: endedAt } of ended) {
    const left = reached.filter((each) => each.toward === on && !opened.includes(each));
    const keyedAt = bed.events('srtp.keyed').find((event) => event.on === on)?.t ?? 0;
    t.true(
      left.every(({ time }) => time < keyedAt || time + LONGEST_DELAY > endedAt),
      'only what came before the phone had the keys, or after the call was over, was left as it was',
    );
  }
  const arrived = new Set(reached.map(({ octets }) => toHex(octets)));
  t.true(
    lost.every((octets) => timesHashed(octets) === 1 || arrived.has(toHex(octets))),
    'what was lost, and had no double that came, was hashed by its sender only',
  );
});
