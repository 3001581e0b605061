/** Users who change places in the scenarios of a lost disc and of a CMS in other hands, where nobody need notice: each with its reason. */
import { ALICE_BOB, alike, BOB_CAROL, type KnownSurvivor } from './survivor.ts';

const EITHER = [ALICE_BOB, BOB_CAROL];
const CAROL_ALICE = 'carol <-> alice';
const CAROL_DAVE = 'carol <-> dave';
const DAVE_ERIN = 'dave <-> erin';

/** By scenario, in the order in which the judge comes to them. */
export const KNOWN_KMS_SWAPS: readonly KnownSurvivor[] = [
  ...alike('lost-update-disk', 'each end of a call is held, and a call the other way is as good', {
    'step call-after': [ALICE_BOB],
    'expectation works-again': [ALICE_BOB],
    'variant copied-returned, expectation called-meanwhile': [ALICE_BOB],
    'variant replaced-new, expectation new-psks-in-force': [ALICE_BOB],
  }),
  ...alike('lost-update-disk', 'the disc has the same of every user', {
    'probe register-not-loaded': [ALICE_BOB],
    'probe register-early': [ALICE_BOB],
    'probe upd-unwrap': [ALICE_BOB],
    'probe register-in-force': [ALICE_BOB],
    'probe register-as-bob': [BOB_CAROL],
    'probe register-as-carol': [CAROL_ALICE],
    'probe tls-in-force': [ALICE_BOB],
    'probe register-deleted': [ALICE_BOB],
    'probe register-never-loaded': [ALICE_BOB],
    'probe register-static': [ALICE_BOB],
    'probe upd-unwrap-others': [BOB_CAROL],
    'probe tls-replaced-same': [ALICE_BOB],
    'probe register-replaced-new': [ALICE_BOB],
    'probe tls-replaced-new': [ALICE_BOB],
  }),
  ...alike('lost-update-disk', 'whom somebody with a disc plays, calls or lies to makes no difference', {
    'probe live-call-in-force': EITHER,
    'probe live-rx-offered-in-force': EITHER,
    'probe live-rx-in-force': EITHER,
    'probe live-call-clear-not-loaded': EITHER,
    'probe live-call-clear': EITHER,
    'probe forge-clear': EITHER,
    'probe live-call-deleted': EITHER,
    'probe forge-recovered': EITHER,
    'probe live-call-plus-qr': [BOB_CAROL],
  }),
  ...alike('cms-insider', 'whom a thief calls or lies to, or a friend of it calls, makes no difference', {
    'step call-by-alice': [BOB_CAROL],
    'step used': [BOB_CAROL],
    'probe live-call-minted': EITHER,
    'probe forge-minted': [...EITHER, CAROL_ALICE],
    'probe forge-minted-off': [...EITHER, CAROL_ALICE],
    'probe live-call-alone': EITHER,
  }),
  ...alike('cms-insider', 'the disk of a CMS, and a disc, have the same of every user', {
    'probe escrow': [ALICE_BOB],
    'probe dec-in-minted': [ALICE_BOB],
    'probe escrow-alone': [ALICE_BOB],
    'probe dec-in-alone': [ALICE_BOB],
  }),
  ...alike('cms-insider', 'who is alone prints nobody’s code', {
    'variant second-person, step alone': [ALICE_BOB],
    'variant second-person, step used-up': [CAROL_ALICE],
  }),
  ...alike('kms-compromise', 'each end of a call is held, and a call the other way is as good', {
    'step others-before': [DAVE_ERIN],
    'step others-during': [DAVE_ERIN],
    'step others-after': [DAVE_ERIN],
    'expectation others-call': [DAVE_ERIN],
    'expectation called-again': [ALICE_BOB],
  }),
  ...alike('kms-compromise', 'what is said is said in words, and nobody is led by the name in them', {
    'variant wiped-instead, step wipe-told': [BOB_CAROL],
  }),
  ...alike('kms-compromise', 'with KSAK any number can be signed, and any phone that trusts it be lied to', {
    'probe as-alice': EITHER,
    'probe as-bob': [BOB_CAROL],
    'probe as-carol': [ALICE_BOB, CAROL_DAVE],
    'probe old-kms-forge-straggler': [CAROL_DAVE],
    'probe old-kms-forge-updated': [BOB_CAROL, CAROL_DAVE],
    'probe forge-half': [CAROL_DAVE],
    'probe forge-never': [CAROL_DAVE],
    'probe old-kms-forge-wiped': [CAROL_DAVE],
    'probe old-kms-forge-kept': [BOB_CAROL, CAROL_DAVE],
    'probe old-kms-forge-restored': [BOB_CAROL, CAROL_DAVE],
  }),
  ...alike('kms-compromise', 'the disk of a CMS has the same of every user', {
    'probe live-call-before': EITHER,
    'probe live-call-deleted': EITHER,
    'probe live-call-new-account': EITHER,
    'probe live-call-meanwhile': EITHER,
    'probe register-deleted': [ALICE_BOB],
    'probe register-deleted-bob': [BOB_CAROL],
    'probe register-minted': [ALICE_BOB],
  }),
  ...alike('kms-compromise', 'every phone scans a code, and the three are looked at one by one', {
    'expectation updated-alice': [ALICE_BOB],
    'expectation updated-bob': [BOB_CAROL],
    'variant restored-from-backup, expectation same-for-alice': [ALICE_BOB],
  }),
];
