/**
 * The cipher suites that are spoken here. The document's profile has one of them, plain PSK; the other is the same but for its
 * ephemeral key exchange, and is there to show what the profile lacks: a recording of it does not open with the PSK.
 */
import type { KeyExchange, Security } from '../fabric.ts';

/** RFC 4279 section 2. */
const TLS_PSK_WITH_AES_128_CBC_SHA = 0x008c;
/** RFC 4279 section 3. */
export const TLS_DHE_PSK_WITH_AES_128_CBC_SHA = 0x0090;

const SUITE_NUMBERS = {
  psk: TLS_PSK_WITH_AES_128_CBC_SHA,
  'dhe-psk': TLS_DHE_PSK_WITH_AES_128_CBC_SHA,
} as const satisfies Record<KeyExchange, number>;

const SUITE_NAMES = {
  psk: 'TLS_PSK_WITH_AES_128_CBC_SHA',
  'dhe-psk': 'TLS_DHE_PSK_WITH_AES_128_CBC_SHA',
} as const satisfies Record<KeyExchange, Security['cipherSuite']>;

/** The number of the one suite of a deployment with this key exchange. */
export function suiteOf(keyExchange: KeyExchange): number {
  return SUITE_NUMBERS[keyExchange];
}

/** Its name in the registry, as reports say it. */
export function suiteNameOf(keyExchange: KeyExchange): Security['cipherSuite'] {
  return SUITE_NAMES[keyExchange];
}

/** The key exchange of a suite; undefined of a suite that is not spoken here. */
export function keyExchangeOf(suite: number): KeyExchange | undefined {
  if (suite === TLS_PSK_WITH_AES_128_CBC_SHA) return 'psk';
  return suite === TLS_DHE_PSK_WITH_AES_128_CBC_SHA ? 'dhe-psk' : undefined;
}
