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
import { sipError } from './errors.ts';
import { ruleOf, type HeaderRule } from './header-rule.ts';
import { SIP_LIMITS } from './limits.ts';
import { trimSpace } from './scanner.ts';

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
  readonly line: HeadLine;
}

/** The head of a message, line by line, with the octet where each begins. */
export interface Head {
  readonly start: HeadLine;
  readonly fields: readonly HeadField[];
  /** True when it is all ASCII and without a fold: then the text of a value is the value. */
  readonly plain: boolean;
  /** Where the body begins. */
  readonly length: number;
}

/** The empty line that the body begins behind. */
export const HEAD_END = '\r\n\r\n';
const HEAD_END_OCTETS = Buffer.from(HEAD_END, 'latin1');
/** What a head of ASCII characters in lines without continuations does not have. */
const NOT_PLAIN = /[^\t\r\n\x20-\x7e]|\r(?!\n)|(?<!\r)\n|\n[\t ]/;
const CONTROL = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const FOLDED_START = /^[^\r]*\r\n[ \t]/;
const FOLD = /\r\n(?=[ \t])/g;
const FIELD_START = /[\w\-.!%*+`'~]+[ \t]*:/y;
const NAME = /[^ \t:]+/y;

/** Where the empty line that ends a head is, or -1. */
export function findHeadEnd(octets: Uint8Array): number {
  return bufferOf(octets).indexOf(HEAD_END_OCTETS);
}

function bufferOf(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length);
}

/**
 * Splits the head into lines.
 * @throws SIP_MESSAGE_TOO_LONG, SIP_TRUNCATED, SIP_START_LINE, SIP_HEADER_LINE, SIP_ENCODING, SIP_LINE_TOO_LONG
 */
export function readHead(octets: Uint8Array): Head {
  if (octets.length > SIP_LIMITS.messageOctets) {
    const where = { offset: SIP_LIMITS.messageOctets };
    throw sipError('SIP_MESSAGE_TOO_LONG', `a message has ${octets.length} octets`, { where });
  }
  const buffer = bufferOf(octets);
  const end = buffer.indexOf(HEAD_END_OCTETS);
  if (end < 0) {
    throw sipError('SIP_TRUNCATED', 'no empty line ends the headers', { where: { offset: octets.length } });
  }
  const head = buffer.toString('latin1', 0, end);
  const plain = !NOT_PLAIN.test(head);
  if (!plain) checkHead(head);
  const [start = { offset: 0, text: '' }, ...lines] = linesOf(plain ? head : head.replace(FOLD, '  '));
  checkLine(start, octets, plain);
  for (const line of lines) checkLine(line, octets, plain);
  return { start, fields: lines.map(readField), plain, length: end + HEAD_END.length };
}

function checkHead(head: string): void {
  const control = CONTROL.exec(head);
  if (control !== null) {
    throw sipError('SIP_HEADER_LINE', 'a control character', { where: { offset: control.index } });
  }
  if (FOLDED_START.test(head)) {
    throw sipError('SIP_START_LINE', 'the first line has no continuation', { where: { offset: 0 } });
  }
}

/** Lines of a head in which each fold has become spaces. */
function linesOf(text: string): HeadLine[] {
  const lines: HeadLine[] = [];
  let offset = 0;
  for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n', offset)) {
    lines.push({ offset, text: text.slice(offset, end) });
    offset = end + 2;
  }
  lines.push({ offset, text: text.slice(offset) });
  return lines;
}

function checkLine({ offset, text }: HeadLine, octets: Uint8Array, plain: boolean): void {
  if (text.length > SIP_LIMITS.lineOctets) {
    throw sipError('SIP_LINE_TOO_LONG', `a line has ${text.length} octets`, { where: { offset } });
  }
  if (!plain && !isUtf8(octets.subarray(offset, offset + text.length))) {
    throw sipError('SIP_ENCODING', 'a line is not UTF-8', { where: { offset } });
  }
}

function readField(line: HeadLine): HeadField {
  const { text, offset } = line;
  FIELD_START.lastIndex = 0;
  if (!FIELD_START.test(text)) {
    throw sipError('SIP_HEADER_LINE', '`Name: value` expected', { where: { offset } });
  }
  const value = FIELD_START.lastIndex;
  NAME.lastIndex = 0;
  NAME.test(text);
  const rule = ruleOf(text.slice(0, NAME.lastIndex));
  return { rule, text: text.slice(value), offset: offset + value, line };
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
