/**
 * `npm run goldens`: holds every shipped variant, at seed 42, against the report that was recorded of it: trace digests, verdicts, exposures,
 * measures. Exit status 0 when nothing differs, 1 when something does. `-- --report results/report.json` compares a report
 * that is there; `-- --scenario monthly-rekey` runs that one only; `-- --record` makes today's report the golden one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calldrill } from '../calldrill.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { contextOf } from '../process.ts';
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import { differencesOf, differenceText, type Json } from './goldens/difference.ts';
import { keptOf, writtenOut } from './goldens/kept.ts';
import { givenTo, readOptions } from './script-options.ts';

const GOLDEN = 'cli/dev/goldens/seed-42.json';
const SEED = '42';
/** Differences that are printed. */
const SHOWN_MAX = 25;

const SCRIPT = {
  name: 'goldens',
  summary: 'Holds every shipped variant, at seed 42, against the golden report.',
  options: {
    record: { type: 'boolean', default: false },
    'apart-from-events': { type: 'boolean', default: false },
    report: { type: 'string' },
    scenario: { type: 'string' },
  },
  usage: '[--scenario <id>] [--report <report.json>] [--apart-from-events] [--record]',
} as const;

/** report.json of a run of the shipped scenarios, or of one of them. */
async function reportOfRun(scenario: string | undefined): Promise<string | ExitCode> {
  const place = mkdtempSync(join(tmpdir(), 'calldrill-goldens-'));
  try {
    const out = join(place, 'out');
    const words = ['run', ...(scenario === undefined ? [] : [scenario]), '--seed', SEED, '--out', out];
    const context = contextOf(process, words);
    const exit = await calldrill(words, { ...context, stdout: context.stderr });
    const judged = exit === EXIT.pass || exit === EXIT.fail || exit === EXIT.inconclusive;
    return judged ? readFileSync(join(out, 'report.json'), 'utf8') : exit;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The part of a report that a run of one scenario has too. */
function partOf(suite: SuiteResult, scenario: string | undefined): Json {
  const part = scenario === undefined ? suite : suite.scenarios.filter(({ id }) => id === scenario);
  return keptOf(part as unknown as Json);
}

async function main(): Promise<ExitCode> {
  const given = givenTo(process, readOptions(SCRIPT, process.argv.slice(2)));
  if (given === undefined) return EXIT.usage;
  const { report, scenario, record, 'apart-from-events': apartFromEvents } = given;
  const text = report === undefined ? await reportOfRun(scenario) : readFileSync(report, 'utf8');
  if (typeof text !== 'string') return text;
  const now = JSON.parse(text) as SuiteResult;
  if (record) {
    writeFileSync(GOLDEN, `${writtenOut(partOf(now, undefined))}\n`);
    process.stdout.write(`${GOLDEN} is recorded\n`);
    return EXIT.pass;
  }
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as SuiteResult;
  const differences = differencesOf(partOf(golden, scenario), partOf(now, scenario), { apartFromEvents });
  for (const each of differences.slice(0, SHOWN_MAX)) process.stdout.write(`${differenceText(each)}\n`);
  const variants = now.scenarios.reduce((sum, { variants: list }) => sum + list.length, 0);
  process.stdout.write(`${variants} variants, ${differences.length} differences from the golden report\n`);
  return differences.length === 0 ? EXIT.pass : EXIT.fail;
}

process.exitCode = await main();
