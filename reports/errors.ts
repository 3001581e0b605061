/** What can be wrong with what a report is made of or checked against. */
import { errorsOf } from '../sim/errors.ts';

/** The REPORTS_ codes with what each means and what mends it. */
export const REPORTS_CODES = {
  REPORTS_PATH: {
    summary: 'A path does not stay inside the results folder.',
    fix: 'Use letters, digits, dots, dashes and slashes in ids and file names; no `..`, no leading slash.',
  },
  REPORTS_PATH_TAKEN: {
    summary: 'Two files of a results folder would have the same path.',
    fix: 'Give the scenario, the variant or the artefact another name.',
  },
  REPORTS_FILE_MISSING: {
    summary: 'A report points at a file that was not handed over.',
    fix: 'Hand over the trace of each variant and each artefact that a probe names.',
  },
  REPORTS_TRACE_DIGEST: {
    summary: 'A trace is not the one that the verdicts were computed from.',
    fix: 'Run the variant again; the trace was changed after the run.',
  },
  REPORTS_MANIFEST: {
    summary: 'A manifest cannot be read.',
    fix: 'Take the manifest.json that calldrill wrote; it may have been edited or cut off.',
  },
} as const;

/** Makes an error of one of the REPORTS_ codes; the fix is that of the table unless another is given. */
export const reportsError = errorsOf(REPORTS_CODES);
