/**
 * What an interop test needs of the machine: other people's programs, mostly. One that is missing skips the test here, and the title says
 * which package has it. In CI nothing is skipped: a test that did not run has shown nothing.
 */
import { spawnSync } from 'node:child_process';
import ava, { type ExecutionContext } from 'ava';

/** One program, or whatever else a machine may lack, and how to look for it. */
export interface Need {
  readonly name: string;
  /** What to do when it is missing. */
  readonly remedy: string;
  readonly isThere: () => boolean;
}

/** A program on the path. `version` are words that make it say something and end. */
export function program(
  name: string,
  debianPackage: string,
  version: readonly string[] = ['--version'],
): Need {
  const isThere = () => spawnSync(name, version, { stdio: 'ignore' }).error === undefined;
  return { name, remedy: `apt-get install ${debianPackage}`, isThere };
}

/** Declares a test as Ava's `test` does, once what it needs has been looked for. */
export type InteropTest = (title: string, body: (t: ExecutionContext) => void | Promise<void>) => void;

/** Ava's `test` for a machine that has what is needed. One test after the other: the programs are not small. */
export function testWith(...needs: readonly Need[]): InteropTest {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return (title, body) => ava.serial(title, body);
  const lacks = missing.map(({ name, remedy }) => `${name} is missing: ${remedy}`).join('; ');
  if ((process.env['CI'] ?? '') === '') return (title, body) => ava.skip(`${title} (${lacks})`, body);
  return (title) => ava(title, (t) => t.fail(lacks));
}
