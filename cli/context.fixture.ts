/** What commands work with in tests: scenarios in memory, a runner that runs nothing, and outputs that are kept. */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { errorsOf } from '../sim/errors.ts';
import { concat, fromAscii } from '../sim/octets.ts';
import { exampleOutcome } from '../scenarios/runs/example-run.fixture.ts';
import {
  summaryOf,
  TRACE_FILE,
  type RunOrder,
  type RunQueue,
  type Verdict,
} from '../scenarios/runs/index.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from '../scenarios/language/example.fixture.ts';
import { isDeployment, loadDeployment } from '../scenarios/deployment/index.ts';
import { loadScreenplay, type Screenplay } from '../scenarios/language/index.ts';
import { calldrill } from './calldrill.ts';
import type { Context } from './context.ts';
import type { Library } from './library.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { rulesOf, SHIPPED_KINDS } from '../scenarios/world/index.ts';

/** A terminal that nobody looks at: no colours, no width, but characters beyond ASCII. */
export const PLAIN: Terminal = { isTty: false, columns: undefined, colour: false, unicode: true };

/** Two shipped scenarios: the example of the language, and a short one without variants. */
const SHORT = `scenario: short
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told }
`;

/** An order with the screenplay that it is of. */
export type AskedRun = RunOrder & { readonly screenplay: Screenplay };

/** What a test decides of the world of a command: its files, its terminal, and how each run ends. */
export interface Scene {
  /** Texts by path; `shipped/x.yaml` are those that ship. */
  readonly files?: Readonly<Record<string, string>>;
  readonly terminal?: Partial<Terminal>;
  /** The verdict of a check; undefined leaves it to the example. */
  readonly verdictOf?: (check: string, variant: string, job: AskedRun) => Verdict | undefined;
  /** SHA-256 of the program; always the same when left out. */
  readonly build?: string;
  /** Files that a run leaves behind beside its trace. */
  readonly artefacts?: (job: AskedRun) => ReadonlyMap<string, Uint8Array>;
  /** Aborts when somebody interrupts. */
  readonly interrupt?: AbortSignal;
  /** Why a run fails; undefined lets it come to its end. */
  readonly failure?: (job: AskedRun) => Error | undefined;
}

/** All that can be seen of a command that ended: its exit code, its two streams, and the runs it ordered. */
export interface CommandTold {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Octets of standard output. */
  readonly data: Uint8Array;
  /** What was asked of the runner. */
  readonly jobs: readonly AskedRun[];
}

const sceneError = errorsOf({ HOST_FILE_MISSING: { summary: 'There is no such file.', fix: 'Make one.' } });

/** Runs examples one after the other, each a turn after it was asked for. */
function exampleQueue(scene: Scene, jobs: AskedRun[]): RunQueue {
  const cancelled = new Set<AskedRun>();
  let last = Promise.resolve();
  return {
    submit: (order, listener) => {
      const screenplay = loadScreenplay(order.scenario.text, order.scenario.file, EXAMPLE_VOCABULARY);
      const job = { ...order, screenplay };
      jobs.push(job);
      const { variant } = order;
      last = last.then(async () => {
        if (cancelled.has(job)) return;
        listener.progress?.({ scenario: screenplay.id, variant, time: 1, ends: 2 });
        const failure = scene.failure?.(job);
        if (failure !== undefined) return listener.failed(failure);
        if (scene.interrupt?.aborted === true) return;
        if (order.capture?.live === true)
          await new Promise<void>((taken) =>
            (listener.captured ?? ((_octets, done) => done()))(fromAscii(`capture of ${variant}`), taken),
          );
        const outcome = exampleOutcome(order, screenplay, (check, name) =>
          scene.verdictOf?.(check, name, job),
        );
        listener.file?.(TRACE_FILE, new TextEncoder().encode(outcome.trace));
        for (const [path, octets] of [...outcome.artefacts, ...(scene.artefacts?.(job) ?? [])])
          listener.file?.(path, octets);
        const { result } = outcome;
        listener.finished({ summary: summaryOf(order, screenplay.id, result), result });
      });
      return { cancel: () => void cancelled.add(job) };
    },
    close: () => undefined,
  };
}

/** The scenarios below `shipped/`, and whatever else can be read, with the words of the example. */
function exampleLibrary(paths: readonly string[], read: (path: string) => string): Library {
  return {
    ...{ vocabulary: EXAMPLE_VOCABULARY, rules: rulesOf(SHIPPED_KINDS) },
    shipped: async () =>
      paths
        .filter((path) => path.startsWith('shipped/'))
        .map((path) => ({ name: path.slice('shipped/'.length, -'.yaml'.length), label: path, path })),
    load: async ({ path, label }) => loadScreenplay(read(path), label, EXAMPLE_VOCABULARY),
    loadAny: async ({ path, label }) =>
      isDeployment(read(path))
        ? { deployment: loadDeployment(read(path), label, EXAMPLE_VOCABULARY) }
        : { screenplay: loadScreenplay(read(path), label, EXAMPLE_VOCABULARY) },
    procedures: async () => [],
    deployment: async (path) => loadDeployment(read(path), path, EXAMPLE_VOCABULARY),
    clauses: EXAMPLE_VOCABULARY.clauses.map((id) => ({
      id,
      paraphrase: `What ${id} says.`,
      modality: 'shall',
      class: 'executable' as const,
      checks: [
        {
          id: `${id}.c1`,
          stance: 'protects' as const,
          parts: [...EXAMPLE_VOCABULARY.parts.values()]
            .filter((part) => part.id.startsWith(`${id}.c1/`))
            .map((part) => ({ ...part, what: `Something of ${id}.` })),
        },
      ],
    })),
  };
}

/** Runs a command line in the scene. */
export async function type(words: readonly string[], scene: Scene = {}): Promise<CommandTold> {
  const files = { 'shipped/client-compromise.yaml': EXAMPLE, 'shipped/short.yaml': SHORT, ...scene.files };
  const told = { stdout: '', stderr: '', data: new Uint8Array(0) };
  const jobs: AskedRun[] = [];
  const terminal = { ...PLAIN, ...scene.terminal };
  const read = (path: string): string => {
    const text = Object.entries(files).find(([name]) => name === path)?.[1];
    if (text === undefined) throw sceneError('HOST_FILE_MISSING', `there is no file ${path}`);
    return text;
  };
  let nowMs = 0;
  const context: Context = {
    stdout: { terminal, write: (text) => (told.stdout += text) },
    stderr: { terminal, write: (text) => (told.stderr += text) },
    written: async () => undefined,
    data: {
      write: async (octets) => {
        told.data = concat(told.data, octets);
      },
    },
    json: words.includes('--json'),
    nowMs: () => (nowMs += 60_000),
    readInput: async (path) => new Uint8Array(Buffer.from(read(path))),
    library: exampleLibrary(Object.keys(files), read),
    openQueue: () => exampleQueue(scene, jobs),
    build: async () => scene.build ?? '0b'.repeat(32),
    person: {
      streams: { input: new PassThrough(), screen: new PassThrough(), messages: new PassThrough() },
      signals: new EventEmitter(),
    },
    threads: 3,
    interruptible: (work) => work(scene.interrupt ?? new AbortController().signal),
  };
  const exit = await calldrill(words, context);
  return { exit, ...told, jobs };
}
