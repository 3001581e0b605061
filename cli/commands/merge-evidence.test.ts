/** Shards of real runs, with a deployment, waivers, captures and a comparison of variants: joined they are the whole, and `verify` holds each of them. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { typedInFolder } from '../typed-in-folder.fixture.ts';
import { parseSuite, type SuiteResult } from '../../scenarios/runs/index.ts';
import { statementOf } from '../verify/statement.ts';
import { edit, filesIn, makeManifestRight } from '../verify/tampering.fixture.ts';

const STORY = `scenario: lost-phone
title: A phone is lost, and wiped ten minutes after it was told
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  people: [mdm-admin]
steps:
  - { at: "08:10", by: alice, type: "tell mdm-admin I lost my phone" }
  - { id: wipe, at: "08:20", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
moments:
  told: { first: person.told, to: mdm-admin }
  ordered: { first: mdm.wipe-ordered, phone: alice-phone }
expect:
  - { id: first-step, see: mdm.wipe-ordered, within: { target: first-action }, of: told, check: para-29.c1/told-to-action }
  - { id: told, see: person.told, where: { to: mdm-admin } }
  - { id: alike, across: variants, verdicts: [told], title: it is told alike }
variants:
  day: { title: By day }
  noon: { title: At noon }
  night: { title: By night }
`;
const OURS = `deployment: ours
title: Ours
valid-on: 2015-10-14
targets: { first-action: 5m }
references:
  a: { title: Security characteristic, status: held, issue: v2.0, kept: the safe }
declared: { firewall: "it is a box of its own" }
waivers:
  - part: para-29.c1/told-to-action
    owner: Senior risk owner
    reason: nobody is on duty at night
    adviser: Accreditor
    date: 2015-09-01
    expires: 2015-12-01
`;

const { place, calldrill } = typedInFolder('merge-evidence');
writeFileSync(join(place, 'story.yaml'), STORY);
writeFileSync(join(place, 'ours.yaml'), OURS);

const LINE = ['run', 'story.yaml', 'monthly-rekey', '--grep', 'lost-phone|on-time|skew-72h'];
const MORE = [
  '--deployment',
  'ours.yaml',
  '--as-of',
  '2015-10-20',
  '--param',
  'skew-limit=24h',
  '--no-probes',
];
const RECORDED = [
  '--pcap',
  '--pcap-secrets',
  '--reveal-keys',
  '--wav',
  '--oscal-version',
  '1.2.1',
  '--seed',
  '42',
  '--quiet',
];
const run = (...words: readonly string[]) => calldrill(...LINE, ...MORE, ...RECORDED, ...words);

function contents(folder: string): ReadonlyMap<string, string> {
  const paths = filesIn(join(place, folder)).filter((path) => path !== 'timing.json');
  return new Map(paths.map((path) => [path, readFileSync(join(place, folder, path), 'latin1')]));
}

test.serial('shards joined are the whole octet for octet, and each of them verifies', async (t) => {
  const whole = await run('--out', 'whole');
  t.is(whole.exit, 1, whole.stderr);
  t.regex(readFileSync(join(place, 'whole/report.json'), 'utf8'), /"was": "fail"/);
  const numbers = [1, 2, 3];
  for (const number of numbers) {
    const { exit, stderr } = await run('--shard', `${number}/3`, '--out', `shard-${number}`, '--jobs', '1');
    t.true([0, 1, 4].includes(exit), stderr);
    const verified = await calldrill('verify', `shard-${number}`);
    t.is(verified.exit, 0, verified.stdout);
    t.regex(
      verified.stdout,
      new RegExp(`^plan +verified: shard ${number} of 3, with [12] of 5 runs: not`, 'm'),
    );
  }
  // Nothing but the folders is needed.
  rmSync(join(place, 'story.yaml'));
  rmSync(join(place, 'ours.yaml'));
  const joined = await calldrill('merge', 'shard-2', 'shard-3', 'shard-1', '--out', 'joined', '--quiet');
  t.is(joined.exit, 1, joined.stderr);
  t.is(joined.stdout, whole.stdout);
  const [one, other] = [contents('joined'), contents('whole')];
  t.deepEqual([...one.keys()], [...other.keys()]);
  for (const [path, octets] of other) t.true(one.get(path) === octets, path);
  t.true([...one.keys()].some((path) => path.endsWith('.pcapng')));
  const verified = await calldrill('verify', 'joined');
  t.is(verified.exit, 0, verified.stdout);
  t.notRegex(verified.stdout, /^plan/m);
});

test.serial('a shard that is run again is the same shard, with its plan', async (t) => {
  const { exit, stdout } = await calldrill('verify', 'shard-2', '--rerun');
  t.is(exit, 0, stdout);
  t.regex(stdout, /^rerun +verified: 2 runs made again/m);
});

test.serial('--strict is asked of the whole: nothing of a clause may be untested', async (t) => {
  t.is((await calldrill('merge', 'shard-1', 'shard-2', 'shard-3', '--out', 'strict', '--strict')).exit, 1);
});

test.serial('partial results verify as what they are, and finish to the same whole', async (t) => {
  const partial = await calldrill('merge', 'shard-1', 'shard-3', '--partial', '--out', 'partial', '--json');
  t.is(partial.exit, 5);
  t.is(JSON.parse(partial.stdout).exitCode, 5);
  const verified = await calldrill('verify', 'partial');
  t.is(verified.exit, 0, verified.stdout);
  t.regex(verified.stdout, /^plan +verified: shard 1, 3 of 3, with 3 of 5 runs: not the whole$/m);
  t.is((await calldrill('merge', 'shard-2', 'partial', '--out', 'finished', '--quiet')).exit, 1);
  t.deepEqual(contents('finished'), contents('whole'));
});

for (const [what, change, says] of [
  [
    'without its plan',
    (folder) => rmSync(join(folder, 'plan.json')),
    /the report is of a shard, and plan\.json is missing/,
  ],
  [
    'that says it is the whole',
    (folder) => edit(folder, 'report.json', /"shard": \{[^}]*\},\s*/, ''),
    /is in the plan and not in the report/,
  ],
  [
    'that says it is more of the whole',
    (folder) => edit(folder, 'report.json', /"runs": 2,\s+"whole": 5/, '"runs": 5, "whole": 5'),
    /of another shard than the plan/,
  ],
  [
    'with orders of something else',
    (folder) => edit(folder, 'plan.json', /"key": "../, '"key": "ff'),
    /its runs are not what/,
  ],
  [
    'with another line',
    (folder) => edit(folder, 'plan.json', ' --no-probes', ''),
    /its line are not|its runs are not/,
  ],
  [
    'with half a plan',
    (folder) => edit(folder, 'plan.json', '"version": 1', '"version": "1"'),
    /SHARD_PLAN|version/,
  ],
] as readonly (readonly [string, (folder: string) => void, RegExp])[])
  test.serial(`verify names a shard ${what}`, async (t) => {
    const folder = join(place, `tampered ${what}`);
    cpSync(join(place, 'shard-1'), folder, { recursive: true });
    change(folder);
    makeManifestRight(folder);
    const { exit, stdout } = await calldrill('verify', folder);
    t.is(exit, 7);
    t.regex(stdout, /^plan +failed/m);
    t.regex(stdout, says);
  });

test.serial('a shard is not attested as passed, whatever its own checks came to', (t) => {
  const read = (folder: string) =>
    parseSuite(readFileSync(join(place, folder, 'report.json'), 'utf8'), folder);
  const passed = { ...read('shard-1'), clauses: [], scenarios: [] };
  const attested = (suite: SuiteResult): string => statementOf([], [{ below: '', suite }], []);
  t.regex(attested(passed), /"warnedTests": \[\s+"other-shards"/);
  const { shard: _shard, ...whole } = passed;
  t.notRegex(attested(whole), /other-shards/);
});
