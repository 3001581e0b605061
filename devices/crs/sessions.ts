/**
 * The server's front door: who is let in, who is in, and how a session ends. A user may have several sessions, as two phones
 * with one identity do; calls and messages go to the one that registered last.
 */
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment, SecureStream, StreamHandlers } from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import { secretOfPsk } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import type { Accounts } from './accounts.ts';
import type { Admission } from './admission.ts';
import { ALLOWANCE_LIMITS, type Allowance } from './allowance.ts';
import type { Note } from './audit-log.ts';
import { Gate, GATE_LIMITS } from './gate.ts';
import { answerWithAnotherSuite } from './other-suite.ts';
import type { Registrar } from './registrar.ts';
import { CrsSession } from './session.ts';

/** The handshake is over: what is refused then is reset. */
const NO_ALERT = 0;

/** Who decides about handshakes, who answers requests, and who hears that a session is gone. */
export interface SessionsOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly accounts: Accounts;
  readonly admission: Admission;
  readonly nameOf: (number: string) => string;
  readonly note: Note;
  readonly allowance: Allowance;
  readonly registrar: Registrar;
  readonly onRequest: (session: CrsSession, request: SipRequest) => void;
  /** `blocked` when it ended because its user was blocked. */
  readonly onEnded: (session: CrsSession, blocked: boolean) => void;
}

/** All sessions that are open, and the listener that makes new ones. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #open = new Set<CrsSession>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  get open(): readonly CrsSession[] {
    return [...this.#open];
  }

  listen(): void {
    const { attachment, admission, ports, note } = this.#options;
    const { deployment, rules } = ports;
    const gate = new Gate({ clock: ports.clock, failuresPerMinute: deployment['handshake-limit'], note });
    if (!rules.holds('crs.one-suite')) {
      attachment.listen(SIPS_PORT, (stream) => answerWithAnotherSuite(stream));
      return;
    }
    attachment.listenSecure(
      SIPS_PORT,
      {
        psk: (identity) => admission.pskOf(identity),
        unknownIdentity: rules.holds('crs.masks-strangers') ? deployment['unknown-identity'] : 'alert',
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
        admit: (remote) => gate.admit(remote),
        handshakeTimeout: GATE_LIMITS.handshakeTimeout,
        onRefused: ({ identity, alert }) => this.#refused(identity, alert),
      },
      (stream) => this.#accept(stream),
    );
  }

  /** Ends a session from this side. */
  cut(session: CrsSession, reason: string, blocked = false): void {
    this.#forget(session, reason, blocked);
    session.cut();
  }

  #refused(identity: string | undefined, alert: number): void {
    const { ports, device, accounts, admission, nameOf, note } = this.#options;
    const number = identity === undefined ? undefined : accounts.credential(identity)?.number;
    const reason = identity === undefined ? 'no identity' : (admission.refusalOf(identity) ?? 'wrong key');
    const user = number === undefined ? null : nameOf(number);
    ports.trace.append('crs.handshake-refused', device, { user, identity: identity ?? null, alert, reason });
    note(reason === 'blocked' ? 'blocked user tried' : 'handshake refused', number ?? 'unknown', reason);
  }

  #accept(stream: SecureStream): StreamHandlers {
    const { ports, device, random, accounts, admission, allowance, nameOf, note, onRequest } = this.#options;
    const identity = stream.security?.pskIdentity ?? '';
    const credential = accounts.credential(identity);
    // Who was blocked while the handshake went on, or whose month ended, had the PSK by then.
    if (credential === undefined || admission.refusalOf(identity) !== undefined) {
      this.#refused(identity, NO_ALERT);
      stream.reset();
      return { onData: () => undefined, onClose: () => undefined };
    }
    const { number } = credential;
    const user = nameOf(number);
    const session: CrsSession = new CrsSession(stream, credential, user, ports.clock, random, {
      onRequest: (request) => {
        if (allowance.grants(session, request)) onRequest(session, request);
      },
      onUnreadable: (error) => {
        note('unreadable message', number, error.code);
        allowance.unreadable(session);
      },
    });
    this.#makeRoomFor(number);
    this.#open.add(session);
    ports.trace.append('crs.session-opened', device, { user, number, identity });
    const secrets = [secretOfPsk(credential, `${number} ${credential.period}`)];
    ports.trace.append('custody.used', device, { secrets, from: device, to: device });
    return {
      onData: (octets) => session.conversation.receive(octets),
      onClose: ({ reason }) => {
        session.conversation.ended();
        this.#forget(session, reason, false);
      },
    };
  }

  /** A phone whose connection broke comes anew, so it is the oldest session that ends. */
  #makeRoomFor(number: TelNumber): void {
    const own = this.open.filter((session) => session.number === number);
    const [oldest] = own;
    if (oldest !== undefined && own.length >= ALLOWANCE_LIMITS.sessionsPerUser)
      this.cut(oldest, 'too many sessions');
  }

  #forget(session: CrsSession, reason: string, blocked: boolean): void {
    if (!this.#open.delete(session)) return;
    const { user, number } = session;
    const { ports, device, registrar, note, onEnded } = this.#options;
    registrar.unbind(session);
    ports.trace.append('crs.session-closed', device, { user, number, reason });
    note('session ended', number, reason);
    onEnded(session, blocked);
  }
}
