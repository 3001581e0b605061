/**
 * A SIP message (RFC 3261 section 7), read strictly: what this returns has every mandatory header exactly once, each known
 * header in its syntax, and a body of exactly the length it announces. Nothing is repaired.
 */
import { parseAddress, tagOf } from './address.ts';
import { announcedLength } from './content-length.ts';
import { sipError, type SipCode } from './errors.ts';
import { readHead, valueOf, type HeadField } from './head.ts';
import { ruleOf, splitList } from './header-rule.ts';
import { SipHeaders } from './headers.ts';
import { SIP_LIMITS } from './limits.ts';
import { readStartLine, type RequestLine, type StatusLine } from './start-line.ts';
import { parseCSeq } from './value.ts';
import { branchOf, parseVia } from './via.ts';

/** What one end asks of the other (RFC 3261 section 7.1). */
export interface SipRequest extends RequestLine {
  readonly headers: SipHeaders;
  readonly body: Uint8Array;
}

/** What one end answers (RFC 3261 section 7.2). */
export interface SipResponse extends StatusLine {
  readonly headers: SipHeaders;
  readonly body: Uint8Array;
}

/** A request or a response; `kind` says which. */
export type SipMessage = SipRequest | SipResponse;

/** One value of a header and the octets it stands in. */
interface PlacedHeader {
  readonly name: string;
  /** One character to an octet. */
  readonly text: string;
  readonly offset: number;
}

const MANDATORY = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const;

/**
 * Reads one whole message.
 * @throws any code of SIP_CODES but SIP_MEDIA_TYPE, with the octet offset
 */
export function parseMessage(octets: Uint8Array): SipMessage {
  const head = readHead(octets);
  const start = readStartLine(head.start, octets);
  const body = octets.slice(head.length);
  const announced = announcedLength(head.fields, head.length);
  if (announced.length !== body.length) {
    const problem = `Content-Length is ${announced.length}, the body has ${body.length} octets`;
    fail('SIP_CONTENT_LENGTH', problem, announced.offset);
  }
  const values = head.fields.filter((field) => ruleOf(field.name).name !== 'Content-Length').flatMap(place);
  if (values.length > SIP_LIMITS.headers) {
    fail('SIP_HEADERS_TOO_MANY', `${values.length} header values`, values[SIP_LIMITS.headers]?.offset ?? 0);
  }
  const first = checkValues(values, head.length);
  checkMeaning(start, first);
  if (body.length > 0 && !first.has('Content-Type')) {
    fail('SIP_HEADER_MISSING', 'a body needs Content-Type', head.length);
  }
  const headers = SipHeaders.of(values.map((value) => [value.name, valueOf(octets, value)] as const));
  return { ...start, headers, body };
}

function place({ name, text, offset }: HeadField): PlacedHeader[] {
  const rule = ruleOf(name);
  if (!rule.list) return [{ name: rule.name, text, offset }];
  return splitList(text, rule.name, offset).map((piece) => ({
    name: rule.name,
    text: piece.text,
    offset: offset + piece.start,
  }));
}

/** Checks syntax and number of each known header. Returns the first value of each name. */
function checkValues(values: readonly PlacedHeader[], end: number): ReadonlyMap<string, PlacedHeader> {
  const seen = new Map<string, PlacedHeader>();
  for (const value of values) {
    const rule = ruleOf(value.name);
    if (rule.single && seen.has(rule.name))
      fail('SIP_HEADER_REPEATED', `a second ${rule.name}`, value.offset);
    if (!seen.has(rule.name)) seen.set(rule.name, value);
    rule.read?.(value.text, rule.name, value.offset);
  }
  for (const name of MANDATORY) {
    if (!seen.has(name)) fail('SIP_HEADER_MISSING', `no ${name}`, end);
  }
  checkWildcard(values);
  return seen;
}

/** `Contact: *` stands for all contacts, so it stands alone (RFC 3261 section 10.2.2). */
function checkWildcard(values: readonly PlacedHeader[]): void {
  const contacts = values.filter(({ name }) => name === 'Contact');
  const wildcard = contacts.find(({ text }) => /^[ \t]*\*[ \t]*$/.test(text));
  if (wildcard !== undefined && contacts.length > 1) {
    fail('SIP_HEADER_VALUE', 'Contact: * stands beside another contact', wildcard.offset);
  }
}

/** What the headers say together: a branch of RFC 3261, a sender with a tag, the method that CSeq names. */
function checkMeaning(start: RequestLine | StatusLine, first: ReadonlyMap<string, PlacedHeader>): void {
  const via = first.get('Via');
  if (via !== undefined && branchOf(parseVia(via.text)) === undefined) {
    fail(
      'SIP_HEADER_VALUE',
      'Via: the branch of the topmost value does not begin with z9hG4bK and go on',
      via.offset,
    );
  }
  const from = first.get('From');
  if (from !== undefined && tagOf(parseAddress(from.text)) === undefined) {
    fail('SIP_HEADER_VALUE', 'From: a tag is needed', from.offset);
  }
  const sequence = first.get('CSeq');
  if (start.kind === 'response' || sequence === undefined) return;
  const { method } = parseCSeq(sequence.text);
  if (method !== start.method) {
    fail('SIP_CSEQ_METHOD', `CSeq says ${method}, the request line ${start.method}`, sequence.offset);
  }
}

function fail(code: SipCode, problem: string, offset: number): never {
  throw sipError(code, problem, { where: { offset } });
}
