/**
 * TLS 1.2 with TLS_PSK_WITH_AES_128_CBC_SHA or, as a counterfactual, TLS_DHE_PSK_WITH_AES_128_CBC_SHA (one of them at a time, and
 * nothing else), octets in and octets out. It runs in virtual time from seeded chance, so that a session is the same octets on a
 * rerun, and it opens recordings for the thief. It is for the testbed: not constant time, and no key made with it is for real use.
 *
 * Start at `client.ts` (the figure of the exchange) and `engine.ts` (what both ends do); `recorded.ts` is the thief's.
 */
export { TlsPskClient, type TlsPskClientOptions } from './client.ts';
export type { TlsClose, TlsSession, TlsSink } from './sink.ts';
export type { EngineState } from './engine-state.ts';
export { resumeTls } from './resume.ts';
export { TLS_ERRORS } from './errors.ts';
export { clientHelloOf, serverHelloOf, suitesOffered, suiteTaken } from './offered.ts';
export {
  decryptRecorded,
  lineAbout,
  readClientIdentity,
  readOn,
  type DecryptedSession,
  type RecordedKeys,
  type RecordedPlace,
  type RecordedSession,
} from './recorded.ts';
export { keyExchangeOf, suiteOf } from './suites.ts';
export { TlsPskServer, type TlsPskServerOptions } from './server.ts';
