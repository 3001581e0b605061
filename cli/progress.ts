/** Progress of long work: one line that is redrawn where a person looks on, a line now and then in a log. */
import type { RunProgress } from '../scenarios/runs/index.ts';
import type { Output } from './output.ts';

const REDRAW_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 10_000;
const ERASE_LINE = '\r\u001b[K';

/** Counts jobs that are done, and parts of those under way, against a total. */
export class Progress {
  readonly #output: Output;
  readonly #nowMs: () => number;
  readonly #total: number;
  /** How much of each job that is under way is done, 0 to 1. */
  readonly #running = new Map<number, number>();
  #done = 0;
  #shownMs: number;
  #drawn = false;

  /** `total` jobs will be run. */
  constructor(output: Output, nowMs: () => number, total: number) {
    this.#output = output;
    this.#nowMs = nowMs;
    this.#total = total;
    this.#shownMs = nowMs();
  }

  at(index: number, { scenario, variant, time, ends }: RunProgress): void {
    this.#running.set(index, ends > 0 ? Math.min(1, time / ends) : 1);
    this.#show(`${scenario}/${variant}`);
  }

  done(index: number): void {
    this.#running.delete(index);
    this.#done += 1;
    this.#show('');
  }

  /** Takes the line away, so that what follows begins on a clean one. */
  end(): void {
    if (this.#drawn) this.#output.write(ERASE_LINE);
    this.#drawn = false;
  }

  #show(current: string): void {
    const { isTty, columns } = this.#output.terminal;
    const nowMs = this.#nowMs();
    if (nowMs - this.#shownMs < (isTty ? REDRAW_INTERVAL_MS : LINE_INTERVAL_MS)) return;
    this.#shownMs = nowMs;
    const running = [...this.#running.values()].reduce((sum, part) => sum + part, 0);
    const percent = Math.floor(((this.#done + running) / this.#total) * 100);
    const line = `${this.#done} of ${this.#total} runs done, ${percent} % ${current}`.trimEnd();
    if (!isTty) return this.#output.write(`${line}\n`);
    this.#drawn = true;
    this.#output.write(`${ERASE_LINE}${line.slice(0, (columns ?? 80) - 1)}`);
  }
}
