/**
 * What a phone's refusal comes to in the closed list of reasons. The phone says so itself, since nobody else knows which of its rules it
 * was; a message or package that is malformed is none of the list.
 */
import type { Reason } from '../reason.ts';

const REASON_OF: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['MIKEY_SKEW', 'outside-skew'],
  ['MIKEY_REPLAY', 'replayed'],
  ['MIKEY_REPLAY_UNKNOWN', 'after-restart'],
  ['MIKEY_PERIOD_MISMATCH', 'wrong-month'],
  ['MIKEY_CALENDAR_EARLY', 'calendar'],
  ['MIKEY_CALENDAR_LATE', 'calendar'],
  ['MIKEY_SIGNATURE', 'no-ssk'],
  ['MIKEY_SEALED', 'no-rsk'],
  ['HANDSET_NOT_ENROLLED', 'no-rsk'],
  ['HANDSET_NO_KEYS', 'no-ssk'],
  ['HANDSET_DOWNGRADE', 'no-signalling'],
  ['SDP_KEY_MGMT_MISSING', 'no-signalling'],
  ['SDP_NOT_SECURE', 'no-signalling'],
  ['HANDSET_OTHER_MONTH', 'wrong-month'],
  ['MEDIA_UNWRAP_REFUSED', 'no-update-key'],
  ['HANDSET_PACKAGE_IN_CLEAR', 'no-update-key'],
  ['MIKEY_SSK_INVALID', 'no-ssk'],
  ['MIKEY_RSK_INVALID', 'no-rsk'],
  ['MIKEY_KMS_KEY_INVALID', 'other-kms'],
]);

/** The reason behind a code; null when the list has none for it. `hasKeys`: the phone has keys of the month on its own clock, or of a later one. */
export function reasonOfRefusal(code: string, hasKeys: boolean): Reason | null {
  // Who has those lacks others because the calendar has not begun with them, or was done with them before the clock was set back.
  if (code === 'MIKEY_NO_KEYS') return hasKeys ? 'calendar' : 'no-rsk';
  return REASON_OF.get(code) ?? null;
}
