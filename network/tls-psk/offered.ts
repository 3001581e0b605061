/**
 * The first flights of peers that speak something else: hello messages with any cipher suites, by themselves. Whoever tries what a server
 * takes makes and reads them with this, octets in and octets out; no session comes of them.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { encodeHandshake, HANDSHAKE, HandshakeReader, type HandshakeMessage } from './handshake.ts';
import { encodeClientHello, encodeServerHello, parseClientHello, parseServerHello } from './hello.ts';
import { CONTENT, encodeRecord, RecordReader, TLS_1_2 } from './record.ts';

/** RFC 5246 appendix E.1: what the first record of a client says. */
const FIRST_RECORD_VERSION = 0x0301;

/** A ClientHello of TLS 1.2 that offers these suites and nothing else, as the record that a client begins with. `random` has 32 octets. */
export function clientHelloOf(cipherSuites: readonly number[], random: Uint8Array): Uint8Array {
  const hello = {
    ...{ version: TLS_1_2, random, sessionId: new Uint8Array(0), cipherSuites },
    ...{ compressionMethods: Uint8Array.of(0), extensions: [] },
  };
  const message = encodeHandshake(HANDSHAKE.clientHello, encodeClientHello(hello));
  return encodeRecord(CONTENT.handshake, message, FIRST_RECORD_VERSION);
}

/** The first flight of a server that takes this suite. `random` has 32 octets. */
export function serverHelloOf(cipherSuite: number, random: Uint8Array): Uint8Array {
  const hello = {
    ...{ version: TLS_1_2, random, sessionId: new Uint8Array(0), cipherSuite },
    ...{ compressionMethod: 0, extensions: [] },
  };
  return encodeRecord(
    CONTENT.handshake,
    concat(
      encodeHandshake(HANDSHAKE.serverHello, encodeServerHello(hello)),
      encodeHandshake(HANDSHAKE.serverHelloDone),
    ),
  );
}

/** The suites that a client's first octets offer; undefined when they are no ClientHello, or not the whole of one. */
export function suitesOffered(octets: Uint8Array): readonly number[] | undefined {
  return read(octets, HANDSHAKE.clientHello, ({ body }) => parseClientHello(body).cipherSuites);
}

/** The suite that a server's first octets take; undefined when they are no ServerHello, or not the whole of one. */
export function suiteTaken(octets: Uint8Array): number | undefined {
  return read(octets, HANDSHAKE.serverHello, ({ body }) => parseServerHello(body).cipherSuite);
}

function read<Found>(
  octets: Uint8Array,
  type: number,
  find: (message: HandshakeMessage) => Found,
): Found | undefined {
  const records = new RecordReader();
  const messages = new HandshakeReader();
  records.push(octets);
  try {
    for (let record = records.next(false, undefined); record !== undefined;) {
      if (record.type !== CONTENT.handshake) return undefined;
      messages.push(record.fragment);
      const message = messages.next();
      if (message !== undefined) return message.type === type ? find(message) : undefined;
      record = records.next(false, undefined);
    }
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
