/** A deployment file through the real program: parameters, targets, waivers and declarations, their exit codes, replays and merges. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { parseSuite } from '../scenarios/evidence/parse-suite.ts';
import { mergeSuites } from '../scenarios/evidence/merge-suites.ts';
import type { SuiteResult } from '../scenarios/runs/index.ts';
import { reportJson } from '../reports/json.ts';
import { SharedProcess, type Ended } from './shared-process.fixture.ts';

const EXAMPLE = readFileSync(new URL('../../docs/examples/deployment.yaml', import.meta.url), 'utf8');

const STORY = `scenario: lost-phone
title: A phone is lost, and wiped ten minutes after it was told
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  people: [mdm-admin]
parameters: { crs-months: 3 }
steps:
  - { at: "08:10", by: alice, type: "tell mdm-admin I lost my phone" }
  - { at: "08:20", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
moments:
  told: { first: person.told, to: mdm-admin }
  ordered: { first: mdm.wipe-ordered, phone: alice-phone }
expect:
  - { id: acknowledged, see: mdm.wipe-acknowledged, within: { target: wipe-acknowledged }, of: ordered, check: para-30.c1/acknowledged }
  - { id: first-step, see: mdm.wipe-ordered, within: { target: first-action }, of: told, check: para-29.c1/told-to-action }
variants:
  main: { title: As it is }
  long-skew: { title: With another limit, parameters: { skew-limit: 2h } }
`;

const WAIVER = `waivers:
  - part: para-29.c1/told-to-action
    owner: Senior risk owner
    reason: nobody is on duty at night
    adviser: Accreditor
    date: 2015-09-01
    expires: 2016-04-01
`;
const OURS = `deployment: ours
valid-on: 2015-12-01
parameters: { skew-limit: 5m, crs-months: 4, call-limit: 7 }
targets: { wipe-acknowledged: 15m, first-action: 5m }
`;

const place = mkdtempSync(join(tmpdir(), 'calldrill-deployment-'));
const shared = new SharedProcess();
test.after.always(() => {
  shared.end();
  rmSync(place, { recursive: true, force: true });
});
for (const [name, text] of [
  ['story.yaml', STORY],
  ['ours.yaml', OURS],
  ['waived.yaml', `${OURS}${WAIVER}`],
  ['example.yaml', EXAMPLE],
  ['slack.yaml', OURS.replace('first-action: 5m', 'first-action: 10m')],
  ['bad.yaml', OURS.replace('first-action', 'frist-action')],
] as const)
  writeFileSync(join(place, name), text);

function calldrill(...words: readonly string[]): Promise<Ended> {
  return shared.calldrill(words, { folder: place, input: '', env: { NO_COLOR: '1' }, remembers: false });
}

let count = 0;
/** Runs the story; gives the report and how it ended. */
async function run(
  ...words: readonly string[]
): Promise<{ readonly suite: SuiteResult; readonly ended: Ended; readonly out: string }> {
  const out = `out-${count++}`;
  const ended = await calldrill('run', 'story.yaml', '--out', out, '--jobs', '1', ...words);
  return {
    ended,
    out,
    suite: parseSuite(readFileSync(join(place, out, 'report.json'), 'utf8'), 'report.json'),
  };
}

const checkOf = ({ scenarios }: SuiteResult, id: string, variant = 'main') =>
  scenarios[0]?.variants.find(({ name }) => name === variant)?.checks.find((each) => each.id === id);
const verdictOf = ({ clauses }: SuiteResult, id: string) => clauses.find((each) => each.id === id)?.verdict;

test.serial(
  'without a deployment what is held against a target is not tested, and nothing is declared',
  async (t) => {
    const { suite, ended } = await run();
    t.is(ended.exit, 0);
    for (const id of ['acknowledged', 'first-step'])
      t.like(checkOf(suite, id), { verdict: 'not-tested' }, id);
    t.is(suite.deployment, undefined);
    t.like(suite.scenarios[0]?.variants[0]?.setBy, {
      'skew-limit': { by: 'default' },
      'crs-months': { by: 'scenario' },
    });
  },
);

test.serial('the least that sets a parameter last wins, and every report names it', async (t) => {
  const { suite, out } = await run('--deployment', 'ours.yaml', '--param', 'call-limit=9');
  const [main, long] = suite.scenarios[0]?.variants ?? [];
  t.like(main?.parameters, { 'skew-limit': '5m', 'crs-months': '3', 'call-limit': '9', calendar: 'true' });
  t.like(main?.setBy, {
    'skew-limit': { by: 'deployment', at: 'ours.yaml:3' },
    'crs-months': { by: 'scenario' },
    'call-limit': { by: 'command-line' },
    calendar: { by: 'default' },
  });
  t.is(long?.parameters['skew-limit'], '2h');
  t.deepEqual(long?.setBy['skew-limit'], { by: 'variant' });
  const junit = readFileSync(join(place, out, 'junit.xml'), 'utf8');
  t.true(junit.includes('name="parameter.skew-limit.set-by" value="deployment, ours.yaml:3"'));
  const page = readFileSync(join(place, out, 'index.html'), 'utf8');
  t.true(page.includes('deployment, ours.yaml:3'));
  const { ended } = await run('--deployment', 'ours.yaml', '--details');
  t.regex(ended.stdout, /skew-limit 5m \(deployment, ours\.yaml:3\)/);
});

