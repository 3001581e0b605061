/**
 * What is known of each header (RFC 3261 sections 7.3 and 20): its spelling, its compact form, whether it is a list that may
 * be written with commas, whether it may be there once only, and how its value reads. A header that is not here is carried as
 * it is.
 */
import { parseParty, parseRoute, type NameAddress } from './address.ts';
import { charactersOf, endOf } from './characters.ts';
import { sipError } from './errors.ts';
import { QUOTED, Scanner } from './scanner.ts';
import {
  parseCallId,
  parseContact,
  parseContentType,
  parseCSeq,
  parseDate,
  parseExpires,
  parseMaxForwards,
  type CSeq,
} from './value.ts';
import { parseVia, type Via } from './via.ts';

/** What the headers say that every message is asked for: of each the first value, once it was read. */
export interface HeaderMeaning {
  via?: Via | undefined;
  from?: NameAddress | undefined;
  to?: NameAddress | undefined;
  sequence?: CSeq | undefined;
}

/** What is known of a header. All are objects of one shape, which makes them quick to look into. */
export interface HeaderRule {
  readonly name: string;
  /** A bit of its own; none for a header of which only the name is known. */
  readonly bit: number;
  readonly list: boolean;
  readonly single: boolean;
  /** Throws when the value does not follow its syntax. `offset` is the octet offset of `text`. */
  readonly read:
    ((text: string, subject: string, offset: number, meaning: HeaderMeaning) => unknown) | undefined;
}

interface HeaderRow extends Partial<Omit<HeaderRule, 'bit'>> {
  readonly name: string;
  readonly compact?: string;
}

const ROWS: readonly HeaderRow[] = [
  {
    name: 'Via',
    compact: 'v',
    list: true,
    read: (text, subject, offset, meaning) => {
      const via = parseVia(text, subject, offset);
      meaning.via ??= via;
    },
  },
  {
    name: 'From',
    compact: 'f',
    single: true,
    read: (text, subject, offset, meaning) => (meaning.from = parseParty(text, subject, offset)),
  },
  {
    name: 'To',
    compact: 't',
    single: true,
    read: (text, subject, offset, meaning) => (meaning.to = parseParty(text, subject, offset)),
  },
  { name: 'Call-ID', compact: 'i', single: true, read: parseCallId },
  {
    name: 'CSeq',
    single: true,
    read: (text, subject, offset, meaning) => (meaning.sequence = parseCSeq(text, subject, offset)),
  },
  { name: 'Max-Forwards', single: true, read: parseMaxForwards },
  { name: 'Contact', compact: 'm', list: true, read: parseContact },
  { name: 'Expires', single: true, read: parseExpires },
  { name: 'Content-Type', compact: 'c', single: true, read: parseContentType },
  { name: 'Content-Length', compact: 'l', single: true },
  { name: 'Date', single: true, read: parseDate },
  { name: 'Route', list: true, read: parseRoute },
  { name: 'Record-Route', list: true, read: parseRoute },
  { name: 'Supported', compact: 'k', list: true },
  { name: 'Content-Encoding', compact: 'e', list: true },
  { name: 'Subject', compact: 's', single: true },
  ...['Allow', 'Accept', 'Accept-Encoding', 'Accept-Language', 'Require', 'Proxy-Require', 'Unsupported'].map(
    (name) => ({ name, list: true }) as const,
  ),
  ...['Alert-Info', 'Call-Info', 'Error-Info', 'In-Reply-To', 'Content-Language', 'Warning'].map(
    (name) => ({ name, list: true }) as const,
  ),
];

function asRule({ name, list = false, single = false, read }: HeaderRow, bit: number): HeaderRule {
  return { name, bit, list, single, read };
}

/** In lower case, and as RFC 3261 writes them, as most peers do. */
const BY_NAME: ReadonlyMap<string, HeaderRule> = new Map(
  ROWS.flatMap((row, index) => {
    const rule = asRule(row, 2 ** index);
    const names = [row.name, row.name.toLowerCase(), row.compact ?? row.name];
    return names.map((name) => [name, rule] as const);
  }),
);

/** What is known of a header in any case and form; for an unknown one only its name. */
export function ruleOf(name: string): HeaderRule {
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase()) ?? asRule({ name }, 0);
}

/** A piece of a header's value and where it begins in it. */
interface HeaderPiece {
  readonly text: string;
  readonly start: number;
}

/** One element without quotes. */
const UNSEPARATED = charactersOf("A-Za-z0-9 !#$%&'()*+-./:;=?@[\\]^_`{|}~");
const ONE = /^[^,"<]*(?:<[^>]*>[^,"<]*)*$/;
const PLAIN = /[^,"<]+/y;
const EMPTY = /^[ \t]*$/;
const BRACKETED = /<[^>]*>/y;

/** Whether a list has one element, which is most simply seen where it has no comma. */
export function isOne(text: string): boolean {
  return endOf(UNSEPARATED, text, 0) === text.length || ONE.test(text);
}

/**
 * The elements of a comma list; a comma within quotes or brackets is no separator. The list may be empty as a whole (such as
 * `Supported:`), an element of several may not.
 * @throws SIP_HEADER_VALUE
 */
export function splitList(text: string, subject: string, offset: number): HeaderPiece[] {
  if (isOne(text)) return [{ text, start: 0 }];
  const scanner = new Scanner(text, subject, offset);
  const pieces: HeaderPiece[] = [];
  do {
    const start = scanner.position;
    while (scanner.match(PLAIN) ?? scanner.match(QUOTED) ?? scanner.match(BRACKETED));
    pieces.push({ text: text.slice(start, scanner.position), start });
  } while (scanner.skip(','));
  if (!scanner.atEnd) scanner.fail('a quote or bracket is not closed');
  const empty = pieces.length > 1 ? pieces.find((piece) => EMPTY.test(piece.text)) : undefined;
  if (empty !== undefined) {
    throw sipError('SIP_HEADER_VALUE', `${subject}: an element of the list is empty`, {
      where: { offset: offset + empty.start },
    });
  }
  return pieces;
}
