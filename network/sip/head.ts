/**
 * The head of a message as lines: everything up to the empty line (RFC 3261 section 7).
 *
 *     start-line CRLF
 *     *( name *(SP / HTAB) ":" value CRLF )      a line that begins with SP or HTAB goes on with the value before it
 *     CRLF
 *     [ body ]
 *
 * Text is kept with one character to an octet, and a fold is as many spaces as it had octets, so that a position in a value
 * is an octet offset in the message.
 */
import { isUtf8 } from 'node:buffer';
import { endOf, TOKEN } from './characters.ts';
import { sipError } from './errors.ts';
import { ruleOf, type HeaderRule } from './header-rule.ts';
import { SIP_LIMITS } from './limits.ts';
import { isSpace, trimSpace } from './scanner.ts';

/** A start line, or a header line with its continuations; without CR LF. */
export interface HeadLine {
  readonly offset: number;
  readonly text: string;
}

/** A header line taken apart. */
export interface HeadField {
  /** What is known of a header of that name. */
  readonly rule: HeaderRule;
  /** What follows the colon, space included. */
  readonly text: string;
  /** Where `text` begins. */
  readonly offset: number;
  /** Where its line begins. */
  readonly begins: number;
}

/** The head of a message, line by line, with the octet where each begins. */
export interface Head {
  readonly start: HeadLine;
  readonly fields: readonly HeadField[];
  /** True when it is all ASCII and without a fold or a stray end of a line: then the text of a value is the value. */
  readonly plain: boolean;
  /** Where the body begins. */
  readonly length: number;
}

/** The empty line that the body begins behind. */
export const HEAD_END = '\r\n\r\n';
const HEAD_END_OCTETS = Buffer.from(HEAD_END, 'latin1');
const LINE_END_OCTETS = 2;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
/** What a line of ASCII characters is made of. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet === TAB || (octet >= SPACE && octet <= 0x7e) ? 1 : 0,
);
const CONTROL = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const FOLDED_START = /^[^\r]*\r\n[ \t]/;
const FOLD = /\r\n(?=[ \t])/g;

/** Where the empty line that ends a head is, or -1. */
export function findHeadEnd(octets: Uint8Array): number {
  return bufferOf(octets).indexOf(HEAD_END_OCTETS);
}

function bufferOf(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length);
}

/**
 * Splits the head into lines.
 * @throws SIP_MESSAGE_TOO_LONG, SIP_TRUNCATED, SIP_HEADER_LINE, SIP_ENCODING, SIP_LINE_TOO_LONG
 */
export function readHead(octets: Uint8Array): Head {
  if (octets.length > SIP_LIMITS.messageOctets) {
    const where = { offset: SIP_LIMITS.messageOctets };
    throw sipError('SIP_MESSAGE_TOO_LONG', `a message has ${octets.length} octets`, { where });
  }
  const ends = plainLineEnds(octets);
  const end = ends?.at(-1) ?? findHeadEnd(octets);
  if (end < 0) {
    throw sipError('SIP_TRUNCATED', 'no empty line ends the headers', { where: { offset: octets.length } });
  }
  const head = bufferOf(octets).toString('latin1', 0, end);
  if (ends === undefined) checkHead(head);
  const plain = ends !== undefined;
  const text = plain ? head : head.replace(FOLD, '  ');
  const lineEnds = ends ?? lineEndsOf(text);
  checkLines(lineEnds, octets, plain);
  const fields: HeadField[] = [];
  let begins = (lineEnds[0] ?? 0) + LINE_END_OCTETS;
  for (let index = 1; index < lineEnds.length; index++) {
    const lineEnd = lineEnds[index] ?? 0;
    fields.push(readField(text, begins, lineEnd));
    begins = lineEnd + LINE_END_OCTETS;
  }
  const start = { offset: 0, text: text.slice(0, lineEnds[0]) };
  return { start, fields, plain, length: end + HEAD_END.length };
}

/** Where the lines of a head end, the last of them where its empty line begins; undefined when it is not plain or has no end. */
function plainLineEnds(octets: Uint8Array): readonly number[] | undefined {
  const ends: number[] = [];
  let begins = 0;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (PLAIN[octet] === 1) continue;
    if (octet !== CR || octets[at + 1] !== LF) return undefined;
    if (at === begins && at > 0) return ends;
    const after = octets[at + 2];
    if (after === SPACE || after === TAB) return undefined;
    ends.push(at);
    begins = at + 2;
    at++;
  }
  return undefined;
}

function checkHead(head: string): void {
  const control = CONTROL.exec(head);
  if (control !== null) {
    throw sipError('SIP_HEADER_LINE', 'a control character', { where: { offset: control.index } });
  }
  if (FOLDED_START.test(head)) {
    throw sipError('SIP_HEADER_LINE', 'the first line has no continuation', { where: { offset: 0 } });
  }
}

/** Where the lines of a head end in which each fold has become spaces. */
function lineEndsOf(text: string): readonly number[] {
  const ends: number[] = [];
  for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', end + LINE_END_OCTETS))
    ends.push(end);
  ends.push(text.length);
  return ends;
}

function checkLines(ends: readonly number[], octets: Uint8Array, plain: boolean): void {
  let offset = 0;
  for (const end of ends) {
    if (end - offset > SIP_LIMITS.lineOctets) {
      throw sipError('SIP_LINE_TOO_LONG', `a line has ${end - offset} octets`, { where: { offset } });
    }
    if (!plain && !isUtf8(octets.subarray(offset, end))) {
      throw sipError('SIP_ENCODING', 'a line is not UTF-8', { where: { offset } });
    }
    offset = end + LINE_END_OCTETS;
  }
}

/** The field in the line from `begins` to `ends`. What stands behind the line is part of no name, colon or space. */
function readField(head: string, begins: number, ends: number): HeadField {
  const name = endOf(TOKEN, head, begins);
  let colon = name;
  while (isSpace(head.charCodeAt(colon))) colon++;
  if (name === begins || head.charCodeAt(colon) !== COLON) {
    throw sipError('SIP_HEADER_LINE', '`Name: value` expected', { where: { offset: begins } });
  }
  const offset = colon + 1;
  return { rule: ruleOf(head.slice(begins, name)), text: head.slice(offset, ends), offset, begins };
}

/** The text of an octet range that is known to be UTF-8. */
export function textOf(octets: Uint8Array, offset: number, length: number): string {
  return Buffer.from(octets.buffer, octets.byteOffset + offset, length).toString('utf8');
}

/** The value in an octet range: no space at either end, each fold one space (RFC 3261 section 7.3.1). */
export function valueOf(octets: Uint8Array, { offset, text }: { offset: number; text: string }): string {
  const parts = textOf(octets, offset, text.length).split('\r\n').map(trimSpace);
  return parts.filter((part) => part !== '').join(' ');
}
