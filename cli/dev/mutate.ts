/**
 * `npm run mutate`: changes the built JavaScript of a file in all ways that StrykerJS would, and runs the file's own tests on each of these
 * mutants. A mutant that no test notices is a promise that no test holds. Exit status 0 when 90 % are noticed in each file;
 * not part of CI, for it takes minutes.
 *
 *     npm run mutate -- [--file network/rtp/srtp.ts]... [--jobs <n>] [--minutes <n>] [--json]
 */
import { pathToFileURL } from 'node:url';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { EQUIVALENTS } from './mutate/equivalent.ts';
import { mutantsOf } from './mutate/mutants.ts';
import { readMutateOrder, type MutateOrder } from './mutate/options.ts';
import { linesOf, reportOf, type FileReport } from './mutate/report.ts';
import { builtPathOf, testsOf } from './mutate/subjects.ts';
import { FailsUnmutated, tryMutants } from './mutate/trial.ts';
import { scriptProgress } from './script-progress.ts';
import { givenTo } from './script-options.ts';

const now = (): number => performance.now();

async function reportOn(file: string, { jobs, minutes }: MutateOrder): Promise<FileReport> {
  const began = now();
  const builtPath = builtPathOf(file);
  const mutants = mutantsOf(builtPath);
  const equivalents = EQUIVALENTS.filter((each) => each.file === file);
  process.stderr.write(`${file}: ${mutants.length} mutants\n`);
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: mutants.length,
    things: 'mutants',
    now,
  });
  const tried = await tryMutants({
    subject: {
      target: pathToFileURL(builtPath).href,
      tests: testsOf(file).map((test) => pathToFileURL(builtPathOf(test)).href),
      mutants,
    },
    mutants,
    equivalents,
    jobs,
    limitMs: minutes * 60_000,
    now,
    onTried: () => void process.stderr.write(progress()),
  });
  return reportOf(file, tried, equivalents, Math.ceil((now() - began) / 1_000));
}

async function main(): Promise<ExitCode> {
  const order = givenTo(process, readMutateOrder(process.argv.slice(2)));
  if (order === undefined) return EXIT.usage;
  const reports: FileReport[] = [];
  for (const file of order.files) {
    try {
      const report = await reportOn(file, order);
      reports.push(report);
      if (!order.json) process.stdout.write(`${linesOf(report).join('\n')}\n`);
    } catch (error) {
      if (!(error instanceof FailsUnmutated)) throw error;
      process.stderr.write(`error: ${file}: ${error.message}\n`);
      return EXIT.fail;
    }
  }
  if (order.json) process.stdout.write(`${JSON.stringify({ files: reports }, undefined, 2)}\n`);
  return reports.every(({ holds }) => holds) ? EXIT.pass : EXIT.fail;
}

process.exitCode = await main();
