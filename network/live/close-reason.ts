/** Why a real connection is over, in the words of the fabric. */
import type { CloseReason, StreamClose } from '../fabric.ts';

const REASONS: Readonly<Record<string, CloseReason>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'timed-out',
  ENETUNREACH: 'timed-out',
};

/** The reason for an error of a TCP socket; what no table knows has broken the connection. */
export function reasonOf(error: Error): CloseReason {
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? 'reset';
}

/** An alert that the peer sent is named in the message: the codes differ between versions of Node. */
export function alertIn(error: Error): number | undefined {
  const number = /alert number (\d+)/.exec(error.message)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Whether the peer offered nothing that is spoken here, in the words of OpenSSL: they are older than its codes. */
export function isStrange(error: Error | undefined): boolean {
  const words =
    /no shared cipher|wrong version number|unsupported protocol|unknown protocol|version too low|http request/;
  return error !== undefined && words.test(error.message);
}

/** A failure of TLS. `sent` is the alert that this end has sent, if any. */
export function insecure(error: Error | undefined, sent: number | undefined): StreamClose {
  const received = error === undefined ? undefined : alertIn(error);
  if (received !== undefined) return { reason: 'insecure', alert: received, remote: true };
  return sent === undefined ? { reason: 'insecure' } : { reason: 'insecure', alert: sent };
}
