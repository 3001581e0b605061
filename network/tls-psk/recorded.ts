/**
 * Reading a recorded session with nothing but the PSK, as a thief does who taps first and gets the key later. Plain PSK has no
 * forward secrecy: both randoms and the identity are on the wire in clear, and the rest follows from the key (RFC 4279
 * section 7.2). Sessions of other stacks are read too, with or without tickets.
 */
import { equal } from '../../sim/octets.ts';
import type { Security } from '../fabric.ts';
import { parseAlert } from './alert.ts';
import { ALERT, alertOf, tlsError } from './errors.ts';
import {
  HANDSHAKE,
  HandshakeReader,
  parseClientKeyExchange,
  parseFinished,
  requireType,
  type HandshakeMessage,
} from './handshake.ts';
import {
  EXTENSION,
  hasFlag,
  parseClientHello,
  parseServerHello,
  TLS_PSK_WITH_AES_128_CBC_SHA,
  type ServerHello,
} from './hello.ts';
import {
  deriveKeys,
  keyLogLine,
  securityOf,
  Transcript,
  verifyData,
  type Negotiated,
  type TlsKeys,
} from './keys.ts';
import { Opener } from './protection.ts';
import { CONTENT, RecordReader, TLS_1_2, type TlsRecord } from './record.ts';

/** The octets of both directions of one session, each from its first octet on. */
export interface RecordedSession {
  readonly clientToServer: Uint8Array;
  readonly serverToClient: Uint8Array;
}

/** What an attacker reads out of a recorded session with its PSK: who it was, and all that was said. */
export interface DecryptedSession {
  readonly identity: string;
  readonly security: Security;
  /** Application data that the client sent, one item per record. */
  readonly clientData: Uint8Array[];
  /** Application data that the server sent, one item per record. */
  readonly serverData: Uint8Array[];
  /** NSS key log line for Wireshark: `CLIENT_RANDOM <64 hex> <96 hex>`. */
  readonly keyLogLine: string;
}

/** How far one direction was read. */
interface DirectionPlace {
  /** Octets of the whole records that were read. */
  readonly offset: number;
  /** Records that were opened. */
  readonly sequence: number;
  /** True behind the close_notify. */
  readonly ended: boolean;
}

/** How far a session was read, and all that it takes to read on: keys and places, no cipher. */
export interface RecordedPlace {
  readonly identity: string;
  readonly keys: TlsKeys;
  readonly client: DirectionPlace;
  readonly server: DirectionPlace;
}

/** What was read, up to where the recording is cut. */
export interface RecordedReading extends DecryptedSession {
  readonly place: RecordedPlace;
}

/**
 * Opens a recorded session. Data is returned up to where the recording is cut, or to the close_notify of its sender.
 *
 * Errors: TLS_PSK_WRONG when the key does not open it; TLS_RECORDING_INCOMPLETE when either direction ends before its
 * Finished; TLS_BAD_RECORD_MAC when a record after the Finished does not open, so was changed; TLS_PSK_INVALID for a key
 * that is not 1 to 64 octets long; the parsers' codes when the streams are not a TLS 1.2 session of this cipher suite.
 */
