/** Taking up a session that was open when it was kept: by then both ends do the same, and only their records' keys differ. */
import type { RandomSource } from '../../sim/random.ts';
import type { EngineState } from './engine-state.ts';
import { Engine } from './engine.ts';
import { HANDSHAKE } from './handshake.ts';
import { openRole } from './role.ts';
import type { TlsSession, TlsSink } from './sink.ts';

/** Goes on with an open session as the end of that side. `random` makes the IVs of its records, from where it stood. */
export function resumeTls(
  side: 'client' | 'server',
  state: EngineState,
  random: RandomSource,
  sink: TlsSink,
): TlsSession {
  const renegotiation = side === 'client' ? HANDSHAKE.helloRequest : HANDSHAKE.clientHello;
  return new Engine(sink, openRole(renegotiation), { state, random });
}
