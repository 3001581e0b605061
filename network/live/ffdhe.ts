/** ffdhe2048 as OpenSSL reads it: a server of node:tls brings its Diffie-Hellman group as a PEM of PKCS #3. */
import { FFDHE2048 } from '../tls-psk/ephemeral.ts';

const [INTEGER, SEQUENCE] = [0x02, 0x30];

/** X.690 section 8.1: tag, length in the long form from 128 octets on, content. */
function derOf(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const prefix = length < 128 ? [length] : [0x82, length >>> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...prefix), content]);
}

// The highest bit of p is set: the zero in front keeps it positive.
const PRIME = derOf(INTEGER, Buffer.from(`00${FFDHE2048.prime.toString(16)}`, 'hex'));
const GENERATOR = derOf(INTEGER, Uint8Array.of(Number(FFDHE2048.generator)));
const DER = derOf(SEQUENCE, Buffer.concat([PRIME, GENERATOR]));

/** DHParameter of PKCS #3: p and g. */
export const FFDHE2048_PEM = `-----BEGIN DH PARAMETERS-----\n${DER.toString('base64').replaceAll(/(.{64})/g, '$1\n')}\n-----END DH PARAMETERS-----\n`;
