/** What is kept of a session. */
import type { RandomSource } from '../../sim/random.ts';
import type { ProtectionState } from './protection.ts';

/** An open session at rest as a plain value. Transcripts and half a handshake are never kept. */
export type EngineState = {
  /** What this end writes with, and what it reads with. */
  readonly sealer: ProtectionState;
  readonly opener: ProtectionState;
  /** Octets of the peer's stream that have been read. */
  readonly read: number;
  readonly fruitless: number;
};

/** A session that was kept, with what it goes on with. */
export interface KeptSession {
  readonly state: EngineState;
  /** For the IVs of its records, from where it stood. */
  readonly random: RandomSource;
}
