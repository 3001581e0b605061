/** What is printed of a refusal. It is made from the code, so it cannot say anything else. */
import type { Reason } from '../reason.ts';

const SENTENCES: Readonly<Record<Reason, string>> = {
  'not-tapped': 'no tap that it has was on the link or had the session',
  'no-media': 'none of the media of this call was recorded',
  destroyed: 'it was destroyed before anybody could use it',
  erased: 'the key that was there is erased',
  unreadable: 'what is left of it cannot be read',
  'no-zt': 'the master secret of the KMS is not held',
  'no-update-key': 'no update key of the user is held',
  wrapped: 'none of the update keys that are held opens the package',
  'not-on-crs': 'the CRS does not have it',
  'no-account': 'the account that it belonged to is deleted',
  blocked: 'the user is blocked on the CRS',
  'stale-psk': 'the PSK that is held was replaced',
  'wrong-month': 'it is of another month',
  'no-psk': 'the PSK that it takes is not held',
  'forward-secret': 'the recorded session stays shut even with its PSK',
  'no-signalling': 'there is no I_MESSAGE in clear',
  'no-ssk': 'the SSK that it takes is not held',
  'no-rsk': 'the RSK that it takes is not held: it is sealed to the callee',
  'no-ssv': 'nothing that is held is a key of the call',
  'identity-check': 'the CRS requires the signed identity to be that of the session',
  firewall: 'the firewall dropped it',
  'no-path': 'it did not reach the far end',
  'wrong-suite': 'the CRS takes no such cipher suite',
  'outside-skew': 'its timestamp is outside the skew limit of the phone',
  replayed: 'the phone has seen it before',
  'after-restart': 'the phone has lost its replay cache and takes nothing so old',
  calendar: 'the calendar of the phone does not accept that month',
  'other-kms': 'it is of another KMS than the one that is trusted for the number',
  'same-answer': 'both are answered in the same way',
  chance: 'it does no better than guessing',
};

/** One sentence without a full stop: the reason with `detail` in brackets (of what, by whom), and what is missing beside it. */
export function sentenceOf(reason: Reason, missing: readonly Reason[], detail?: string): string {
  const more = detail === undefined ? '' : ` (${detail})`;
  return `${SENTENCES[reason]}${more}${missing.length === 0 ? '' : `; also ${missing.join(', ')}`}`;
}
