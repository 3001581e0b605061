/** A phone says itself what its refusal comes to. */
import test from 'ava';
import { reasonOfRefusal } from './refusal-reason.ts';

test('each rule of a phone has its reason, and a malformed message has none', (t) => {
  for (const [code, reason] of [
    ['MIKEY_SKEW', 'outside-skew'],
    ['MIKEY_REPLAY', 'replayed'],
    ['MIKEY_REPLAY_UNKNOWN', 'after-restart'],
    ['MIKEY_PERIOD_MISMATCH', 'wrong-month'],
    ['MIKEY_CALENDAR_LATE', 'calendar'],
    ['MIKEY_SIGNATURE', 'no-ssk'],
    ['MIKEY_SEALED', 'no-rsk'],
    ['SDP_KEY_MGMT_MISSING', 'no-signalling'],
    ['MEDIA_UNWRAP_REFUSED', 'no-update-key'],
    ['MIKEY_TRUNCATED', null],
  ] as const)
    t.is(reasonOfRefusal(code, true), reason, code);
});

test('who lacks the keys of T lacks them by the calendar, unless it has none of this month either', (t) => {
  t.is(reasonOfRefusal('MIKEY_NO_KEYS', true), 'calendar');
  t.is(reasonOfRefusal('MIKEY_NO_KEYS', false), 'no-rsk');
});
