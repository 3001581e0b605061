/**
 * `npm run forks`: takes forks of shipped scenarios at random moments, in calls and handshakes too, and holds each against its
 * origin: the same trace, and the same octets when the same lines are typed in both. Exit status 0 when all are the same world, 1 when
 * one is not; then it prints scenario, variant, seed and moment, and the line that shows it again.
 *
 *     npm run forks -- [--forks <n>] [--seed <text>] [--round <n>]
 *
 * With `--beginnings` it runs every shipped variant twice instead, with its probes and without: with what is remembered of the variants
 * before it, and from its first line. Exit status 0 when each comes to the same, octet for octet.
 *
 *     npm run forks -- --beginnings [--seed <text>]
 */
import { loadAssets, loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import { Beginnings } from '../../scenarios/runs/index.ts';
import { SHIPPED_KINDS, type Assets } from '../../scenarios/world/index.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import {
  allSame,
  doneRound,
  reportOf,
  roundsOf,
  type DoneRound,
  type ForkOrder,
} from './forks/shipped-rounds.ts';
import { beginningsReport, checkBeginnings } from './forks/shared-beginnings.ts';
import { scriptProgress } from './script-progress.ts';
import { givenTo, readOptions, refusal, wholeNumber, type ReadOptions } from './script-options.ts';

const FORKS_MAX = 1_000_000;

const SCRIPT = {
  name: 'forks',
  summary:
    'Holds forks of shipped scenarios, taken at random moments, against the worlds they were taken of.',
  options: {
    forks: { type: 'string', default: '300' },
    seed: { type: 'string', default: 'forks' },
    round: { type: 'string' },
    beginnings: { type: 'boolean', default: false },
  },
  usage: '[--forks <n>] [--seed <text>] [--round <n>] | --beginnings [--seed <text>]',
} as const;

function readOrder(
  words: readonly string[],
): ReadOptions<ForkOrder & { readonly round: number | undefined; readonly beginnings: boolean }> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { seed, beginnings } = read.given;
  const forks = wholeNumber(read.given.forks, 1, FORKS_MAX);
  if (forks === undefined) return refusal(SCRIPT, `--forks is a whole number from 1 to ${FORKS_MAX}`);
  if (read.given.round === undefined) return { given: { forks, seed, round: undefined, beginnings } };
  const round = wholeNumber(read.given.round, 0, forks - 1);
  if (round === undefined) return refusal(SCRIPT, '--round is the number of a round, from 0');
  return { given: { forks, seed, round, beginnings } };
}

async function main(): Promise<ExitCode> {
  const order = givenTo(process, readOrder(process.argv.slice(2)));
  if (order === undefined) return process.exitCode === EXIT.pass ? EXIT.pass : EXIT.usage;
  const screenplays = await Promise.all(
    (await shippedScenarios()).map((file) => loadScenario(file, SHIPPED_KINDS)),
  );
  const assets = await loadAssets();
  if (order.beginnings) return holdBeginnings(screenplays, assets, order.seed);
  const rounds = roundsOf(screenplays, order).filter(({ index }) => index === (order.round ?? index));
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: rounds.length,
    things: 'performances',
    now: () => performance.now(),
  });
  const done: DoneRound[] = [];
  for (const round of rounds) {
    done.push(doneRound(round, assets));
    process.stderr.write(progress());
  }
  process.stdout.write(`${reportOf(done, order).join('\n')}\n`);
  return allSame(done) ? EXIT.pass : EXIT.fail;
}

function holdBeginnings(screenplays: readonly Screenplay[], assets: Assets, seed: string): ExitCode {
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: screenplays.length * 2,
    things: 'scenarios',
    now: () => performance.now(),
  });
  const now = (): number => process.cpuUsage().user / 1000;
  const checked = screenplays.flatMap((screenplay) =>
    [true, false].flatMap((probes) => {
      const beginnings = new Beginnings();
      const done = checkBeginnings({ screenplay, seed, probes, assets, beginnings, now });
      process.stderr.write(progress());
      process.stdout.write(
        `${screenplay.id}${probes ? '' : ' without probes'}: ${beginningsReport(done)[0]}\n`,
      );
      return done;
    }),
  );
  process.stdout.write(`${beginningsReport(checked).join('\n')}\n`);
  return checked.every(({ difference }) => difference === undefined) ? EXIT.pass : EXIT.fail;
}

process.exitCode = await main();
