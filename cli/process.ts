/** What the commands work with when they run in a process of their own: its streams, its files, its threads. */
import { availableParallelism } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { readAll, readInput, threadPool, buildId } from '../scenarios/host/index.ts';
import type { Context } from './context.ts';
import { handOut } from './queue/hand-out.ts';
import { interruptible, type Interruptible } from './interrupt.ts';
import { installedLibrary } from './library.ts';
import { octetsTo, outputTo } from './output.ts';
import { terminalOf, type ColourChoice, type Environment } from './terminal.ts';

/** Takes a line of progress away, so that what is said begins a line. */
const CLEAN_LINE = '\r\u001b[K';

type Screen = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The part of `process` that this needs. */
export type HostProcess = Interruptible &
  Context['person']['signals'] & {
    readonly stdin: Readable & { readonly isTTY?: boolean };
    readonly stdout: Screen;
    readonly stderr: Screen;
    readonly env: Environment;
  };

/** The context of a process that was started with `words`. Options that messages depend on are looked at before the rest. */
export function contextOf(host: HostProcess, words: readonly string[]): Context {
  const end = words.indexOf('--');
  const options = new Set(end < 0 ? words : words.slice(0, end));
  const colour = colourChoice(options);
  const { stdout, stderr, stdin, env } = host;
  const lost = new AbortController();
  const onLost = (error: Error): void => lost.abort(error);
  return {
    stdout: outputTo(stdout, terminalOf(stdout, env, colour), onLost),
    stderr: outputTo(stderr, terminalOf(stderr, env, colour), onLost),
    written: async () => {
      await Promise.all([stdout, stderr].map(taken));
      lost.signal.throwIfAborted();
    },
    data: octetsTo(stdout),
    json: options.has('--json'),
    nowMs: () => performance.now(),
    readInput: (file, octetsMax) =>
      file === '-' ? readAll(stdin, 'standard input', octetsMax) : readInput(file, octetsMax),
    library: installedLibrary(),
    openQueue: ({ redis, ...options }) =>
      redis === undefined
        ? threadPool(options)
        : handOut(redis, {
            ...options,
            env,
            tell: (line) => stderr.write(`${stderr.isTTY ? CLEAN_LINE : ''}${line}\n`),
          }),
    build: () => buildId(),
    person: { streams: streamsOf(host, options.has('--json')), signals: host },
    threads: availableParallelism(),
    interruptible: (work) => interruptible(host, lost.signal, work),
  };
}

/** Resolves when all that was written to a stream has been taken, or cannot be. */
function taken(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) setImmediate(resolve);
    else stream.write('', () => resolve());
  });
}

/** What a person sees goes where a person looks, unless standard output is wanted for data. */
function streamsOf({ stdin, stdout, stderr }: HostProcess, json: boolean): Context['person']['streams'] {
  const elsewhere = json || (stdin.isTTY === true && stdout.isTTY !== true);
  return { input: stdin, screen: elsewhere ? stderr : stdout, messages: stderr };
}

function colourChoice(options: ReadonlySet<string>): ColourChoice {
  if (options.has('--no-color')) return 'never';
  return options.has('--color') ? 'always' : 'auto';
}
