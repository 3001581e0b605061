/**
 * Puts messages together by the rules of RFC 3261: a request (section 8.1.1), the response to one (8.2.6), the ACK and the
 * CANCEL of an INVITE (13.2.2.4, 17.1.1.3 and 9.1).
 */
import { formatAddress, tagOf, withTag, type NameAddress } from './address.ts';
import { assert } from '../../sim/errors.ts';
import { cseqOf, remoteTargetOf, toOf, topViaOf } from './field.ts';
import { SipHeaders } from './headers.ts';
import type { SipRequest, SipResponse } from './message.ts';
import type { SipMethod } from './method.ts';
import { reasonOf } from './reason.ts';
import type { Uri } from './uri.ts';
import { formatVia } from './via.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** The body with its type, as both are there or neither. */
export interface SipBody {
  readonly type: string;
  readonly octets: Uint8Array;
}

/** What a request is made of; counts, lengths and the rest of its headers follow from it. */
export interface RequestParts {
  readonly method: SipMethod;
  /** Where it goes: the callee, the registrar, or in a dialog the contact of the other end. */
  readonly uri: Uri;
  /** With the tag of this end. */
  readonly from: NameAddress;
  /** In a dialog with the tag of the other end. */
  readonly to: NameAddress;
  readonly callId: string;
  /** Rises by one with each request in a dialog; ACK and CANCEL take that of their INVITE. */
  readonly sequence: number;
  /** Where the response comes to. */
  readonly sentBy: { readonly host: string; readonly port?: number };
  /** Unique; from `newBranch`. */
  readonly branch: string;
  readonly contact?: NameAddress;
  readonly headers?: Pairs;
  readonly body?: SipBody;
}

const MAX_FORWARDS = '70';
const NO_BODY = new Uint8Array(0);

function bodyPairs(body: SipBody | undefined): Pairs {
  return body === undefined ? [] : [['Content-Type', body.type]];
}

/** A request over TLS. */
export function requestOf(parts: RequestParts): SipRequest {
  const via = formatVia({
    transport: 'TLS',
    host: parts.sentBy.host,
    port: parts.sentBy.port,
    parameters: new Map([['branch', parts.branch]]),
  });
  const contact: Pairs = parts.contact === undefined ? [] : [['Contact', formatAddress(parts.contact)]];
  return {
    kind: 'request',
    method: parts.method,
    uri: parts.uri,
    headers: SipHeaders.of([
      ['Via', via],
      ['Max-Forwards', MAX_FORWARDS],
      ['From', formatAddress(parts.from)],
      ['To', formatAddress(parts.to)],
      ['Call-ID', parts.callId],
      ['CSeq', `${parts.sequence} ${parts.method}`],
      ...contact,
      ...(parts.headers ?? []),
      ...bodyPairs(parts.body),
    ]),
    body: parts.body?.octets ?? NO_BODY,
  };
}

/** What a response adds to that which it copies from its request. */
export interface ResponseParts {
  /** The tag of this end, added to To when the request had none there; every response but 100 needs it. */
  readonly toTag?: string;
  /** RFC 3261's phrase unless another is given. */
  readonly reason?: string;
  readonly contact?: NameAddress;
  readonly headers?: Pairs;
  readonly body?: SipBody;
}

/** The response to a request: its Vias, From, To, Call-ID and CSeq are the request's. Never to an ACK. */
export function responseTo(request: SipRequest, status: number, parts: ResponseParts = {}): SipResponse {
  assert(request.method !== 'ACK', 'an ACK has no response');
  const to = toOf(request);
  const tagged = parts.toTag === undefined || tagOf(to) !== undefined ? to : withTag(to, parts.toTag);
  const contact: Pairs = parts.contact === undefined ? [] : [['Contact', formatAddress(parts.contact)]];
  return {
    kind: 'response',
    status,
    reason: parts.reason ?? reasonOf(status),
    headers: SipHeaders.of([
      ...copied(request.headers, 'Via', 'From'),
      ['To', formatAddress(tagged)],
      ...copied(request.headers, 'Call-ID', 'CSeq', 'Record-Route'),
      ...contact,
      ...(parts.headers ?? []),
      ...bodyPairs(parts.body),
    ]),
    body: parts.body?.octets ?? NO_BODY,
  };
}

/**
 * The ACK for the final response to an INVITE. For a 2xx it is a transaction of its own, goes to the contact of the response
 * and has `branch`; for a refusal it belongs to the INVITE and has its branch and URI.
 */
export function ackTo(invite: SipRequest, response: SipResponse, branch: string): SipRequest {
  assert(
    invite.method === 'INVITE' && response.status >= 200,
    'an ACK is for the final response to an INVITE',
  );
  const accepted = response.status < 300;
  const via = topViaOf(invite);
  return {
    kind: 'request',
    method: 'ACK',
    uri: accepted ? remoteTargetOf(response, invite.uri) : invite.uri,
    headers: SipHeaders.of([
      ['Via', formatVia(accepted ? { ...via, parameters: new Map([['branch', branch]]) } : via)],
      ['Max-Forwards', MAX_FORWARDS],
      ...copied(invite.headers, 'From'),
      ...copied(response.headers, 'To'),
      ...copied(invite.headers, 'Call-ID', 'Route'),
      ['CSeq', `${cseqOf(invite).sequence} ACK`],
    ]),
    body: NO_BODY,
  };
}

/** The CANCEL of an INVITE that has had a provisional response: the same but for its method (section 9.1). */
export function cancelOf(invite: SipRequest): SipRequest {
  assert(invite.method === 'INVITE', 'only an INVITE is cancelled');
  return {
    kind: 'request',
    method: 'CANCEL',
    uri: invite.uri,
    headers: SipHeaders.of([
      ['Via', formatVia(topViaOf(invite))],
      ['Max-Forwards', MAX_FORWARDS],
      ...copied(invite.headers, 'From', 'To', 'Call-ID', 'Route'),
      ['CSeq', `${cseqOf(invite).sequence} CANCEL`],
    ]),
    body: NO_BODY,
  };
}

function copied(headers: SipHeaders, ...names: readonly string[]): Pairs {
  const pairs: (readonly [name: string, value: string])[] = [];
  for (const name of names) for (const value of headers.all(name)) pairs.push([name, value]);
  return pairs;
}
