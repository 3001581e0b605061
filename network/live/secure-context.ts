/**
 * The TLS settings of node:tls that make it what the testbed's own is: TLS 1.2, the one suite of its key exchange and nothing else, no
 * tickets (a resumed session would not ask for its key, so a blocked user could come back), no renegotiation (a client could make
 * the server shake hands as often as it likes, as somebody else too). A context is shared by all connections: making one is
 * most of a handshake's cost.
 */
import { constants, createHmac, randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { KeyExchange } from '../fabric.ts';
import { FFDHE2048_PEM } from './ffdhe.ts';

/** OpenSSL's names of TLS_PSK_WITH_AES_128_CBC_SHA (0x008C) and TLS_DHE_PSK_WITH_AES_128_CBC_SHA (0x0090). */
export const CIPHERS = {
  psk: 'PSK-AES128-CBC-SHA',
  'dhe-psk': 'DHE-PSK-AES128-CBC-SHA',
} as const satisfies Record<KeyExchange, string>;

/** SSL_OP_NO_ENCRYPT_THEN_MAC of OpenSSL 1.1.1 and 3. Node's constants have it, its types do not. */
const NO_ENCRYPT_THEN_MAC = 0x80000;

/** The contexts with and without encrypt-then-MAC, of each key exchange, made when first needed and shared by all connections. */
export class SecureContexts {
  readonly #made = new Map<string, SecureContext>();
  readonly #secret = randomBytes(32);

  of(encryptThenMac: boolean, keyExchange: KeyExchange = 'psk'): SecureContext {
    const name = `${keyExchange} ${encryptThenMac}`;
    let context = this.#made.get(name);
    if (context === undefined) {
      context = createSecureContext({
        ciphers: CIPHERS[keyExchange],
        ...(keyExchange === 'psk' ? {} : { dhparam: FFDHE2048_PEM }),
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.2',
        secureOptions:
          constants.SSL_OP_NO_TICKET |
          constants.SSL_OP_NO_RENEGOTIATION |
          (encryptThenMac ? 0 : NO_ENCRYPT_THEN_MAC),
      });
      this.#made.set(name, context);
    }
    return context;
  }

  /** The key that stands in for one that does not exist: the same for the same identity, and known to nobody. */
  maskFor(identity: string): Buffer {
    return createHmac('sha256', this.#secret).update(identity).digest();
  }
}
