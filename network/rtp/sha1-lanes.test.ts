/** Four messages side by side have the digests that they have alone, and no module gets through that computes anything else. */
import { createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { HmacSha1 } from './hmac-sha1.ts';
import {
  LANE_OCTETS,
  LANES,
  LANES_AT,
  lanesOf,
  passesSha1Test,
  sha1Lanes,
  sha1LanesModule,
  type Sha1Lanes,
} from './sha1-lanes.ts';

/** The digests of four messages of one length. */
function digests(lanes: Sha1Lanes, key: Uint8Array, messages: readonly Uint8Array[]): readonly string[] {
  for (const [lane, message] of messages.entries()) lanes.octets.set(message, LANES_AT + lane * LANE_OCTETS);
  const words = new HmacSha1(key).digestLanes(lanes, messages[0]?.length ?? 0);
  return messages.map((_, lane) =>
    [0, 1, 2, 3, 4]
      .map((word) => ((words[LANES * word + lane] ?? 0) >>> 0).toString(16).padStart(8, '0'))
      .join(''),
  );
}

test('this engine has lanes, and any four messages have the digests that node:crypto gives each', (t) => {
  const lanes = sha1Lanes();
  if (lanes === undefined) return t.fail('no lanes');
  const fours = fc.integer({ min: 0, max: 439 }).chain((length) =>
    fc.array(fc.uint8Array({ minLength: length, maxLength: length }), {
      minLength: LANES,
      maxLength: LANES,
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fours, (key, messages) => {
      t.deepEqual(
        digests(lanes, key, messages),
        messages.map((message) => createHmac('sha1', key).update(message).digest('hex')),
      );
    }),
  );
});

test('a message that does not fit into its lane cannot happen', (t) => {
  const lanes = sha1Lanes();
  if (lanes === undefined) return t.fail('no lanes');
  t.throws(() => new HmacSha1(new Uint8Array(20)).digestLanes(lanes, 504), { message: /fits into its lane/ });
});

/** One instruction becomes another of the same form, or a shift is by another number of bits. */
const CHANGES: Readonly<Record<string, readonly [from: readonly number[], to: readonly number[]]>> = {
  'add to sub': [
    [0xfd, 0xae, 0x01],
    [0xfd, 0xb1, 0x01],
  ],
  'xor to or': [
    [0xfd, 0x51],
    [0xfd, 0x50],
  ],
  'or to and': [
    [0xfd, 0x50],
    [0xfd, 0x4e],
  ],
  'unsigned shift to signed': [
    [0xfd, 0xad, 0x01],
    [0xfd, 0xac, 0x01],
  ],
  'a rotation by 5 to one by 6': [
    [0x41, 0x05, 0xfd, 0xab, 0x01],
    [0x41, 0x06, 0xfd, 0xab, 0x01],
  ],
};
/** Of the places of a change every so many is tried. */
const EVERY = 11;

test('the self-test lets no module through that has one instruction changed', (t) => {
  const whole = lanesOf(sha1LanesModule());
  t.true(whole !== undefined && passesSha1Test(whole));
  for (const [change, [from, to]] of Object.entries(CHANGES)) {
    const octets = sha1LanesModule();
    const places = [...octets.keys()].filter((at) => from.every((octet, i) => octets[at + i] === octet));
    t.true(places.length >= 20, `${change} at ${places.length} places`);
    for (const at of places.filter((_, i) => i % EVERY === 0)) {
      const changed = octets.slice();
      changed.set(to, at);
      const lanes = lanesOf(changed);
      t.false(lanes !== undefined && passesSha1Test(lanes), `${change} at ${at}`);
    }
  }
});
