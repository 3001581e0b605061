/** Breaks text into lines that fit: between words, and inside of what is longer than a line (digests, paths, ids). Widths are looked up once per word. */
import type { Ink } from './ink.ts';

/** The width of a text in points. */
export type WidthOf = (text: string, ink: Ink) => number;

/** The text with each character that a face has no glyph for as its number. */
type DrawableOf = (text: string, ink: Ink) => string;

/** So many words are remembered by their width. */
const REMEMBERED = 20_000;

/** Breaks lines, and remembers the width of each word. */
export class LineBreaker {
  readonly #widthOf: WidthOf;
  readonly #drawableOf: DrawableOf;
  readonly #widths = new Map<string, number>();

  constructor(widthOf: WidthOf, drawableOf: DrawableOf = (text) => text) {
    this.#widthOf = widthOf;
    this.#drawableOf = drawableOf;
  }

  /**
   * At least one line. A word that is wider than `width` points is cut, and never lost; the space that a line was broken at stays at its end, so that who
   * has it read out hears two words.
   */
  lines(text: string, ink: Ink, width: number): readonly string[] {
    return text.split('\n').flatMap((line) => this.#broken(this.#drawableOf(line, ink), ink, width));
  }

  #broken(text: string, ink: Ink, width: number): readonly string[] {
    const lines: string[] = [];
    const space = this.#width(' ', ink);
    let line = '';
    let used = 0;
    for (const [at, word] of text.split(' ').entries()) {
      if (at > 0) line += ' ';
      for (const [nth, piece] of this.#pieces(word, ink, width).entries()) {
        const gap = at > 0 && nth === 0 ? space : 0;
        const wide = this.#width(piece, ink);
        if (line !== '' && used + gap + wide > width) {
          lines.push(line);
          [line, used] = [piece, wide];
        } else {
          line += piece;
          used += gap + wide;
        }
      }
    }
    return [...lines, line];
  }

  /** The word, or as many pieces as it takes; after a hyphen or a slash where there is one. */
  #pieces(word: string, ink: Ink, width: number): readonly string[] {
    if (this.#width(word, ink) <= width) return [word];
    const pieces: string[] = [];
    let piece = '';
    for (const part of word.split(/(?<=[-/_.:])/)) {
      if (piece !== '' && this.#width(piece + part, ink) > width) {
        pieces.push(piece);
        piece = '';
      }
      for (const letter of part) {
        if (piece !== '' && this.#width(piece + letter, ink) > width) {
          pieces.push(piece);
          piece = '';
        }
        piece += letter;
      }
    }
    return [...pieces, piece];
  }

  #width(text: string, ink: Ink): number {
    const key = `${ink.face} ${ink.size} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    if (this.#widths.size >= REMEMBERED) this.#widths.clear();
    const width = this.#widthOf(text, ink);
    this.#widths.set(key, width);
    return width;
  }
}
