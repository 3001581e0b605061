/** Results compared as a person types it: folders, bundles, reports and baselines, and sides that somebody tampered with. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Ended } from '../shared-process.fixture.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';
import { edit, makeManifestRight } from '../verify/tampering.fixture.ts';

const STORY = `scenario: quiet-day
title: Nothing happens
begins: 2015-10-14T08:00:00Z
ends: "08:10"
world: { users: {}, people: [ann, ben] }
steps:
  - { id: word, at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told, where: { to: ben }, times: 1 }
`;
const { place, calldrill, shared } = typedInFolder('compare');
const run = (file: string, out: string, ...words: readonly string[]): Promise<Ended> =>
  calldrill('run', file, '--out', out, '--jobs', '1', '--quiet', ...words);

test.before(async () => {
  writeFileSync(join(place, 'quiet.yaml'), STORY);
  writeFileSync(
    join(place, 'silent.yaml'),
    STORY.replace('by: ann, type: "tell ben', 'by: ben, type: "tell ann'),
  );
  mkdirSync(join(place, 'baselines'));
  mkdirSync(join(place, 'empty'));
  await run('quiet.yaml', 'before');
  await run('silent.yaml', 'silent');
  await run('quiet.yaml', 'seeds', '--seeds', '1..2');
  await run('quiet.yaml', 'seeds-less', '--seeds', '1..1');
  await calldrill('keygen', '--out', 'key.pem');
  await calldrill('bundle', 'before', '--key', 'key.pem', '--out', 'baselines/first.zip');
  cpSync(join(place, 'before'), join(place, 'baselines/kept'), { recursive: true });
  cpSync(join(place, 'before/report.json'), join(place, 'baselines/alone.json'));
});

test('the same results are the same, from a folder, a bundle, a report and a baseline by its name', async (t) => {
  for (const side of ['before', 'baselines/first.zip', '@first', '@kept', '@alone', 'before/report.json']) {
    const { exit, stdout, stderr } = await calldrill('compare', side, 'before');
    t.is(exit, 0, stderr);
    t.regex(stdout, /^THE SAME: 1 run, with the same trace each$/m);
    t.is(/nothing vouches for it/.test(stderr), /alone|report/.test(side));
  }
  t.is((await calldrill('compare', 'kept', 'before', '--baselines', 'x')).exit, 2);
  t.is((await calldrill('compare', '@kept', 'before', '--baselines', './baselines')).exit, 0);
});

test('what got worse ends with exit code 1, and the trace says from where on', async (t) => {
  const { exit, stdout } = await calldrill('compare', 'before', 'silent');
  t.is(exit, 1);
  t.regex(stdout, /^WORSE, AND NOT COMPARABLE; regressions: 1$/m);
  t.regex(stdout, /^ {2}quiet-day\/main\/told: pass -> fail$/m);
  t.regex(stdout, /before: event \d+ at \+1m: console.typed on ann .*tell ben hello/);
  t.false(stdout.includes('\u001b'));
  const coloured = await shared.calldrill(['compare', 'before', 'silent', '--color'], {
    folder: place,
    env: {},
  });
  t.true(coloured.stdout.includes('\u001b[31mWORSE'));
});

test('what got better in another scenario file is not comparable, and ends with exit code 4', async (t) => {
  const { exit, stdout } = await calldrill('compare', 'silent', 'before', '--json');
  t.is(exit, 4);
  const { exitCode, suites } = JSON.parse(stdout);
  t.is(exitCode, 4);
  t.like(suites[0].comparison, {
    outcome: 'not-comparable',
    checks: [{ place: 'quiet-day/main/told', kind: 'new-pass', before: 'fail', after: 'pass' }],
  });
  const markdown = await calldrill('compare', 'silent', 'before', '--markdown');
  t.regex(markdown.stdout, /^\*\*NOT COMPARABLE, so nobody can say/);
  t.is(markdown.exit, 4);
});

test('a seed that is gone is worse, and one suite is not compared with many', async (t) => {
  t.is((await calldrill('compare', 'seeds', 'seeds')).exit, 0);
  const less = await calldrill('compare', 'seeds', 'seeds-less');
  t.is(less.exit, 1);
  t.regex(less.stdout, /Seed 2: WORSE, AND NOT COMPARABLE; runs that are missing: 1/);
  const unlike = await calldrill('compare', 'before', 'seeds');
  t.is(unlike.exit, 2);
  t.regex(unlike.stderr, /CLI_NOT_ALIKE: before has one suite, and seeds one for each of its seeds/);
});

test('a side that was edited is refused, and a trace of something else is not looked at', async (t) => {
  cpSync(join(place, 'before'), join(place, 'edited'), { recursive: true });
  edit(join(place, 'edited'), 'report.json', '"verdict": "pass"', '"verdict": "fail"');
  const refused = await calldrill('compare', 'edited', 'before');
  t.is(refused.exit, 7);
  t.regex(refused.stderr, /VERIFY_NOT_WHOLE: edited: files: report.json has/);
  cpSync(join(place, 'silent'), join(place, 'swapped'), { recursive: true });
  edit(join(place, 'swapped'), 'quiet-day/main/trace.ndjson', 'ann', 'eve');
  makeManifestRight(join(place, 'swapped'));
  const { stdout } = await calldrill('compare', 'before', 'swapped');
  t.regex(stdout, /trace.ndjson is not what the report was made from/);
  const zip = readFileSync(join(place, 'baselines/first.zip'));
  writeFileSync(join(place, 'more.zip'), Buffer.concat([zip, Buffer.from('x')]));
  const packed = await calldrill('compare', 'more.zip', 'before');
  t.is(packed.exit, 7);
});

test('what is no side is refused with its code', async (t) => {
  for (const [side, code, exit] of [
    ['@none', /CLI_UNKNOWN_BASELINE/, 2],
    ['@../before', /CLI_UNKNOWN_BASELINE/, 2],
    ['nowhere', /HOST_FILE_MISSING/, 2],
    ['quiet.yaml', /SUITE_JSON/, 2],
    ['empty', /VERIFY_NO_RESULTS/, 7],
  ] as const) {
    const told = await calldrill('compare', side, 'before');
    t.regex(told.stderr, code);
    t.is(told.exit, exit, side);
  }
  const both = await calldrill('compare', 'before', 'before', '--json', '--markdown');
  t.is(both.exit, 2);
});
