import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { factsOf } from '../../reports/index.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

const { place, calldrill } = typedInFolder('pdf');
const at = (...names: readonly string[]): string => join(place, ...names);

test.serial.before(async (t) => {
  const { exit } = await calldrill(
    'run',
    'baseline-call',
    '--variant',
    'home-wifi',
    '--no-probes',
    '--quiet',
  );
  t.true(exit === 0 || exit === 4);
});

test.serial('a document is made, which is told, and written over by nothing', async (t) => {
  const { exit, stdout } = await calldrill('pdf', 'results');
  t.is(exit, 0);
  const { sha256 } = factsOf(readFileSync(at('results', 'report.json')));
  t.regex(stdout, new RegExp(`^PDF +report\\.pdf, \\d+ pages\nReport +SHA-256 ${sha256}\n$`));
  const made = readFileSync(at('report.pdf'));
  t.is(made.subarray(0, 8).toString('latin1'), '%PDF-1.7');
  const again = await calldrill('pdf', 'results');
  t.deepEqual([again.exit, again.stdout], [8, '']);
  t.regex(again.stderr, /CLI_OUT_WRITE/);
  t.deepEqual(readFileSync(at('report.pdf')), made);
});

test.serial('a report by itself is taken, and said not to be vouched for', async (t) => {
  const { exit, stdout } = await calldrill(
    'pdf',
    join('results', 'report.json'),
    '--out',
    'alone.pdf',
    '--json',
  );
  t.is(exit, 0);
  t.like(JSON.parse(stdout), { exitCode: 0, out: 'alone.pdf', vouched: false });
  t.notDeepEqual(readFileSync(at('alone.pdf')), readFileSync(at('report.pdf')));
});

test.serial('results that were edited make no document', async (t) => {
  const report = at('results', 'report.json');
  const before = readFileSync(report, 'utf8');
  writeFileSync(report, before.replace('"verdict":"pass"', '"verdict":"fail"').replace(/^/, ' '));
  const { exit, stderr } = await calldrill('pdf', 'results', '--out', 'edited.pdf');
  writeFileSync(report, before);
  t.is(exit, 7);
  t.regex(stderr, /VERIFY_NOT_WHOLE/);
  t.throws(() => readFileSync(at('edited.pdf')), { code: 'ENOENT' });
});

test.serial('a PDF is of one seed', async (t) => {
  await calldrill(
    'run',
    'baseline-call',
    '--variant',
    'home-wifi',
    '--no-probes',
    '--quiet',
    '--seeds',
    '1..2',
    '--out',
    'many',
  );
  const { exit, stderr } = await calldrill('pdf', 'many', '--out', 'many.pdf');
  t.is(exit, 2);
  t.regex(stderr, /CLI_NOT_ALIKE: many has a suite for each of 2 seeds/);
  t.is((await calldrill('pdf', join('many', '1'), '--out', 'one.pdf')).exit, 0);
});
