/** The same scenarios under many seeds: one line for each, and the checks whose verdict depends on the seed. */
import type { SuiteResult } from '../../scenarios/runs/index.ts';
import { resultText } from '../../reports/tally.ts';
import { writeJson, type Context } from '../context.ts';
import { exitOfSuite, worstExit, type ExitCode } from '../exit-code.ts';
import { modelOf, writeReports } from './evidence.ts';
import { replayFacts, tellMissing, wordOf, writingResults } from './outcome.ts';
import { SeedComparison, waveringText, type Wavering } from './seed-comparison.ts';
import { requestOf } from './request.ts';
import { replayOf, replayOfRange, type RunSettings } from './settings.ts';
import { performSuites, type SuiteRequest } from './suites.ts';

/** What is kept of one seed; its model is on disk by then. */
interface SeedSummary {
  readonly seed: string;
  readonly keySeed: string;
  readonly exitCode: ExitCode;
  readonly counts: string;
  readonly out: string;
  readonly replay: string;
}

/** Each seed's results go into a folder of its own below `out`; the exit code is the worst of theirs. */
export async function runManySeeds(
  seeds: readonly string[],
  settings: RunSettings,
  context: Context,
): Promise<ExitCode> {
  const requests: readonly SuiteRequest[] = seeds.map((seed) => ({
    ...requestOf(settings, seed),
    below: seed,
  }));
  const clauses = context.library.clauses;
  const comparison = new SeedComparison();
  const summaries: SeedSummary[] = [];
  await writingResults(settings, context, async (folder, options) => {
    for await (const performed of performSuites(requests, options, context)) {
      const { request, build } = performed;
      const { seed } = request;
      const suite = modelOf(performed, replayOf(settings, seed), clauses);
      const { oscalVersion } = settings;
      writeReports(folder, suite, { request, build, below: seed, oscalVersion });
      tellMissing(suite, context);
      comparison.add(suite);
      const summary = summaryOf(suite, settings);
      summaries.push(summary);
      if (!context.json && !settings.quiet) context.stdout.write(lineOf(summary));
    }
  });
  const exit = worstExit(summaries.map(({ exitCode }) => exitCode));
  const { wavering } = comparison;
  const range = `${seeds[0] ?? ''}..${seeds.at(-1) ?? ''}`;
  const replay = replayOfRange(settings, range);
  if (context.json)
    writeJson(context, { exitCode: exit, out: settings.out, seeds: summaries, wavering, replay });
  else
    context.stdout.write(
      `${waveringTable(wavering)}${replayFacts(exit, rangeText(range, settings), replay)}`,
    );
  return exit;
}

function summaryOf(suite: SuiteResult, { strict, out }: RunSettings): SeedSummary {
  return {
    seed: suite.seed,
    keySeed: suite.keySeed,
    exitCode: exitOfSuite(suite, strict),
    counts: resultText(suite),
    out: `${out}/${suite.seed}`,
    replay: suite.replay,
  };
}

function rangeText(range: string, { keySeed }: RunSettings): string {
  return keySeed === undefined ? `${range}, each its own key seed` : `${range}, key seed ${keySeed}`;
}

function lineOf({ seed, exitCode, counts, out }: SeedSummary): string {
  return `seed ${seed}: ${wordOf(exitCode)} (${counts}); ${out}/index.html\n`;
}

function waveringTable(wavering: readonly Wavering[]): string {
  if (wavering.length === 0) return '\nEvery check has the same verdict under every seed.\n\n';
  const lines = wavering.map((each) => `  ${each.check}: ${waveringText(each)}\n`);
  return `\nVerdicts that depend on the seed:\n${lines.join('')}\n`;
}
