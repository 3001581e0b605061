/**
 * The gate before the server's TLS: who may begin a handshake. What strangers can make the server do is bounded for each source, so that
 * one of them cannot take the place of all: handshakes that did not succeed in a minute, and handshakes under way. Those that succeed
 * count for nothing, since many phones may come from one address (behind a VPN, say). Beyond a bound a connection is reset before
 * anything of it is read; that costs no line in the trace, and one counted line of the log for each source.
 *
 * Many sources together could still fill the memory. When too many handshakes fail in all, each source is granted a tenth: a phone with
 * the right key goes on coming in.
 */
import { SECOND, type Clock } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Address, HandshakeOver } from '../../network/fabric.ts';
import type { Note } from './audit-log.ts';
import { RequestRate, type RateState } from './rate.ts';

/** How long a handshake may take, and how many are let begin: of one source, and of all sources together. */
export const GATE_LIMITS = {
  /** Microseconds that a handshake may take. */
  handshakeTimeout: 30 * SECOND,
  /** Handshakes of one source that are under way. */
  underWayPerSource: 32,
  /** Handshakes under way in all; beyond it a source has one at a time. */
  underWay: 512,
  /** Failures of all sources in a minute, in those granted to one; beyond it a source is granted a tenth of that. */
  allSources: 10,
  /** Sources that have a line of their own in the log; the others share one. */
  sourcesNamed: 64,
} as const;

/** The one key of what is counted for all sources. */
const ALL = '';

/** The same bounds with other numbers, for tests and for whoever runs a live server. */
export type GateLimits = Readonly<Record<keyof typeof GATE_LIMITS, number>>;

/** Clock, bounds, and where a gate says that somebody knocks too often. */
export interface GateOptions {
  readonly clock: Clock;
  /** Handshakes of one source that do not succeed, in a minute. */
  readonly failuresPerMinute: number;
  readonly note: Note;
  readonly limits?: GateLimits;
  /** As one was when no handshake was under way. */
  readonly kept?: GateState | undefined;
}

/** A gate as a plain value, while no handshake is under way. */
export type GateState = {
  readonly failures: RateState;
  readonly failuresInNeed: RateState;
  readonly failuresOfAll: RateState;
  /** Sources that have a line of their own in the log. */
  readonly named: readonly string[];
};

/** Asked before each handshake and told of its end. Knows sources, and nothing of users. */
export class Gate implements Kept<GateState> {
  readonly #note: Note;
  readonly #limits: GateLimits;
  /** Failures of a source, as granted while few fail and while many do. */
  readonly #failures: RequestRate;
  readonly #failuresInNeed: RequestRate;
  readonly #failuresOfAll: RequestRate;
  /** Handshakes under way, by source. */
  readonly #underWay = new Map<string, number>();
  readonly #named: Set<string>;
  #all = 0;

  constructor({ clock, failuresPerMinute, note, limits = GATE_LIMITS, kept }: GateOptions) {
    this.#limits = limits;
    this.#note = note;
    this.#named = new Set(kept?.named);
    this.#failures = new RequestRate(clock, failuresPerMinute, kept?.failures);
    const inNeed = Math.max(1, Math.floor(failuresPerMinute / 10));
    this.#failuresInNeed = new RequestRate(clock, inNeed, kept?.failuresInNeed);
    this.#failuresOfAll = new RequestRate(clock, failuresPerMinute * limits.allSources, kept?.failuresOfAll);
  }

  save(): GateState {
    return {
      failures: this.#failures.save(),
      failuresInNeed: this.#failuresInNeed.save(),
      failuresOfAll: this.#failuresOfAll.save(),
      named: [...this.#named],
    };
  }

  /** Handshakes that are under way. */
  get underWay(): number {
    return this.#all;
  }

  /** Lets a connection in, or not. */
  admit({ host }: Address): HandshakeOver | undefined {
    const isFull = this.#isFullFor(host);
    const failures = this.#failuresOfAll.hasRoom(ALL) ? this.#failures : this.#failuresInNeed;
    if (isFull || !failures.take(host)) {
      const reason = isFull ? 'too many handshakes under way' : 'too many handshakes that failed';
      this.#note('connection refused', this.#subject(host), reason);
      return undefined;
    }
    const isOfAll = this.#failuresOfAll.take(ALL);
    this.#count(host, 1);
    return (secured) => {
      this.#count(host, -1);
      if (!secured) return;
      failures.giveBack(host);
      if (isOfAll) this.#failuresOfAll.giveBack(ALL);
    };
  }

  #isFullFor(host: string): boolean {
    const own = this.#underWay.get(host) ?? 0;
    const { underWay, underWayPerSource } = this.#limits;
    return own >= underWayPerSource || (own > 0 && this.#all >= underWay);
  }

  #count(host: string, change: 1 | -1): void {
    const own = (this.#underWay.get(host) ?? 0) + change;
    if (own === 0) this.#underWay.delete(host);
    else this.#underWay.set(host, own);
    this.#all += change;
  }

  #subject(host: string): string {
    if (this.#named.has(host)) return host;
    if (this.#named.size >= this.#limits.sourcesNamed) return 'other sources';
    this.#named.add(host);
    return host;
  }
}
