/**
 * A SIP message (RFC 3261 section 7), read strictly: what this returns has every mandatory header exactly once, each known
 * header in its syntax, and a body of exactly the length it announces. Nothing is repaired.
 */
import { tagOf } from './address.ts';
import { announcedLength } from './content-length.ts';
import { sipError, type SipCode } from './errors.ts';
import { readHead, valueOf } from './head.ts';
import { isOne, ruleOf, splitList, type HeaderMeaning, type HeaderRule } from './header-rule.ts';
import { SipHeaders } from './headers.ts';
import { SIP_LIMITS } from './limits.ts';
import { trimSpace } from './scanner.ts';
import { readStartLine, type RequestLine, type StatusLine } from './start-line.ts';
import { isAllContacts } from './value.ts';
import { branchOf } from './via.ts';

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
  readonly rule: HeaderRule;
  /** One character to an octet. */
  readonly text: string;
  readonly offset: number;
}

const MANDATORY = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(ruleOf);
const MANDATORY_BITS = MANDATORY.reduce((bits, { bit }) => bits | bit, 0);
const NO_BODY = new Uint8Array(0);
const CONTACT = ruleOf('Contact');
const CONTENT_TYPE = ruleOf('Content-Type');
const CONTENT_LENGTH = ruleOf('Content-Length');

/**
 * Reads one whole message.
 * @throws any code of SIP_CODES but SIP_MEDIA_TYPE, with the octet offset
 */
export function parseMessage(octets: Uint8Array): SipMessage {
  const head = readHead(octets);
  const start = readStartLine(head.start, octets);
  const body = head.length === octets.length ? NO_BODY : octets.slice(head.length);
  const lengths: PlacedHeader[] = [];
  const values: PlacedHeader[] = [];
  for (const field of head.fields) if (field.rule === CONTENT_LENGTH) lengths.push(field);
  const announced = announcedLength(lengths, head.length);
  if (announced.length !== body.length) {
    const problem = `Content-Length is ${announced.length}, the body has ${body.length} octets`;
    fail('SIP_CONTENT_LENGTH', problem, announced.offset);
  }
  for (const field of head.fields) if (field.rule !== CONTENT_LENGTH) place(field, values);
  if (values.length > SIP_LIMITS.headers) {
    fail('SIP_HEADERS_TOO_MANY', `${values.length} header values`, values[SIP_LIMITS.headers]?.offset ?? 0);
  }
  const meaning: HeaderMeaning = { via: undefined, from: undefined, to: undefined, sequence: undefined };
  const seen = checkValues(start, values, head.length, meaning);
  if (body.length > 0 && (seen & CONTENT_TYPE.bit) === 0) {
    fail('SIP_HEADER_MISSING', 'a body needs Content-Type', head.length);
  }
  const { plain } = head;
  const entries = values.map((value) => ({
    name: value.rule.name,
    value: plain ? trimSpace(value.text) : valueOf(octets, value),
  }));
  // Where octets are not characters, what was read of the octets is not what the text says.
  const headers = SipHeaders.asRead(entries, plain ? meaning : {});
  return start.kind === 'request'
    ? { kind: start.kind, method: start.method, uri: start.uri, headers, body }
    : { kind: start.kind, status: start.status, reason: start.reason, headers, body };
}

/** Adds the values of a header line, which for a list are its elements. */
function place(field: PlacedHeader, values: PlacedHeader[]): void {
  const { rule, text, offset } = field;
  if (!rule.list || isOne(text)) return void values.push(field);
  for (const piece of splitList(text, rule.name, offset))
    values.push({ rule, text: piece.text, offset: offset + piece.start });
}

/** Checks syntax, number and meaning of each known header. Returns the bits of those that are there. */
function checkValues(
  start: RequestLine | StatusLine,
  values: readonly PlacedHeader[],
  end: number,
  meaning: HeaderMeaning,
): number {
  let seen = 0;
  for (const { rule, text, offset } of values) {
    if (rule.single && (seen & rule.bit) !== 0) fail('SIP_HEADER_REPEATED', `a second ${rule.name}`, offset);
    seen |= rule.bit;
    rule.read?.(text, rule.name, offset, meaning);
  }
  const missing = MANDATORY_BITS & ~seen;
  for (const { name, bit } of missing === 0 ? [] : MANDATORY) {
    if ((missing & bit) !== 0) fail('SIP_HEADER_MISSING', `no ${name}`, end);
  }
  if ((seen & CONTACT.bit) !== 0) checkWildcard(values);
  checkMeaning(start, meaning, values);
  return seen;
}

/** `Contact: *` stands for all contacts, so it stands alone (RFC 3261 section 10.2.2). */
function checkWildcard(values: readonly PlacedHeader[]): void {
  const isWildcard = ({ rule, text }: PlacedHeader): boolean => rule === CONTACT && isAllContacts(text);
  const wildcard = values.find(isWildcard);
  if (wildcard !== undefined && values.filter(({ rule }) => rule === CONTACT).length > 1) {
    fail('SIP_HEADER_VALUE', 'Contact: * stands beside another contact', wildcard.offset);
  }
}

/** What the headers say together: a branch of RFC 3261, a sender with a tag, the method that CSeq names. */
function checkMeaning(
  start: RequestLine | StatusLine,
  { via, from, sequence }: HeaderMeaning,
  values: readonly PlacedHeader[],
): void {
  const at = (wanted: string): number => values.find(({ rule }) => rule.name === wanted)?.offset ?? 0;
  if (via !== undefined && branchOf(via) === undefined) {
    const problem = 'Via: the branch of the topmost value does not begin with z9hG4bK and go on';
    fail('SIP_HEADER_VALUE', problem, at('Via'));
  }
  if (from !== undefined && tagOf(from) === undefined) {
    fail('SIP_HEADER_VALUE', 'From: a tag is needed', at('From'));
  }
  if (start.kind === 'response' || sequence === undefined) return;
  const { method } = sequence;
  if (method !== start.method) {
    fail('SIP_CSEQ_METHOD', `CSeq says ${method}, the request line ${start.method}`, at('CSeq'));
  }
}

function fail(code: SipCode, problem: string, offset: number): never {
  throw sipError(code, problem, { where: { offset } });
}
