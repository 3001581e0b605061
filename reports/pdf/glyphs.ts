/** What a face cannot draw is written as its number: a document of PDF/A may show no missing glyph, and a reader has to see that something stood there. */
import { printable } from '../printable.ts';

/** Whether a face has a glyph for a code point. */
export type HasGlyph = (codePoint: number) => boolean;

/** The text with `\\u{4e2d}` for each character that would not be seen, or not be drawn. */
export function drawable(text: string, hasGlyph: HasGlyph): string {
  let all = '';
  for (const character of printable(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    all += hasGlyph(codePoint) ? character : `\\u{${codePoint.toString(16)}}`;
  }
  return all;
}

/** A face as pdfkit has it, which its types do not tell. */
interface FontOfPdfkit {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** What the face in use can draw. */
export function glyphsOf(pdf: object): HasGlyph {
  if (!hasFont(pdf)) throw new TypeError('pdfkit has no face in use');
  const { _font: face } = pdf;
  return (codePoint) => face.font.hasGlyphForCodePoint(codePoint);
}

function hasFont(pdf: object): pdf is FontOfPdfkit {
  return '_font' in pdf;
}
