/** A run with a baseline: its summary says what changed, and whoever verifies makes that again from the two reports. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { edit, makeManifestRight } from '../verify/tampering.fixture.ts';
import { verifiedResults } from '../verify/verified-results.fixture.ts';

const story = (whom: string): string => `scenario: hello
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben, cy] }
steps:
  - { at: "08:01", by: ann, type: "tell ${whom} hello" }
expect:
  - { id: told, see: person.told, where: { to: ben } }
`;

const { place, calldrill, verify } = verifiedResults('run-baseline', { remembers: false });
const summaryOf = (folder: string): string => readFileSync(join(place, folder, 'summary.md'), 'utf8');

test.serial('the summary says what got worse, and the baseline is in the results', async (t) => {
  writeFileSync(join(place, 'hello.yaml'), story('ben'));
  await calldrill('run', 'hello.yaml', '--out', 'baselines/good', '--jobs', '1');
  writeFileSync(join(place, 'hello.yaml'), story('cy'));
  const { stdout } = await calldrill(
    'run',
    'hello.yaml',
    '--out',
    'bad',
    '--baseline',
    '@good',
    '--jobs',
    '1',
  );
  t.regex(stdout, /^Since {3}@good: .*\bworse\b/im);
  t.regex(summaryOf('bad'), /\n## Since the baseline\n[^]*hello\/main\/told/);
  t.true(existsSync(join(place, 'bad/baseline.json')));
  t.notRegex(summaryOf('baselines/good'), /baseline/);
  t.false(existsSync(join(place, 'baselines/good/baseline.json')));
});

test.serial('what it says is made again, also by a rerun, and told where it was edited', async (t) => {
  const { came } = await verify('bad', '--rerun');
  t.like(came, { pages: 'verified', rerun: 'verified' });
  edit(join(place, 'bad'), 'summary.md', 'Since the baseline', 'Since then');
  makeManifestRight(join(place, 'bad'));
  const { exit, faults } = await verify('bad');
  t.is(exit, 7);
  t.true(faults.some((fault) => fault.startsWith('pages: summary.md is not what the report makes')));
});

test.serial('a baseline that is not there, or is of no whole suite, is refused', async (t) => {
  for (const [words, code] of [
    [['--baseline', '@nowhere'], 'CLI_UNKNOWN_BASELINE'],
    [['--baseline', '@good', '--seeds', '1..2'], 'CLI_OPTION_CONFLICT'],
    [['--baseline', '@good', '--shard', '1/2'], 'CLI_OPTION_CONFLICT'],
  ] as const) {
    const { exit, stderr } = await calldrill('run', 'hello.yaml', '--out', 'never', ...words);
    t.is(exit, 2);
    t.true(stderr.includes(code), stderr);
  }
  t.false(existsSync(join(place, 'never')));
});
