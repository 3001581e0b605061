/** What can be wrong with evidence before anything in it is looked at. */
import { errorsOf } from '../../sim/errors.ts';

/** The VERIFY_ codes with what each means and what to do. */
export const VERIFY_CODES = {
  VERIFY_NO_RESULTS: {
    summary: 'What is to be verified is no results folder of calldrill, nor a bundle of one.',
    fix: 'Name the folder that `calldrill run --out` wrote, or the file that `calldrill bundle` made.',
  },
  VERIFY_SOURCES: {
    summary: 'The sources of a results folder are not all there, or their index cannot be read.',
    fix: 'Take the folder as calldrill wrote it; its sources may have been edited or left out.',
  },
  VERIFY_TOO_MUCH: {
    summary: 'EvidenceFiles has more files, or larger ones, than are read.',
    fix: 'Verify the seeds of a large folder one at a time; see docs/limits.md for the bounds.',
  },
} as const;

/** Makes an error of one of the VERIFY_ codes; the fix is that of the table unless the place knows a better one. */
export const verifyError = errorsOf(VERIFY_CODES);
