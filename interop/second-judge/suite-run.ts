/** One run of every shipped scenario, as a user makes it, with all that the second judge is given of it: three kinds of files and no module. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openedText, rows, word, type JsonObject } from '../../cli/verify/judge/json-text.ts';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const CLAUSES = fileURLToPath(new URL('../../../scenarios/catalogue/clauses.json', import.meta.url));
const run = promisify(execFile);

/** What a suite leaves behind, and what its scenarios declare. */
export interface SuiteMade {
  readonly report: JsonObject;
  /** `clauses.json`. */
  readonly clauses: string;
  /** What `show --json` prints of each scenario. */
  readonly shown: readonly JsonObject[];
  /** The traces by `scenario/variant`. */
  readonly traces: ReadonlyMap<string, string>;
}

/** The folder of a run of the suite at seed 42, where there is one already: a minute is saved. Whoever names it has just made it. */
const { CALLDRILL_SUITE: MADE } = process.env;

/** Runs the suite at seed 42; its folder. */
async function suiteRun(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'calldrill-second-judge-'));
  process.once('exit', () => rmSync(out, { recursive: true, force: true }));
  await run(process.execPath, [MAIN, 'run', '--seed', '42', '--out', out, '--quiet'], { maxBuffer: 1 << 26 });
  return out;
}

async function suiteMade(): Promise<SuiteMade> {
  const out = MADE ?? (await suiteRun());
  const shown: JsonObject[] = [];
  const traces = new Map<string, string>();
  for (const scenario of rows(openedText(await ask('list', '--json'), 'list'), 'scenarios')) {
    const id = word(scenario, 'id');
    const declared = openedText(await ask('show', id, '--json'), id);
    shown.push(declared);
    for (const variant of rows(declared, 'variants')) {
      const name = `${id}/${word(variant, 'name')}`;
      traces.set(name, await readFile(join(out, name, 'trace.ndjson'), 'utf8'));
    }
  }
  return {
    report: openedText(await readFile(join(out, 'report.json'), 'utf8'), 'report.json'),
    clauses: await readFile(CLAUSES, 'utf8'),
    shown,
    traces,
  };
}

async function ask(...line: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [MAIN, ...line], { maxBuffer: 1 << 26 });
  return stdout;
}

/** It is made when this is first imported, for each judge by itself; whoever imports it need not wait. */
export const suite = await suiteMade();