test.serial('a target that is missed fails, one that is met passes', async (t) => {
  const { suite, ended } = await run('--deployment', 'ours.yaml');
  t.is(ended.exit, 1);
  t.like(checkOf(suite, 'first-step'), { verdict: 'fail' });
  t.like(checkOf(suite, 'acknowledged'), { verdict: 'pass' });
  t.is(verdictOf(suite, 'para-29'), 'fail');
  const slack = await run('--deployment', 'slack.yaml');
  t.is(slack.ended.exit, 0);
  t.is(verdictOf(slack.suite, 'para-29'), 'pass');
});

test.serial(
  'a waiver in force turns it into waived, and from its expiry on it fails with exit code 1',
  async (t) => {
    const { suite, ended, out } = await run('--deployment', 'waived.yaml');
    t.is(ended.exit, 0);
    t.like(checkOf(suite, 'first-step'), { verdict: 'waived', was: 'fail' });
    t.is(verdictOf(suite, 'para-29'), 'waived');
    t.like(suite.deployment?.waivers, { length: 1, 0: { verdict: 'waived' } });
    t.regex(readFileSync(join(place, out, 'junit.xml'), 'utf8'), /<skipped type="waived"/);
    const late = await run('--deployment', 'waived.yaml', '--as-of', '2016-04-01');
    t.is(late.ended.exit, 1);
    t.like(checkOf(late.suite, 'first-step'), { verdict: 'fail' });
    t.like(late.suite.deployment?.waivers, { 0: { verdict: 'fail' } });
    t.regex(late.suite.replay, / --deployment waived\.yaml --as-of 2016-04-01 /);
    t.regex(
      late.suite.scenarios[0]?.variants[0]?.replay ?? '',
      / --deployment waived\.yaml --as-of 2016-04-01$/,
    );
  },
);

test.serial('an unused waiver that has expired fails a suite in which all is well', async (t) => {
  const { suite, ended } = await run('--deployment', 'example.yaml', '--as-of', '2016-04-01');
  t.is(ended.exit, 1);
  const failed = [
    ...(suite.scenarios[0]?.variants.flatMap(({ checks }) => checks) ?? []),
    ...(suite.deployment?.declares ?? []),
  ].filter(({ verdict }) => verdict === 'fail');
  t.deepEqual(failed, []);
  t.regex(ended.stdout, /Needs attention[^]*fail {2}deployment\/waiver of para-17-b2\.c1\/hardware/);
});

test.serial('the shipped example declares every reference, and its clauses pass', async (t) => {
  const { suite } = await run('--deployment', 'example.yaml');
  for (const letter of 'abcdefghijk') t.is(verdictOf(suite, `ref-${letter}`), 'pass', letter);
});

test.serial('a replay is the same again, and another text of the deployment is told', async (t) => {
  const { out, suite } = await run('--deployment', 'waived.yaml');
  const again = await calldrill('run', '--replay', join(out, 'report.json'), '--out', 'again', '--quiet');
  t.is(again.exit, 0);
  t.regex(again.stderr, /all 2 traces are the same, and so are verdicts and exposures/);
  writeFileSync(join(place, 'waived.yaml'), `${OURS}${WAIVER}# later\n`);
  const other = await calldrill('run', '--replay', join(out, 'report.json'), '--out', 'again', '--quiet');
  writeFileSync(join(place, 'waived.yaml'), `${OURS}${WAIVER}`);
  t.is(other.exit, 7);
  t.regex(other.stderr, /not as recorded by .*: the deployment file/);
  t.is(suite.deployment?.sha256.length, 64);
});

test.serial(
  'parts of a suite that are joined are judged as the whole was; another deployment is another suite',
  async (t) => {
    const whole = (await run('--deployment', 'waived.yaml')).suite;
    const main = (await run('--deployment', 'waived.yaml', '--variant', 'main')).suite;
    const long = (await run('--deployment', 'waived.yaml', '--variant', 'long-skew')).suite;
    const joined = mergeSuites([long, main]);
    t.deepEqual(
      JSON.parse(reportJson({ ...joined, replay: '' })),
      JSON.parse(reportJson({ ...whole, replay: '' })),
    );
    const other = (
      await run('--deployment', 'waived.yaml', '--as-of', '2016-04-01', '--variant', 'long-skew')
    ).suite;
    t.throws(() => mergeSuites([main, other]), { code: 'SUITE_DIFFERS', message: /another deployment/ });
  },
);

test.serial(
  'a deployment that is refused, and a day without one, are told before anything is run',
  async (t) => {
    const bad = await calldrill('run', 'story.yaml', '--deployment', 'bad.yaml');
    t.is(bad.exit, 3);
    t.regex(bad.stderr, /bad\.yaml:4:\d+: error SCENARIO_UNKNOWN_TARGET.*\n.*Did you mean 'first-action'\?/);
    const alone = await calldrill('run', 'story.yaml', '--as-of', '2015-12-01');
    t.is(alone.exit, 2);
    t.regex(alone.stderr, /CLI_OPTION_CONFLICT/);
    t.is((await calldrill('run', 'story.yaml', '--deployment', 'nowhere.yaml')).exit, 2);
  },
);

test.serial('show has the deadline that the deployment declares', async (t) => {
  const { stdout } = await calldrill('show', 'story.yaml', '--deployment', 'ours.yaml', '--json');
  t.like(JSON.parse(stdout), {
    parameters: { 'skew-limit': 300_000_000, 'crs-months': 3 },
    expect: { 0: { window: { to: { delay: 900_000_000 }, target: 'wipe-acknowledged' } } },
  });
});
