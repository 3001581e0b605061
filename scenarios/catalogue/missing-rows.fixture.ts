/**
 * Rows of the matrix that shipped scenarios do not have, each with its reason. The table may only shrink: a row that is there and still stands here
 * fails a test, and so does one that is in neither.
 */

/** By scenario and id, in the order of the matrix. */
export const MISSING_ROWS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'baseline-call': {
    'vbr-variable': 'no codec has a variable bit rate',
    'vbr-constant': 'no attack classifies packets',
  },
  'account-isolation': {
    'rx-same-number':
      'a number is with one account: a disc that brings it for another is refused, and nothing is scoped',
  },
};
