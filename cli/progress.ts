/** Progress of long work: one line that is redrawn where a person looks on, a line now and then in a log. */
import { SECOND } from '../sim/clock.ts';
import { formatDuration } from '../sim/duration.ts';
import type { RunProgress } from '../scenarios/runs/index.ts';
import type { Output } from './output.ts';

const REDRAW_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 10_000;
const ERASE_LINE = '\r\u001b[K';
/** Jobs that are named; the others are counted. */
const NAMED = 2;

/** A job that is under way. */
interface RunningJob {
  readonly name: string;
  /** How much of it is done, 0 to 1. */
  readonly part: number;
}

/**
 * Counts jobs that are done, and parts of those under way, against a total: `12 of 50 runs done, 25 %, 38s left: a/b, c/d`. Where others make
 * them, it is told who: `12 of 50 runs done, 25 %, 3.1 runs/s, 38s left; 2 of 3 workers busy (lab/7, lab/8): a/b, c/d`. The time
 * that is left is what it would be if jobs went on as they have since the first was done: that one also makes what others find. A part
 * of a job is virtual time, which says little of the work behind it, so before that only a job that is alone is asked.
 */
export class Progress {
  readonly #output: Output;
  readonly #nowMs: () => number;
  readonly #total: number;
  /** Since when, and from which share on, the pace is measured. */
  #paceFrom: { readonly ms: number; readonly share: number };
  /** By their numbers, in the order in which they began. */
  readonly #running = new Map<number, RunningJob>();
  #done = 0;
  #shownMs: number;
  #drawn = false;
  #workers = '';

  /** `total` jobs will be run. */
  constructor(output: Output, nowMs: () => number, total: number) {
    this.#output = output;
    this.#nowMs = nowMs;
    this.#total = total;
    this.#shownMs = nowMs();
    this.#paceFrom = { ms: this.#shownMs, share: 0 };
  }

  /** A job is under way; `name` is what it is called from now on. */
  began(index: number, name: string): void {
    this.#running.set(index, { name, part: 0 });
    this.#show();
  }

  at(index: number, { scenario, variant, time, ends }: RunProgress): void {
    const name = this.#running.get(index)?.name ?? `${scenario}/${variant}`;
    this.#running.set(index, { name, part: ends > 0 ? Math.min(1, time / ends) : 1 });
    this.#show();
  }

  /** Who makes the jobs, where these are others. */
  by(workers: string): void {
    this.#workers = workers;
    this.#show();
  }

  done(index: number): void {
    this.#running.delete(index);
    this.#done += 1;
    if (this.#done === 1) this.#paceFrom = { ms: this.#nowMs(), share: this.#share };
    this.#show();
  }

  /** Takes the line away, so that what follows begins on a clean one. */
  end(): void {
    if (this.#drawn) this.#output.write(ERASE_LINE);
    this.#drawn = false;
  }

  #show(): void {
    const { isTty, columns } = this.#output.terminal;
    const nowMs = this.#nowMs();
    if (nowMs - this.#shownMs < (isTty ? REDRAW_INTERVAL_MS : LINE_INTERVAL_MS)) return;
    this.#shownMs = nowMs;
    const line = this.#line(nowMs);
    if (!isTty) return this.#output.write(`${line}\n`);
    this.#drawn = true;
    this.#output.write(`${ERASE_LINE}${line.slice(0, (columns ?? 80) - 1)}`);
  }

  /** How much of everything is done, 0 to 1. */
  get #share(): number {
    const parts = [...this.#running.values()].reduce((sum, { part }) => sum + part, 0);
    return (this.#done + parts) / this.#total;
  }

  #left(nowMs: number): string {
    const { ms, share: from } = this.#paceFrom;
    const share = this.#share;
    const known = share < 1 && share > from && (this.#done > 0 || this.#total === 1);
    return known ? `, ${secondsText(((nowMs - ms) * (1 - share)) / (share - from))} left` : '';
  }

  /** Jobs by the second or minute since the first was done. */
  #rate(nowMs: number): string {
    const perSecond = ((this.#done - 1) * 1_000) / (nowMs - this.#paceFrom.ms);
    if (!(perSecond > 0) || !Number.isFinite(perSecond)) return '';
    return perSecond >= 1
      ? `, ${Number(perSecond.toPrecision(2))} runs/s`
      : `, ${Number((perSecond * 60).toPrecision(2))} runs/min`;
  }

  #line(nowMs: number): string {
    const running = [...this.#running.values()];
    const more = running.length > NAMED ? ` and ${running.length - NAMED} more` : '';
    const names = running.slice(0, NAMED).map(({ name }) => name);
    const now = names.length === 0 ? '' : `: ${names.join(', ')}${more}`;
    const percent = Math.floor(this.#share * 100);
    const [rate, workers] = this.#workers === '' ? ['', ''] : [this.#rate(nowMs), `; ${this.#workers}`];
    return `${this.#done} of ${this.#total} runs done, ${percent} %${rate}${this.#left(nowMs)}${workers}${now}`;
  }
}

/** `1m 20s`: whole seconds, and one at the least. */
function secondsText(ms: number): string {
  return formatDuration(Math.max(1, Math.round(ms / 1000)) * SECOND);
}
