import test from 'ava';
import * as fc from 'fast-check';
import { MINUTE_MS, NOW } from './imessage.fixture.ts';
import { parseMessage, serialiseMessage, type Message } from './message.ts';
import type { Payload } from './payload/payload.ts';
import { timestampOf, unixMsOf } from './payload/timestamp.ts';
import { ReplayCache, signedDigestOf, type ReplayCacheOptions } from './replay-cache.ts';
import { full } from './rfc6509.vectors.ts';
import { malleateIMessage } from './sign-imessage.ts';

const template = parseMessage(Uint8Array.from(Buffer.from(full.base64, 'base64')));
const LIMIT = 10 * MINUTE_MS;

/** A message stamped `unixMs`; `csbId` tells apart those of one moment. Nobody signed it: the cache does not ask. */
function messageOf(unixMs: number, csbId = 0): Message {
  return parseMessage(
    serialiseMessage(
      { ...template.header, csbId },
      template.payloads.map((payload): Payload => (payload.kind === 'T' ? timestampOf(unixMs) : payload)),
    ),
  );
}

const at = (unixMs: number) => ({ unixMs, skewLimitMs: LIMIT });

test('a message is new once', (t) => {
  const cache = new ReplayCache();
  const message = messageOf(NOW);
  t.is(cache.refusalOf(message), undefined);
  cache.remember(message, at(NOW));
  t.is(cache.refusalOf(message)?.code, 'MIKEY_REPLAY');
  t.is(cache.refusalOf(messageOf(NOW, 1)), undefined);
});

test('an entry lives until its timestamp plus the skew limit, which is up to twice the limit after receipt', (t) => {
  const cache = new ReplayCache();
  const early = messageOf(NOW + LIMIT);
  cache.remember(early, at(NOW));
  cache.remember(messageOf(NOW + 2 * LIMIT), at(NOW + 2 * LIMIT));
  t.is(cache.size, 2);
  t.is(cache.refusalOf(early)?.code, 'MIKEY_REPLAY');
  cache.remember(messageOf(NOW + 2 * LIMIT + 1), at(NOW + 2 * LIMIT + 1));
  t.is(cache.size, 2, 'the first one is gone');
});

test('a clock that is set forward and back lets nothing in twice', (t) => {
  const cache = new ReplayCache();
  const message = messageOf(NOW);
  cache.remember(message, at(NOW));
  const later = NOW + 30 * 24 * 60 * MINUTE_MS;
  cache.remember(messageOf(later), at(later));
  t.is(cache.size, 1);
  t.is(cache.refusalOf(message)?.code, 'MIKEY_REPLAY_UNKNOWN');
  t.is(cache.refusalOf(messageOf(NOW + 1)), undefined, 'later messages are not held up');
});

test('after a restart nothing is accepted that is not later than one skew limit past it', (t) => {
  const cache = new ReplayCache();
  const ahead = messageOf(NOW + LIMIT);
  cache.remember(ahead, at(NOW));
  cache.restart(at(NOW));
  t.is(cache.size, 0);
  for (const unixMs of [NOW - LIMIT, NOW, NOW + LIMIT])
    t.is(cache.refusalOf(messageOf(unixMs))?.code, 'MIKEY_REPLAY_UNKNOWN');
  t.is(cache.refusalOf(messageOf(NOW + LIMIT + 1)), undefined);
});

test('waiting out one skew limit after a restart would not have been enough', (t) => {
  const forgetful = new ReplayCache();
  t.is(forgetful.refusalOf(messageOf(NOW + LIMIT)), undefined, 'a new cache without the rule lets it in');
});

test('an earlier restart does not take the rule of a later one back', (t) => {
  const cache = new ReplayCache();
  cache.restart(at(NOW));
  cache.restart(at(NOW - 60 * MINUTE_MS));
  t.is(cache.refusalOf(messageOf(NOW + LIMIT))?.code, 'MIKEY_REPLAY_UNKNOWN');
});

