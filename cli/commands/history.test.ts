/** Checks over kept reports: when each failed first, how often it changed, and where nobody looked. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { reportJson } from '../../reports/index.ts';
import { GREEN } from '../../reports/sample.fixture.ts';
import type { SuiteResult, Verdict } from '../../scenarios/evidence/model.ts';
import { Histories } from '../../scenarios/evidence/comparison/index.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

const { place, calldrill } = typedInFolder('history');

/** A suite whose first check came to this; undefined leaves it out. */
function came(verdict: Verdict | undefined, was?: Verdict): SuiteResult {
  const [scenario, ...scenarios] = GREEN.scenarios;
  const [run, ...variants] = scenario?.variants ?? [];
  const [check, ...checks] = run?.checks ?? [];
  if (scenario === undefined || run === undefined || check === undefined) throw new Error('a check');
  const first = verdict === undefined ? [] : [{ ...check, verdict, ...(was === undefined ? {} : { was }) }];
  return {
    ...GREEN,
    scenarios: [
      { ...scenario, variants: [{ ...run, checks: [...first, ...checks] }, ...variants] },
      ...scenarios,
    ],
  };
}
const FIRST = ((): string => {
  const [scenario] = GREEN.scenarios;
  const [run] = scenario?.variants ?? [];
  return `${scenario?.id ?? ''}/${run?.name ?? ''}/${run?.checks[0]?.id ?? ''}`;
})();

for (const [verdicts, firstFailed, flips, tested] of [
  [['pass', 'pass'], null, 0, 2],
  [['pass', 'fail', 'pass', 'fail'], 1, 3, 4],
  [['fail', 'not-tested', 'fail'], 0, 0, 2],
  [['fail', undefined, 'pass'], 0, 1, 2],
  [[undefined, 'inconclusive', 'fail'], 2, 0, 1],
] as const)
  test(`a check that came to ${verdicts.map((each) => each ?? 'nothing').join(', ')}`, (t) => {
    const histories = new Histories();
    for (const verdict of verdicts) histories.add(came(verdict));
    const found = histories.checks.find((check) => check.place === FIRST);
    t.deepEqual(found, {
      ...{ place: FIRST, verdicts: verdicts.map((each) => each ?? null), firstFailed, flips, tested },
    });
  });

test('a failure that was waived is one', (t) => {
  const histories = new Histories();
  for (const suite of [came('pass'), came('waived', 'fail')]) histories.add(suite);
  t.like(
    histories.checks.find((check) => check.place === FIRST),
    { firstFailed: 1, flips: 1, tested: 2 },
  );
});

test('a folder of reports and results is read in the order of its names, and what cannot be read is told', async (t) => {
  const folder = join(place, 'nightly');
  mkdirSync(join(folder, 'run-10'), { recursive: true });
  mkdirSync(join(folder, 'seeds/1'), { recursive: true });
  writeFileSync(join(folder, 'run-9.json'), reportJson(came('pass')));
  writeFileSync(join(folder, 'run-10/report.json'), reportJson(came('fail')));
  writeFileSync(join(folder, 'seeds/1/report.json'), reportJson(came('pass')));
  const { exit, stdout } = await calldrill('history', 'nightly', '--json');
  t.is(exit, 0);
  const told = JSON.parse(stdout);
  t.deepEqual(
    told.entries.map(({ name }: { name: string }) => name),
    ['run-9', 'run-10', 'seeds/1'],
  );
  t.like(told.checks[0], { place: FIRST, verdicts: ['pass', 'fail', 'pass'], firstFailed: 1, flips: 2 });
  cpSync(folder, join(place, 'broken'), { recursive: true });
  writeFileSync(join(place, 'broken/run-8.json'), '{"version":3}');
  const broken = await calldrill('history', 'broken');
  t.is(broken.exit, 4);
  t.regex(broken.stdout, /^run-8 {2}not read: SUITE_VERSION/m);
  t.regex(
    broken.stdout,
    new RegExp(`^PFP {2}${FIRST} +first failed in run-10, 2 flips, tested in 3 of 3$`, 'm'),
  );
  t.regex(broken.stdout, /tested: \d+ of \d+ parts/);
});

test('a folder without reports is refused', async (t) => {
  mkdirSync(join(place, 'empty'));
  const { exit, stderr } = await calldrill('history', 'empty');
  t.is(exit, 7);
  t.regex(stderr, /VERIFY_NO_RESULTS: empty has no results folder and no report/);
});
