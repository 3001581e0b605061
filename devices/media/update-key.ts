/**
 * The ratchet of update keys: where a deployment turns it, the key of a month is HMAC-SHA-256 of that of the month before. Whoever has one
 * runs forward from it and never back, so a key that is found opens what comes and not what was.
 */
import { createHmac } from 'node:crypto';

/** Months that a phone that was off, or a thief, runs forward at the most. */
const RATCHET_STEPS_MAX = 12;
const LABEL = 'calldrill update key of the next month';

/** The update key of the month after that of `updateKey`: 32 octets. */
export function nextUpdateKey(updateKey: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', updateKey).update(LABEL, 'ascii').digest());
}

/** The key itself and all that it runs forward to, in order. */
export function* runForward(updateKey: Uint8Array): Generator<Uint8Array> {
  let key = updateKey;
  for (let step = 0; step <= RATCHET_STEPS_MAX; step++) {
    yield key;
    key = nextUpdateKey(key);
  }
}
