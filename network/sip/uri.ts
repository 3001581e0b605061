/**
 * The URIs of the call flow: `tel:` with a global number (RFC 3966) and `sip:` (RFC 3261 section 19.1). A user of this system
 * is a telephone number, so a tel URI has one spelling here: visual separators are dropped when it is read, which leaves no
 * two texts for one number.
 *
 *     tel:+<digits>[;name=value]...
 *     sip:[user[:password]@]host[:port][;name=value]...[?name=value[&name=value]...]
 */
import { assert } from '../../sim/errors.ts';
import { sipError } from './errors.ts';
import { DIGITS, endOf, HOST, lowerCase } from './characters.ts';
import { isHost, isPort } from './host.ts';
import { SIP_LIMITS } from './limits.ts';
import { NO_PARAMETERS, type AddressParameters } from './parameters.ts';
import { Scanner } from './scanner.ts';

/** A telephone number as an address (RFC 3966): a global one only. */
export interface TelUri {
  readonly scheme: 'tel';
  /** `+` and 1 to 15 digits (E.164), no separators: `+447700900001`. */
  readonly number: string;
  /** Escapes in the values are kept. */
  readonly parameters: AddressParameters;
}

/** An address of a user at a host, or of a host (RFC 3261 section 19.1). */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Escaped as little as the syntax allows, so that equal users are equal texts. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** A name in lower case, or an IPv4 address. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number | undefined;
  readonly parameters: AddressParameters;
  /** What follows `?`, as it is; never in a request URI. */
  readonly headers: string | undefined;
}

