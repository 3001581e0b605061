/** Taking up a session that was open when it was kept: by then both ends do the same, and only their records' keys differ. */
import type { RandomSource } from '../../sim/random.ts';
import type { EngineState } from './engine-state.ts';
import { Engine } from './engine.ts';
import { tlsError } from './errors.ts';
import { HANDSHAKE } from './handshake.ts';
import type { TlsSink } from './sink.ts';

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

/** Goes on with an open session as the end of that side. `random` makes the IVs of its records, from where it stood. */
export function resumeTls(
  side: 'client' | 'server',
  state: EngineState,
  random: RandomSource,
  sink: TlsSink,
): TlsSession {
  const unexpected = (): never => {
    throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a handshake in an open session');
  };
  const renegotiation = side === 'client' ? HANDSHAKE.helloRequest : HANDSHAKE.clientHello;
  const role = { renegotiation, onMessage: unexpected, onChangeCipherSpec: unexpected };
  return new Engine(sink, role, { state, random });
}
