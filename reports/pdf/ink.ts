/** What text of the PDF is printed in: sizes, colours and faces. Each colour has a contrast of 4.5 to 1 or more on white (WCAG 1.4.3). */

/** The faces, each the octets of a TrueType file; all are embedded. */
export interface Typefaces {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  readonly mono: Uint8Array;
}

/** Names of the faces in the document. */
export type Face = keyof Typefaces;

/** What a phrase says of itself by its colour; never by its colour alone. */
export type InkTone = 'plain' | 'muted' | 'good' | 'bad' | 'unsure';

/** The letters of each tone, as `#rrggbb`. */
export const COLOURS: Readonly<Record<InkTone, string>> = {
  plain: '#1b1b1f',
  muted: '#5b5b66',
  good: '#1b6e3c',
  bad: '#a8201a',
  unsure: '#8a5300',
};

/** The ground of a cell, where it has one. */
export const GROUNDS: Readonly<Record<InkTone, string | undefined>> = {
  plain: undefined,
  muted: '#f3f3f6',
  good: '#e7f4ec',
  bad: '#fbe6e4',
  unsure: '#fdf1dc',
};

/** Text of one face, size and colour. */
export interface Ink {
  readonly face: Face;
  /** In points. */
  readonly size: number;
  readonly tone: InkTone;
}

/** From one line to the next, in sizes. */
export const LEADING = 1.32;

/** What running text is printed in. */
export const BODY: Ink = { face: 'regular', size: 9.5, tone: 'plain' };
/** What stands in tables. */
export const SMALL: Ink = { face: 'regular', size: 7.6, tone: 'plain' };
