/** Users who change places in the scenarios of months, clocks, logs, discs and codes, where nobody need notice: each with its reason. */
import { ALICE_BOB, alike, BOB_CAROL, type KnownSurvivor } from './survivor.ts';

/** By scenario, in the order in which the judge comes to them. */
export const KNOWN_SWAPS: readonly KnownSurvivor[] = [
  ...alike('reused-cdr', 'each end of a call is held, and a call the other way is as good', {
    'step call-in-november': [ALICE_BOB],
    'expectation called': [ALICE_BOB],
  }),
  ...alike('reused-cdr', 'with KSAK any number can be signed, and any phone be lied to', {
    'probe forge-gate-off': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('logs-unchecked', 'whom a thief calls, rings or lies to makes no difference', {
    'probe live-call-checked': [BOB_CAROL],
    'probe live-call-next-month': [BOB_CAROL],
    'probe live-call-unchecked': [BOB_CAROL],
    'probe live-call-ticked': [BOB_CAROL],
    'probe live-call-after-check': [BOB_CAROL],
  }),
  ...alike('reconfiguration', 'an outsider holds nothing of anybody', {
    'probe live-call-no-clone': [ALICE_BOB, BOB_CAROL],
    'probe register-no-clone': [ALICE_BOB],
  }),
  ...alike('reconfiguration', 'service is back, whoever calls and whoever is called', {
    'probe honest-call': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('reconfiguration', 'whom a thief calls, rings or lies to makes no difference', {
    'probe live-call-clone': [BOB_CAROL],
  }),
  ...alike('reconfiguration', 'a phone without keys calls nobody, whoever it is', {
    'step out-of-service': [BOB_CAROL],
  }),
  ...alike('reconfiguration', 'each end of a call is held, and a call the other way is as good', {
    'expectation called-again': [ALICE_BOB],
  }),
  ...alike('reconfiguration', 'every phone gets the package of November', {
    'expectation november-comes': [ALICE_BOB],
  }),
  ...alike('reconfiguration', 'the code of each is shown, and neither declares anything', {
    'variant undeclared, expectation nobody-said': [ALICE_BOB],
  }),
  ...alike('monthly-rekey', 'a phone looks at the time of a message before it looks at the signature', {
    'probe forge-next-ahead-day': [ALICE_BOB],
    'probe backdate-day-1': [ALICE_BOB],
    'probe backdate-day-2': [ALICE_BOB],
    'probe backdate-day-3-48h': [ALICE_BOB],
    'probe forge-next-too-early': [ALICE_BOB],
    'probe backdate-day-3-72h': [ALICE_BOB],
  }),
  ...alike('monthly-rekey', 'every phone holds a message against the same clock and calendar', {
    'probe forge-next-ahead-day': [BOB_CAROL],
    'probe forge-next-ahead': [BOB_CAROL],
    'probe forge-next-ahead-day-48h': [BOB_CAROL],
    'probe backdate-day-1-48h': [BOB_CAROL],
    'probe backdate-day-2-48h': [BOB_CAROL],
    'probe backdate-day-3-48h': [BOB_CAROL],
    'probe forge-next-too-early': [BOB_CAROL],
    'probe backdate-day-1-72h': [BOB_CAROL],
    'probe backdate-day-2-72h': [BOB_CAROL],
    'probe backdate-day-3-72h': [BOB_CAROL],
  }),
  ...alike('late-cdr', 'all phones are shut out and come back together: any two can call, or none', {
    'probe honest-call-unloaded': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-manual': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-day-3': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-loaded-monthly': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-day-5': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-last-minute': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-unloaded-static': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-loaded-static': [ALICE_BOB, BOB_CAROL],
    'probe honest-call-never-updated': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('late-cdr', 'no phone is let in that could be lied to, in whatever name', {
    'probe thief-backdate': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('late-cdr', 'what a copied phone holds helps nobody while no phone is let in, whichever it is', {
    'step copied-too': [ALICE_BOB],
  }),
  ...alike('late-cdr', 'each end of a call is held, and a call the other way is as good', {
    'step last-call': [ALICE_BOB],
    'step call-again': [ALICE_BOB],
    'expectation last-of-october': [ALICE_BOB],
    'expectation calls-again': [ALICE_BOB],
  }),
  ...alike('missed-rekey', 'whoever is out of service is called as little as they call', {
    'probe honest-call-manual': [ALICE_BOB],
    'probe honest-call-back-in-m': [ALICE_BOB],
    'probe honest-call-back-monthly': [ALICE_BOB],
    'probe honest-call-waiting': [ALICE_BOB],
    'probe honest-call-back-static': [ALICE_BOB],
  }),
  ...alike('missed-rekey', 'whom she calls makes no difference', {
    'probe honest-call-manual': [BOB_CAROL],
    'probe honest-call-back-in-m': [BOB_CAROL],
    'probe honest-call-back-monthly': [BOB_CAROL],
    'probe honest-call-waiting': [BOB_CAROL],
    'probe honest-call-back-static': [BOB_CAROL],
  }),
  ...alike('missed-rekey', 'each end of a call is held, and a call the other way is as good', {
    'expectation calls-again': [ALICE_BOB],
    'step call-again': [ALICE_BOB],
  }),
  ...alike('rollover-mid-call', 'each end of a call is held, and a call the other way is as good', {
    'probe honest-call-across': [ALICE_BOB],
  }),
  ...alike(
    'rollover-mid-call',
    'either end of the call refuses what is too old, before it looks at the signature',
    {
      'probe backdate-re-invite': [ALICE_BOB],
    },
  ),
  ...alike('rollover-mid-call', 'every honest phone waits for keys of November', {
    'variant late-load-kept, expectation owner-shut-out': [ALICE_BOB],
  }),
  ...alike('clock-skew', 'every phone whose clock is right refuses what is too old, in whatever name', {
    'probe backdate-right-clocks': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('clock-skew', 'each end of a call is held, and the two clocks are the same ones the other way', {
    'variant leap-second, step 4': [ALICE_BOB],
    'variant leap-second, expectation leap-call': [ALICE_BOB],
    'step june-call': [ALICE_BOB],
    'step call-fast': [BOB_CAROL],
    'step call-slow': ['carol <-> dave'],
    'expectation fast-call': [BOB_CAROL],
    'expectation slow-call': ['carol <-> dave'],
    'expectation june-heard': [ALICE_BOB],
    'expectation next-morning': ['erin <-> alice'],
  }),
  ...alike(
    'clock-skew',
    'a phone looks at the time of a message before it looks at the signature; what needs the copy is tried where a clock is wrong',
    {
      'step copied': [ALICE_BOB],
    },
  ),
  ...alike('clock-skew', 'whom a phone with a wrong clock calls makes no difference', {
    'variant days-ahead, step 2': [ALICE_BOB],
    'probe honest-call-false-cell': [BOB_CAROL],
    'probe honest-call-fast-3d-static': [BOB_CAROL],
    'variant clock-by-hand, step 2': [ALICE_BOB],
    'variant clock-by-hand, step 4': [ALICE_BOB],
    'probe honest-call-fast-3d': [BOB_CAROL],
    'probe honest-call-fast-put-right': [BOB_CAROL],
  }),
  ...alike('clock-skew', 'clocks within the limit get through, whichever two of them', {
    'probe honest-call-fast-2m': [BOB_CAROL, 'carol <-> dave'],
    'probe honest-call-slow': [BOB_CAROL, 'dave <-> erin'],
  }),
  ...alike('clock-skew', 'every phone is let in when the month begins for everybody', {
    'variant days-ahead, expectation back': ['erin <-> alice'],
    'variant clock-by-hand, expectation back-at-midnight': ['erin <-> alice'],
  }),
  ...alike('clock-skew', 'both take the month by local time', {
    'probe honest-call-bst': [ALICE_BOB],
  }),
  ...alike('clock-skew', 'each of them tries once, and neither can call', {
    'variant local-time, expectation carol-cannot-call': ['carol <-> dave'],
  }),
  ...alike('clock-skew', 'every phone whose local time is ahead is shut out', {
    'variant local-time, expectation alice-shut-out': [ALICE_BOB],
    'variant local-time, expectation bob-shut-out': [BOB_CAROL],
  }),
  ...alike('harvest-chain', 'every phone gets each package', {
    'variant a-year-later, expectation twelve-packages': [ALICE_BOB],
    'variant gap, expectation fetched-away': [ALICE_BOB],
    'variant gap-static, expectation fetched-there': [ALICE_BOB],
  }),
  ...alike('harvest-chain', 'why it is a print is text, which no check reads', {
    'step reason': [ALICE_BOB],
  }),
  ...alike('harvest-chain', 'each end of a call is held, and a call the other way is as good', {
    'step call-september': [ALICE_BOB],
    'expectation called-each-month': [ALICE_BOB],
  }),
  ...alike('harvest-chain', 'a later package is under a later key, whoever it is for', {
    'probe chain-back-disc-ratchet': [ALICE_BOB],
  }),
  ...alike('baseline-call', 'without an RSK nothing that comes is opened, whoever calls whom', {
    'probe rx-psk-only': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('initial-enrolment', 'an outsider holds nothing of anybody', {
    'probe live-call-no-sight': [ALICE_BOB, BOB_CAROL],
    'probe live-call-outsider': [ALICE_BOB, BOB_CAROL],
  }),
  ...alike('initial-enrolment', 'whom the phone of a stolen code calls makes no difference', {
    'probe live-call-copied-after': [BOB_CAROL],
    'probe live-call-camera': [BOB_CAROL],
    'probe live-call-bad-picture': [BOB_CAROL],
    'probe live-call-copied-before': [BOB_CAROL],
    'probe live-call-copied-between': [BOB_CAROL],
    'probe live-call-wrong-person': [BOB_CAROL],
  }),
  ...alike('initial-enrolment', 'who is proved is said and written down in text, which no check reads', {
    'step proof': [ALICE_BOB],
  }),
  ...alike('initial-enrolment', 'whom she calls to see that it works makes no difference', {
    'step issue': [BOB_CAROL],
  }),
  ...alike('initial-enrolment', 'each end of a call is held, and a call the other way is as good', {
    'step first-call': [ALICE_BOB],
    'step called': [ALICE_BOB],
    'expectation called-too': [ALICE_BOB],
  }),
  ...alike('initial-enrolment', 'both have keys, and neither number is given again', {
    'variant duplicate-number, step for-another': [ALICE_BOB],
    'variant duplicate-number, step once-more': [ALICE_BOB],
    'variant duplicate-number, step for-no-reason': [ALICE_BOB],
    'variant duplicate-number, expectation still-hers': [ALICE_BOB],
  }),
  ...alike('initial-enrolment', 'the app keeps the SSVs of calls both ways', {
    'probe dec-out-sideloaded': [ALICE_BOB],
  }),
  ...alike('lost-qr', 'whom a thief calls, rings or lies to makes no difference', {
    'probe live-rx-offered-before': [BOB_CAROL],
    'probe live-rx-before': [BOB_CAROL],
    'probe live-call-after': [BOB_CAROL],
    'probe live-rx-offered-after': [BOB_CAROL],
    'probe live-rx-after': [BOB_CAROL],
    'probe forge-after-own': [BOB_CAROL],
    'probe forge-after-crs': [BOB_CAROL],
    'probe live-call-reissued': [BOB_CAROL],
    'probe live-rx-offered-reissued': [BOB_CAROL],
    'probe live-rx-reissued': [BOB_CAROL],
    'probe live-call-before': [BOB_CAROL],
    'probe live-call-k-months': [BOB_CAROL],
  }),
  ...alike('lost-qr', 'no package of November is under the update key of the lost code, whoever it is for', {
    'probe upd-unwrap-after': [ALICE_BOB],
    'probe upd-unwrap-reissue-new': [ALICE_BOB],
  }),
  ...alike('lost-qr', 'who is proved is said and written down in text, which no check reads', {
    'step proof': [ALICE_BOB],
  }),
  ...alike('lost-qr', 'whom she calls to see that it works makes no difference', {
    'step issue': [BOB_CAROL],
  }),
  ...alike('lost-qr', 'every phone is registered, and renews that', {
    'expectation let-in-again': [ALICE_BOB],
  }),
  ...alike('lost-qr', 'each end of a call is held, and a call the other way is as good', {
    'expectation works-again': [ALICE_BOB],
  }),
  ...alike('lost-qr', 'every phone gets the package of November', {
    'expectation november-comes': [ALICE_BOB],
  }),
  ...alike('crs-overretention', 'whose phone was stolen is told in text, which no check reads', {
    'step pass-on': [ALICE_BOB],
  }),
  ...alike('initial-enrolment', 'without a declared target it is not tested, whoever it is about', {
    'variant screen, expectation shown-for': [ALICE_BOB],
  }),
  ...alike('crs-overretention', 'whom a thief lies to makes no difference', {
    'probe forge-later': [BOB_CAROL],
  }),
];
