/** The files for machines of a run, as a user finds them: in OSCAL of the version asked for, and held against the report by `verify`. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { typedInFolder } from '../typed-in-folder.fixture.ts';
import { makeManifestRight } from '../verify/tampering.fixture.ts';

const STORY = `scenario: taxi
title: A phone is left in a taxi
begins: 2015-10-14T08:00:00Z
ends: "08:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  people: [mdm-admin]
steps:
  - { at: "08:10", by: alice, type: "tell mdm-admin I lost my phone" }
expect:
  - { id: told, see: person.told, where: { to: mdm-admin } }
  - { id: heard, see: person.told, where: { to: alice } }
`;

const { place, calldrill } = typedInFolder('formats');
writeFileSync(join(place, 'taxi.yaml'), STORY);

const read = (...path: readonly string[]): string => readFileSync(join(place, ...path), 'utf8');

test.serial('every run writes them all, and they say that a check failed', async (t) => {
  const { exit } = await calldrill('run', 'taxi.yaml', '--out', 'usual', '--quiet');
  t.is(exit, 1);
  t.regex(read('usual', 'summary.md'), /^# calldrill: fail\n/);
  t.regex(read('usual', 'checks.csv'), /,heard,[^\n]*,fail,/);
  t.regex(read('usual', 'ctrf.json'), /"failed": 1,/);
  t.regex(read('usual', 'results.sarif'), /"ruleId": "taxi\/heard"/);
  t.regex(read('usual', 'results.sarif'), /"startLine": 13/);
  t.regex(read('usual', 'oscal-assessment-results.json'), /"oscal-version": "1\.1\.3"/);
});

test.serial('OSCAL is of the version asked for, and the rest is the same', async (t) => {
  await calldrill('run', 'taxi.yaml', '--out', 'newer', '--quiet', '--oscal-version', '1.2.1');
  t.regex(read('newer', 'oscal-assessment-results.json'), /"oscal-version": "1\.2\.1"/);
  t.is(read('newer', 'report.json'), read('usual', 'report.json'));
  t.is(read('newer', 'ctrf.json'), read('usual', 'ctrf.json'));
  const { exit, stderr } = await calldrill('run', 'taxi.yaml', '--oscal-version', '1.0.0');
  t.is(exit, 2);
  t.regex(stderr, /1\.1\.3 or 1\.2\.1/);
});

test.serial('verify makes each again, in the version that it is in', async (t) => {
  for (const folder of ['usual', 'newer']) {
    const { exit, stdout } = await calldrill('verify', folder);
    t.is(exit, 0, stdout);
    t.regex(stdout, /pages .*ctrf\.json.*oscal-catalog\.json.*results\.sarif/s);
  }
});

for (const [file, from, to] of [
  ['ctrf.json', '"status": "failed"', '"status": "passed"'],
  ['results.sarif', '"level": "error"', '"level": "note"'],
  ['checks.csv', ',fail,', ',pass,'],
  ['clauses.csv', ',not-tested,', ',pass,'],
  ['exposures.csv', 'scenario', 'Scenario'],
  ['summary.md', '# calldrill: fail', '# calldrill: pass'],
  ['oscal-assessment-results.json', '"value": "fail"', '"value": "pass"'],
  ['oscal-assessment-plan.json', '1.1.3', '1.2.1'],
] as const)
  test.serial(`verify names a ${file} that says otherwise than the report`, async (t) => {
    const folder = `edited-${file}`;
    cpSync(join(place, 'usual'), join(place, folder), { recursive: true });
    const text = read(folder, file);
    t.true(text.includes(from));
    writeFileSync(join(place, folder, file), text.replace(from, to));
    makeManifestRight(join(place, folder));
    const { exit, stdout } = await calldrill('verify', folder);
    t.is(exit, 7);
    t.regex(stdout, new RegExp(`${file.replaceAll('.', '\\.')} is not what the report makes`));
  });
