/**
 * What somebody can offer to a TLS port in place of the one cipher suite: all that the IANA's registry has of a kind, so that a server
 * which takes any of them shows it.
 */
import type { KeyExchange } from '../../network/fabric.ts';
import { suiteOf } from '../../network/tls-psk/index.ts';

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Suites with a PSK that encrypt: RFC 4279, 5487, 5489, 6209, 6367, 6655, 7905 and 8442. */
const PSK_SUITES: readonly number[] = [
  ...range(0x008a, 0x0095),
  ...range(0x00a8, 0x00af),
  ...[0x00b2, 0x00b3, 0x00b6, 0x00b7],
  ...range(0xc033, 0xc038),
  ...range(0xc064, 0xc071),
  ...range(0xc08e, 0xc09b),
  ...range(0xc0a4, 0xc0ab),
  ...range(0xccab, 0xccae),
  ...[0xd001, 0xd002, 0xd003, 0xd005],
];

/** Suites with a PSK that encrypt nothing: RFC 4785, 5487 and 5489. */
const NULL_SUITES: readonly number[] = [
  ...[0x002c, 0x002d, 0x002e, 0x00b0, 0x00b1, 0x00b4, 0x00b5, 0x00b8, 0x00b9],
  ...range(0xc039, 0xc03b),
];

/** Suites with a certificate: RSA, DHE_RSA, ECDHE_ECDSA and ECDHE_RSA with AES or ChaCha20 (RFC 5246, 5288, 5289, 7905). */
const CERTIFICATE_SUITES: readonly number[] = [
  ...[0x002f, 0x0033, 0x0035, 0x0039, 0x003c, 0x003d, 0x0067, 0x006b, 0x009c, 0x009d, 0x009e, 0x009f],
  ...[0xc009, 0xc00a, 0xc013, 0xc014, 0xc023, 0xc024, 0xc027, 0xc028, 0xc02b, 0xc02c, 0xc02f, 0xc030],
  ...[0xcca8, 0xcca9, 0xccaa],
];

const SUITES = {
  'other-suites': PSK_SUITES,
  'null-cipher': NULL_SUITES,
  certificate: CERTIFICATE_SUITES,
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** The suites of a kind that a hello can offer by, without the one of the deployment. */
export function otherSuites(offer: keyof typeof SUITES, one: KeyExchange): readonly number[] {
  return SUITES[offer].filter((suite) => suite !== suiteOf(one));
}

/** A line of another protocol, as it would begin. */
export const OTHER_PROTOCOLS = {
  http: 'GET / HTTP/1.1\r\nHost: crs\r\n\r\n',
  ssh: 'SSH-2.0-OpenSSH_6.7\r\n',
} as const satisfies Readonly<Record<string, string>>;

/** What can be offered: suites of a kind, SIP in clear, or another protocol. */
export const OTHER_OFFERS = [
  'other-suites',
  'null-cipher',
  'certificate',
  'plaintext',
  'http',
  'ssh',
] as const;
/** One of them. */
export type OtherOffer = (typeof OTHER_OFFERS)[number];
