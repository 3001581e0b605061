/**
 * The answer to a request that could not be read (RFC 3261 section 8.2.6; RFC 4475 section 3.1.2 says which messages want
 * one). What a response needs is copied from the lines that are whole. When one of those is what is wrong, there is no telling
 * whom to answer.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { formatAddress, parseParty, tagOf, withTag } from './address.ts';
import { statusOf } from './errors.ts';
import { readHead, valueOf } from './head.ts';
import { SipHeaders } from './headers.ts';
import type { SipResponse } from './message.ts';
import { reasonOf } from './reason.ts';
import { serialise } from './serialise.ts';

const COPIED: ReadonlySet<string> = new Set(['Via', 'From', 'To', 'Call-ID', 'CSeq']);
/** A response is never answered, nor is an ACK. */
const UNANSWERED = /^(?:SIP\/|ACK )/i;

/**
 * The response with which a server refuses octets that failed with `error`, its status from the tables of codes; undefined
 * when there is none to give.
 * @param toTag the tag of this end.
 */
export function refusalTo(octets: Uint8Array, error: CalldrillError, toTag: string): SipResponse | undefined {
  try {
    const head = readHead(octets);
    if (UNANSWERED.test(head.start.text)) return undefined;
    const pairs = head.fields
      .map((field) => [field.rule.name, valueOf(octets, field)] as const)
      .filter(([name]) => COPIED.has(name))
      .map(([name, value]) => [name, name === 'To' ? tagged(value, toTag) : value] as const);
    const status = statusOf(error);
    const response: SipResponse = {
      kind: 'response',
      status,
      reason: reasonOf(status),
      headers: SipHeaders.of(pairs),
      body: new Uint8Array(0),
    };
    serialise(response);
    return response;
  } catch (failure) {
    if (failure instanceof CalldrillError) return undefined;
    throw failure;
  }
}

function tagged(to: string, tag: string): string {
  const address = parseParty(to, 'To');
  return tagOf(address) === undefined ? formatAddress(withTag(address, tag)) : to;
}
