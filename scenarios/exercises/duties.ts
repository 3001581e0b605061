/**
 * What is a person's to do: the lines that the screenplay has for them, which are theirs to type or to leave. A duty is open from when it
 * is due until it is done, or until the person says that they leave it undone.
 */
import { wordsOf } from '../../devices/console/index.ts';
import type { Micros } from '../../sim/clock.ts';
import { answersOf, type PlayedLine } from '../evidence/score/answers.ts';
import { linesOf } from '../evidence/procedures/index.ts';
import type { Step } from '../language/index.ts';
import type { Performance } from '../runs/index.ts';
import { reachingOf } from './reach.ts';

/** The duties of one role in a performance. */
export class Duties {
  readonly #performance: Performance;
  readonly #role: string;
  readonly #lines: PlayedLine[] = [];
  readonly #left = new Set<Step>();

  constructor(performance: Performance, role: string) {
    this.#performance = performance;
    this.#role = role;
  }

  /** How many have been due so far. */
  get due(): number {
    return this.#performance.cued.length;
  }

  /** A line that the person typed now; `refused` is the code when it was. */
  typed(on: string, line: string, refused: string | undefined): void {
    const { now: t } = this.#performance;
    const data = { by: this.#role, line };
    this.#lines.push({ typed: { n: 0, t, type: 'console.typed', on, cause: 0, data }, refused });
  }

  /** Those that are due and were neither done, as the score sees it, nor left; of a procedure none that is settled already. */
  get open(): readonly Step[] {
    const { cued, world } = this.#performance;
    const times = new Map<Step, Micros>(cued.map(({ step, time }) => [step, time]));
    const planned = linesOf(world.options.screenplay)
      .filter(({ by }) => by === this.#role)
      .map((step) => ({ step, due: times.get(step) ?? (step.when.kind === 'at' ? step.when.t : undefined) }));
    const settled = new Set(
      this.#performance.facts.flatMap(({ kind, key }) => (kind === 'settled' ? [key] : [])),
    );
    return answersOf(planned, this.#lines, wordsOf)
      .filter(
        ({ step, typed }) =>
          times.has(step) && typed === undefined && !this.#left.has(step) && !settled.has(step.id),
      )
      .map(({ step }) => step);
  }

  /** The person leaves those that are open undone: nothing waits for them any more. Gives how many. */
  leaveOpen(): number {
    const { open } = this;
    for (const step of open) this.#left.add(step);
    return open.length;
  }

  /** What a duty is, without the line that does it: its cue, or what the command is for, with the thing that is there to be taken. */
  textOf({ cue, by, on = by, type }: Step): string {
    if (cue !== undefined) return cue;
    const command = this.#performance.world.console(on).commandOf(type);
    const what = reachingOf(type)?.thing;
    const duty = `${command?.summary ?? 'Something'}${what === undefined ? '' : `: ${what}`}`;
    return on === by ? duty : `${on}: ${duty}`;
  }
}
