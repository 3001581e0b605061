/** What the key management system refuses. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which the operator is refused, with what to do instead. */
export const CMS_CODES = {
  CMS_UNKNOWN_USER: {
    summary: 'The CMS has no user with this number.',
    fix: 'Type `users` to see the users, or `add-user` first.',
  },
  CMS_OTHER_PERSON: {
    summary: 'The number is that of somebody else.',
    fix: 'Type the name that the CMS has for it to make that person new credentials, or another number.',
  },
  CMS_LIVE_NUMBER: {
    summary: 'The number has keys already.',
    fix: 'Type the line with `--re-issue --reason "..."` to make its user new keys, which end the old ones.',
  },
  CMS_NO_REASON: {
    summary: 'A re-issue was typed without its reason, or a reason without a re-issue.',
    fix: 'Type both: `--re-issue --reason "the phone was lost"`.',
  },
  CMS_NOTHING_TO_REISSUE: {
    summary: 'The number has no keys that could be issued again.',
    fix: 'Type the line without `--re-issue`, or correct the number.',
  },
  CMS_NO_DISC: {
    summary: 'There is no disc in the drive.',
    fix: 'Let a person `insert` a new blank disc into the CMS.',
  },
  CMS_USED_DISC: {
    summary: 'The disc in the drive is not blank, or has been in another machine.',
    fix: 'Use a new blank disc for each transfer (para-26).',
  },
  CMS_REWRITABLE_DISC: {
    summary: 'The disc in the drive is a CD-RW: what was on it before, and what will be, nobody can tell.',
    fix: 'Use a new blank CD-R for each transfer (para-26).',
  },
  CMS_NO_PRINT: {
    summary: 'Nothing of this name was printed here.',
    fix: 'Type `prints` to see what was printed.',
  },
  CMS_PRINT_CLOSED: {
    summary: 'The print was reported as destroyed before.',
    fix: 'Type `prints` to see which are open: another one may be meant.',
  },
  CMS_ALONE: {
    summary: 'It takes two persons, and nobody else has agreed to it.',
    fix: 'Let another person type `approve` there first: it holds for one print, or one copy.',
  },
  CMS_LEDGER_GROWS: {
    summary: 'The ledger of this deployment only grows.',
    fix: 'Leave the line: the parameter `cms-ledger` says whether lines can be taken out.',
  },
  CMS_NO_LINE: {
    summary: 'No line of the ledger is about this number or disc.',
    fix: 'Type `ledger` to see its lines.',
  },
  CMS_HAS_USERS: {
    summary: 'The CMS has users, whose keys are of the master secrets that it has.',
    fix: 'Restore a CMS before any user is added.',
  },
  CMS_NO_BACKUP: {
    summary: 'The disc is no backup of a CMS.',
    fix: 'Insert the disc that `back-up` was typed for.',
  },
  CMS_TOO_MANY_USERS: {
    summary: 'The CMS has more users than the numbers that a code of its KMS has room for.',
    fix: 'Exchange the public keys in another way: a code that cameras can read has no more room.',
  },
  CMS_NO_QR: { summary: 'No QR code is on the screen.', fix: 'Type `view-qr <number>` first.' },
} as const;

/** Makes the typed error of one of these codes. */
export const cmsError = errorsOf(CMS_CODES);
