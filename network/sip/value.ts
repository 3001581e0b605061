/**
 * The headers whose values are numbers, words and types: what each may hold (RFC 3261 section 20). All throw
 * SIP_HEADER_VALUE.
 */
import type { NameAddress } from './address.ts';
import { parseAddress } from './address.ts';
import { DIGITS, TOKEN, WORD } from './characters.ts';
import { readParameters } from './parameters.ts';
import { Scanner } from './scanner.ts';

/** Which request of a dialog a message belongs to (RFC 3261 section 20.16). */
export interface CSeq {
  /** 0 to 2^31 - 1. */
  readonly sequence: number;
  /** Any token: a response may answer a method that is not in use here. */
  readonly method: string;
}

const SEQUENCES = 2 ** 31;
const DELTA_SECONDS = 2 ** 32;
const MAX_FORWARDS = 256;
const WILDCARD = /^[ \t]*\*[ \t]*$/;
const DATE =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT/y;

/** A number below `bound`; leading zeros are allowed, as the grammar has them. */
function readNumber(scanner: Scanner, bound: number): number {
  scanner.space();
  const digits = scanner.need(DIGITS, 'number');
  const number = Number(digits);
  if (number >= bound) scanner.fail(`${digits} is not below ${bound}`);
  return number;
}

/** `314159 INVITE` (section 20.16). */
export function parseCSeq(text: string, subject = 'CSeq', offset = 0): CSeq {
  const scanner = new Scanner(text, subject, offset);
  const sequence = readNumber(scanner, SEQUENCES);
  if (!scanner.space()) scanner.fail('space expected');
  const method = scanner.need(TOKEN, 'method');
  scanner.end();
  return { sequence, method };
}

/** `word` or `word@word` (section 20.8). */
export function parseCallId(text: string, subject = 'Call-ID', offset = 0): string {
  const scanner = new Scanner(text, subject, offset);
  scanner.space();
  const local = scanner.need(WORD, 'word');
  const host = scanner.skip('@') ? `@${scanner.need(WORD, 'word')}` : '';
  scanner.end();
  return local + host;
}

/** 0 to 255 (section 20.22). */
export function parseMaxForwards(text: string, subject = 'Max-Forwards', offset = 0): number {
  const scanner = new Scanner(text, subject, offset);
  const hops = readNumber(scanner, MAX_FORWARDS);
  scanner.end();
  return hops;
}

/** Seconds, 0 to 2^32 - 1 (section 20.19). */
export function parseExpires(text: string, subject = 'Expires', offset = 0): number {
  const scanner = new Scanner(text, subject, offset);
  const seconds = readNumber(scanner, DELTA_SECONDS);
  scanner.end();
  return seconds;
}

/** Whether a Contact stands for all contacts of a user. */
export function isAllContacts(text: string): boolean {
  return text.includes('*') && WILDCARD.test(text);
}

/** One Contact (section 20.10), whose `expires` is a number of seconds; or `*`, all of a user's contacts. */
export function parseContact(text: string, subject = 'Contact', offset = 0): NameAddress | '*' {
  if (isAllContacts(text)) return '*';
  const address = parseAddress(text, subject, offset);
  const expires = address.parameters.get('expires');
  if (expires !== undefined) parseExpires(expires, 'Contact expires', offset);
  return address;
}

/** `application/sdp`, in lower case and without parameters (section 20.15). */
export function parseContentType(text: string, subject = 'Content-Type', offset = 0): string {
  const scanner = new Scanner(text, subject, offset);
  scanner.space();
  const type = scanner.need(TOKEN, 'type');
  if (!scanner.skipSpaced('/')) scanner.fail('/ expected');
  const subtype = scanner.need(TOKEN, 'subtype');
  readParameters(scanner);
  scanner.end();
  return `${type}/${subtype}`.toLowerCase();
}

/** `Sat, 13 Nov 2010 23:29:00 GMT`, always GMT (section 20.17). */
export function parseDate(text: string, subject = 'Date', offset = 0): string {
  const scanner = new Scanner(text, subject, offset);
  scanner.space();
  const date = scanner.needMatch(DATE, 'date in GMT');
  scanner.end();
  return date;
}
