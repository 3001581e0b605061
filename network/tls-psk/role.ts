/** What tells the ends of a session apart while they agree on their keys. */
import { tlsError } from './errors.ts';
import type { HandshakeMessage } from './handshake.ts';
import type { DirectionKeys } from './keys.ts';

/** Client or server: which messages it expects, and what it answers. */
export interface Role {
  /** The message by which the peer would ask for a renegotiation once the session is open. */
  readonly renegotiation: number;
  onMessage(message: HandshakeMessage): void;
  /** The peer changes to its keys now; returns them, or throws TLS_UNEXPECTED_MESSAGE. */
  onChangeCipherSpec(): { readonly keys: DirectionKeys; readonly encryptThenMac: boolean };
  /** The handshake failed with this alert, sent or received; `code` is what this end found wrong. */
  onRefused?(alert: number, code: string | undefined): void;
}

function unexpected(): never {
  throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a handshake in an open session');
}

const openRoles = new Map<number, Role>();

/** The role of an end whose handshake is over: nothing of it is needed any more, and its keys and transcript can go. One for all such ends. */
export function openRole(renegotiation: number): Role {
  let role = openRoles.get(renegotiation);
  if (role === undefined) {
    role = { renegotiation, onMessage: unexpected, onChangeCipherSpec: unexpected };
    openRoles.set(renegotiation, role);
  }
  return role;
}