export function decryptRecorded(recorded: RecordedSession & { readonly psk: Uint8Array }): RecordedReading {
  const client = new RecordedDirection(recorded.clientToServer, 'client');
  const server = new RecordedDirection(recorded.serverToClient, 'server');
  const transcript = new Transcript();

  const clientHello = client.message();
  requireType(clientHello, HANDSHAKE.clientHello, 'ClientHello');
  const serverHello = server.message();
  requireType(serverHello, HANDSHAKE.serverHello, 'ServerHello');
  transcript.add(clientHello.octets);
  transcript.add(serverHello.octets);
  const negotiated = negotiatedBy(clientHello, serverHello);

  for (let message = server.message(); ; message = server.message()) {
    transcript.add(message.octets);
    if (message.type === HANDSHAKE.serverHelloDone) break;
    requireType(message, HANDSHAKE.serverKeyExchange, 'ServerKeyExchange');
  }
  const exchange = client.message();
  requireType(exchange, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');
  const identity = parseClientKeyExchange(exchange.body);
  transcript.add(exchange.octets);

  const keys = deriveKeys(recorded.psk, negotiated, transcript.digest());
  client.changeCipherSpec(transcript, new Opener(keys.client, negotiated.encryptThenMac));
  const clientFinished = client.finished(verifyData(keys, 'client', transcript.digest()));
  transcript.add(clientFinished.octets);
  server.changeCipherSpec(transcript, new Opener(keys.server, negotiated.encryptThenMac));
  server.finished(verifyData(keys, 'server', transcript.digest()));

  return readingOf(identity, keys, client, server);
}

/**
 * Reads on in a session of which more was recorded: both streams begin with the octets that were read up to `place`. Gives the
 * data behind it; a session that is read in parts is read as one that is read at once. Errors: as of {@link decryptRecorded}
 * after the handshake.
 */
export function readOn(
  recorded: RecordedSession,
  { identity, keys, ...place }: RecordedPlace,
): RecordedReading {
  const client = RecordedDirection.at(recorded.clientToServer, 'client', keys, place.client);
  const server = RecordedDirection.at(recorded.serverToClient, 'server', keys, place.server);
  return readingOf(identity, keys, client, server);
}

function readingOf(
  identity: string,
  keys: TlsKeys,
  client: RecordedDirection,
  server: RecordedDirection,
): RecordedReading {
  return {
    identity,
    security: securityOf(identity, keys.negotiated),
    clientData: client.data(),
    serverData: server.data(),
    keyLogLine: keyLogLine(keys),
    place: { identity, keys, client: client.place, server: server.place },
  };
}

/**
 * The identity that the client of a recorded session sent in clear; no key is needed. Errors: TLS_RECORDING_INCOMPLETE when
 * the stream ends before it, and the parsers' codes.
 */
export function readClientIdentity(clientToServer: Uint8Array): string {
  const client = new RecordedDirection(clientToServer, 'client');
  requireType(client.message(), HANDSHAKE.clientHello, 'ClientHello');
  const exchange = client.message();
  requireType(exchange, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');
  return parseClientKeyExchange(exchange.body);
}

function negotiatedBy(clientHello: HandshakeMessage, serverHello: HandshakeMessage): Negotiated {
  const client = parseClientHello(clientHello.body);
  const server = parseServerHello(serverHello.body);
  requireReadable(server);
  return {
    clientRandom: client.random,
    serverRandom: server.random,
    encryptThenMac: hasFlag(server, EXTENSION.encryptThenMac),
    extendedMasterSecret: hasFlag(server, EXTENSION.extendedMasterSecret),
  };
}

function requireReadable(hello: ServerHello): void {
  if (hello.version !== TLS_1_2)
    throw tlsError('TLS_VERSION_UNSUPPORTED', `the session has version 0x${hello.version.toString(16)}`);
  if (hello.cipherSuite !== TLS_PSK_WITH_AES_128_CBC_SHA || hello.compressionMethod !== 0)
    throw tlsError(
      'TLS_NO_SHARED_CIPHER',
      `the session has cipher suite 0x${hello.cipherSuite.toString(16)}`,
    );
}

/** One direction of a recording, read from its start to its end. */
class RecordedDirection {
  readonly #sender: 'client' | 'server';
  readonly #records: RecordReader;
  readonly #handshake = new HandshakeReader();
  #opener: Opener | undefined;
  #ended = false;

  constructor(octets: Uint8Array, sender: 'client' | 'server', offset = 0) {
    this.#sender = sender;
    this.#records = new RecordReader(offset);
    this.#records.push(octets.subarray(offset));
  }

  /** A direction whose Finished was read, from that place on. */
  static at(
    octets: Uint8Array,
    sender: 'client' | 'server',
    keys: TlsKeys,
    { offset, sequence, ended }: DirectionPlace,
  ): RecordedDirection {
    const direction = new RecordedDirection(octets, sender, offset);
    direction.#opener = new Opener(keys[sender], keys.negotiated.encryptThenMac, sequence);
    direction.#ended = ended;
    return direction;
  }

  get place(): DirectionPlace {
    return { offset: this.#records.offset, sequence: this.#opener?.sequence ?? 0, ended: this.#ended };
  }

  /** The next handshake message; HelloRequest is no part of a handshake (RFC 5246 section 7.4.1.1). */
  message(): HandshakeMessage {
    const message = this.#messageOrChange();
    if (message === undefined)
      throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} changes keys early: a resumed session?`);
    return message;
  }

  /** Reads up to the ChangeCipherSpec. A ticket may come before it; it counts in the transcript. */
  changeCipherSpec(transcript: Transcript, opener: Opener): void {
    for (let message = this.#messageOrChange(); message !== undefined; message = this.#messageOrChange()) {
      requireType(message, HANDSHAKE.newSessionTicket, 'ChangeCipherSpec');
      transcript.add(message.octets);
    }
    if (!this.#handshake.isEmpty)
      throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} changes keys inside a message`);
    this.#opener = opener;
  }

  /** The Finished, when it is the expected one. Errors: TLS_PSK_WRONG, TLS_RECORDING_INCOMPLETE. */
  finished(expected: Uint8Array): HandshakeMessage {
    const message = this.#openedWithPsk(() => this.message());
    requireType(message, HANDSHAKE.finished, 'Finished');
    if (!equal(parseFinished(message.body), expected))
      throw tlsError('TLS_PSK_WRONG', `the Finished of the ${this.#sender} is not that of this key`);
    return message;
  }

  /** The application data of all whole records that follow. Handshake messages in it are refused renegotiations. */
  data(): Uint8Array[] {
    const data: Uint8Array[] = [];
    while (!this.#ended) {
      const record = this.#next();
      if (record === undefined) break;
      if (record.type === CONTENT.alert && parseAlert(record.fragment).description === ALERT.closeNotify)
        this.#ended = true;
      if (record.type === CONTENT.changeCipherSpec)
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} renegotiates keys`);
      if (record.type === CONTENT.applicationData && record.fragment.length > 0) data.push(record.fragment);
    }
    return data;
  }

  #messageOrChange(): HandshakeMessage | undefined {
    for (;;) {
      const message = this.#handshake.next();
      if (message !== undefined && message.type !== HANDSHAKE.helloRequest) return message;
      if (message !== undefined) continue;
      const record = this.#next();
      if (record === undefined || isEnd(record))
        throw tlsError('TLS_RECORDING_INCOMPLETE', `the ${this.#sender} never finished the handshake`);
      if (record.type === CONTENT.handshake) this.#handshake.push(record.fragment);
      else if (record.type === CONTENT.changeCipherSpec) return undefined;
      else if (record.type === CONTENT.applicationData)
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} sends data in the handshake`);
    }
  }

  #openedWithPsk<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (thrown) {
      if (alertOf(thrown) !== ALERT.badRecordMac) throw thrown;
      throw tlsError('TLS_PSK_WRONG', `the key does not open what the ${this.#sender} sent`, {
        cause: thrown,
      });
    }
  }

  #next(): TlsRecord | undefined {
    const record = this.#records.next(this.#opener !== undefined);
    if (record === undefined || this.#opener === undefined) return record;
    return { ...record, fragment: this.#opener.open(record.type, record.fragment) };
  }
}

/** An alert that ends a session: fatal, or close_notify. */
function isEnd(record: TlsRecord): boolean {
  if (record.type !== CONTENT.alert) return false;
  const { level, description } = parseAlert(record.fragment);
  return level === 'fatal' || description === ALERT.closeNotify;
}
