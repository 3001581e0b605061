/**
 * What recorded sessions gave with the keys that were tried on them. The same sessions are tried with the same keys again and
 * again: by every attack, in each of its arms, and in each world that is a copy of another. So what came of it is remembered,
 * for the very octets and the very key; and of a session that was recorded on, only what is new is opened and read.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import { SipFramer, type SipMessage } from '../../network/sip/index.ts';
import {
  decryptRecorded,
  readOn,
  type RecordedPlace,
  type RecordedKeys,
  type RecordedSession,
} from '../../network/tls-psk/index.ts';

/** One direction as text: its messages so far, and what is to be read before that which comes next. */
interface HeardDirection {
  readonly messages: readonly SipMessage[];
  readonly rest: Uint8Array;
  /** True when no more can be read: a message had no end. */
  readonly lost: boolean;
}

/** What a session gave, as far as the key opened it. */
interface Opened {
  readonly place: RecordedPlace;
  readonly client: HeardDirection;
  readonly server: HeardDirection;
}

/** A key that was tried on a session. */
interface Opening {
  readonly session: RecordedSession;
  readonly psk: Uint8Array;
  /** The line of a key log that was at hand. */
  readonly line: string | undefined;
  /** Undefined when the key does not open what was recorded. */
  readonly opened: Opened | undefined;
}

const SILENT: HeardDirection = { messages: [], rest: new Uint8Array(0), lost: false };

/** Opens recorded sessions, each octet once for a key, as long as they are among those that were asked for last. */
export class Openings {
  readonly #capacityOctets: number;
  /** The last that was asked for is the last of the list. */
  readonly #openings: Opening[] = [];
  #octets = 0;

  /** `capacityOctets` bounds the octets of the sessions that are remembered, all together. */
  constructor(capacityOctets: number) {
    this.#capacityOctets = capacityOctets;
  }

  /** Octets of the sessions that are remembered. */
  get octets(): number {
    return this.#octets;
  }

  /**
   * The SIP messages of a session, first what the client said, then what the server said; undefined when the key does not open
   * it, nor the line of a key log. Damaged sessions give less, and throw nothing.
   */
  messagesOf(session: RecordedSession, psk: Uint8Array, line?: string): readonly SipMessage[] | undefined {
    const before = this.#longestBeginning(session, psk, line);
    const isSame = before !== undefined && lengthOf(before.session) === lengthOf(session);
    if (!isSame) {
      const keys = { psk, keyLog: line === undefined ? [] : [line] };
      this.#remember({ session, psk, line, opened: openFrom(session, keys, before?.opened) });
    } else this.#touch(before);
    const opened = this.#openings.at(-1)?.opened;
    return opened === undefined ? undefined : [...opened.client.messages, ...opened.server.messages];
  }

  /** What was tried with this key on this session, or on the longest beginning of it that opened. */
  #longestBeginning(session: RecordedSession, psk: Uint8Array, line?: string): Opening | undefined {
    let longest: Opening | undefined;
    for (const opening of this.#openings) {
      const length = lengthOf(opening.session);
      if (longest !== undefined && length <= lengthOf(longest.session)) continue;
      // A refusal holds for what was recorded then and for nothing else.
      if (opening.opened === undefined && length !== lengthOf(session)) continue;
      if (opening.line === line && equal(opening.psk, psk) && isBeginning(opening.session, session))
        longest = opening;
    }
    return longest;
  }

  #touch(opening: Opening): void {
    this.#openings.splice(this.#openings.indexOf(opening), 1);
    this.#openings.push(opening);
  }

  #remember({ session: { clientToServer, serverToClient }, psk, line, opened }: Opening): void {
    const session = { clientToServer: clientToServer.slice(), serverToClient: serverToClient.slice() };
    this.#openings.push({ session, psk: psk.slice(), line, opened });
    this.#octets += lengthOf(session);
    while (this.#octets > this.#capacityOctets && this.#openings.length > 1) {
      const oldest = this.#openings.shift();
      this.#octets -= oldest === undefined ? 0 : lengthOf(oldest.session);
    }
  }
}

function openFrom(
  session: RecordedSession,
  keys: RecordedKeys,
  before: Opened | undefined,
): Opened | undefined {
  try {
    const { place, clientData, serverData } =
      before === undefined ? decryptRecorded({ ...session, ...keys }) : readOn(session, before.place);
    return {
      place,
      client: readSaid(before?.client ?? SILENT, clientData),
      server: readSaid(before?.server ?? SILENT, serverData),
    };
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}

function readSaid({ messages, rest, lost }: HeardDirection, data: readonly Uint8Array[]): HeardDirection {
  if (lost || data.length === 0) return { messages, rest, lost };
  const framer = new SipFramer();
  const framed = [rest, ...data].flatMap((octets) => framer.push(octets));
  const read = framed.filter((one) => one.kind !== 'unreadable');
  return { messages: [...messages, ...read], rest: framer.rest, lost: framer.lost };
}

function lengthOf({ clientToServer, serverToClient }: RecordedSession): number {
  return clientToServer.length + serverToClient.length;
}

function isBeginning(beginning: RecordedSession, of: RecordedSession): boolean {
  return (
    beginsWith(of.clientToServer, beginning.clientToServer) &&
    beginsWith(of.serverToClient, beginning.serverToClient)
  );
}

function beginsWith(octets: Uint8Array, beginning: Uint8Array): boolean {
  return (
    beginning.length <= octets.length && Buffer.compare(octets.subarray(0, beginning.length), beginning) === 0
  );
}
