/**
 * Reads one value from left to right (RFC 3261 section 25.1). Every failure names what was being read and the octet where it
 * went wrong. The patterns are sticky and take each character in one way only, so that no input makes them slow.
 */
import { assert } from '../../sim/errors.ts';
import { endOf, TOKEN, type Characters } from './characters.ts';
import { sipError, type SipCode } from './errors.ts';

/** A quoted string with its quotes; a backslash takes the next ASCII character as it is. */
export const QUOTED = /"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\u0080-\uffff]|\\[\t\x20-\x7e])*"/y;

const BLANK = 0x20;
const TAB = 0x09;
const ASCII_TEXT = /^[\t\x20-\x7e]*$/;
const TEXT = /^[\t\x20-\x7e\u0080-\ud7ff\ue000-\u{10ffff}]*$/u;

/** Reads a text piece by piece from the left; whoever fails to match knows where. */
export class Scanner {
  readonly text: string;
  position = 0;
  readonly #subject: string;
  readonly #offset: number;
  readonly #code: SipCode;

  /**
   * @param subject what the text is, for messages: `Via`, `sip: URI`.
   * @param offset the octet offset of `text` in what the user sees.
   */
  constructor(text: string, subject: string, offset = 0, code: SipCode = 'SIP_HEADER_VALUE') {
    this.text = text;
    this.#subject = subject;
    this.#offset = offset;
    this.#code = code;
  }

  /** The octet offset that the next character has. */
  get offset(): number {
    return this.#offset + this.position;
  }

  get atEnd(): boolean {
    return this.position === this.text.length;
  }

  /** Passes over spaces and tabs; true when there were any. */
  space(): boolean {
    const from = this.position;
    while (isSpace(this.text.charCodeAt(this.position))) this.position++;
    return this.position > from;
  }

  /** The characters of the set that stand here, at least one and at most `most`, or undefined. */
  take(set: Characters, most = Number.POSITIVE_INFINITY): string | undefined {
    const from = this.position;
    const to = Math.min(endOf(set, this.text, from), from + most);
    if (to === from) return undefined;
    this.position = to;
    return this.text.slice(from, to);
  }

  need(set: Characters, what: string, most?: number): string {
    return this.take(set, most) ?? this.fail(`${what} expected`);
  }

  /** The text that matches the sticky pattern here, or undefined. */
  match(pattern: RegExp): string | undefined {
    assert(pattern.sticky, 'a scanner takes sticky patterns');
    const from = this.position;
    pattern.lastIndex = from;
    // `exec` would make an array for each piece.
    if (!pattern.test(this.text)) return undefined;
    this.position = pattern.lastIndex;
    return this.text.slice(from, this.position);
  }

  needMatch(pattern: RegExp, what: string): string {
    return this.match(pattern) ?? this.fail(`${what} expected`);
  }

  /** Whether the character is the next one. */
  isAt(character: string): boolean {
    return this.text.charCodeAt(this.position) === character.charCodeAt(0);
  }

  /** Passes over the character if it is the next one. */
  skip(character: string): boolean {
    if (!this.isAt(character)) return false;
    this.position++;
    return true;
  }

  /** Passes over a separator and the space on both of its sides; stays where it is when another character follows. */
  skipSpaced(character: string): boolean {
    const before = this.position;
    this.space();
    if (!this.skip(character)) {
      this.position = before;
      return false;
    }
    this.space();
    return true;
  }

  /** Passes over trailing space; anything else is an error. */
  end(): void {
    this.space();
    if (!this.atEnd) this.fail('nothing more expected');
  }

  fail(problem: string): never {
    throw sipError(this.#code, `${this.#subject}: ${problem}`, { where: { offset: this.offset } });
  }
}

/** A quoted string without its quotes and backslashes. */
export function unquote(quoted: string): string {
  const text = quoted.slice(1, -1);
  return text.includes('\\') ? text.replace(/\\(.)/gs, '$1') : text;
}

/** The text as a quoted string: in double quotes, with a backslash in front of those and of backslashes. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Without the spaces and tabs at both ends. A pattern that ends in `$` would try each run of spaces anew. */
export function trimSpace(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Whether a code is that of a space or a tab; behind the end of a text it is NaN. */
export function isSpace(code: number): boolean {
  return code === BLANK || code === TAB;
}

/** True for text that a line can carry: no control character but a tab, no half of a surrogate pair. */
export function isText(text: string): boolean {
  return ASCII_TEXT.test(text) || TEXT.test(text);
}

/** Whether the whole text is one `token` and so needs no quotes. */
export function isToken(text: string): boolean {
  return text !== '' && endOf(TOKEN, text, 0) === text.length;
}
