/**
 * What one user may ask of the server in a minute: requests of every kind, and calls. Whoever asks for more is answered 503 (RFC 3261
 * 21.5.4) and leaves a counted line in the log; whoever goes on is cut off, and stays out for a minute.
 */
import type { SipRequest } from '../../network/sip/index.ts';
import { newTag } from '../../network/sip/index.ts';
import type { Kept } from '../../sim/kept.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Ports } from '../ports.ts';
import type { Note } from './audit-log.ts';
import { RequestRate, type RateState } from './rate.ts';
import type { CrsSession } from './session.ts';

/** How far beyond the allowances of the deployment a user may go, and how many sessions one may have. */
export const ALLOWANCE_LIMITS = {
  /** Messages over the allowance after which a session is cut. */
  overstepped: 100,
  /** Sessions that a user has at a time; beyond it the oldest ends. */
  sessionsPerUser: 8,
} as const;

/** Seconds after which it is worth asking again (RFC 3261 20.33). */
const RETRY_AFTER = '60';

/** Where an allowance writes its lines, and how it gets rid of whoever does not stop. */
export interface AllowanceOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly note: Note;
  /** Ends a session that does not stop. */
  readonly cut: (session: CrsSession, reason: string) => void;
  readonly kept?: AllowanceState | undefined;
}

/** An allowance as a plain value: what was taken of each rate, by number. */
export type AllowanceState = {
  readonly requests: RateState;
  readonly calls: RateState;
  readonly cuts: RateState;
};

/** Counts what each user asks, and answers for the server when it is too much. */
export class Allowance implements Kept<AllowanceState> {
  readonly #options: AllowanceOptions;
  readonly #requests: RequestRate;
  readonly #calls: RequestRate;
  /** Sessions that were cut: whoever had one stays out for a minute. */
  readonly #cuts: RequestRate;

  constructor(options: AllowanceOptions) {
    const { ports, kept } = options;
    const { clock, deployment } = ports;
    this.#options = options;
    this.#requests = new RequestRate(clock, deployment['request-limit'], kept?.requests);
    this.#calls = new RequestRate(clock, deployment['call-limit'], kept?.calls);
    this.#cuts = new RequestRate(clock, 1, kept?.cuts);
  }

  save(): AllowanceState {
    return { requests: this.#requests.save(), calls: this.#calls.save(), cuts: this.#cuts.save() };
  }

  /** Whether a user may open a session. */
  isOpenTo(number: string): boolean {
    return this.#cuts.hasRoom(number);
  }

  /** Whether to answer a request; when not, it was answered here. An ACK has no answer. */
  grants(session: CrsSession, request: SipRequest): boolean {
    const isCall = request.method === 'INVITE';
    const { number } = session;
    if (this.#requests.take(number) && (!isCall || this.#calls.take(number))) return true;
    if (!this.#oversteps(session, isCall ? 'calls' : 'requests') && request.method !== 'ACK') {
      const parts = { toTag: newTag(this.#options.random), headers: [['Retry-After', RETRY_AFTER]] } as const;
      session.conversation.respond(request, 503, parts);
    }
    return false;
  }

  /** Something came that cannot be read: it counts as a request. */
  unreadable(session: CrsSession): void {
    if (!this.#requests.take(session.number)) this.#oversteps(session, 'unreadable messages');
  }

  /** Returns whether the session has ended by that. */
  #oversteps(session: CrsSession, what: string): boolean {
    this.#options.note('too many requests', session.number, what);
    if (++session.overstepped <= ALLOWANCE_LIMITS.overstepped) return false;
    this.#cuts.take(session.number);
    this.#options.cut(session, 'too many requests');
    return true;
  }
}
