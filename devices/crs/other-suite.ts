/**
 * The planted violation of `crs.one-suite`: a server that answers every ClientHello with TLS_PSK_WITH_AES_256_CBC_SHA, whatever
 * was offered (RFC 5246 7.4.1.3). No handset takes it, and the examiner sees it on the wire.
 */
import type { Stream, StreamHandlers } from '../../network/fabric.ts';

const HANDSHAKE = 22;
const SERVER_HELLO = 2;
const RANDOM_OCTETS = 32;
const BODY_OCTETS = 2 + RANDOM_OCTETS + 1 + 2 + 1;

/** Takes a connection in the place of the server's TLS, answers its first record and waits for the peer to give up. */
export function answerWithAnotherSuite(stream: Stream): StreamHandlers {
  return { onData: () => stream.write(serverHello()), onClose: () => undefined };
}

function serverHello(): Uint8Array {
  const body = [3, 3, ...new Uint8Array(RANDOM_OCTETS), 0, 0x00, 0x8d, 0];
  return Uint8Array.from([HANDSHAKE, 3, 3, 0, BODY_OCTETS + 4, SERVER_HELLO, 0, 0, BODY_OCTETS, ...body]);
}
