/**
 * The phone's service: its one session with the CRS of its configuration, the registration, and the packages it asks for. It
 * reports to the statechart by events, and to the user by a line on the screen.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { HOUR, MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment, StreamClose } from '../../network/fabric.ts';
import type { SipRequest } from '../../network/sip/index.ts';
import { ownerOfMonth, secretOfPsk, type PresharedKey } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { KeyRing } from './key-ring.ts';
import type { HandsetEvent } from './machine.ts';
import { Session, type SessionOwner, type SessionState } from './session.ts';

const RECONNECT_MAX: Micros = HOUR;
/** A registration outlives its renewal by this. */
const REGISTRATION_GRACE: Micros = HOUR;
/** Attempts to connect that are traced one by one. */
const OFFLINE_TRACED = 3;

/** The key ring that it connects with, and whom it tells. */
export interface ServiceOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly random: RandomSource;
  readonly attachment: Attachment;
  readonly ring: KeyRing;
  /** Tells one phone of a user from another. */
  readonly instance: string;
  readonly send: (event: HandsetEvent) => void;
  readonly onRequest: (request: SipRequest) => void;
  /** Something for the screen; '' clears it. */
  readonly say: (message: string) => void;
}

/** The service of a phone at rest, as a plain value. */
export type ServiceState = {
  /** Attempts since the last registration. */
  readonly failures: number;
  readonly session: SessionState | undefined;
};

/** Opens the session, keeps the registration alive, and waits longer after each attempt that failed. */
export class Service implements SessionOwner, Kept<ServiceState> {
  readonly #options: ServiceOptions;
  #session: Session | undefined;
  #secured = false;
  /** Attempts since the last registration. */
  #failures = 0;

  constructor(options: ServiceOptions, kept?: ServiceState) {
    this.#options = options;
    if (kept === undefined) return;
    this.#failures = kept.failures;
    if (kept.session === undefined) return;
    this.#session = this.#newSession(kept.session);
    this.#secured = true;
  }

  /** At rest only. */
  save(): ServiceState {
    return { failures: this.#failures, session: this.#session?.save() };
  }

  /** Why it cannot be kept now; undefined when it has no session, or an open one in which nobody waits for an answer. */
  get unrest(): string | undefined {
    if (this.#session === undefined) return undefined;
    return this.#secured ? this.#session.conversation.unrest : 'a session that is being opened';
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** Doubles with each attempt that failed, up to an hour. */
  reconnectDelayMs(): number {
    const delay = this.#options.ports.deployment['reconnect-delay'] * 2 ** Math.min(this.#failures, 16);
    return Math.min(delay, RECONNECT_MAX) / MILLISECOND;
  }

  open(): void {
    const { settings, psk } = this.#options.ring;
    if (settings === undefined || psk === undefined) return;
    this.#session = this.#newSession();
    this.#secured = false;
  }

  #newSession(kept?: SessionState): Session {
    const { ports, random, attachment, instance, ring } = this.#options;
    const { settings, psk } = ring;
    assert(settings !== undefined, 'only an enrolled phone has a session');
    const { crs, number } = settings;
    return new Session({ ports, random, attachment, crs, psk, number, instance, owner: this }, kept);
  }

  /** For its session. */
  onSecured(session: Session): void {
    if (this.#session === session) this.#opened(session.number, session.psk);
  }

  /** For its session. */
  onClosed(session: Session, close: StreamClose): void {
    if (this.#session === session) this.#closed(close);
  }

  /** For its session. */
  onRequest(session: Session, request: SipRequest): void {
    if (this.#session === session) this.#options.onRequest(request);
  }

  #opened(number: string, psk: PresharedKey | undefined): void {
    const { ports, device, ring, send } = this.#options;
    this.#secured = true;
    const secrets = psk === undefined ? [] : [secretOfPsk(psk, ownerOfMonth(number, ring.period))];
    ports.trace.append('custody.used', device, { secrets, from: device, to: device });
    send({ type: 'SESSION_SECURED' });
  }

  /** The phone begins anew: how often it has tried is forgotten. */
  restarted(): void {
    this.#failures = 0;
  }

  close(): void {
    const session = this.#session;
    this.#session = undefined;
    session?.close();
  }

  register(): void {
    const { ports, device, user, ring, send, say } = this.#options;
    const session = this.#session;
    const seconds = (ports.deployment['register-interval'] + REGISTRATION_GRACE) / SECOND;
    session?.register(seconds, (status) =>
      this.#of(session, () => {
        if (status === 200) {
          this.#failures = 0;
          say('');
          ports.trace.append('handset.registered', device, { user, number: ring.settings?.number ?? '' });
          send({ type: 'REGISTERED' });
        } else if (status === undefined) {
          this.close();
          this.#closed({ reason: 'timed-out' });
        } else {
          ports.trace.append('handset.refused', device, { user, reason: `REGISTER answered ${status}` });
          send({ type: 'REGISTER_REFUSED' });
        }
      }),
    );
  }

  /** Asks for the months that the phone may hold and does not. */
  askForPackages(): void {
    const { ports, device, user, ring, send } = this.#options;
    const session = this.#session;
    if (session === undefined || !ports.rules.holds('handset.fetches-packages')) return;
    for (const period of ring.missing) {
      session.fetchPackage(period, ({ octets }) =>
        this.#of(session, () => {
          if (octets === undefined) ports.trace.append('handset.package-none', device, { user, period });
          else if (ring.install(octets, period) && period === ring.period) send({ type: 'KEYS_CHANGED' });
        }),
      );
    }
  }

  #closed(close: StreamClose): void {
    const { ports, device, user, send, say } = this.#options;
    this.#session = undefined;
    this.#failures++;
    // Once the handshake is finished, a bad record is a connection that broke, not a server that refuses.
    const refused = close.reason === 'insecure' && !this.#secured;
    const reason = close.alert === undefined ? close.reason : `${close.reason}, alert ${close.alert}`;
    if (refused) ports.trace.append('handset.refused', device, { user, reason });
    else if (this.#failures <= OFFLINE_TRACED)
      ports.trace.append('handset.offline', device, { user, reason });
    say(refused ? 'The server refuses this phone.' : 'No connection to the server.');
    send({ type: refused ? 'SESSION_REFUSED' : 'SESSION_CLOSED' });
  }

  /** What a session says after it was given up concerns nobody. */
  #of(session: Session, action: () => void): void {
    if (this.#session === session) action();
  }
}
