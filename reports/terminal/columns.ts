/**
 * Text in columns of a terminal: how wide it is, padded, fitted, wrapped and cut. Widths are those of what is shown (UAX 11): a
 * character of East Asia or an emoji takes two columns, a combining mark none, an escape sequence none. Nothing is cut inside what
 * is shown as one, and colour that is cut off ends with its line and goes on in the next.
 *
 * Text is taken as it is: foreign text goes through `printable` first.
 */
import stringWidth from 'string-width';

/** What is shown as one (after UAX 29): a flag, or a character with its marks, its vowels and what is joined to it. */
const CHARACTER = /\p{RI}\p{RI}|.(?:[\p{M}\p{Emoji_Modifier}\u{1160}-\u{11ff}]|\u{200d}.?)*/gsu;
const ASCII = /^[ -~]*$/;
const ESCAPE = '\u{1b}';
/** Control sequences (ECMA-48 5.4): what colour and cursors are said with. */
const SEQUENCE = new RegExp(`(${ESCAPE}\\[[0-?]*[ -/]*[@-~])`, 'u');
/** Select Graphic Rendition (ECMA-48 8.3.117), and the one that ends them all. */
const RENDITION = new RegExp(`${ESCAPE}\\[[\\d;:]*m`, 'gu');
const PLAIN_AGAIN = `${ESCAPE}[0m`;

/** Columns that a text takes on one line. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** The text with spaces up to `width` columns: behind it, or in front of it when it is put to the right. */
export function padded(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** The text in at most `width` columns, ended by `ellipsis` when it was longer. */
export function fitted(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  const room = width - widthOf(ellipsis);
  const [first = ''] = cut(text, room);
  return `${widthOf(first) <= room ? first : ''}${ellipsis}`;
}

/** Pieces of at most `width` columns, cut at any character. A character that is wider is a piece of its own. */
export function cut(text: string, width: number): readonly string[] {
  return styledLines(piecesOf(text, width));
}

function piecesOf(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width) return [text];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const unit of unitsOf(text)) {
    const columns = widthOf(unit);
    if (used > 0 && used + columns > width) {
      pieces.push(piece);
      [piece, used] = ['', 0];
    }
    piece += unit;
    used += columns;
  }
  return [...pieces, piece];
}

/** What is shown as one, and escape sequences whole. */
function unitsOf(text: string): readonly string[] {
  return text
    .split(SEQUENCE)
    .flatMap((part) => (SEQUENCE.test(part) ? [part] : (part.match(CHARACTER) ?? [])));
}

/**
 * Lines of at most `width` columns, broken at spaces. A word that is longer is cut where it must; with `keepsWords` it has a line to
 * itself instead, so that it can be copied.
 */
export function wrapped(
  text: string,
  width: number,
  { keepsWords = false }: { readonly keepsWords?: boolean } = {},
): readonly string[] {
  const words = text.split(' ').flatMap((word) => (keepsWords ? [word] : piecesOf(word, width)));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || widthOf(last) + 1 + widthOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return styledLines(lines);
}

/** Lines of one text, each with the colour that it begins in, and none that goes on behind its end. */
function styledLines(lines: readonly string[]): readonly string[] {
  let open = '';
  return lines.map((line) => {
    const begun = open;
    for (const [rendition] of line.matchAll(RENDITION)) open = openAfter(open, rendition);
    return `${begun}${line}${open === '' ? '' : PLAIN_AGAIN}`;
  });
}

/** What is switched on after one more rendition. */
function openAfter(open: string, rendition: string): string {
  return rendition === PLAIN_AGAIN || rendition === `${ESCAPE}[m` ? '' : `${open}${rendition}`;
}

/** The widest of the texts, but at most `limit`. */
export function columnFor(texts: readonly string[], limit: number): number {
  return Math.min(
    limit,
    texts.reduce((widest, text) => Math.max(widest, widthOf(text)), 0),
  );
}
