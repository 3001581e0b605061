/** What can be wrong with asking for a run. */
import { errorsOf } from '../../sim/errors.ts';

/** The RUN_ codes with what each means and what mends it. */
export const RUN_CODES = {
  RUN_UNKNOWN_PLANT: {
    summary: 'There is no such planted violation.',
    fix: 'Type `calldrill list --plants` to see them.',
  },
  RUN_OPENING: {
    summary:
      'A line comes while the world is still getting its keys: users are added, the first disc is loaded, codes are scanned.',
    fix: 'Let it come later: a quarter of a second for each line of the opening, four lines a user, and ten seconds more.',
  },
  RUN_CAPTURE_FULL: {
    summary: 'The capture of a run is larger than what is kept until the run is over.',
    fix: 'Capture a shorter scenario, or stream it with `--pcap -`, which has no bound.',
  },
  RUN_NO_LINK: {
    summary: 'A run has no link of the name that is to be captured.',
    fix: 'Type `calldrill run <scenario> --pcap` and look at the interfaces of its capture: `capinfos capture.pcapng`.',
  },
  RUN_ORDER_JSON: {
    summary: 'An order is not JSON.',
    fix: 'Send it as it was written; it may have been cut off.',
  },
  RUN_ORDER_VERSION: {
    summary: 'This is no order, or one of another version.',
    fix: 'Write and carry out orders with the same version of calldrill.',
  },
  RUN_ORDER_FIELD: {
    summary: 'A field of an order is missing, not known, or not what it should be.',
    fix: 'Send it as it was written; the message names the field.',
  },
  RUN_ORDER_SOURCE: {
    summary: 'The scenario or the deployment in an order is not the one that it names by SHA-256.',
    fix: 'Make the order again; its text was changed on the way.',
  },
  RUN_ENDED: {
    summary: 'The place where a run was made ended by itself before the run did.',
    fix: 'Run it again by its replay line. If it happens again, this is a defect of calldrill: please report it.',
  },
  RUN_MEMORY_FULL: {
    summary: 'A run took more memory than one run may.',
    fix: 'Run a shorter scenario, or one with fewer calls. If it is a shipped one, please report it.',
  },
  RUN_NOT_BEGUN: {
    summary: 'A run is missing, because the suite was stopped before it: --max-failures runs had failed.',
    fix: 'Make the rest with `calldrill run --resume <results>`.',
  },
  RUN_NOT_JOINED: {
    summary: 'A run is missing from joined results, because the shard that it is in was not among them.',
    fix: 'Join all shards with `calldrill merge`, or make the rest with `calldrill run --resume <results>`.',
  },
  RUN_SILENT: {
    summary: 'A run did not get on for as long as a run may stand still.',
    fix: 'Run it again when the machine has less to do. If it happens again, please report it.',
  },
} as const;

/** Makes an error of one of the RUN_ codes; the fix is that of the table unless another is given. */
export const runError = errorsOf(RUN_CODES);
