/** Which call a message belongs to: its Call-ID and the tags of both ends, seen from one of them (RFC 3261 section 12). */
import { tagOf } from './address.ts';
import { callIdOf, fromOf, toOf } from './field.ts';
import type { SipMessage } from './message.ts';

/** What tells one dialog from another, as seen from one end (RFC 3261 section 12). */
export interface DialogId {
  readonly callId: string;
  /** Undefined while this end has not answered. */
  readonly localTag: string | undefined;
  /** Undefined while the other end has not answered. */
  readonly remoteTag: string | undefined;
}

/**
 * The dialog of a message that this end sent or received. From is the end that sent the request, in its responses too, so a
 * request sent and a response received have the local tag in From.
 */
export function dialogOf(message: SipMessage, direction: 'sent' | 'received'): DialogId {
  const from = tagOf(fromOf(message));
  const to = tagOf(toOf(message));
  const callId = callIdOf(message);
  return (message.kind === 'request') === (direction === 'sent')
    ? { callId, localTag: from, remoteTag: to }
    : { callId, localTag: to, remoteTag: from };
}

/** One text for one dialog: equal for all messages of a call at one end, once both tags are known. */
export function dialogKey({ callId, localTag = '', remoteTag = '' }: DialogId): string {
  return `${callId} ${localTag} ${remoteTag}`;
}
