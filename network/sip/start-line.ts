/**
 * The first line of a message (RFC 3261 sections 7.1 and 7.2). Elements are separated by exactly one space.
 *
 *     INVITE tel:+447700900002 SIP/2.0
 *     SIP/2.0 486 Busy Here
 */
import { sipError, type SipCode } from './errors.ts';
import { textOf, type HeadLine } from './head.ts';
import { isMethod, type SipMethod } from './method.ts';
import { parseUri, type Uri } from './uri.ts';

/** The first line of a request: what is asked of whom. */
export interface RequestLine {
  readonly kind: 'request';
  readonly method: SipMethod;
  readonly uri: Uri;
}

/** The first line of a response: a number that programs read, and words for people. */
export interface StatusLine {
  readonly kind: 'response';
  /** 100 to 699. */
  readonly status: number;
  /** May be empty. */
  readonly reason: string;
}

const RESPONSE = /^(SIP\/\d+\.\d+) (\d{3}) /i;
const REQUEST = /^([\w\-.!%*+`'~]+) (\S+) (SIP\/\d+\.\d+)$/i;

/**
 * @param octets the message, whose first octets the line is.
 * @throws SIP_START_LINE, SIP_VERSION, SIP_METHOD, SIP_URI, SIP_URI_SCHEME, SIP_URI_TOO_LONG
 */
export function readStartLine(line: HeadLine, octets: Uint8Array): RequestLine | StatusLine {
  return isStatusLine(line.text) ? readStatusLine(line, octets) : readRequestLine(line);
}

/** A method cannot begin like that: it has no stroke. */
function isStatusLine(text: string): boolean {
  return text.startsWith('SIP/') || /^SIP\//i.test(text);
}

function readStatusLine({ text }: HeadLine, octets: Uint8Array): StatusLine {
  const match = RESPONSE.exec(text);
  if (match === null) fail('SIP_START_LINE', 'a version, a status of three digits and a reason expected', 0);
  const [before, version = '', digits = ''] = match;
  checkVersion(version, 0);
  const status = Number(digits);
  if (status < 100 || status > 699) fail('SIP_START_LINE', `${status} is not a status`, version.length + 1);
  return { kind: 'response', status, reason: textOf(octets, before.length, text.length - before.length) };
}

function readRequestLine({ text }: HeadLine): RequestLine {
  const match = REQUEST.exec(text);
  if (match === null) fail('SIP_START_LINE', 'a method, a URI and SIP/2.0 with single spaces expected', 0);
  const [, method = '', target = '', version = ''] = match;
  checkVersion(version, text.length - version.length);
  const uri = parseUri(target, method.length + 1);
  if (uri.scheme !== 'tel' && uri.headers !== undefined) {
    fail('SIP_URI', 'a request URI has no headers (RFC 3261 section 19.1.1)', method.length + 1);
  }
  if (!isMethod(method)) fail('SIP_METHOD', `the method ${method} is not in use here`, 0);
  return { kind: 'request', method, uri };
}

function checkVersion(version: string, offset: number): void {
  if (version.slice('SIP/'.length) !== '2.0') fail('SIP_VERSION', `${version} is not in use here`, offset);
}

function fail(code: SipCode, problem: string, offset: number): never {
  throw sipError(code, problem, { where: { offset } });
}
