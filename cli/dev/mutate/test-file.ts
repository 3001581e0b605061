/**
 * Runs the tests of one file inside this process, for one mutant. They are run by ava's own runner, so that an assertion means what it
 * means in `npm test`; only what ava does around it (processes, reports, snapshots) is left out. The runner is no public part of
 * ava, whose version is pinned: the test of the mutator fails when it is not what it was.
 */
import { assert } from '../../../sim/errors.ts';

interface Task {
  readonly title: string;
  readonly metadata: { selected: boolean };
}

interface TestEnding {
  readonly title: string;
  readonly passed: boolean;
}

interface AvaRunner {
  /** What a test file imports as `test`. */
  readonly chain: unknown;
  readonly tasks: { readonly serial: Task[]; readonly concurrent: Task[] };
  start(): Promise<void>;
  runSingle(runnable: { readonly title: string }): Promise<TestEnding>;
}

type AvaRunnerClass = new (options: {
  readonly file: string;
  readonly projectDir: string;
  readonly serial: boolean;
  readonly failFast: boolean;
}) => AvaRunner;

const runnerUrl = new URL('../lib/runner.js', import.meta.resolve('ava')).href;
// A module that has no types: this is what is used of it.
const { default: Runner } = (await import(runnerUrl)) as { readonly default: AvaRunnerClass };

/** Which tests are run, and who is told. */
export interface TestFileOptions {
  /** URL, with the mutant in its query. */
  readonly url: string;
  /** Titles of the tests to run, in this order; all of them when left out. */
  readonly titles?: readonly string[] | undefined;
  /** Told when the file is loaded (without a title) and after each of its tests, in the order in which they end. */
  readonly onStep?: (title: string | undefined, durationMs: number) => void;
}

/** The first test that failed, an empty title when it was the loading of the file; undefined when all passed. */
export type TestFailure = { readonly title: string } | undefined;

class OneFile extends Runner {
  readonly #options: TestFileOptions;
  readonly over: Promise<void>;
  #end: () => void = () => undefined;
  failure: TestFailure;
  ran = 0;

  constructor(options: TestFileOptions) {
    super({ file: options.url, projectDir: process.cwd(), serial: true, failFast: true });
    this.#options = options;
    this.over = new Promise((resolve) => (this.#end = resolve));
  }

  override async start(): Promise<void> {
    const { titles, onStep } = this.#options;
    onStep?.(undefined, 0);
    if (titles !== undefined) {
      const rank = new Map(titles.map((title, n) => [title, n]));
      for (const tasks of [this.tasks.serial, this.tasks.concurrent]) {
        for (const { title, metadata } of tasks) metadata.selected &&= rank.has(title);
        tasks.sort((a, b) => (rank.get(a.title) ?? 0) - (rank.get(b.title) ?? 0));
      }
    }
    await super.start();
    this.#end();
  }

  override async runSingle(runnable: { readonly title: string }): Promise<TestEnding> {
    const began = performance.now();
    const ended = await super.runSingle(runnable);
    this.ran++;
    if (!ended.passed) this.failure ??= { title: ended.title };
    this.#options.onStep?.(ended.title, performance.now() - began);
    return ended;
  }
}

let running: OneFile | undefined;

/** What stands in for ava hands this to the test file that is being loaded. */
export function chainOfRunning(): unknown {
  assert(running !== undefined, 'a file of tests is being loaded');
  return running.chain;
}

/** Loads the file and runs its tests, one after the other, up to the first that fails. */
export async function runTestFile(options: TestFileOptions): Promise<TestFailure> {
  const file = new OneFile(options);
  running = file;
  try {
    await import(options.url);
  } catch {
    // Whatever it is: the file cannot even be loaded with this mutant.
    return { title: '' };
  }
  await file.over;
  assert(file.ran > 0, 'a file of tests has tests');
  return file.failure;
}