/** Whom a message is for or from; `scheme` says in which form. */
export type Uri = TelUri | SipUri;

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const NUMBER = /\+[\d().-]*\d[\d().-]*/y;
/** E.164 allows 15 digits. */
const LONGEST_NUMBER = 15;
const USER = /(?:[\w\-.!~*'()&=+$,;?/]|%[\dA-Fa-f]{2})+/y;
const PASSWORD = /(?:[\w\-.!~*'()&=+$,]|%[\dA-Fa-f]{2})*/y;
const PARAMETER = /(?:[\w\-.!~*'()[\]/:&+$]|%[\dA-Fa-f]{2})+/y;
const HEADERS = /(?:[\w\-.!~*'()[\]/?:+$=&]|%[\dA-Fa-f]{2})+/y;
const PORT_DIGITS = 5;
const UNRESERVED = /[\w\-.!~*'()]/;

/** URIs that were read before, by their texts: the same few stand in every message between two devices. */
const known = new Map<string, Uri>();
/** URIs that are remembered; beyond it all are forgotten. */
const KNOWN_MAX = 4096;
/** Characters of a URI that is remembered. */
const KNOWN_TEXT_MAX = 64;

/**
 * Reads a whole URI. Equal texts may give the same object.
 * @param offset octet offset of the text, for errors.
 * @throws SIP_URI, SIP_URI_SCHEME, SIP_URI_TOO_LONG
 */
export function parseUri(text: string, offset = 0): Uri {
  if (text.length > KNOWN_TEXT_MAX) return readUri(text, offset);
  let uri = known.get(text);
  if (uri === undefined) {
    uri = readUri(text, offset);
    if (known.size === KNOWN_MAX) known.clear();
    known.set(text, uri);
  }
  return uri;
}

function readUri(text: string, offset: number): Uri {
  if (text.length > SIP_LIMITS.uriOctets) {
    throw sipError('SIP_URI_TOO_LONG', `a URI has ${text.length} octets`, { where: { offset } });
  }
  const scheme = schemeOf(text);
  if (scheme === undefined)
    throw sipError('SIP_URI', 'URI: a scheme and a colon expected', { where: { offset } });
  const scanner = new Scanner(text, `${scheme}: URI`, offset, 'SIP_URI');
  scanner.position = scheme.length + 1;
  let uri: Uri;
  switch (scheme) {
    case 'tel':
      uri = readTel(scanner);
      break;
    case 'sip':
    case 'sips':
      uri = readSip(scanner, scheme);
      break;
    default:
      throw sipError('SIP_URI_SCHEME', `the scheme ${scheme} is not in use here`, { where: { offset } });
  }
  if (!scanner.atEnd) scanner.fail('nothing more expected');
  return uri;
}

function schemeOf(text: string): string | undefined {
  if (text.startsWith('tel:')) return 'tel';
  if (text.startsWith('sip:')) return 'sip';
  return SCHEME.exec(text)?.[1]?.toLowerCase();
}

function readTel(scanner: Scanner): TelUri {
  const written = scanner.needMatch(NUMBER, 'global number (`+` and digits)');
  const number = endOf(DIGITS, written, 1) === written.length ? written : written.replace(/[().-]/g, '');
  if (number.length > LONGEST_NUMBER + 1) scanner.fail(`a number has at most ${LONGEST_NUMBER} digits`);
  const parameters = readUriParameters(scanner);
  if (parameters.has('phone-context')) scanner.fail('a global number has no phone-context');
  return { scheme: 'tel', number, parameters };
}

function readSip(scanner: Scanner, scheme: 'sip' | 'sips'): SipUri {
  const { user, password } = readUser(scanner);
  const host = lowerCase(scanner.need(HOST, 'host'));
  if (!isHost(host)) scanner.fail(`${host} is neither a name nor an IPv4 address`);
  let port: number | undefined;
  if (scanner.skip(':')) {
    port = Number(scanner.need(DIGITS, 'port', PORT_DIGITS));
    if (!isPort(port)) scanner.fail(`${port} is not a port`);
  }
  const parameters = readUriParameters(scanner);
  const headers = scanner.skip('?') ? canonicalEscapes(scanner.needMatch(HEADERS, 'headers')) : undefined;
  return { scheme, user, password, host, port, parameters, headers };
}

/** The part before `@`; without one nothing is read. `@` occurs nowhere else in a URI. */
function readUser(scanner: Scanner): Pick<SipUri, 'user' | 'password'> {
  if (!scanner.text.includes('@')) return { user: undefined, password: undefined };
  const user = canonicalEscapes(scanner.needMatch(USER, 'user'));
  const password = scanner.skip(':') ? canonicalEscapes(scanner.needMatch(PASSWORD, 'password')) : undefined;
  if (!scanner.skip('@')) scanner.fail('@ expected');
  return { user, password };
}

function readUriParameters(scanner: Scanner): AddressParameters {
  if (!scanner.skip(';')) return NO_PARAMETERS;
  const parameters = new Map<string, string | undefined>();
  do {
    const name = canonicalEscapes(
      canonicalEscapes(scanner.needMatch(PARAMETER, 'parameter name')).toLowerCase(),
    );
    if (parameters.has(name)) scanner.fail(`parameter ${name} is there twice`);
    const value = scanner.skip('=')
      ? canonicalEscapes(scanner.needMatch(PARAMETER, 'parameter value'))
      : undefined;
    parameters.set(name, value);
  } while (scanner.skip(';'));
  return parameters;
}

/** Writes each escape in one way: upper-case digits, and none for a character that needs none (RFC 3261 section 19.1.4). */
function canonicalEscapes(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : `%${hex.toUpperCase()}`;
  });
}

/** The text of an address with its parameters; reading it gives an equal address. */
export function formatUri(uri: Uri): string {
  let parameters = '';
  for (const [name, value] of uri.parameters)
    parameters += value === undefined ? `;${name}` : `;${name}=${value}`;
  if (uri.scheme === 'tel') return `tel:${uri.number}${parameters}`;
  const password = uri.password === undefined ? '' : `:${uri.password}`;
  const user = uri.user === undefined ? '' : `${uri.user}${password}@`;
  const port = uri.port === undefined ? '' : `:${uri.port}`;
  const headers = uri.headers === undefined ? '' : `?${uri.headers}`;
  return `${uri.scheme}:${user}${uri.host}${port}${parameters}${headers}`;
}

/** The tel URI of a number such as `+447700900001`. */
export function telUri(number: string): TelUri {
  const uri = parseUri(`tel:${number}`);
  assert(uri.scheme === 'tel', 'a tel: text is a tel URI');
  return uri;
}
