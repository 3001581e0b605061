/** Users who change places in the scenarios of a CRS and who is on it, where nobody need notice: each with its reason. */
import { ALICE_BOB, alike, BOB_CAROL, type KnownSurvivor } from './survivor.ts';

/** By scenario, in the order in which the judge comes to them. */
export const KNOWN_CRS_SWAPS: readonly KnownSurvivor[] = [
  ...alike('crs-admin-insider', 'what was found is said in words, and nobody is led by the name in them', {
    'variant unblocks-thief, step found': ['dave <-> alice'],
    'variant adds-psk, step found-psk': [BOB_CAROL],
    'variant drops-calls, step complains': [BOB_CAROL],
    'variant edits-log-copied, step found-copied': ['dave <-> alice'],
  }),
  ...alike('crs-admin-insider', 'the CRS has the calls of both, and the keys of neither', {
    'probe crs-media': [ALICE_BOB],
    'probe dec-in': [ALICE_BOB],
  }),
  ...alike('crs-admin-insider', 'no SSK of anybody is on the CRS, and whom it lies to makes no difference', {
    'probe crs-subst-content': [ALICE_BOB, BOB_CAROL],
    'probe forge-no-ssk': [ALICE_BOB, BOB_CAROL],
    'probe forge-no-ssk-bob': [ALICE_BOB],
    'probe forge-no-ssk-dave': [ALICE_BOB],
  }),
  ...alike('crs-admin-insider', 'whom a thief or an insider calls, rings or lies to makes no difference', {
    'probe crs-subst-identity': [ALICE_BOB, BOB_CAROL],
    'probe forge-stolen-ssk': [BOB_CAROL],
    'probe backdate-stolen-ssk': [BOB_CAROL],
    'probe live-call-unblocked': [BOB_CAROL],
    'probe live-call-blocked-again': [BOB_CAROL],
    'probe live-call-own-psk': [ALICE_BOB],
    'probe honest-call-back': [BOB_CAROL],
    'probe live-call-edited': [BOB_CAROL],
    'probe live-call-copied': [BOB_CAROL],
    'probe live-call-never-found': [BOB_CAROL],
  }),
  ...alike('crs-admin-insider', 'the PSKs of both are on the CRS', {
    'probe tls-passive': [ALICE_BOB],
  }),
  ...alike(
    'crs-admin-insider',
    'every phone asks for the same month, and the CRS has the update key of none',
    {
      'probe upd-serve-old': [ALICE_BOB],
      'probe upd-serve-made': [ALICE_BOB],
    },
  ),
  ...alike(
    'crs-admin-insider',
    'a phone looks at the time of a message before it looks at the signature, and all phones at the same',
    {
      'probe backdate-stolen-ssk-later': [ALICE_BOB, BOB_CAROL],
    },
  ),
  ...alike('crs-admin-insider', 'the PSKs of all are on the CRS, whether they were added or not', {
    'probe register-own-psk': [BOB_CAROL],
  }),
  ...alike('crs-admin-insider', 'nothing of what is never seen is seen of them either', {
    'variant drops-calls, expectation nothing-rings': [ALICE_BOB, BOB_CAROL],
    'variant drops-calls, expectation no-line-of-it': [ALICE_BOB],
    'variant auditor-is-admin, expectation never-undone': ['dave <-> alice'],
  }),
];
