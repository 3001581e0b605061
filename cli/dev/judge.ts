/**
 * `npm run judge`: the test of the judge. It changes shipped scenarios so that they must not pass as they did (a step is left out, a value is misspelt,
 * users change places, a prediction is turned round, nothing happens, a rule is broken), runs each in memory, and says whether a verdict
 * changed. What nobody notices is a check that is missing. Exit status 0 when each step, value and rule is missed, and each
 * other survivor has a reason in `cli/dev/judge/known-survivors.ts`; 1 when not, or when a run broke.
 *
 *     npm run judge -- [--scenario <id>]... [--kind <kind>]... [--only <n>] [--jobs <n>] [--json]
 */
import { loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import type { Screenplay } from '../../scenarios/language/index.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Change } from './judge/change.ts';
import { tryChanges } from './judge/court.ts';
import { KNOWN_SURVIVORS } from './judge/known-survivors.ts';
import { changesOf, tooMuchScenery, unplantedRules } from './judge/mutators.ts';
import { readJudgeOrder, type JudgeOrder } from './judge/options.ts';
import { refusedTogether } from './judge/refused-together.ts';
import { linesOf, reportOf } from './judge/report.ts';
import { givenTo } from './script-options.ts';
import { scriptProgress } from './script-progress.ts';

/** The changes that are wanted, by their numbers among all that there are. */
function wanted(
  changes: readonly Change[],
  { scenarios, kinds, only }: JudgeOrder,
): ReadonlyMap<number, Change> {
  const numbered = changes.map((change, index) => [index + 1, change] as const);
  return new Map(
    numbered.filter(
      ([number, { scenario, kind }]) =>
        (scenarios.length === 0 || scenarios.includes(scenario)) &&
        kinds.includes(kind) &&
        (only === undefined || only === number),
    ),
  );
}

function faultsOf(
  screenplays: readonly Screenplay[],
  { scenarios, kinds, only }: JudgeOrder,
): readonly string[] {
  const unplanted = scenarios.length === 0 && only === undefined && kinds.includes('plant');
  return [
    ...screenplays.flatMap((screenplay) => tooMuchScenery(screenplay) ?? []),
    ...(unplanted ? unplantedRules(screenplays).map((rule) => `no scenario plants ${rule}`) : []),
  ];
}

async function main(): Promise<ExitCode> {
  const files = await shippedScenarios();
  const order = givenTo(
    process,
    readJudgeOrder(
      process.argv.slice(2),
      files.map(({ name }) => name),
    ),
  );
  if (order === undefined) return process.exitCode === EXIT.pass ? EXIT.pass : EXIT.usage;
  const begun = performance.now();
  const screenplays = await Promise.all(files.map((file) => loadScenario(file, SHIPPED_KINDS)));
  const all = screenplays.flatMap((screenplay) => changesOf(screenplay));
  const changes = wanted(all, order);
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: changes.size,
    things: 'changes',
    now: () => performance.now(),
  });
  const onTried = (): void => void process.stderr.write(progress());
  const refused = refusedTogether(changes, SHIPPED_KINDS);
  const tried = await tryChanges({ changes, refused, jobs: order.jobs, onTried });
  const { scenarios, kinds, only } = order;
  const known = KNOWN_SURVIVORS.filter(
    ({ scenario, kind }) =>
      only === undefined && kinds.includes(kind) && (scenarios.length === 0 || scenarios.includes(scenario)),
  );
  const seconds = Math.ceil((performance.now() - begun) / 1_000);
  const report = reportOf({ tried, known, faults: faultsOf(screenplays, order), seconds });
  process.stdout.write(
    order.json ? `${JSON.stringify(report, undefined, 2)}\n` : `${linesOf(report).join('\n')}\n`,
  );
  return report.holds ? EXIT.pass : EXIT.fail;
}

process.exitCode = await main();
