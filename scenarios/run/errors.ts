/** What can be wrong with asking for a run. */
import { errorsOf } from '../../sim/errors.ts';

export const RUN_CODES = {
  RUN_UNKNOWN_PLANT: {
    summary: 'There is no such planted violation.',
    fix: 'Type `calldrill list --plants` to see them.',
  },
} as const;

export const runError = errorsOf(RUN_CODES);
