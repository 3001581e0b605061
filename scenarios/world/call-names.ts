/** Names calls as people count them: `alice-to-bob#1` is the first call that Alice placed to Bob, on whichever phone. */
import type { Kept } from '../../sim/kept.ts';

/** How many calls each pair has had: `alice-to-bob`. In the order of their first calls. */
export type CallNamesState = readonly (readonly [pair: string, count: number])[];

/** Counts the calls of each pair, caller first. */
export class CallNames implements Kept<CallNamesState> {
  readonly #counts: Map<string, number>;

  constructor(kept: CallNamesState = []) {
    this.#counts = new Map(kept);
  }

  save(): CallNamesState {
    return [...this.#counts];
  }

  next(from: string, to: string): string {
    const pair = `${from}-to-${to}`;
    const count = (this.#counts.get(pair) ?? 0) + 1;
    this.#counts.set(pair, count);
    return `${pair}#${count}`;
  }
}
