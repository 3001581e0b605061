/** The far side of `shared-process.fixture.ts`. */
import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { calldrill } from './calldrill.ts';
import { contextOf } from './process.ts';
import { rememberedRuns } from './remembered-runs.fixture.ts';
import type { Ended, ProcessOrder } from './shared-process.fixture.ts';

const remembered = rememberedRuns();

/** A stream that keeps what is written to it. */
class Buffered extends Writable {
  readonly #parts: Buffer[] = [];

  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.#parts.push(part);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString();
  }
}

async function carryOut({ words, folder, input, env, remembers }: ProcessOrder): Promise<Ended> {
  process.chdir(folder);
  const [stdout, stderr] = [new Buffered(), new Buffered()];
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)], { objectMode: false });
  const exit = (code: number): never => process.exit(code);
  const host = Object.assign(new EventEmitter(), { stdin, stdout, stderr, env, exit });
  const context = contextOf(host, words);
  const code = await calldrill(words, remembers ? { ...context, openQueue: remembered } : context);
  return { exit: code, stdout: stdout.text, stderr: stderr.text };
}

let last: Promise<unknown> = Promise.resolve();
process.on('message', (order: ProcessOrder) => {
  last = last.then(async () => process.send?.(await carryOut(order)));
});
