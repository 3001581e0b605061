/**
 * A SIP conversation over one secure stream: octets become messages, responses find the request they answer, and a request
 * that nobody answers is given up. Handset and server use the same one; what a message means is theirs.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Clock, TimerId } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Stream } from '../../network/fabric.ts';
import {
  cancelOf,
  newBranch,
  PendingRequests,
  newTag,
  refusalTo,
  requestOf,
  responseTo,
  serialise,
  SipFramer,
  TRANSACTION_TIMEOUT,
  type RequestParts,
  type ResponseParts,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  type UnreadableMessage,
} from '../../network/sip/index.ts';

/** What either end hears: requests of the peer, and octets that are no SIP. */
export interface ConversationHandlers {
  /** A request of the peer, ACK included. */
  onRequest(request: SipRequest): void;
  /** Something came that is not a message. The peer was answered where that is possible. */
  onUnreadable(error: CalldrillError): void;
}

/** Called with each response; with undefined when none came in time or the conversation ended. */
export type ResponseHandler = (response: SipResponse | undefined) => void;

interface Waiting {
  readonly onResponse: ResponseHandler;
  timer: TimerId;
}

/**
 * SIP over one secure stream: requests with their answers, and requests to be answered. Unanswered ones end by a timer
 * (RFC 3261 17.1).
 */
export class Conversation {
  readonly #stream: Stream;
  readonly #clock: Clock;
  readonly #random: RandomSource;
  readonly #handlers: ConversationHandlers;
  readonly #framer = new SipFramer();
  readonly #pending = new PendingRequests();
  /** There are none when nobody waits. */
  #waiting: Map<SipRequest, Waiting> | undefined;
  #open = true;

  constructor(stream: Stream, clock: Clock, random: RandomSource, handlers: ConversationHandlers) {
    this.#stream = stream;
    this.#clock = clock;
    this.#random = random;
    this.#handlers = handlers;
  }

  /** Why it cannot be kept now; undefined when it is at rest. Then it is one that has just begun. */
  get unrest(): string | undefined {
    if (!this.#open) return 'a conversation that ends';
    if (this.#waiting !== undefined) return 'a SIP transaction';
    return this.#framer.pending > 0 ? 'half a SIP message' : undefined;
  }

  receive(octets: Uint8Array): void {
    for (const framed of this.#framer.push(octets)) {
      if (!this.#open) return;
      switch (framed.kind) {
        case 'request':
          this.#handlers.onRequest(framed);
          break;
        case 'response':
          this.#answered(framed);
          break;
        case 'unreadable':
          this.#unreadable(framed);
          break;
      }
    }
  }

  /** Sends a request and waits for its responses; an ACK waits for none. Returns it, for an ACK or a CANCEL to refer to. */
  request(parts: Omit<RequestParts, 'sentBy' | 'branch'>, onResponse: ResponseHandler): SipRequest {
    const request = requestOf({ ...parts, sentBy: this.#stream.local, branch: newBranch(this.#random) });
    this.#await(request, onResponse);
    this.send(request);
    return request;
  }

  /** Gives up an INVITE that was not answered; its own response tells how it ended (RFC 3261 9.1). */
  cancel(invite: SipRequest): void {
    const cancel = cancelOf(invite);
    this.#await(cancel, () => undefined);
    this.send(cancel);
  }

  respond(request: SipRequest, status: number, parts: ResponseParts = {}): void {
    this.send(responseTo(request, status, parts));
  }

  send(message: SipMessage): void {
    if (!this.#open) return;
    try {
      this.#stream.write(serialise(message));
    } catch (error) {
      // Who asks and does not listen would fill the memory with answers.
      if (!(error instanceof CalldrillError) || error.code !== 'NETWORK_STREAM_FULL') throw error;
      this.#stream.reset();
    }
  }

  /** Ends the stream in order. Nothing is reported after it. */
  close(): void {
    if (!this.#open) return;
    this.ended();
    this.#stream.close();
  }

  /** The stream has ended: whoever waits for a response is told that none will come. */
  ended(): void {
    if (!this.#open) return;
    this.#open = false;
    const waiting = [...(this.#waiting?.values() ?? [])];
    this.#waiting = undefined;
    for (const { onResponse, timer } of waiting) {
      this.#clock.cancel(timer);
      onResponse(undefined);
    }
  }

  #await(request: SipRequest, onResponse: ResponseHandler): void {
    this.#pending.add(request);
    const timer = this.#clock.schedule(TRANSACTION_TIMEOUT, () => {
      this.#pending.forget(request);
      this.#stopWaiting(request);
      onResponse(undefined);
    });
    this.#waiting = (this.#waiting ?? new Map<SipRequest, Waiting>()).set(request, { onResponse, timer });
  }

  #answered(response: SipResponse): void {
    const request = this.#pending.match(response);
    const waiting = request === undefined ? undefined : this.#waiting?.get(request);
    if (request === undefined || waiting === undefined) return;
    this.#clock.cancel(waiting.timer);
    // After a provisional response the wait is the caller's to end: a phone may ring for long.
    if (response.status >= 200) this.#stopWaiting(request);
    waiting.onResponse(response);
  }

  #stopWaiting(request: SipRequest): void {
    this.#waiting?.delete(request);
    if (this.#waiting?.size === 0) this.#waiting = undefined;
  }

  #unreadable({ error, octets, lost }: UnreadableMessage): void {
    const refusal = refusalTo(octets, error, newTag(this.#random));
    if (refusal !== undefined) this.send(refusal);
    this.#handlers.onUnreadable(error);
    if (lost) this.close();
  }
}
