/** The faces of the PDF for tests, and what they can draw. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Pdfkit from 'pdfkit';
import { glyphsOf, type HasGlyph } from './glyphs.ts';
import type { Typefaces } from './ink.ts';

const { resolve } = createRequire(import.meta.url);
const face = (file: string): Uint8Array => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`));

/** As the command has them. */
export const FACES: Typefaces = {
  regular: face('DejaVuSansCondensed'),
  bold: face('DejaVuSansCondensed-Bold'),
  mono: face('DejaVuSansMono'),
};

/** What a face can draw. */
export function glyphsOfFace(octets: Uint8Array): HasGlyph {
  return glyphsOf(new Pdfkit({ font: '' }).font(Buffer.from(octets)));
}
