/**
 * Reading a recorded session with nothing but the PSK, as a thief does who taps first and gets the key later. Plain PSK has no
 * forward secrecy: both randoms and the identity are on the wire in clear, and the rest follows from the key (RFC 4279
 * section 7.2). An ephemeral exchange has: the thief can only try the exponents that nobody should have, and an examiner opens it with a
 * key log of one of its ends. Sessions of other stacks are read too, with or without tickets.
 */
import type { Security } from '../fabric.ts';
import { parseDheClientKeyExchange, parseDheServerKeyExchange } from './dhe-messages.ts';
import { tlsError } from './errors.ts';
import { groupOf, obviousSecret } from './ephemeral.ts';
import {
  decodeIdentity,
  HANDSHAKE,
  parseClientKeyExchange,
  requireType,
  type HandshakeMessage,
} from './handshake.ts';
import { EXTENSION, hasFlag, parseClientHello, parseServerHello, type ServerHello } from './hello.ts';
import {
  deriveKeys,
  keyLogLine,
  keysOf,
  lineIn,
  masterOf,
  securityOf,
  Transcript,
  verifyData,
  type Negotiated,
  type TlsKeys,
} from './keys.ts';
import { Opener } from './protection.ts';
import { TLS_1_2 } from './record.ts';
import { RecordedDirection, type DirectionPlace } from './recorded-direction.ts';
import { keyExchangeOf, TLS_DHE_PSK_WITH_AES_128_CBC_SHA } from './suites.ts';

/** The octets of both directions of one session, each from its first octet on. */
export interface RecordedSession {
  readonly clientToServer: Uint8Array;
  readonly serverToClient: Uint8Array;
}

/** What a recorded session is opened with. */
export interface RecordedKeys {
  readonly psk: Uint8Array;
  /** Lines of an NSS key log that one of its ends wrote: what sessions with an ephemeral exchange open with. */
  readonly keyLog?: readonly string[];
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
 * Errors: TLS_PSK_WRONG when the key does not open it; TLS_FORWARD_SECRET when its key exchange was ephemeral, as nobody should have its
 * exponents, and the key log does not have it; TLS_RECORDING_INCOMPLETE when either direction ends before its
 * Finished; TLS_BAD_RECORD_MAC when a record after the Finished does not open, so was changed; TLS_PSK_INVALID for a key
 * that is not 1 to 64 octets long; the parsers' codes when the streams are not a TLS 1.2 session of a suite that is spoken here.
 */
export function decryptRecorded(recorded: RecordedSession & RecordedKeys): RecordedReading {
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

  let serverExchange = new Uint8Array(0);
  for (let message = server.message(); ; message = server.message()) {
    transcript.add(message.octets);
    if (message.type === HANDSHAKE.serverHelloDone) break;
    requireType(message, HANDSHAKE.serverKeyExchange, 'ServerKeyExchange');
    serverExchange = message.body.slice();
  }
  const exchange = client.message();
  requireType(exchange, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');
  transcript.add(exchange.octets);
  const identity = identityIn(exchange.body, negotiated.keyExchange === 'dhe-psk');
  const keys =
    negotiated.keyExchange === 'psk'
      ? deriveKeys(recorded.psk, negotiated, transcript.digest())
      : ephemeralKeys(recorded, negotiated, transcript.digest(), [serverExchange, exchange.body]);
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

/** The keys of a session with an ephemeral exchange, of which both messages are given. Errors: TLS_FORWARD_SECRET, and the parsers' codes. */
function ephemeralKeys(
  { psk, keyLog = [] }: RecordedKeys,
  negotiated: Negotiated,
  sessionHash: Uint8Array,
  [ofServer, ofClient]: readonly [Uint8Array, Uint8Array],
): TlsKeys {
  const { prime, generator, publicValue } = parseDheServerKeyExchange(ofServer);
  const z = obviousSecret(
    groupOf(prime, generator),
    publicValue,
    parseDheClientKeyExchange(ofClient).publicValue,
  );
  if (z !== undefined) return deriveKeys(psk, negotiated, sessionHash, z);
  const line = lineIn(keyLog, negotiated.clientRandom);
  if (line !== undefined) return keysOf(masterOf(line), negotiated);
  throw tlsError('TLS_FORWARD_SECRET', 'the key exchange of the session was ephemeral');
}

function identityIn(exchange: Uint8Array, isEphemeral: boolean): string {
  return isEphemeral
    ? decodeIdentity(parseDheClientKeyExchange(exchange).identity)
    : parseClientKeyExchange(exchange);
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
  const hello = client.message();
  requireType(hello, HANDSHAKE.clientHello, 'ClientHello');
  const exchange = client.message();
  requireType(exchange, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');
  const { body } = exchange;
  // Of a client that offers both suites the length says which one the server took.
  const isWhole = body.length === 2 + (body[0] ?? 0) * 256 + (body[1] ?? 0);
  const offersEphemeral = parseClientHello(hello.body).cipherSuites.includes(
    TLS_DHE_PSK_WITH_AES_128_CBC_SHA,
  );
  return identityIn(body, offersEphemeral && !isWhole);
}

/**
 * The line of a key log that is about the session which this stream begins; undefined when there is none. Errors: TLS_RECORDING_INCOMPLETE
 * when the stream ends before its ClientHello does, and the parsers' codes.
 */
export function lineAbout(clientToServer: Uint8Array, keyLog: readonly string[]): string | undefined {
  const hello = new RecordedDirection(clientToServer, 'client').message();
  requireType(hello, HANDSHAKE.clientHello, 'ClientHello');
  return lineIn(keyLog, parseClientHello(hello.body).random);
}

function negotiatedBy(clientHello: HandshakeMessage, serverHello: HandshakeMessage): Negotiated {
  const client = parseClientHello(clientHello.body);
  const server = parseServerHello(serverHello.body);
  return {
    keyExchange: readableExchange(server),
    clientRandom: client.random,
    serverRandom: server.random,
    encryptThenMac: hasFlag(server, EXTENSION.encryptThenMac),
    extendedMasterSecret: hasFlag(server, EXTENSION.extendedMasterSecret),
  };
}

function readableExchange(hello: ServerHello): Negotiated['keyExchange'] {
  if (hello.version !== TLS_1_2)
    throw tlsError('TLS_VERSION_UNSUPPORTED', `the session has version 0x${hello.version.toString(16)}`);
  const keyExchange = keyExchangeOf(hello.cipherSuite);
  if (keyExchange !== undefined && hello.compressionMethod === 0) return keyExchange;
  throw tlsError('TLS_NO_SHARED_CIPHER', `the session has cipher suite 0x${hello.cipherSuite.toString(16)}`);
}
