/**
 * A peer in C: a short program of this folder around somebody else's library, compiled when the test runs. It answers each line
 * of its input with one line, so a test asks all its questions in one go and nothing has to be waited for.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../sim/errors.ts';

const OUTPUT_OCTETS_MAX = 64 * 1024 * 1024;

/** One compiled program; each `ask` starts it anew, and its output is at most 64 MiB. */
export class CPeer {
  readonly #program: string;

  /**
   * Compiles `interop/<name>.c`; what the compiler says when it cannot is thrown, so that a missing package is not a skipped
   * test. The program is removed when this process ends.
   * @param library as the linker knows it: `srtp2`
   */
  constructor(name: string, library: string) {
    const folder = mkdtempSync(join(tmpdir(), 'calldrill-interop-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    this.#program = join(folder, name);
    const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-o', this.#program];
    run('cc', [...flags, join('interop', `${name}.c`), `-l${library}`], '');
  }

  /** One answer for each question. */
  ask(questions: readonly string[], args: readonly string[] = []): readonly string[] {
    const said = run(this.#program, args, questions.map((line) => `${line}\n`).join(''));
    const answers = said.split('\n').slice(0, -1);
    assert(answers.length === questions.length, 'each question has an answer');
    return answers;
  }
}

function run(program: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'latin1',
    maxBuffer: OUTPUT_OCTETS_MAX,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ended with status ${String(status)}:\n${stderr}${stdout}`);
  return stdout;
}
