/** What can be wrong with a file of typed lines. */
import { errorsOf } from '../../sim/errors.ts';

/** The HOST_TYPED_ codes with what each means and what mends it. */
export const TYPED_LINES_CODES = {
  HOST_TYPED_SIZE: {
    summary: 'A file of typed lines is larger than any exercise makes it.',
    fix: 'Take the typed.json that calldrill wrote.',
  },
  HOST_TYPED_JSON: {
    summary: 'A file of typed lines is not JSON in UTF-8.',
    fix: 'Take the typed.json that calldrill wrote; it may have been cut off.',
  },
  HOST_TYPED_FORMAT: {
    summary: 'The file does not hold typed lines, or in a version that is not known here.',
    fix: 'Take the typed.json of an exercise, and the calldrill version that wrote it.',
  },
  HOST_TYPED_FIELD: {
    summary: 'A field of a file of typed lines is missing, unknown, or not what it must be.',
    fix: 'Take the typed.json that calldrill wrote; it may have been edited.',
  },
  HOST_TYPED_PARAMETER: {
    summary: 'A file of typed lines sets a parameter that does not exist, or to what it cannot be.',
    fix: 'Type `calldrill list --parameters` to see them.',
  },
  HOST_TYPED_ORDER: {
    summary: 'Typed lines are not in the order of their times, or come after the end.',
    fix: 'Put the lines in the order of their times.',
  },
  HOST_TYPED_ROLE: {
    summary: 'A line was typed by somebody whose role was not played.',
    fix: 'Add the role to `roles`, or take the line out.',
  },
} as const;

/** Makes an error of one of the HOST_TYPED_ codes; the fix is that of the table unless another is given. */
export const typedLinesError = errorsOf(TYPED_LINES_CODES);
