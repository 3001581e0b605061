/** Results in a folder of their own that somebody verifies: each is run once, and copied for whoever wants to tamper with it. */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { Ended, SharedProcess } from '../shared-process.fixture.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

/** What `verify` told: what came of each result, and all faults with the result before them. */
export interface VerifyAnswer {
  readonly exit: number;
  readonly came: Readonly<Record<string, string>>;
  readonly why: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, string | undefined>>;
  readonly faults: readonly string[];
}

/** Who types, where, and what is done there time and again. */
export interface VerifiedResults {
  readonly place: string;
  /** For lines with input. */
  readonly shared: SharedProcess;
  readonly calldrill: (...words: readonly string[]) => Promise<Ended>;
  /** A results folder of its own, of which there is one run. */
  readonly results: (...words: readonly string[]) => Promise<string>;
  readonly verify: (...words: readonly string[]) => Promise<VerifyAnswer>;
  /** Tampers with results of a line, and expects exit 7 and a fault of this form of `verify` with these options. */
  readonly names: (
    t: ExecutionContext,
    line: readonly string[],
    tamper: (folder: string) => void,
    fault: RegExp,
    options?: readonly string[],
  ) => Promise<void>;
}

/** `name` says in the name of the folder whose it is; without `remembers` each run is really made whenever it is asked for. */
export function verifiedResults(name: string, { remembers = true } = {}): VerifiedResults {
  const { place, shared } = typedInFolder(name);
  const calldrill = (...words: readonly string[]): Promise<Ended> =>
    shared.calldrill(words, { folder: place, env: { NO_COLOR: '1' }, remembers });
  const originals = new Map<string, Promise<string>>();
  let made = 0;

  async function results(...words: readonly string[]): Promise<string> {
    const line = words.join(' ');
    const original =
      originals.get(line) ??
      (async () => {
        const out = `original-${made++}`;
        const { stderr } = await calldrill('run', ...words, '--out', out, '--jobs', '1', '--quiet');
        if (!existsSync(join(place, out))) throw new Error(stderr);
        return join(place, out);
      })();
    originals.set(line, original);
    const copy = join(place, `copy-${made++}`);
    cpSync(await original, copy, { recursive: true });
    return copy;
  }

  async function verify(...words: readonly string[]): Promise<VerifyAnswer> {
    const { exit, stdout, stderr } = await calldrill('verify', ...words, '--json');
    const { results: all } = JSON.parse(stdout) as {
      results?: { of: string; came: string; why: string; code?: string; faults: string[] }[];
    };
    if (all === undefined) throw new Error(stderr);
    return {
      exit,
      came: Object.fromEntries(all.map(({ of, came }) => [of, came])),
      why: Object.fromEntries(all.map(({ of, why }) => [of, why])),
      codes: Object.fromEntries(all.map(({ of, code }) => [of, code])),
      faults: all.flatMap(({ of, faults }) => faults.map((fault) => `${of}: ${fault}`)),
    };
  }

  const names: VerifiedResults['names'] = async (t, line, tamper, fault, options = []) => {
    const folder = await results(...line);
    tamper(folder);
    const { exit, faults } = await verify(folder, ...options);
    t.is(exit, 7);
    t.true(
      faults.some((each) => fault.test(each)),
      faults.slice(0, 5).join('\n'),
    );
  };
  return { place, shared, calldrill, results, verify, names };
}
