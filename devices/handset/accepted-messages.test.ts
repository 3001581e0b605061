import test from 'ava';
import * as fc from 'fast-check';
import {
  parseMessage,
  ReplayCache,
  sealIMessage,
  serialiseMessage,
  timestampOf,
  type Message,
  type Payload,
} from '../../network/mikey/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { AcceptedMessages } from './accepted-messages.ts';

const MINUTE_MS = 60_000;
const LIMIT = 10 * MINUTE_MS;

const bed = Testbed.enrolled();
const NOW = bed.ports.begins;
const template = parseMessage(
  sealIMessage({
    from: NUMBERS.alice,
    to: NUMBERS.bob,
    senderKeys: bed.cms.escrow.keysOf(NUMBERS.alice, bed.cms.period),
    kms: bed.cms.escrow.kms,
    unixMs: NOW,
    random: bed.random.stream('template'),
    prf: 'PRF-HMAC-SHA-256',
    policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
    offered: ['mikey'],
  }).octets,
);

/** Messages of close moments, two of each. Nobody signed them: a replay cache does not ask. */
const MESSAGES: readonly Message[] = Array.from({ length: 16 }, (_, i) =>
  parseMessage(
    serialiseMessage(
      { ...template.header, csbId: i },
      template.payloads.map((payload): Payload =>
        payload.kind === 'T' ? timestampOf(NOW + (Math.floor(i / 2) - 4) * 4 * MINUTE_MS) : payload,
      ),
    ),
  ),
);

type Act = (cache: ReplayCache) => void;

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({ message: fc.constantFrom(...MESSAGES), ms: fc.integer({ min: -2 * LIMIT, max: 2 * LIMIT }) })
      .map(({ message, ms }): Act => (cache) => {
        if (cache.refusalOf(message) === undefined)
          cache.remember(message, { unixMs: NOW + ms, skewLimitMs: LIMIT });
      }),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -4 * LIMIT, max: 0 }).map(
      (ms): Act =>
        (cache) =>
          cache.restart({ unixMs: NOW + ms, skewLimitMs: LIMIT }),
    ),
  },
);

const answers = (cache: ReplayCache): readonly (string | undefined)[] => [
  String(cache.size),
  ...MESSAGES.map((message) => cache.refusalOf(message)?.message),
];

test('property: what was accepted before it was kept is known after, and what was forgotten is not accepted', (t) => {
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 30 }),
      fc.array(act, { maxLength: 30 }),
      fc.record({
        entriesMax: fc.integer({ min: 1, max: 6 }),
        keying: fc.constantFrom('signed-part', 'whole-message'),
      }),
      (before, after, options) => {
        const reference = new ReplayCache(options);
        const origin = new AcceptedMessages(options);
        for (const each of before) for (const cache of [reference, origin]) each(cache);
        const kept = origin.save();
        const again = new AcceptedMessages(options, structuredClone(kept));
        t.deepEqual(again.save(), kept);
        t.deepEqual(answers(origin), answers(reference), 'keeping changes nothing');
        t.deepEqual(answers(again), answers(reference));
        for (const each of after) {
          for (const cache of [reference, again]) each(cache);
          t.deepEqual(answers(again), answers(reference));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('of nothing, nothing is kept', (t) => {
  const kept = new AcceptedMessages({}).save();
  t.deepEqual(kept, { floorUnixMs: undefined, messages: [] });
  t.is(new AcceptedMessages({}, kept).refusalOf(template), undefined);
});
