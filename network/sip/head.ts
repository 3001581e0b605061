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
import { toAscii } from '../../sim/octets.ts';
import { sipError } from './errors.ts';
import { SIP_LIMITS } from './limits.ts';
import { trimSpace } from './scanner.ts';

/** A start line, or a header line with its continuations; without CR LF. */
export interface HeadLine {
  readonly offset: number;
  readonly text: string;
}

/** A header line taken apart. */
export interface HeadField {
  readonly name: string;
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
  /** Where the body begins. */
  readonly length: number;
}

/** The empty line that the body begins behind. */
export const HEAD_END = '\r\n\r\n';
const CONTROL = /[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|(?<!\r)\n/;
const FOLDED_START = /^[^\r]*\r\n[ \t]/;
const FOLD = /\r\n(?=[ \t])/g;
const FIELD = /^([\w\-.!%*+`'~]+)[ \t]*:/;

/**
 * Splits the head into lines.
 * @throws SIP_MESSAGE_TOO_LONG, SIP_TRUNCATED, SIP_START_LINE, SIP_HEADER_LINE, SIP_ENCODING, SIP_LINE_TOO_LONG
 */
export function readHead(octets: Uint8Array): Head {
  if (octets.length > SIP_LIMITS.messageOctets) {
    const where = { offset: SIP_LIMITS.messageOctets };
    throw sipError('SIP_MESSAGE_TOO_LONG', `a message has ${octets.length} octets`, { where });
  }
  const text = toAscii(octets);
  const end = text.indexOf(HEAD_END);
  if (end < 0) {
    throw sipError('SIP_TRUNCATED', 'no empty line ends the headers', { where: { offset: octets.length } });
  }
  const head = text.slice(0, end);
  const control = CONTROL.exec(head);
  if (control !== null) {
    throw sipError('SIP_HEADER_LINE', 'a control character', { where: { offset: control.index } });
  }
  if (FOLDED_START.test(head)) {
    throw sipError('SIP_START_LINE', 'the first line has no continuation', { where: { offset: 0 } });
  }
  const [start = { offset: 0, text: '' }, ...lines] = linesOf(head);
  for (const line of [start, ...lines]) checkLine(line, octets);
  return { start, fields: lines.map(readField), length: end + HEAD_END.length };
}

/** Lines of a head in which each fold has become spaces. */
export function linesOf(head: string): HeadLine[] {
  let offset = 0;
  return head
    .replace(FOLD, '  ')
    .split('\r\n')
    .map((text) => {
      const line = { offset, text };
      offset += text.length + 2;
      return line;
    });
}

function checkLine({ offset, text }: HeadLine, octets: Uint8Array): void {
  if (text.length > SIP_LIMITS.lineOctets) {
    throw sipError('SIP_LINE_TOO_LONG', `a line has ${text.length} octets`, { where: { offset } });
  }
  if (!isUtf8(octets.subarray(offset, offset + text.length))) {
    throw sipError('SIP_ENCODING', 'a line is not UTF-8', { where: { offset } });
  }
}

function readField(line: HeadLine): HeadField {
  const match = FIELD.exec(line.text);
  if (match === null) {
    throw sipError('SIP_HEADER_LINE', '`Name: value` expected', { where: { offset: line.offset } });
  }
  const [before, name = ''] = match;
  return { name, text: line.text.slice(before.length), offset: line.offset + before.length, line };
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
