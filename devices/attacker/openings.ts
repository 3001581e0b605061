/**
 * What recorded sessions gave with the keys that were tried on them. The same sessions are tried with the same keys again and
 * again: by every attack, in each of its arms, and in each world that is a copy of another. So what came of it is remembered,
 * for the very octets and the very key; and of a session that was recorded on, only what is new is opened and read.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { toHex } from '../../sim/octets.ts';
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
  /** Of the key, the line of a key log that was at hand, and how the session begins. */
  readonly name: string;
  /** Undefined when the key does not open what was recorded. */
  readonly opened: Opened | undefined;
}

const SILENT: HeardDirection = { messages: [], rest: new Uint8Array(0), lost: false };

/** Octets that a client says first, in which its random is (RFC 5246 section 7.4.1.2): no two sessions begin with the same. */
const GREETING_OCTETS = 64;

/** Opens recorded sessions, each octet once for a key, as long as they are among those that were asked for last. */
export class Openings {
  readonly #capacityOctets: number;
  /** The last that was asked for is the last of them. */
  readonly #openings = new Set<Opening>();
  /** The same by key and greeting. */
  readonly #alike = new Map<string, readonly Opening[]>();
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
    if (isSame) this.#openings.delete(before);
    const opening = isSame ? before : this.#open(session, psk, line, before);
    this.#openings.add(opening);
    this.#makeRoom();
    const { opened } = opening;
    return opened === undefined ? undefined : [...opened.client.messages, ...opened.server.messages];
  }

  /** What was tried with this key on this session, or on the longest beginning of it that opened. */
  #longestBeginning(session: RecordedSession, psk: Uint8Array, line?: string): Opening | undefined {
    let longest: Opening | undefined;
    for (const opening of this.#alike.get(nameOf(session, psk, line)) ?? []) {
      const length = lengthOf(opening.session);
      if (longest !== undefined && length <= lengthOf(longest.session)) continue;
      // A refusal holds for what was recorded then and for nothing else.
      if (opening.opened === undefined && length !== lengthOf(session)) continue;
      if (isBeginning(opening.session, session)) longest = opening;
    }
    return longest;
  }

  #open(
    session: RecordedSession,
    psk: Uint8Array,
    line: string | undefined,
    before: Opening | undefined,
  ): Opening {
    const keys = { psk, keyLog: line === undefined ? [] : [line] };
    const opened = openFrom(session, keys, before?.opened);
    const { clientToServer, serverToClient } = session;
    const kept = { clientToServer: clientToServer.slice(), serverToClient: serverToClient.slice() };
    const opening = { session: kept, name: nameOf(session, psk, line), opened };
    this.#alike.set(opening.name, [...(this.#alike.get(opening.name) ?? []), opening]);
    this.#octets += lengthOf(session);
    return opening;
  }

  #makeRoom(): void {
    for (const oldest of this.#openings) {
      if (this.#octets <= this.#capacityOctets || this.#openings.size === 1) return;
      this.#openings.delete(oldest);
      this.#octets -= lengthOf(oldest.session);
      const alike = this.#alike.get(oldest.name)?.filter((each) => each !== oldest) ?? [];
      if (alike.length === 0) this.#alike.delete(oldest.name);
      else this.#alike.set(oldest.name, alike);
    }
  }
}

/** The key that is tried, and how the session begins. */
function nameOf({ clientToServer }: RecordedSession, psk: Uint8Array, line = ''): string {
  return `${toHex(psk)} ${toHex(clientToServer.subarray(0, GREETING_OCTETS))} ${line}`;
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
