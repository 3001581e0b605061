/** Users who change places in the scenarios of people and platforms, where nobody need notice: each with its reason. */
import { ALICE_BOB, alike, BOB_CAROL, type KnownSurvivor } from './survivor.ts';

const CAROL_ALICE = 'carol <-> alice';

/** By scenario, in the order in which the judge comes to them. */
export const KNOWN_PEOPLE_SWAPS: readonly KnownSurvivor[] = [
  ...alike('ios-fips', 'without a declared target it is not tested, whoever it is about', {
    'variant auto-update, expectation found-in-time': [BOB_CAROL],
  }),
  ...alike('ios-fips', 'each end of a call is held, and a call the other way is as good', {
    'variant auto-update, expectation android-dials': [ALICE_BOB, CAROL_ALICE],
    'variant auto-update, expectation android-rings': [CAROL_ALICE],
    'variant auto-update, expectation android-calls': [CAROL_ALICE],
  }),
  ...alike('other-voip-app', 'without a declared target it is not tested, whoever it is about', {
    'variant app-after, expectation named-in-time': ['bob <-> alice'],
  }),
];
