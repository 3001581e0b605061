/**
 * `npm run bench`: how fast the expensive parts are, each beside its target and its reference, with a yardstick in the same run. Each
 * bench has a process of its own. Times are CPU times. It measures and never judges: its exit status is 0 whatever the figures are, and 2 when it was asked what it does not know.
 *
 *     npm run bench -- [--json] [--only <name,...>]
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { jsonOf, tableOf, type Machine } from './bench-report.ts';
import { chosenNames, FIGURE_NAMES, pooled, sharesOf, type BenchedFigures } from './bench-run.ts';
import { givenTo, readOptions, refusal, type ReadOptions } from './script-options.ts';

const TEXTBOOK = 'network/mikey/textbook.bench.ts';

const SCRIPT = {
  name: 'bench',
  summary: `Measures how fast the expensive parts are, each against its reference. Figures:\n${FIGURE_NAMES.map((name) => `  ${name}\n`).join('')}`,
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
  usage: '[--json] [--only <name,...>]',
} as const;

interface BenchOrder {
  readonly json: boolean;
  /** Every figure when left out. */
  readonly names: readonly string[] | undefined;
}

function readOrder(words: readonly string[]): ReadOptions<BenchOrder> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { json, only } = read.given;
  if (only === undefined) return { given: { json, names: undefined } };
  const names = chosenNames(only);
  return names === undefined
    ? refusal(SCRIPT, '--only takes names of figures, which --help lists')
    : { given: { json, names } };
}

/** Measures figures of one bench in a process of its own. */
function measured(names: readonly string[]): Promise<BenchedFigures> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('bench-child.bench.js', import.meta.url), [...names], {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    child.on('message', (benched: BenchedFigures) => resolve(benched));
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`the process that measures ${names.join()} ended with ${code}`)),
    );
  });
}

async function bench({ json, names }: BenchOrder): Promise<void> {
  const parts: BenchedFigures[] = [];
  const shares = sharesOf(names);
  for (const [index, share] of shares.entries()) {
    process.stderr.write(`${index + 1} of ${shares.length}: ${share.join(', ')}\n`);
    parts.push(await measured(share));
  }
  const processors = cpus();
  const machine: Machine = {
    cpu: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    node: process.versions.node,
  };
  const textbookSha256 = createHash('sha256').update(readFileSync(TEXTBOOK)).digest('hex');
  const report = { ...pooled(parts), textbookSha256, machine };
  process.stdout.write(`${json ? jsonOf(report) : tableOf(report).join('\n')}\n`);
}

const order = givenTo(process, readOrder(process.argv.slice(2)));
if (order !== undefined) await bench(order);
