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
  ...alike('firewall-misconfig', 'each end of a call is held, and a call the other way is as good', {
    'step call-before': [ALICE_BOB],
    'step call-after': [BOB_CAROL],
    'expectation calls-before': [ALICE_BOB],
    'expectation calls-after': [BOB_CAROL],
  }),
  ...alike('firewall-misconfig', 'what comes in clear is closed under any name', {
    'probe register-plaintext': [ALICE_BOB],
  }),
  ...alike('firewall-misconfig', 'whoever has no PSK has none of anybody', {
    'probe register-outsider': [BOB_CAROL],
  }),
  ...alike('crs-dos', 'service is there, or not, whoever calls and whoever is called', {
    'step call-calm': [ALICE_BOB],
    'probe honest-call-handshakes': [ALICE_BOB, 'bob <-> dave'],
    'probe honest-call-guessed': [ALICE_BOB, 'bob <-> dave'],
    'probe honest-call-locked-out': [ALICE_BOB, 'bob <-> dave'],
    'probe honest-call-invites': [ALICE_BOB, 'bob <-> dave'],
    'probe honest-call-sakke': [ALICE_BOB, 'bob <-> dave'],
    'expectation calm': [ALICE_BOB],
  }),
  ...alike('crs-dos', 'strangers knock at one server, whoever it is the server of', {
    'variant handshakes, step knocks': [ALICE_BOB],
  }),
  ...alike('crs-dos', 'nothing of what is never seen is seen of them either', {
    'variant guesses, expectation never-blocked': [ALICE_BOB],
    'variant invites, expectation not-served': ['carol <-> alice'],
  }),
  ...alike('account-isolation', 'each end of a call is held, and a call the other way is as good', {
    'step call-red': [ALICE_BOB],
    'step call-blue': ['carol <-> dave'],
    'expectation red-calls': [ALICE_BOB],
    'expectation blue-calls': ['carol <-> dave'],
    'expectation blue-goes-on': ['dave <-> frank'],
  }),
  ...alike(
    'account-isolation',
    'whoever has the master secrets of blue signs as anybody, and no phone of red believes it',
    {
      'probe forge-not-exchanged': [ALICE_BOB, 'bob <-> erin'],
      'probe forge-bound': [ALICE_BOB, 'bob <-> erin'],
    },
  ),
  ...alike('account-isolation', 'service is there, or not, whoever calls and whoever is called', {
    'probe honest-call-cross': [ALICE_BOB, 'carol <-> dave'],
    'probe honest-call-b': ['carol <-> dave', 'dave <-> frank'],
    'probe honest-call-cross-exchanged': [ALICE_BOB],
    'probe honest-call-a-same-number': [ALICE_BOB, 'bob <-> erin'],
  }),
  ...alike('account-isolation', 'the whole account is gone, and whoever is called is of the other', {
    'probe live-call-a-deleted': ['carol <-> dave'],
    'probe register-a-deleted': [ALICE_BOB],
    'probe register-bob-deleted': ['bob <-> erin'],
  }),
  ...alike('account-isolation', 'no session of blue ends, whoever has it', {
    'expectation blue-unharmed': ['carol <-> dave'],
  }),
  ...alike('crs-loss', 'each end of a call is held, and a call the other way is as good', {
    'variant leaked, step call-after': [ALICE_BOB],
    'variant leaked, expectation calls-again': [ALICE_BOB],
  }),
  ...alike('crs-loss', 'the PSKs of all are on the image, and no key of anybody besides', {
    'probe tls-image': [ALICE_BOB],
    'probe register-image': [ALICE_BOB],
    'probe rogue-crs-image': [ALICE_BOB],
    'probe upd-unwrap-image': [ALICE_BOB],
    'probe tls-rotated': [ALICE_BOB],
    'probe register-rotated': [ALICE_BOB],
    'probe tls-old-sessions': [ALICE_BOB],
    'probe rogue-crs-rotated': [ALICE_BOB],
    'probe upd-unwrap-image-clear': [ALICE_BOB],
    'probe register-not-rotated': [ALICE_BOB],
    'probe tls-image-december': [ALICE_BOB],
    'probe register-beyond': [ALICE_BOB],
    'probe register-beyond-static': [ALICE_BOB],
  }),
  ...alike(
    'crs-loss',
    'the PSKs of all are on the image, and whom a thief calls, rings or lies to makes no difference',
    {
      'probe live-call-image': [ALICE_BOB, BOB_CAROL],
      'probe live-rx-offered-image': [ALICE_BOB, BOB_CAROL],
      'probe live-rx-image': [ALICE_BOB, BOB_CAROL],
      'probe forge-image-ssk': [BOB_CAROL],
      'probe live-call-reblocked': [BOB_CAROL],
      'probe live-call-not-reissued': [BOB_CAROL],
      'probe live-call-reissued-disc': [BOB_CAROL],
      'probe live-call-blocks-survive': [BOB_CAROL],
      'probe live-call-older-disc': [BOB_CAROL],
    },
  ),
  ...alike('crs-loss', 'every phone comes back', {
    'expectation service-back': [BOB_CAROL],
  }),
];
