/** What commands work with in tests: scenarios in memory, a runner that runs nothing, and outputs that are kept. */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { errorsOf } from '../sim/errors.ts';
import { concat, fromAscii } from '../sim/octets.ts';
import { exampleOutcome } from '../scenarios/host/run-job.fixture.ts';
import { type PoolOptions, type RunJob } from '../scenarios/host/index.ts';
import type { RunOutcome, Verdict } from '../scenarios/runs/index.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from '../scenarios/language/example.fixture.ts';
import { loadScreenplay } from '../scenarios/language/index.ts';
import { calldrill } from './calldrill.ts';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { rulesOf, SHIPPED_KINDS } from '../scenarios/world/index.ts';

export const PLAIN: Terminal = { isTty: false, columns: undefined, colour: false, unicode: true };

/** Two shipped scenarios: the example of the language, and a short one without variants. */
const SHORT = `scenario: short
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told, clause: para-2 }
`;

export interface Scene {
  /** Texts by path; `shipped/x.yaml` are those that ship. */
  readonly files?: Readonly<Record<string, string>>;
  readonly terminal?: Partial<Terminal>;
  /** The verdict of a check; undefined leaves it to the example. */
  readonly verdictOf?: (check: string, variant: string, job: RunJob) => Verdict | undefined;
  /** Stands in the place of the runner. */
  readonly runJobs?: (jobs: readonly RunJob[], options: PoolOptions) => AsyncIterable<RunOutcome>;
}

export interface CommandTold {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Octets of standard output. */
  readonly data: Uint8Array;
  /** What was asked of the runner. */
  readonly jobs: readonly RunJob[];
}

const sceneError = errorsOf({ HOST_FILE_MISSING: { summary: 'There is no such file.', fix: 'Make one.' } });

/** Runs a command line in the scene. */
export async function type(words: readonly string[], scene: Scene = {}): Promise<CommandTold> {
  const files = { 'shipped/client-compromise.yaml': EXAMPLE, 'shipped/short.yaml': SHORT, ...scene.files };
  const told = { stdout: '', stderr: '', data: new Uint8Array(0) };
  const jobs: RunJob[] = [];
  const terminal = { ...PLAIN, ...scene.terminal };
  const read = (path: string): string => {
    const text = Object.entries(files).find(([name]) => name === path)?.[1];
    if (text === undefined) throw sceneError('HOST_FILE_MISSING', `there is no file ${path}`);
    return text;
  };
  const runExamples = async function* (asked: readonly RunJob[], options: PoolOptions) {
    for (const [index, job] of asked.entries()) {
      const { variant, screenplay } = job;
      options.onProgress?.(index, { scenario: screenplay.id, variant, time: 1, ends: 2 });
      const { capture, ...asked } = job;
      const request = {
        ...asked,
        variants: [variant],
        assets: { readQr: () => [], speech: [], kinds: [] },
        ...(capture === undefined ? {} : { capture: { secrets: capture.secrets } }),
      };
      if (job.capture?.live === true) await options.onCapture?.(index, fromAscii(`capture of ${variant}`));
      yield exampleOutcome(request, (check, name) => scene.verdictOf?.(check, name, job));
      options.onDone?.(index);
    }
  };
  let nowMs = 0;
  const context: Context = {
    stdout: { terminal, write: (text) => (told.stdout += text) },
    stderr: { terminal, write: (text) => (told.stderr += text) },
    data: {
      write: async (octets) => {
        told.data = concat(told.data, octets);
      },
    },
    json: words.includes('--json'),
    nowMs: () => (nowMs += 60_000),
    readInput: async (path) => new Uint8Array(Buffer.from(read(path))),
    library: {
      ...{ vocabulary: EXAMPLE_VOCABULARY, rules: rulesOf(SHIPPED_KINDS) },
      shipped: async () =>
        Object.keys(files)
          .filter((path) => path.startsWith('shipped/'))
          .map((path) => ({ name: path.slice('shipped/'.length, -'.yaml'.length), label: path, path })),
      load: async ({ path, label }) => loadScreenplay(read(path), label, EXAMPLE_VOCABULARY),
      clauses: async () =>
        EXAMPLE_VOCABULARY.clauses.map((id) => ({
          id,
          paraphrase: `What ${id} says.`,
          modality: 'shall',
          class: 'executable' as const,
        })),
    },
    runJobs: (asked, options) => {
      jobs.push(...asked);
      return (scene.runJobs ?? runExamples)(asked, options);
    },
    person: {
      streams: { input: new PassThrough(), screen: new PassThrough(), messages: new PassThrough() },
      signals: new EventEmitter(),
    },
    threads: 3,
    interruptible: (work) => work(new AbortController().signal),
  };
  const exit = await calldrill(words, context);
  return { exit, ...told, jobs };
}
