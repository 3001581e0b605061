/** Users who change places in the scenarios of a number that is moved and of a phone abroad, where nobody need notice: each with its reason. */
import { ALICE_BOB, alike, BOB_CAROL, type KnownSurvivor } from './survivor.ts';

const CAROL_ALICE = 'carol <-> alice';
const BOB_DESK = 'bob <-> service-desk';

/** By scenario, in the order in which the judge comes to them. */
export const KNOWN_TRAVEL_SWAPS: readonly KnownSurvivor[] = [
  ...alike(
    'sim-swap',
    'what is asked for and turned down is said in words, and nobody is led by the name in them',
    {
      'step asks': [ALICE_BOB],
      'step order': [ALICE_BOB],
      'step order-block': [ALICE_BOB],
      'variant called-with-the-app, step turned-down': [ALICE_BOB],
    },
  ),
  ...alike('sim-swap', 'a phone that is not registered calls nobody, whoever it is', {
    'step victim-calls': [BOB_DESK],
  }),
  ...alike('sim-swap', 'nothing of anybody is held, and whom it would be done to makes no difference', {
    'probe register-swapped': [ALICE_BOB],
    'probe live-call-swapped': [ALICE_BOB, BOB_DESK],
    'probe dec-in-swapped': [BOB_DESK],
  }),
  ...alike('sim-swap', 'whom a swapper calls, and who calls them, makes no difference', {
    'probe live-call-fooled': [BOB_DESK],
    'probe live-rx-fooled': [BOB_DESK],
    'probe live-call-recovered': [BOB_DESK],
  }),
  ...alike('sim-swap', 'each end of a call is held, and a call the other way is as good', {
    'probe honest-call-swapped': [ALICE_BOB, BOB_DESK],
    'probe honest-call-victim': [ALICE_BOB, BOB_DESK],
    'probe honest-call-recovered': [ALICE_BOB, BOB_DESK],
    'expectation owner-calls': [ALICE_BOB, BOB_DESK],
    'expectation own-number-called': [ALICE_BOB],
    'expectation own-number-shown': [ALICE_BOB],
  }),
  ...alike('sim-swap', 'the calls of both were recorded, and go the way that the one of Bob goes', {
    'probe dec-in-fooled': [ALICE_BOB, BOB_DESK],
    'probe dec-in-fooled-crs': [BOB_DESK],
  }),
  ...alike('sim-swap', 'nothing of what is never seen is seen of them either', {
    'variant called-with-the-app, expectation nothing-issued': [ALICE_BOB],
    'variant asks-for-code, expectation nothing-proved': [ALICE_BOB],
  }),
  ...alike('overseas', 'each end of a call is held, and a call the other way is as good', {
    'step calls-from-abroad': [ALICE_BOB],
    'variant back-in-use, step used-on': [ALICE_BOB],
    'variant tls-box, step called-behind-it': [CAROL_ALICE],
    'expectation called': [ALICE_BOB],
    'variant back-in-use, expectation in-use': [ALICE_BOB],
    'variant tls-box, expectation as-before': [CAROL_ALICE],
  }),
  ...alike('overseas', 'a phone that cannot call calls nobody, whoever it is', {
    'variant no-udp, step calls-without': [BOB_CAROL],
    'variant captive-portal, step calls-in-vain': [BOB_CAROL],
  }),
  ...alike('overseas', 'the box has the PSK of nobody', {
    'variant tls-box, step box': [ALICE_BOB],
  }),
  ...alike('overseas', 'whom the officer calls makes no difference', {
    'probe live-call-seized': [BOB_CAROL],
    'probe live-call-returned': [BOB_CAROL],
    'probe live-call-blocked': [BOB_CAROL],
    'probe live-call-silence': [BOB_CAROL],
    'probe live-call-night': [BOB_CAROL],
    'probe live-call-locked': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('overseas', 'what is sealed and what does not come by are as unseen as each other', {
    'probe enum-vpn': [ALICE_BOB],
  }),
  ...alike('overseas', 'no target is declared that it could be held against', {
    'variant seized, expectation block-in-time': [ALICE_BOB],
  }),
  ...alike('overseas', 'every phone renews its registration', {
    'variant tls-box, expectation back-again': [ALICE_BOB],
  }),
  ...alike('overseas', 'nothing of what is never seen is seen of them either', {
    'variant vpn, expectation unseen': [ALICE_BOB],
    'variant transit-vpn, expectation not-flagged': [ALICE_BOB],
    'variant no-udp, expectation no-media': [ALICE_BOB],
    'variant captive-portal, expectation shut-out': [ALICE_BOB],
  }),
];
