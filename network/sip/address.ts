/**
 * Name and address (RFC 3261 section 20.10): an optional display name, a URI, and parameters that belong to the header, such
 * as the tag that names one end of a dialog.
 *
 *     "Alice" <tel:+447700900001>;tag=4fa3
 *     tel:+447700900001;tag=4fa3          without brackets every parameter is the header's
 *
 * The display name is what the sender says of itself. A handset shows the verified identity instead.
 */
import { BRACKETED } from './characters.ts';
import { sipError } from './errors.ts';
import { formatParameters, NO_PARAMETERS, readParameters, type AddressParameters } from './parameters.ts';
import { isToken, QUOTED, quote, Scanner, unquote } from './scanner.ts';
import { formatUri, parseUri, type Uri } from './uri.ts';

/** Somebody in From, To or Contact: a URI, a name to show, and parameters such as the tag. */
export interface NameAddress {
  /** Quotes and backslashes removed. */
  readonly display: string | undefined;
  readonly uri: Uri;
  readonly parameters: AddressParameters;
}

const TOKENS = /[\w\-.!%*+`'~ \t]*(?=<)/y;
const UNUSUAL = /<[^<>"\s]*>/y;
/** A comma, a question mark or a semicolon needs brackets around the URI. */
const BARE = /[^<>"\s,;?]+/y;

/** Reads an address, without its parameters when `bracketsOnly` is set, as Route has it. */
function readAddress(scanner: Scanner, bracketsOnly: boolean): NameAddress {
  scanner.space();
  const bare = bracketsOnly ? undefined : readBare(scanner);
  const { display, uri } = bare ?? readBracketed(scanner);
  const parameters = readParameters(scanner);
  scanner.end();
  return { display, uri, parameters };
}

function readBare(scanner: Scanner): Pick<NameAddress, 'display' | 'uri'> | undefined {
  const start = scanner.position;
  const offset = scanner.offset;
  const text = scanner.isAt('<') ? undefined : scanner.match(BARE);
  if (text === undefined || !text.includes(':')) {
    scanner.position = start;
    return undefined;
  }
  return { display: undefined, uri: parseUri(text, offset) };
}

function readBracketed(scanner: Scanner): Pick<NameAddress, 'display' | 'uri'> {
  const quoted = scanner.isAt('"') ? scanner.match(QUOTED) : undefined;
  let display: string | undefined;
  if (quoted === undefined) {
    const tokens = scanner.isAt('<') ? '' : scanner.needMatch(TOKENS, 'display name and <').trim();
    display = tokens === '' ? undefined : tokens.replace(/[ \t]+/g, ' ');
  } else {
    display = unquote(quoted);
    scanner.space();
  }
  const offset = scanner.offset + 1;
  return { display, uri: parseUri(readBrackets(scanner), offset) };
}

/** What stands between brackets. */
function readBrackets(scanner: Scanner): string {
  const start = scanner.position;
  const text = scanner.skip('<') ? scanner.take(BRACKETED) : undefined;
  if (text !== undefined && scanner.skip('>')) return text;
  scanner.position = start;
  return scanner.needMatch(UNUSUAL, '<URI> without spaces').slice(1, -1);
}

/**
 * Reads an address as Contact has it, in brackets or without.
 * @throws SIP_HEADER_VALUE, SIP_URI, SIP_URI_SCHEME, SIP_URI_TOO_LONG
 */
export function parseAddress(text: string, subject = 'address', offset = 0): NameAddress {
  return readAddress(new Scanner(text, subject, offset), false);
}

/** Reads From or To, whose tag is a token (RFC 3261 section 25.1). */
export function parseParty(text: string, subject: string, offset = 0): NameAddress {
  const address = parseAddress(text, subject, offset);
  if (address.parameters.has('tag') && !isToken(tagOf(address) ?? '')) {
    throw sipError('SIP_HEADER_VALUE', `${subject}: a tag is a token`, { where: { offset } });
  }
  return address;
}

/** Reads one value of Route or Record-Route, where the brackets are always there. */
export function parseRoute(text: string, subject = 'Route', offset = 0): NameAddress {
  return readAddress(new Scanner(text, subject, offset), true);
}

/** Always with brackets, so that no parameter changes its owner. */
export function formatAddress(address: NameAddress): string {
  const display = address.display === undefined ? '' : `${quote(address.display)} `;
  return `${display}<${formatUri(address.uri)}>${formatParameters(address.parameters)}`;
}

/** Somebody by a URI, with the name to show and without parameters. */
export function addressOf(
  uri: Uri,
  display?: string,
  parameters: AddressParameters = NO_PARAMETERS,
): NameAddress {
  return { display, uri, parameters };
}

/** The tag of a From or To: one end of a dialog. */
export function tagOf(address: NameAddress): string | undefined {
  return address.parameters.get('tag');
}

/** The same somebody as one end of a dialog (RFC 3261 section 19.3). */
export function withTag(address: NameAddress, tag: string): NameAddress {
  return { ...address, parameters: new Map([...address.parameters, ['tag', tag]]) };
}
