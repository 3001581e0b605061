/**
 * Requests that wait for their response (RFC 3261 section 17.1.3). On a reliable transport nothing is sent again, so all that
 * is left of a client transaction is the match of a response to its request, by the branch of the topmost Via and the method
 * in CSeq: a CANCEL has the branch of the INVITE it cancels. There is no clock here; the owner gives up after
 * {@link TRANSACTION_TIMEOUT}.
 */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { cseqOf, topBranchOf, topViaOf } from './field.ts';
import type { SipMessage, SipRequest, SipResponse } from './message.ts';

/** Round-trip estimate (RFC 3261 section 17.1.1.1). */
const T1: Micros = 500 * MILLISECOND;

/** Timers B and F: how long a client waits for a response, in microseconds. */
export const TRANSACTION_TIMEOUT: Micros = 64 * T1;

/**
 * One text for one transaction. Sent-by is part of it, so that no client can take another's branch (section 17.2.3). A server
 * finds the INVITE of a CANCEL, or of the ACK for a refusal, by giving the method `INVITE`.
 */
export function transactionKey(message: SipMessage, method: string = cseqOf(message).method): string {
  const { host, port = '' } = topViaOf(message);
  return `${topBranchOf(message)} ${host}:${port} ${method}`;
}

/** The requests of one end that still wait for a final response. */
export class PendingRequests {
  /** There are none when nobody waits, as in nearly all of a crowd of conversations. */
  #requests: Map<string, SipRequest> | undefined;

  get size(): number {
    return this.#requests?.size ?? 0;
  }

  /** A request that was sent and expects a response: any but ACK. */
  add(request: SipRequest): void {
    const key = transactionKey(request);
    assert(request.method !== 'ACK', 'an ACK has no response');
    const requests = (this.#requests ??= new Map<string, SipRequest>());
    assert(!requests.has(key), 'a branch names one request');
    requests.set(key, request);
  }

  /**
   * The request that a response answers, or undefined for a stray one. A final response (200 or more) ends the wait, so it is
   * matched once.
   */
  match(response: SipResponse): SipRequest | undefined {
    const key = transactionKey(response);
    const request = this.#requests?.get(key);
    if (response.status >= 200) this.#delete(key);
    return request;
  }

  /** Gives up on a request; false when its final response had come already. */
  forget(request: SipRequest): boolean {
    return this.#delete(transactionKey(request));
  }

  #delete(key: string): boolean {
    const isDeleted = this.#requests?.delete(key) === true;
    if (this.size === 0) this.#requests = undefined;
    return isDeleted;
  }
}
