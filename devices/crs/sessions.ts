/**
 * The server's front door: who is let in, who is in, and how a session ends. A user may have several sessions, as two phones
 * with one identity do; calls and messages go to the one that registered last.
 */
import type { CalldrillError } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type {
  Attachment,
  SecureServerOptions,
  SecureStream,
  Stream,
  StreamClose,
  StreamHandlers,
} from '../../network/fabric.ts';
import type { TelNumber } from '../../network/mikey/index.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import { ownerOfMonth, secretOfPsk } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import type { Accounts } from './accounts.ts';
import type { CrsCredential } from './credential.ts';
import type { Admission } from './admission.ts';
import { ALLOWANCE_LIMITS, type Allowance } from './allowance.ts';
import type { Note } from './audit-log.ts';
import { LockOut, type LockOutState } from './lock-out.ts';
import { Gate, GATE_LIMITS, type GateState } from './gate.ts';
import { answersOtherSuites, askerInClear, isTlsRecord, NOT_UNDERSTOOD } from './open-door.ts';
import { answerWithAnotherSuite } from './other-suite.ts';
import { CrsSession, type CrsSessionOwner, type CrsSessionState } from './session.ts';
import type { SessionEnd } from './switchboard.ts';

/** Why a session is cut whose PSK is of a month that is over. */
export const MONTH_ENDED = 'month ended';

/** The handshake is over: what is refused then is reset. */
const NO_ALERT = 0;

/** What is left where the exponent of an ephemeral key is not drawn. */
const NO_CHANCE = Uint8Array.of(1);

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
  /** A session is about to be gone: nobody is called there any more. */
  readonly unbind: (session: CrsSession) => void;
  readonly onRequest: (session: CrsSession, request: SipRequest) => void;
  readonly onEnded: (session: CrsSession, why: SessionEnd) => void;
  /** A user was tried in vain too often, where the deployment locks them out. */
  readonly lockOut: (number: TelNumber) => void;
  readonly kept?: SessionsState | undefined;
}

/** All sessions as a plain value, oldest first, and the gate before them. */
export type SessionsState = {
  readonly open: readonly CrsSessionState[];
  readonly gate: GateState;
  readonly lockOut: LockOutState;
};

/** All sessions that are open, and the listener that makes new ones. */
export class Sessions implements CrsSessionOwner, Kept<SessionsState> {
  readonly #options: SessionsOptions;
  readonly #gate: Gate;
  readonly #lockOut: LockOut;
  readonly #open = new Set<CrsSession>();
  /** The same by their users. */
  readonly #byNumber = new Map<TelNumber, readonly CrsSession[]>();

  constructor(options: SessionsOptions) {
    const { ports, note, kept } = options;
    const { clock, deployment } = ports;
    this.#options = options;
    const failuresPerMinute = deployment['handshake-limit'];
    this.#gate = new Gate({ clock, failuresPerMinute, note, kept: kept?.gate });
    this.#lockOut = new LockOut(deployment['lock-out'] === 'failed-logins', kept?.lockOut);
    for (const session of kept?.open ?? []) this.#takeUp(session);
  }

  get open(): readonly CrsSession[] {
    return [...this.#open];
  }

  save(): SessionsState {
    const [gate, lockOut] = [this.#gate.save(), this.#lockOut.save()];
    return { open: this.open.map((session) => session.save()), gate, lockOut };
  }

  /** Why what is here cannot be kept now. */
  get unrest(): string | undefined {
    if (this.#gate.underWay > 0) return 'a handshake';
    for (const { conversation } of this.#open) {
      const { unrest } = conversation;
      if (unrest !== undefined) return unrest;
    }
    return undefined;
  }

  listen(): void {
    const { attachment, admission, ports } = this.#options;
    const { deployment, rules } = ports;
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
        keyExchange: deployment['tls-key-exchange'],
        ...(rules.holds('crs.draws-ephemeral-keys') ? {} : { fixedExponent: NO_CHANCE }),
        admit: (remote) => this.#gate.admit(remote),
        handshakeTimeout: GATE_LIMITS.handshakeTimeout,
        ...this.#openDoor(),
        onRefused: ({ remote, identity, alert, isStrange }) =>
          this.#refused(remote.host, identity, alert, isStrange),
      },
      (stream) => this.#accept(stream),
    );
  }

  /** The planted violations of what comes before TLS; nothing where the rules hold. */
  #openDoor(): Pick<SecureServerOptions, 'takesOver'> {
    const { rules, deployment } = this.#options.ports;
    const keyExchange = deployment['tls-key-exchange'];
    const [refuses, tlsOnly] = [rules.holds('crs.refuses-other-suites'), rules.holds('crs.tls-only')];
    if (refuses && tlsOnly) return {};
    return {
      takesOver: (octets, stream) =>
        (!refuses && answersOtherSuites(octets, stream, keyExchange)) ||
        (!tlsOnly && this.#takesInClear(octets, stream)),
    };
  }

  #takesInClear(octets: Uint8Array, stream: Stream): boolean {
    if (isTlsRecord(octets)) return false;
    const { accounts, nameOf } = this.#options;
    const number = askerInClear(octets);
    const credential = accounts.credentials.find((each) => each.number === number);
    if (credential === undefined) {
      stream.write(NOT_UNDERSTOOD);
      return true;
    }
    const session = this.#sessionOn(stream, credential, nameOf(credential.number));
    this.#hold(session);
    session.conversation.receive(octets);
    return true;
  }

