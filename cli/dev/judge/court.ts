/**
 * Tries all changes, on several threads: scenario by scenario and variant by variant, so that each thread plays a variant unchanged once. A change
 * that was noticed in one variant is not tried in the next.
 */
import { Worker } from 'node:worker_threads';
import type { Change } from './change.ts';
import type { ChangeFate, Trial } from './trial.ts';

/** A change, with what came of it and the variants that were run for it. */
export interface TriedChange {
  readonly number: number;
  readonly change: Change;
  readonly fate: ChangeFate;
  readonly variants: readonly string[];
}

/** How changes are tried. */
export interface CourtOptions {
  /** By number. */
  readonly changes: ReadonlyMap<number, Change>;
  /** Those that the loader refused already, with its codes. */
  readonly refused?: ReadonlyMap<number, readonly string[]>;
  readonly jobs: number;
  /** Told of each change when its fate is known. */
  readonly onTried: () => void;
}

/** Milliseconds for one run, on a machine that does other things too. */
const TRIAL_LIMIT_MS = 300_000;

/** In the order of their numbers. */
export async function tryChanges({
  changes,
  refused = new Map(),
  jobs,
  onTried,
}: CourtOptions): Promise<readonly TriedChange[]> {
  const tried = new Map<number, TriedChange>();
  for (const [number, change] of changes) {
    const by = refused.get(number);
    if (by === undefined) continue;
    tried.set(number, { number, change, fate: { is: 'refused', by }, variants: [] });
    onTried();
  }
  const threads = Array.from({ length: jobs }, () => new JudgeThread());
  const isOver = ({ change, fate, variants }: TriedChange): boolean =>
    !isOpen(fate) || variants.length === change.variants.length;
  try {
    for (const [file, variant] of placesOf([...changes.values()])) {
      const waiting = [...changes].filter(([number, change]) => {
        const known = tried.get(number);
        const isDue = change.source === file && change.variants.includes(variant);
        return isDue && (known === undefined || !isOver(known));
      });
      const work = async (thread: JudgeThread): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [number, change] = next;
          const before = tried.get(number);
          const fate = both(before?.fate, await thread.ask({ change, variant }));
          const variants = [...(before?.variants ?? []), variant];
          const outcome = { number, change, fate, variants };
          tried.set(number, outcome);
          if (isOver(outcome)) onTried();
        }
      };
      await Promise.all(threads.map(work));
    }
  } finally {
    for (const thread of threads) thread.end();
  }
  return [...tried.values()].toSorted((a, b) => a.number - b.number);
}

/** Whether another variant may yet notice. */
function isOpen({ is }: ChangeFate): boolean {
  return is === 'survived' || is === 'void';
}

/** What came of a change in one variant more: what survived in one of them is no longer void. */
export function both(before: ChangeFate | undefined, now: ChangeFate): ChangeFate {
  return before?.is === 'survived' && now.is === 'void' ? before : now;
}

/** Each file and variant of the changes once; variants in the order in which they were named first. */
function placesOf(changes: readonly Change[]): readonly (readonly [string, string])[] {
  const places = changes.flatMap(({ source, variants }) =>
    variants.map((variant) => [source, variant] as const),
  );
  const files = [...new Set(places.map(([file]) => file))];
  return files.flatMap((file) =>
    [...new Set(places.flatMap(([of, variant]) => (of === file ? [variant] : [])))].map(
      (variant) => [file, variant] as const,
    ),
  );
}

/** One thread after the other: one that breaks or hangs is given up. */
class JudgeThread {
  #worker: Worker | undefined;
  #settle: ((fate: ChangeFate) => void) | undefined;

  ask({ change, variant }: Trial): Promise<ChangeFate> {
    const worker = (this.#worker ??= this.#begun());
    return new Promise((resolve) => {
      const watch = setTimeout(
        () => this.#break(`nothing was heard for ${TRIAL_LIMIT_MS} ms`),
        TRIAL_LIMIT_MS,
      );
      this.#settle = (fate) => {
        clearTimeout(watch);
        resolve(fate);
      };
      worker.postMessage({ change, variant } satisfies Trial, []);
    });
  }

  end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  #begun(): Worker {
    const worker = new Worker(new URL('./judge-thread.js', import.meta.url));
    worker.on('message', (fate: ChangeFate) => this.#settle?.(fate));
    worker.on('error', (error) => this.#break(String(error), worker));
    worker.on('exit', () => this.#break('the thread ended', worker));
    return worker;
  }

  #break(why: string, worker = this.#worker): void {
    if (worker !== this.#worker) return;
    this.end();
    this.#settle?.({ is: 'broken', by: [why] });
  }
}
