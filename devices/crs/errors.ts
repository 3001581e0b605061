/** What the rendezvous server refuses at its console. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which the administrator, a disc or a kept state is refused, with what to do instead. */
export const CRS_CODES = {
  CRS_NO_ACCOUNT: {
    summary: 'The CRS has no account for this CMS.',
    fix: 'Type `create-account <name>` first.',
  },
  CRS_ACCOUNT_EXISTS: { summary: 'The account exists already.', fix: 'Type `accounts` to see the accounts.' },
  CRS_NO_DISC: {
    summary: 'There is no disc in the drive.',
    fix: 'Let a person `insert` the disc into the CRS.',
  },
  CRS_OTHER_ACCOUNT: {
    summary: 'The disc is of another CMS than the account it names.',
    fix: 'Check which CMS burnt the disc; after a new CMS, delete and create the account.',
  },
  CRS_OTHER_ACCOUNTS_USER: {
    summary:
      'The disc names a number or a PSK identity that a user of another account has. Nothing of it is loaded.',
    fix: 'Let its CMS leave that user out: a number is with one account, so that no CMS can take calls of another one.',
  },
  CRS_UNKNOWN_USER: {
    summary: 'The CRS has no user with this number.',
    fix: 'Type `users` to see the users.',
  },
  CRS_STATE_DAMAGED: {
    summary: 'What the CRS kept over its restart is cut off or damaged.',
    fix: 'Put a copy of the file back that is whole. Or take the file away: the CRS is then new, knows no user and blocks nobody.',
  },
  CRS_STATE_VERSION: {
    summary: 'What the CRS kept over its restart was written by another version of calldrill.',
    fix: 'Start the CRS with the version that wrote the file, or take the file away: the CRS is then new, knows no user and blocks nobody.',
  },
  CRS_NOT_BLOCKED: { summary: 'The user is not blocked.', fix: 'Type `users` to see who is.' },
} as const;

/** Makes the typed error of one of these codes. */
export const crsError = errorsOf(CRS_CODES);
