import test from 'ava';
import { FACES, glyphsOfFace } from './faces.fixture.ts';
import { drawable, glyphsOf } from './glyphs.ts';

test('what no face can draw, and what nobody would see, stands there as its number', (t) => {
  const glyphs = glyphsOfFace(FACES.regular);
  t.is(drawable('a ≥ b… · ≈ •', glyphs), 'a ≥ b… · ≈ •');
  t.is(drawable('中', glyphs), '\\u{4e2d}');
  t.is(drawable('a\u{202e}b\u{1b}[31m', glyphs), 'a\\u{202e}b\\u{1b}[31m');
  t.throws(() => glyphsOf({}), { message: 'pdfkit has no face in use' });
});