  /** Ends a session from this side. */
  cut(session: CrsSession, reason: string, blocked = false): void {
    this.#forget(session, reason, blocked);
    session.cut();
  }

  #refused(host: string, identity: string | undefined, alert: number, isStrange: boolean): void {
    const { ports, device, accounts, admission, nameOf, note } = this.#options;
    const number =
      identity === undefined
        ? undefined
        : (accounts.credential(identity) ?? accounts.formerOf(identity))?.number;
    const [first, ...also] = identity === undefined ? [] : admission.refusalsOf(identity);
    // Who may come in, and did not, has another key.
    const unseen = isStrange ? 'wrong-suite' : 'no-identity';
    const reason = identity === undefined ? unseen : (first ?? 'no-psk');
    const user = number === undefined ? null : nameOf(number);
    ports.trace.append('crs.handshake-refused', device, {
      user,
      identity: identity ?? null,
      host,
      alert,
      reason,
      also,
    });
    note(reason === 'blocked' ? 'blocked user tried' : 'handshake refused', number ?? 'unknown', reason);
    if (number !== undefined && reason === 'no-psk' && this.#lockOut.failed(number))
      this.#options.lockOut(number);
  }

  #accept(stream: SecureStream): StreamHandlers {
    const { ports, device, admission, nameOf } = this.#options;
    const identity = stream.security?.pskIdentity ?? '';
    const credential = admission.credentialOf(identity);
    // Who was blocked while the handshake went on, or whose month ended, had the PSK by then.
    if (credential === undefined || admission.refusalOf(identity) !== undefined) {
      this.#refused(stream.remote.host, identity, NO_ALERT, false);
      stream.reset();
      return { onData: () => undefined, onClose: () => undefined };
    }
    const { number } = credential;
    const user = nameOf(number);
    this.#lockOut.succeeded(number);
    const session = this.#sessionOn(stream, credential, user);
    this.#makeRoomFor(number);
    this.#hold(session);
    ports.trace.append('crs.session-opened', device, { user, number, identity });
    const secrets = [secretOfPsk(credential, ownerOfMonth(number, credential.period))];
    ports.trace.append('custody.used', device, { secrets, from: device, to: device });
    return session;
  }

  #takeUp(kept: CrsSessionState): void {
    const { local, remote, credential, user } = kept;
    const stream = this.#options.attachment.claimSecure(local, remote, {
      onData: (octets) => session.onData(octets),
      onClose: (close) => session.onClose(close),
    });
    const session = this.#sessionOn(stream, credential, user, kept);
    this.#hold(session);
  }

  #sessionOn(stream: Stream, credential: CrsCredential, user: string, kept?: CrsSessionState): CrsSession {
    const { ports, random } = this.#options;
    return new CrsSession({ stream, credential, user, clock: ports.clock, random, owner: this, kept });
  }

  /** For its sessions. */
  onRequest(session: CrsSession, request: SipRequest): void {
    const { allowance, onRequest } = this.#options;
    if (allowance.grants(session, request)) onRequest(session, request);
  }

  /** For its sessions. */
  onUnreadable(session: CrsSession, { code }: CalldrillError): void {
    const { allowance, note } = this.#options;
    note('unreadable message', session.number, code);
    allowance.unreadable(session);
  }

  /** For its sessions. */
  onClosed(session: CrsSession, { reason }: StreamClose): void {
    this.#forget(session, reason, false);
  }

  #hold(session: CrsSession): void {
    this.#open.add(session);
    const own = this.#byNumber.get(session.number);
    this.#byNumber.set(session.number, own === undefined ? [session] : [...own, session]);
  }

  /** A phone whose connection broke comes anew, so it is the oldest session that ends. */
  #makeRoomFor(number: TelNumber): void {
    const own = this.#byNumber.get(number);
    if (own === undefined || own.length < ALLOWANCE_LIMITS.sessionsPerUser) return;
    const [oldest] = own;
    if (oldest !== undefined) this.cut(oldest, 'too many sessions');
  }

  #forget(session: CrsSession, reason: string, blocked: boolean): void {
    if (!this.#open.delete(session)) return;
    const { user, number } = session;
    const left = this.#byNumber.get(number)?.filter((each) => each !== session) ?? [];
    if (left.length === 0) this.#byNumber.delete(number);
    else this.#byNumber.set(number, left);
    const { ports, device, unbind, note, onEnded } = this.#options;
    unbind(session);
    ports.trace.append('crs.session-closed', device, { user, number, reason });
    note('session ended', number, reason);
    onEnded(session, blocked ? 'blocked' : reason === MONTH_ENDED ? 'month ended' : 'otherwise');
  }
}
