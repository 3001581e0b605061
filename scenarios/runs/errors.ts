/** What can be wrong with asking for a run. */
import { errorsOf } from '../../sim/errors.ts';

export const RUN_CODES = {
  RUN_UNKNOWN_PLANT: {
    summary: 'There is no such planted violation.',
    fix: 'Type `calldrill list --plants` to see them.',
  },
  RUN_CAPTURE_FULL: {
    summary: 'The capture of a run is larger than what is kept until the run is over.',
    fix: 'Capture a shorter scenario, or stream it with `--pcap -`, which has no bound.',
  },
} as const;

export const runError = errorsOf(RUN_CODES);