test('a full cache forgets the earliest message, and refuses everything that could be it', (t) => {
  const cache = new ReplayCache({ entriesMax: 3 });
  for (const offset of [2, 0, 1, 3]) cache.remember(messageOf(NOW + offset), at(NOW));
  t.is(cache.size, 3);
  t.is(cache.refusalOf(messageOf(NOW))?.code, 'MIKEY_REPLAY_UNKNOWN');
  for (const offset of [1, 2, 3]) t.is(cache.refusalOf(messageOf(NOW + offset))?.code, 'MIKEY_REPLAY');
  t.is(cache.refusalOf(messageOf(NOW + 4)), undefined);
});

test('of messages of one moment, a full cache forgets the one that came first', (t) => {
  const cache = new ReplayCache({ entriesMax: 2 });
  for (const csbId of [0, 1]) cache.remember(messageOf(NOW, csbId), at(NOW));
  cache.remember(messageOf(NOW + 1), at(NOW));
  t.is(cache.refusalOf(messageOf(NOW, 0))?.code, 'MIKEY_REPLAY_UNKNOWN');
  t.is(cache.refusalOf(messageOf(NOW, 1))?.code, 'MIKEY_REPLAY');
});

test('a cache without room is none', (t) => {
  t.throws(() => new ReplayCache({ entriesMax: 0 }), { message: /a replay cache holds an entry/ });
  t.notThrows(() => new ReplayCache({ entriesMax: 1 }));
});

test('a refusal says when the message was made, and how late it would have to be', (t) => {
  const cache = new ReplayCache();
  cache.remember(messageOf(NOW), at(NOW));
  t.is(cache.refusalOf(messageOf(NOW))?.message, 'the message of 2015-10-14T08:00:00Z was accepted before');
  cache.restart(at(NOW));
  t.is(
    cache.refusalOf(messageOf(NOW))?.message,
    'only messages later than 2015-10-14T08:10:00Z are known to be new, this one is of 2015-10-14T08:00:00Z',
  );
});

test('the other valid signature makes no other message, unless the cache is keyed on whole messages', (t) => {
  const accepted = messageOf(NOW);
  const malleated = parseMessage(malleateIMessage(accepted));
  t.notDeepEqual(malleated.octets, accepted.octets);
  const answers = (options?: ReplayCacheOptions): readonly (string | undefined)[] => {
    const cache = new ReplayCache(options);
    cache.remember(accepted, at(NOW));
    return [accepted, malleated].map((message) => cache.refusalOf(message)?.code);
  };
  t.deepEqual(answers(), ['MIKEY_REPLAY', 'MIKEY_REPLAY']);
  t.deepEqual(answers({ keying: 'signed-part' }), ['MIKEY_REPLAY', 'MIKEY_REPLAY']);
  t.deepEqual(answers({ keying: 'whole-message' }), ['MIKEY_REPLAY', undefined]);
  t.is(signedDigestOf(malleated), signedDigestOf(accepted));
  t.not(signedDigestOf(messageOf(NOW, 1)), signedDigestOf(accepted));
  t.regex(signedDigestOf(accepted), /^[0-9a-f]{64}$/);
});

test('whatever the clock does, and after any restart whose clock is not behind, nothing is accepted twice', (t) => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ message: fc.nat(11) }) },
    { weight: 2, arbitrary: fc.record({ clock: fc.integer({ min: -3 * LIMIT, max: 3 * LIMIT }) }) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  );
  const messages = Array.from({ length: 12 }, (_, i) => messageOf(NOW + (i - 6) * 3 * MINUTE_MS, i));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, entriesMax) => {
      const cache = new ReplayCache({ entriesMax });
      const accepted = new Set<Message>();
      let unixMs = NOW;
      let latest = NOW;
      for (const one of steps) {
        if (one === 'restart') {
          // What is forgotten cannot be missed: a device that restarts must not have its clock behind what it has seen.
          unixMs = Math.max(unixMs, latest);
          cache.restart(at(unixMs));
        } else if ('clock' in one) unixMs = NOW + one.clock;
        else {
          const message = messages[one.message];
          if (message === undefined || Math.abs(unixMsOf(message.timestamp) - unixMs) > LIMIT) continue;
          if (cache.refusalOf(message) !== undefined) continue;
          t.false(accepted.has(message));
          accepted.add(message);
          cache.remember(message, at(unixMs));
          latest = Math.max(latest, unixMs);
        }
        t.true(cache.size <= entriesMax);
      }
    }),
    { numRuns: 300 },
  );
});
