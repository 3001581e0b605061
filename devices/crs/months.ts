/**
 * The months that the server holds: as many as the deployment allows, this one first. What is older or too far ahead is
 * removed when a disc is loaded and when a month ends, and sanitised on the disk (clauses para-27 and para-32).
 */
import { MILLISECOND, type TimerOwner } from '../../sim/clock.ts';
import { nextPeriod, periodOf, periodStart, type Period } from '../../network/mikey/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import type { Note } from './audit-log.ts';

/** What a server's months are counted by, and what is cleaned when one is over. */
export interface MonthsOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly clock: RealTimeClock;
  readonly accounts: Accounts;
  /** Makes the files of these names unreadable on the disk. */
  readonly sanitise: (named: (name: string) => boolean) => void;
  readonly note: Note;
  /** A month is over, its allowance for wrong clocks included. */
  readonly onMonthEnd: () => void;
}

/** Knows which month it is at the server, and removes what lies outside the window. */
export class Months implements TimerOwner {
  readonly timerName: string;
  readonly #options: MonthsOptions;

  constructor(options: MonthsOptions) {
    this.timerName = `crs:${options.device}:months`;
    this.#options = options;
    options.clock.claim(this);
  }

  get current(): Period {
    return periodOf(this.#options.clock.unixMs());
  }

  /** From now on, each end of a month is noticed. */
  awaitEnd(): void {
    const { ports, clock } = this.#options;
    const skewLimitMs = ports.deployment['skew-limit'] / MILLISECOND;
    clock.alarm(periodStart(nextPeriod(this.current)) + skewLimitMs, this, 'month-end');
  }

  /** `step` moves the clock. One that goes back over the end of a month has that end before it again; one that goes on over it has it now. */
  clockSet(step: () => void): void {
    const before = this.current;
    step();
    if (this.current < before) this.awaitEnd();
  }

  timerFired(): void {
    this.#options.onMonthEnd();
    this.trim();
    this.awaitEnd();
  }

  /** Removes what is outside the window. */
  trim(): void {
    const { ports, accounts } = this.#options;
    if (ports.rules.holds('crs.month-window')) {
      const { current } = this;
      const last = lastOf(current, ports.deployment['crs-months']);
      const removesOld = ports.deployment['month-removal'] === 'on';
      for (const period of accounts.months)
        if ((period < current && removesOld) || period > last) this.#remove(period);
    }
    this.#report();
  }

  /** Removes one month, whichever it is. */
  remove(period: Period): void {
    this.#remove(period);
    this.#report();
  }

  #remove(period: Period): void {
    const { ports, device, accounts, sanitise, note } = this.#options;
    if (!accounts.months.includes(period)) return;
    const secrets = accounts.secretsOf((each) => each === period);
    accounts.removeMonth(period);
    // A static PSK lies under the month of the disc that it came with, and is in force.
    const goes = ports.deployment['psk-rotation'] === 'static' ? /^package\// : /^/;
    sanitise((name) => goes.test(name) && name.includes(`/${period}/`));
    ports.trace.append('crs.month-removed', device, { period });
    if (secrets.length > 0) ports.trace.append('custody.erased', device, { secrets, from: device, to: null });
    note('month removed', period, '');
  }

  #report(): void {
    const { current } = this;
    const { ports, device, accounts } = this.#options;
    const { months } = accounts;
    const beyond = months.filter((period) => period !== current && period !== nextPeriod(current));
    ports.trace.append('crs.months-held', device, {
      months,
      count: months.length,
      beyond: beyond.length,
      current,
    });
  }
}

/** The last of `count` months that begin with `first`. */
function lastOf(first: Period, count: number): Period {
  let last = first;
  for (let n = 1; n < count; n++) last = nextPeriod(last);
  return last;
}
