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
  VERIFY_KEY: {
    summary: 'A key file cannot be read or written, or is no Ed25519 key of the kind that is needed.',
    fix: 'Make a pair with `calldrill keygen --out <file>`; bundle takes the private one, verify the one that ends in .pub.',
  },
  VERIFY_KEY_EXISTS: {
    summary: 'A key would take the place of a file that is there.',
    fix: 'Choose another name: whoever loses a private key cannot sign under it again.',
  },
  VERIFY_KEY_OPEN: {
    summary: 'A private key may be used by others than its owner.',
    fix: 'Make a new one if anybody else had access; else `chmod 600` the file.',
  },
  VERIFY_BUNDLE: {
    summary: 'A bundle is no zip that can be read, or uses what no bundle of calldrill has.',
    fix: 'Ask for the bundle again; it may have been cut off, packed anew, or made to harm whoever opens it.',
  },
  VERIFY_BUNDLE_NAME: {
    summary: 'A bundle has an entry whose name leaves it, is a device, or is another one in other letters.',
    fix: 'Do not unpack it; ask its maker for another one.',
  },
  VERIFY_BUNDLE_LINK: {
    summary: 'A bundle has an entry that is a link, or no plain file.',
    fix: 'Do not unpack it; ask its maker for another one.',
  },
  VERIFY_NOT_WHOLE: {
    summary:
      'Results are not bundled, compared or joined, because their own manifest or packing does not hold.',
    fix: 'Type `calldrill verify <folder>` to see what is wrong, and run it again.',
  },
  VERIFY_TOO_MUCH: {
    summary: 'EvidenceFiles has more files, or larger ones, than are read.',
    fix: 'Verify the seeds of a large folder one at a time; see docs/limits.md for the bounds.',
  },
  VERIFY_OTHER_BUILD: {
    summary:
      'Results were made by another build of calldrill, so a rerun by this one proves nothing octet for octet.',
    fix: 'Verify with the build that made them: the same version, installed or built from the same sources.',
  },
  VERIFY_TIME_LIMIT: {
    summary: 'A rerun took longer than it was given.',
    fix: 'Give it more with --time-limit, if you trust whoever sent the results not to waste your time.',
  },
  VERIFY_MEMORY_LIMIT: {
    summary: 'A rerun took more memory than it was given.',
    fix: 'Give it more with --memory-limit, if you trust whoever sent the results.',
  },
  VERIFY_NOT_RERUN: {
    summary: 'Results do not say how to run them again, or say it otherwise than they were made.',
    fix: 'Take the folder as calldrill wrote it; its replay line or its typed lines may have been edited.',
  },
} as const;

/** Makes an error of one of the VERIFY_ codes; the fix is that of the table unless the place knows a better one. */
export const verifyError = errorsOf(VERIFY_CODES);
