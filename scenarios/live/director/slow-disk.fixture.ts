/** A disk that says when it is written to, and is done when the test says so: the order of things is the test's, not the machine's. */
import { setTimeout } from 'node:timers/promises';

/** A `sync` for kept files, and the test's hold on when each of its calls ends. */
export interface SlowDisk {
  readonly sync: () => Promise<void>;
  /** Waits until something is to be on it for the nth time; the answer lets it be there, or fail. */
  begins(nth: number): Promise<(refusal?: Error) => void>;
}

/** A disk on which no writing ends by itself. */
export function slowDisk(): SlowDisk {
  const begun: ((refusal?: Error) => void)[] = [];
  return {
    sync: async () =>
      new Promise((done, refuse) => {
        begun.push((refusal) => (refusal === undefined ? done() : refuse(refusal)));
      }),
    async begins(nth) {
      for (;;) {
        const end = begun[nth - 1];
        if (end !== undefined) return end;
        await setTimeout(1);
      }
    },
  };
}
