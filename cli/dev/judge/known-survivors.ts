/**
 * Changes that nothing notices, and need not: each with its reason. Only users, predictions and emptied worlds may stand here; a step, a value or
 * a rule that is not missed is a check that is missing. An entry that is noticed after all, or of a change that is no longer
 * made, fails the judge and has to go.
 */
import type { Change } from './change.ts';
import { KNOWN_CRS_SWAPS } from './known-crs-swaps.ts';
import { KNOWN_PEOPLE_SWAPS } from './known-people-swaps.ts';
import { KNOWN_TRAVEL_SWAPS } from './known-travel-swaps.ts';
import { KNOWN_KMS_SWAPS } from './known-kms-swaps.ts';
import { KNOWN_SWAPS } from './known-swaps.ts';
import { ALICE_BOB, alike, BOB_CAROL, CAROL_DORA, LISTED, type KnownSurvivor } from './survivor.ts';

/** By scenario, in the order of its file. */
export const KNOWN_SURVIVORS: readonly KnownSurvivor[] = [
  ...alike('baseline-call', 'a second call is wanted, whoever is called by whom', {
    'step second-call': [BOB_CAROL],
  }),
  ...alike('baseline-call', 'what is refused for its spelling is refused whoever it is the number of', {
    'step spelt-with-parameter': [BOB_CAROL],
  }),
  ...alike(
    'baseline-call',
    'both have the oldest phones that are allowed, and each end of their call is held',
    {
      'step oldest-call': [BOB_CAROL],
      'expectation android-edge-works': [BOB_CAROL],
      'expectation ios-edge-works': [BOB_CAROL],
    },
  ),
  ...alike('baseline-call', 'each end of a call is held, and each phone has a check of its own', {
    'expectation android-5-1-works': [ALICE_BOB],
    'expectation alice-connects': [ALICE_BOB],
    'expectation bob-connects': [BOB_CAROL],
  }),
  ...alike('baseline-call', 'the same phones are listed, in another order', {
    'variant listed-hosts, step 1': LISTED,
    'variant listed-hosts, step 2': LISTED,
  }),
  ...alike('baseline-call', 'the call the other way is kept from the CRS, and replayed, as well', {
    'probe crs-media': [ALICE_BOB],
    'probe replay': [ALICE_BOB],
    'probe replay-mall': [ALICE_BOB],
    'probe replay-restart': [ALICE_BOB],
    'probe replay-late': [ALICE_BOB],
    'probe replay-mall-whole': [ALICE_BOB],
  }),
  ...alike('baseline-call', 'the call the other way is recorded as well, and opens without keys as little', {
    'probe dec-in-tap': [ALICE_BOB],
    'probe dec-in-psk-only': [ALICE_BOB],
  }),
  ...alike('baseline-call', 'an insider has the keys of neither, whoever is called and whoever calls', {
    'probe rx-forked': [ALICE_BOB],
    'probe forge-other-ssk': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('baseline-call', 'what is closed before anything reads it is closed under any name', {
    'step speaks-http': [CAROL_DORA],
    'step speaks-ssh': [CAROL_DORA],
    'probe register-certificate': [CAROL_DORA],
    'probe register-plaintext': [CAROL_DORA],
  }),
  ...alike('baseline-call', 'the CRS is in the middle of every call, and has the same part in each', {
    'probe crs-subst-content': [ALICE_BOB, BOB_CAROL],
    'probe crs-subst-identity': [ALICE_BOB, BOB_CAROL],
    'probe crs-subst-strip': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('baseline-call', 'whose session, name or phone a stranger is after makes no difference', {
    'probe tls-no-psk': [ALICE_BOB],
    'probe tls-with-psk': [ALICE_BOB],
    'probe enum-masked': [ALICE_BOB],
    'probe enum-alert': [ALICE_BOB],
    'probe register-wrong-psk': [ALICE_BOB],
    'probe register-unknown': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'whom a thief calls, is called by or lies to makes no difference', {
    'probe live-call-before': [BOB_CAROL],
    'probe live-rx-before': [BOB_CAROL],
    'probe live-rx-offered-before': [BOB_CAROL],
    'probe live-rx-offered-after': [BOB_CAROL],
    'probe live-rx-offered-unblocked': [BOB_CAROL],
    'probe live-call-after': [BOB_CAROL],
    'probe live-rx-after': [BOB_CAROL],
    'probe forge-crs': [BOB_CAROL],
    'probe live-call-unblocked': [BOB_CAROL],
    'probe backdate-midnight': [BOB_CAROL],
    'probe backdate-later': [BOB_CAROL],
    'probe backdate-day-3': [BOB_CAROL],
    'probe forge-own-account': [BOB_CAROL],
    'probe live-rx-unblocked': [BOB_CAROL],
    'probe live-call-wiped-copy': [BOB_CAROL],
    'probe live-call-next-replaced': [BOB_CAROL],
    'probe live-call-next-old-psk': [BOB_CAROL],
    'probe live-call-out-of-reach': [BOB_CAROL],
    'probe live-call-rekeyed': [BOB_CAROL],
    'probe live-call-view-qr': [BOB_CAROL],
    'probe live-call-static': [BOB_CAROL],
    'probe live-call-only-destroyed': [BOB_CAROL],
    'probe live-call-only-destroyed-next': [BOB_CAROL],
    'probe live-call-unreported': [BOB_CAROL],
    'probe live-call-unblocked-early': [BOB_CAROL],
    'probe backdate-later-72h': [BOB_CAROL],
    'probe backdate-day-3-72h': [BOB_CAROL],
    'probe backdate-later-48h': [BOB_CAROL],
    'probe backdate-day-3-48h': [BOB_CAROL],
    'probe backdate-midnight-own': [BOB_CAROL],
  }),
  ...alike('client-compromise', 'a phone looks at the time of a message before it looks at the signature', {
    'probe backdate-day-3': [ALICE_BOB],
    'probe backdate-later': [ALICE_BOB],
    'probe backdate-day-3-72h': [ALICE_BOB],
    'probe backdate-day-3-48h': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'the CRS holds the signed identity against the session, whoever it is', {
    'probe backdate-midnight-other': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'service is back, whoever calls and whoever is called', {
    'probe honest-call-re-enrolled': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-credential-block': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('client-compromise', 'whoever is blocked is called as little as they call, by anybody', {
    'probe honest-call-number-block': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('client-compromise', 'without a declared target it is not tested, whichever phone it is about', {
    'variant wipe-destroy-block, expectation first-action': [ALICE_BOB],
    'variant wipe-destroy-block, expectation acknowledged': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'the call that is under way is between the two, whoever placed it', {
    'variant held-call-cut, step 1': [ALICE_BOB],
    'variant held-call-kept, step 1': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'no package is under the update key that is held, whoever it is for', {
    'probe upd-unwrap-crs-new': [ALICE_BOB],
    'probe upd-unwrap-late': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'in clear all packages are open', {
    'probe upd-unwrap-clear': [ALICE_BOB],
  }),
  ...alike('client-compromise', 'both are others, and neither is whose phone was copied', {
    'probe register-as-others': [BOB_CAROL],
    'probe forge-as-others': [BOB_CAROL],
  }),
  ...alike('client-compromise', 'neither of them is blocked, and each is one of the others', {
    'expectation others-unharmed': [BOB_CAROL],
  }),
  ...alike('monthly-rekey', 'a call at and after the change of the month is wanted, between any two', {
    'step call-after': [ALICE_BOB, BOB_CAROL],
    'step call-day-3': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('monthly-rekey', 'every phone holds a message against the same clock and calendar', {
    'probe forge-next-now': [BOB_CAROL],
    'probe backdate-midnight': [BOB_CAROL],
    'probe backdate-day-1': [BOB_CAROL],
    'probe backdate-day-2': [BOB_CAROL],
    'probe backdate-day-3': [BOB_CAROL],
    'probe forge-old-now': [BOB_CAROL],
  }),
  ...alike('monthly-rekey', 'a phone looks at the time of a message before it looks at the signature', {
    'probe backdate-day-3': [ALICE_BOB],
  }),
  ...KNOWN_SWAPS,
  ...KNOWN_CRS_SWAPS,
  ...KNOWN_PEOPLE_SWAPS,
  ...KNOWN_TRAVEL_SWAPS,
  ...KNOWN_KMS_SWAPS,
];

/** The entry that means a change. */
export function knownOf(
  known: readonly KnownSurvivor[],
  { kind, scenario, at, what }: Change,
): KnownSurvivor | undefined {
  return known.find(
    (each) => each.kind === kind && each.scenario === scenario && each.at === at && each.what === what,
  );
}
