/**
 * `npm run bench`: how fast the expensive parts are, each beside its target and its reference, with a yardstick in the same run. Times are
 * CPU times. It measures and never judges: its exit status is 0 whatever the figures are, and 2 when it was asked what it does not know.
 *
 *     npm run bench -- [--json] [--only <name,...>]
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../sim/errors.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import { allowRelaxedSimd, loadAssets, loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { jsonOf, tableOf, type Machine } from './bench-report.ts';
import { chosenNames, FIGURE_NAMES, measuredBy } from './bench-run.ts';
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

/** Milliseconds of the processor that this process has used. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
function octetsInUse(): number {
  assert(typeof collect === 'function', 'the collector can be called');
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function bench({ json, names }: BenchOrder): Promise<void> {
  allowRelaxedSimd();
  const files = await shippedScenarios();
  const bed = {
    now,
    octetsInUse,
    readQr: await loadQrReader(),
    assets: await loadAssets(),
    screenplays: await Promise.all(files.map((file) => loadScenario(file, SHIPPED_KINDS))),
    tell: (what: string) => void process.stderr.write(`measuring ${what}\n`),
  };
  const processors = cpus();
  const machine: Machine = {
    cpu: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    node: process.versions.node,
  };
  const textbookSha256 = createHash('sha256').update(readFileSync(TEXTBOOK)).digest('hex');
  const measured = { ...measuredBy(bed, names), textbookSha256, machine };
  process.stdout.write(`${json ? jsonOf(measured) : tableOf(measured).join('\n')}\n`);
}

const order = givenTo(process, readOrder(process.argv.slice(2)));
if (order !== undefined) await bench(order);
