/** What the owner of a session is told, whichever end of it it is: octets to send, data, and the end. */
import type { Security } from '../fabric.ts';
import type { EngineState } from './engine-state.ts';

/** How a session ended, as its owner is told: in order, or cut off. */
export interface TlsClose {
  readonly reason: 'closed' | 'insecure';
  /** Number of the alert that was sent or received; absent when the transport ended without one. */
  readonly alert?: number;
  /** True when the alert came from the peer. */
  readonly remote?: boolean;
}

/** One end of a session, as whoever carries its octets has it. */
export interface TlsSession {
  /** Open, with nothing half read and nothing to be sent. */
  readonly isAtRest: boolean;
  receive(octets: Uint8Array): void;
  write(octets: Uint8Array): void;
  close(): void;
  transportClosed(): void;
  /** At rest only. */
  save(): EngineState;
}

/** What the owner of a session is told. Octets handed over are the owner's to keep. */
export interface TlsSink {
  /** Octets for the transport. */
  send(octets: Uint8Array): void;
  /** The handshake is finished. `session` is this end from now on, without what only the handshake needed. */
  onSecure(security: Security, session: TlsSession): void;
  onData(octets: Uint8Array): void;
  /** Exactly once; nothing follows it. */
  onClose(close: TlsClose): void;
}
