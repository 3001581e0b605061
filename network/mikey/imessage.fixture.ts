/** One KMS, four users and a quiet morning: what the tests of messages start from. */
import { SeededRandom } from '../../sim/random.ts';
import { Kms } from './kms.ts';
import { parseMessage, type Message, type Payloads } from './message.ts';
import { parsePeriod, periodOf, type Period } from './period.ts';
import type { IMessageReceiver } from './receive-rules.ts';
import { ReplayCache } from './replay-cache.ts';
import { sealIMessage, type SealedIMessage, type SealOptions } from './seal-imessage.ts';
import { signIMessage, type Signer } from './sign-imessage.ts';
import { canonicalNumber, type TelNumber } from './tel-number.ts';
import type { UserKeys } from './user-keys.ts';

/** 60,000 milliseconds, for moments around {@link OCTOBER}. */
export const MINUTE_MS = 60_000;
/** 3,600,000 milliseconds: what the skew of a clock is measured against. */
export const HOUR_MS = 60 * MINUTE_MS;
/** 86,400,000 milliseconds. */
export const DAY_MS = 24 * HOUR_MS;

/** Chance of the tests of messages: one seed, so that the octets are the same in each run. */
export const streams = new SeededRandom('messages');
/** The KMS that has made all keys of the tests of messages. */
export const kms = Kms.generate(streams.stream('kms'));

/** The caller, in most tests. */
export const alice = canonicalNumber('+447700900001');
/** Who is called, in most tests. */
export const bob = canonicalNumber('+447700900002');
/** A third user of the same KMS, to whom a message was not sent. */
export const carol = canonicalNumber('+447700900003');
/** A user of the same KMS who pretends to be another. */
export const eve = canonicalNumber('+447700900666');

/** 2015-10-14T08:00:00Z */
export const NOW = Date.UTC(2015, 9, 14, 8);
/** The month that the moments of the tests lie in. */
export const OCTOBER = parsePeriod('2015-10');

const issued = new Map<string, UserKeys>();

/** The keys of a user for a month, issued once. */
export function keysOf(number: TelNumber, period: Period = OCTOBER): UserKeys {
  const key = `${number} ${period}`;
  const keys = issued.get(key) ?? kms.issue(number, period, streams.stream('issue'));
  issued.set(key, keys);
  return keys;
}

/** A call from Alice to Bob, now. */
export function seal(changes: Partial<SealOptions> = {}): SealedIMessage {
  const from = changes.from ?? alice;
  const unixMs = changes.unixMs ?? NOW;
  return sealIMessage({
    from,
    to: bob,
    senderKeys: keysOf(from, periodOf(unixMs)),
    kms: kms.public,
    unixMs,
    random: streams.stream('seal'),
    prf: 'PRF-HMAC-SHA-256',
    policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
    ...changes,
  });
}

/** Bob's phone now, with keys of every month and nothing accepted yet. */
export function receiver(changes: Partial<IMessageReceiver> = {}): IMessageReceiver {
  const self = changes.self ?? bob;
  return {
    self,
    keysFor: (period) => keysOf(self, period),
    kms: kms.public,
    unixMs: NOW,
    skewLimitMs: 10 * MINUTE_MS,
    replayCache: new ReplayCache(),
    calendar: true,
    ...changes,
  };
}

/** Who signs as this number, with its own keys of the month. */
export function signerOf(number: TelNumber, period: Period = OCTOBER): Signer {
  return { keys: keysOf(number, period), kms: kms.public, random: streams.stream('sign') };
}

/** The message with other payloads, signed again: by Alice, if no one else is named. */
export function changed(
  octets: Uint8Array,
  edit: (payloads: Payloads, message: Message) => Payloads,
  signer: Signer = signerOf(alice),
): Uint8Array {
  const message = parseMessage(octets);
  const unsigned = message.payloads.filter(({ kind }) => kind !== 'SIGN');
  return signIMessage(message.header, edit(unsigned, message), signer);
}
