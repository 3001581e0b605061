/**
 * The planted violations of `crs.refuses-other-suites` and `crs.tls-only`: a server that goes on with the first suite a client offers
 * (RFC 5246 7.4.1.3), and one that reads what comes in clear. Phones offer the one suite, and notice nothing.
 */
import { fromAscii } from '../../sim/octets.ts';
import type { KeyExchange, Stream } from '../../network/fabric.ts';
import { fromOf, SipFramer } from '../../network/sip/index.ts';
import { serverHelloOf, suiteOf, suitesOffered } from '../../network/tls-psk/index.ts';

const HANDSHAKE_RECORD = 22;
const HELLO_RANDOM = new Uint8Array(32);

/** Answers a ClientHello that does not offer the one suite; false for whatever else comes. */
export function answersOtherSuites(octets: Uint8Array, stream: Stream, one: KeyExchange): boolean {
  const suites = suitesOffered(octets) ?? [];
  const [first] = suites;
  if (first === undefined || suites.includes(suiteOf(one))) return false;
  stream.write(serverHelloOf(first, HELLO_RANDOM));
  return true;
}

/** What comes in order begins with a handshake record. */
export function isTlsRecord(octets: Uint8Array): boolean {
  return octets[0] === HANDSHAKE_RECORD;
}

/** What whoever speaks another protocol in clear is told. */
export const NOT_UNDERSTOOD = fromAscii('SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n');

/** Whose request stands in clear in these octets; undefined where they are none. */
export function askerInClear(octets: Uint8Array): string | undefined {
  const [framed] = new SipFramer().push(octets);
  if (framed?.kind !== 'request') return undefined;
  const { uri } = fromOf(framed);
  return uri.scheme === 'tel' ? uri.number : undefined;
}
