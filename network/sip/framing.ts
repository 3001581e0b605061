/**
 * Cuts the octets of a stream into messages (RFC 3261 section 18.3): a head ends at an empty line, its Content-Length says
 * where the body does. Line ends between messages are keep-alives (RFC 5626 section 4.4.1) and are passed over.
 *
 * A message whose end is known but whose content is wrong is handed over as unreadable, and the stream goes on. When the end
 * is not known (no Content-Length, two of them, one over the limit) nothing behind it can be trusted: the stream is lost, as
 * guessing would let a peer hide one message in another. So it is when somebody else could find another end: where a line of the head
 * is ended by a bare CR or LF, or is no header, it may hide a Content-Length or the empty line. The result does not depend on how the
 * octets were cut up.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { giveBack, lentOctets } from '../../sim/lent-octets.ts';
import { toAscii } from '../../sim/octets.ts';
import { announcedLength, lengthFieldsIn } from './content-length.ts';
import { sipError, type SipCode } from './errors.ts';
import { findHeadEnd, HEAD_END } from './head.ts';
import { SIP_LIMITS } from './limits.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { takeHeld } from './written.ts';

/** A message whose end was found and whose content is none: what follows it can still be read. */
export interface UnreadableMessage {
  readonly kind: 'unreadable';
  readonly error: CalldrillError;
  /** The message, or its head where no end is known. */
  readonly octets: Uint8Array;
  /** True when nothing more can be read: close the stream. */
  readonly lost: boolean;
}

/** What comes out of a stream: a message, or the place of one that could not be read. */
export type Framed = SipMessage | UnreadableMessage;

const NOTHING = new Uint8Array(0);
/** The code of a head that is not cut into lines in one way only. */
const AMBIGUOUS: SipCode = 'SIP_HEADER_LINE';
const CR = 0x0d;
const LF = 0x0a;

/** Cuts an octet stream into messages by their Content-Length (RFC 3261 section 18.3), in whatever pieces it comes. */
export class SipFramer {
  #held: Uint8Array = NOTHING;
  /** What is held and not yet handed over: from here ... */
  #start = 0;
  /** ... to here. */
  #end = 0;
  /** Octets behind `#start` in which no end of a head was found. */
  #searched = 0;
  /** Octets of the whole message, once its head is complete. */
  #wanted: number | undefined = undefined;
  #lost = false;

  /** True after a message whose end is not known: whatever follows is ignored. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Octets of a message that is not complete yet. */
  get pending(): number {
    return this.#end - this.#start;
  }

  /** The octets of a message that is not complete yet: another framer that is given them goes on as this one would. */
  get rest(): Uint8Array {
    return this.#held.slice(this.#start, this.#end);
  }

  /** Takes octets as they come and returns the messages that are complete now, in order. */
  push(octets: Uint8Array): readonly Framed[] {
    const framed: Framed[] = [];
    if (this.#lost) return framed;
    this.#append(octets);
    for (let next = this.#next(); next !== undefined; next = this.#next()) framed.push(next);
    if (this.pending === 0) this.#hold(NOTHING);
    return framed;
  }

  #next(): Framed | undefined {
    if (this.#lost) return undefined;
    if (this.#wanted === undefined) {
      const held = takeHeld(this.#held.subarray(this.#start, this.#end));
      if (held !== undefined) {
        this.#start = this.#end;
        this.#searched = 0;
        return held;
      }
      this.#dropKeepAlives();
      const head = this.#findHead();
      if (head === undefined) {
        if (this.pending <= SIP_LIMITS.messageOctets) return undefined;
        const where = { offset: SIP_LIMITS.messageOctets };
        const problem = 'the headers have no end within the limit';
        return this.#lose(sipError('SIP_MESSAGE_TOO_LONG', problem, { where }), where.offset);
      }
      try {
        this.#wanted = messageLength(this.#held.subarray(this.#start, this.#start + head));
      } catch (error) {
        return this.#lose(typed(error), head);
      }
    }
    if (this.pending < this.#wanted) return undefined;
    const octets = this.#take(this.#wanted);
    this.#wanted = undefined;
    try {
      return parseMessage(octets);
    } catch (thrown) {
      const error = typed(thrown);
      if (error.code === AMBIGUOUS) this.#giveUp();
      return { kind: 'unreadable', error, octets, lost: this.#lost };
    }
  }

  /** Length of the head with its empty line, or undefined when it does not end within what is held and the limit. */
  #findHead(): number | undefined {
    const from = Math.max(0, this.#searched - HEAD_END.length + 1);
    const to = Math.min(this.pending, SIP_LIMITS.messageOctets);
    const at = findHeadEnd(this.#held.subarray(this.#start + from, this.#start + to));
    this.#searched = to;
    return at < 0 ? undefined : from + at + HEAD_END.length;
  }

  #append(octets: Uint8Array): void {
    if (this.#end + octets.length > this.#held.length)
      this.#hold(lentOctets(2 * (this.pending + octets.length)));
    this.#held.set(octets, this.#end);
    this.#end += octets.length;
  }

  /** Holds what it holds in other memory. */
  #hold(memory: Uint8Array): void {
    const before = this.#held;
    memory.set(before.subarray(this.#start, this.#end));
    this.#end = this.pending;
    this.#start = 0;
    this.#held = memory;
    giveBack(before);
  }

  /** Removes the next `length` octets and returns them. */
  #take(length: number): Uint8Array {
    const taken = this.#held.slice(this.#start, this.#start + length);
    this.#start += length;
    this.#searched = 0;
    return taken;
  }

  #dropKeepAlives(): void {
    while (
      this.#start + 1 < this.#end &&
      this.#held[this.#start] === CR &&
      this.#held[this.#start + 1] === LF
    ) {
      this.#start += 2;
      this.#searched = 0;
    }
  }

  #lose(error: CalldrillError, length: number): UnreadableMessage {
    const octets = this.#take(length);
    this.#giveUp();
    return { kind: 'unreadable', error, octets, lost: true };
  }

  /** Nothing more is read. */
  #giveUp(): void {
    this.#lost = true;
    this.#end = this.#start;
  }
}

/** Length of the message that begins with this head, which may be wrong in every way but its Content-Length. */
function messageLength(head: Uint8Array): number {
  const announced = announcedLength(lengthFieldsIn(toAscii(head)), head.length);
  const length = head.length + announced.length;
  if (length > SIP_LIMITS.messageOctets) {
    const where = { offset: announced.offset };
    throw sipError('SIP_MESSAGE_TOO_LONG', `a message of ${length} octets`, { where });
  }
  return length;
}

/** The parser throws nothing else; a defect goes on to the caller. */
function typed(error: unknown): CalldrillError {
  if (error instanceof CalldrillError) return error;
  throw error;
}
