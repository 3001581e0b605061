/** The headers of a message as what they mean. A message that was read has them; one that was put together may lack them. */
import { parseParty, type NameAddress } from './address.ts';
import { sipError } from './errors.ts';
import type { SipMessage } from './message.ts';
import type { Uri } from './uri.ts';
import { parseCallId, parseContact, parseContentType, parseCSeq, parseExpires, type CSeq } from './value.ts';
import { branchOf, parseVia, type Via } from './via.ts';

/** The body of a session description (RFC 8866). */
export const SDP_TYPE = 'application/sdp';

function need(message: SipMessage, name: string): string {
  const value = message.headers.get(name);
  if (value === undefined) throw sipError('SIP_HEADER_MISSING', `no ${name}`);
  return value;
}

/** The topmost Via, of the element that sent the request last. */
export function topViaOf(message: SipMessage): Via {
  return (message.headers.meaning.via ??= parseVia(need(message, 'Via')));
}

/** The branch of the topmost Via. */
export function topBranchOf(message: SipMessage): string {
  const branch = branchOf(topViaOf(message));
  if (branch === undefined) throw sipError('SIP_HEADER_VALUE', 'Via: no branch of RFC 3261');
  return branch;
}

/** Who a message says it is from. Nobody has verified it. Errors: SIP_HEADER_MISSING and those of an address. */
export function fromOf(message: SipMessage): NameAddress {
  return (message.headers.meaning.from ??= parseParty(need(message, 'From'), 'From'));
}

/** Whom a message is addressed to. Errors: as for From. */
export function toOf(message: SipMessage): NameAddress {
  return (message.headers.meaning.to ??= parseParty(need(message, 'To'), 'To'));
}

/** The text that all messages of a call share. Errors: when it is missing or malformed. */
export function callIdOf(message: SipMessage): string {
  return parseCallId(need(message, 'Call-ID'));
}

/** Number and method of the request that a message belongs to. Errors: when they are missing or malformed. */
export function cseqOf(message: SipMessage): CSeq {
  return (message.headers.meaning.sequence ??= parseCSeq(need(message, 'CSeq')));
}

/** The contacts in order; `*` for all that a registrar has of the user (RFC 3261 section 10.2.2). */
export function contactsOf(message: SipMessage): readonly NameAddress[] | '*' {
  const contacts: NameAddress[] = [];
  for (const text of message.headers.all('Contact')) {
    const contact = parseContact(text);
    if (contact === '*') return '*';
    contacts.push(contact);
  }
  return contacts;
}

/** Where requests of the dialog go from now on: the first contact, or `otherwise` (RFC 3261 sections 12.1 and 12.2). */
export function remoteTargetOf(message: SipMessage, otherwise: Uri): Uri {
  const contacts = contactsOf(message);
  return (contacts === '*' ? undefined : contacts[0]?.uri) ?? otherwise;
}

/** Seconds that a binding is to live: the contact's own `expires`, else the header's (RFC 3261 section 10.2.1.1). */
export function expiresOf(message: SipMessage, contact?: NameAddress): number | undefined {
  const text = contact?.parameters.get('expires') ?? message.headers.get('Expires');
  return text === undefined ? undefined : parseExpires(text);
}

/**
 * The session description in the body; undefined when there is no body.
 * @throws SIP_MEDIA_TYPE for a body of another type
 */
export function sdpBodyOf(message: SipMessage): Uint8Array | undefined {
  if (message.body.length === 0) return undefined;
  const type = parseContentType(need(message, 'Content-Type'));
  if (type !== SDP_TYPE) throw sipError('SIP_MEDIA_TYPE', `the body is ${type}, not ${SDP_TYPE}`);
  return message.body;
}
