/**
 * When the next report is due (RFC 3550 sections 6.2, 6.3 and A.7), for a call of two.
 *
 * The members are known from the signalling and do not change, and both send. Two reports of some 120 octets at the 5 % that
 * reports may have of 64 kbit/s would come every 0.6 s, so the minimum decides: 5 s, half of it before the first. The
 * interval is drawn from half to one and a half times that, divided by e - 3/2; timer reconsideration draws again when the timer
 * fires and sends only if the new interval is over too. On average it comes out at the minimum.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';

const INTERVAL: Micros = 5 * SECOND;
/** 10^6 / (e - 3/2), rounded. */
const COMPENSATION = 820_828;
const MILLION = 1_000_000;

/** Says when the next report is due, from what was sent so far and chance. */
export class RtcpInterval {
  readonly #random: RandomSource;
  #sentAt: Micros;
  #first = true;

  constructor(random: RandomSource, now: Micros) {
    this.#random = random;
    this.#sentAt = now;
  }

  /** How long until the timer first fires. */
  begin(): Micros {
    return this.#draw();
  }

  /**
   * The timer fired at `now`. `send`: a report is due. `wait`: how long until the timer fires again.
   */
  fired(now: Micros): { readonly send: boolean; readonly wait: Micros } {
    const due = this.#sentAt + this.#draw();
    if (due > now) return { send: false, wait: due - now };
    this.#first = false;
    this.#sentAt = now;
    return { send: true, wait: this.#draw() };
  }

  #draw(): Micros {
    const interval = this.#first ? INTERVAL / 2 : INTERVAL;
    const drawn = Math.floor((interval * (MILLION / 2 + this.#random.below(MILLION))) / MILLION);
    return Math.floor((drawn * COMPENSATION) / MILLION);
  }
}
