/** What can be wrong with a report that is read back, and with reports that are to be joined. */
import { errorsOf } from '../../sim/errors.ts';

/** Codes of {@link suiteError}, met where a report.json is read or merged. */
export const SUITE_CODES = {
  SUITE_JSON: {
    summary: 'A report is not JSON.',
    fix: 'Take the report.json that calldrill wrote; it may have been cut off.',
  },
  SUITE_VERSION: {
    summary: 'This is no report, or one of another version.',
    fix: 'Read it with the calldrill version that wrote it, or run the suite again.',
  },
  SUITE_FIELD: {
    summary: 'A field of a report is missing, not known, or not what it should be.',
    fix: 'Take the report.json that calldrill wrote; the message names the field.',
  },
  SUITE_VARIANT_TWICE: {
    summary: 'The same variant is there twice: in one report, or in two that are to be joined.',
    fix: 'Join reports of different variants; a run that was made again replaces its report.',
  },
  SUITE_DIFFERS: {
    summary: 'Reports are not of one suite: tool, seeds, parameters, plant, clauses or a scenario differ.',
    fix: 'Join reports that were made by one version under the same seeds, with the same files and parameters.',
  },
} as const;

/** Makes the errors of reading and joining reports. */
export const suiteError = errorsOf(SUITE_CODES);
