/** What a command works with. The process gives the real things; a test gives its own. */
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Library } from './library.ts';
import type { OctetOutput, Output } from './output.ts';
import type { RunQueue } from '../scenarios/runs/index.ts';
import type { ExerciseOptions } from '../scenarios/host/index.ts';

/** How runs are made: on at most so many threads of this machine, each in so many mebibytes of heap, or by the workers of a queue. */
export interface OpenedQueue {
  readonly threads: number;
  readonly memoryMib?: number;
  /** The address of a Redis, as it was typed. */
  readonly redis?: string;
  /** Which repetition of the same runs this is, 1 or more; each is made anew. */
  readonly repetition?: number;
  /** Told now and then who makes runs, where these are workers of a queue. */
  readonly onWorkers?: (workers: string) => void;
}

/** Handed to every command beside its own options and operands: streams, clock, files, scenarios and runs. */
export interface Context {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Resolves when everything printed has been taken. Throws CLI_OUTPUT when something could not be written. */
  readonly written: () => Promise<void>;
  /** Standard output again, for a command whose data are octets. */
  readonly data: OctetOutput;
  /** One JSON object on standard output, and nothing else there. */
  readonly json: boolean;
  /** Milliseconds that only ever grow. */
  readonly nowMs: () => number;
  /** At most `octetsMax` octets of a file, or of standard input for `-`. Throws the HOST_FILE_ codes. */
  readonly readInput: (file: string, octetsMax: number) => Promise<Uint8Array>;
  readonly library: Library;
  /** Where runs are made; whoever opens it closes it. Throws the QUEUE_ codes. */
  readonly openQueue: (options: OpenedQueue) => RunQueue | Promise<RunQueue>;
  /** The build that runs here: it is part of every order. */
  readonly build: () => Promise<string>;
  /** The streams and signals of a person who plays along. */
  readonly person: Pick<ExerciseOptions, 'streams' | 'signals'>;
  /** How many threads this machine has for us. */
  readonly threads: number;
  /** Calls `work` with a signal that an interrupt aborts with CLI_INTERRUPTED. */
  readonly interruptible: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
}

/** Writes the one object that `--json` promises. */
export function writeJson(context: Context, content: object): void {
  context.stdout.write(`${JSON.stringify(content, asObjects, 2)}\n`);
}

/** For `JSON.stringify`: maps as objects, and everything else as it is. */
export function asObjects(_key: string, content: unknown): unknown {
  return content instanceof Map ? Object.fromEntries(content) : content;
}

/** Writes data for people to standard output, or the object of `--json`, and gives the exit code of success. */
export function answer(context: Context, content: object, textOf: () => string): ExitCode {
  if (context.json) writeJson(context, content);
  else context.stdout.write(textOf());
  return EXIT.pass;
}
