/** The matrix of clauses as a person types it: without results, with some, in detail, and what is documented of it. */
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { CATALOGUE, PARTS } from '../../scenarios/catalogue/clauses.ts';
import { blocksOf } from '../docs.fixture.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

const { place, calldrill, shared } = typedInFolder('clauses');
const DOCUMENTED = 'calldrill clauses para-42.c1/thief-receives';

interface ToldPart {
  readonly part: string;
  readonly clause: string;
  readonly modality: string;
  readonly coverage: { readonly is: string; readonly reason?: string; readonly entry?: string };
  readonly unplanted?: string;
  readonly last: { readonly verdict: string; readonly ran: number; readonly of: number };
}

async function told(...words: readonly string[]): Promise<{
  readonly results: { readonly name: string | null; readonly notes: readonly string[] };
  readonly parts: readonly ToldPart[];
}> {
  const { exit, stdout, stderr } = await calldrill('clauses', '--json', ...words);
  if (exit !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test.serial('without results each part was never run, and each is in the matrix once', async (t) => {
  const { results, parts } = await told();
  t.is(results.name, null);
  t.regex(results.notes.join(), /never run: there is no results\/report\.json/);
  t.deepEqual(
    parts.map(({ part }) => part),
    [...PARTS.keys()],
  );
  t.true(parts.every(({ last }) => last.verdict === 'never-run' && last.ran === 0));
  t.deepEqual(
    parts.filter(({ coverage }) => coverage.is === 'unexplained'),
    [],
  );
  t.false(parts.some(({ unplanted }) => unplanted === 'nobody says why'));
});

test.serial(
  '--missing are the parts without a check, each with its reason or its entry; --must those of clauses that demand',
  async (t) => {
    const missing = (await told('--missing')).parts;
    const all = (await told()).parts;
    t.is(missing.length, all.filter(({ coverage }) => coverage.is !== 'bound').length);
    for (const { part, coverage } of missing) t.truthy(coverage.reason ?? coverage.entry, part);
    t.like(
      missing.find(({ part }) => part === 'ref-a.c1/status'),
      { coverage: { is: 'declared', entry: 'references.a' } },
    );
    const demanding = new Set(
      CATALOGUE.filter(({ modality }) => ['must', 'shall'].includes(modality)).map(({ id }) => id),
    );
    const must = (await told('--must')).parts;
    t.deepEqual(new Set(must.map(({ clause }) => clause)), demanding);
    const both = (await told('--must', '--missing')).parts;
    t.true(both.length > 0 && both.length < Math.min(must.length, missing.length));
  },
);

test.serial(
  'a verdict is that of the results, and says how many of the runs that show the part were made',
  async (t) => {
    const run = await calldrill(
      ...['run', 'crs-admin-insider', '--variant', 'edits-log-copied', '--quiet', '--out', 'kept'],
    );
    t.is(run.exit, 0, run.stderr);
    const { results, parts } = await told('--results', 'kept');
    t.is(results.name, 'kept');
    const found = (part: string) => parts.find((each) => each.part === part)?.last;
    t.like(found('para-17-b1.c2/own-auditor'), { verdict: 'pass', ran: 1, of: 1 });
    t.like(found('para-32.c1/calls'), { verdict: 'not-tested', ran: 0 });
    t.true((found('para-32.c1/calls')?.of ?? 0) > 1);
    const { stdout } = await calldrill('clauses', 'para-17-b1', '--results', 'kept');
    t.regex(stdout, /para-17-b1\.c2\/own-auditor {2}expectation {2}pass\n/);
    t.regex(stdout, /last: pass: crs-admin-insider\/edits-log-copied\/missing-lines/);
    t.is((await calldrill('clauses', '--results', 'nowhere')).exit, 2);
  },
);

test.serial('the usual place is looked at, and a planted run or a changed scenario is told', async (t) => {
  const words = ['run', 'crs-admin-insider', '--variant', 'edits-log-copied', '--quiet'];
  await calldrill(...words, '--plant', 'administrator.checks-log', '--out', 'planted');
  mkdirSync(join(place, 'home'));
  renameSync(join(place, 'planted'), join(place, 'home/results'));
  const { stdout } = await shared.calldrill(['clauses', 'para-17-b1'], { folder: join(place, 'home') });
  t.regex(
    stdout,
    /^Verdicts: results; no results were named: these are in the usual place; made by calldrill/m,
  );
  t.regex(stdout, /the violation administrator\.checks-log was planted/);
  t.regex(stdout, /para-17-b1\.c2\/own-auditor {2}expectation {2}fail\n/);
});

test('a check and a part can be named; what is not there is an error, and so are filters beside a name', async (t) => {
  const { stdout, exit } = await calldrill('clauses', 'para-11.c2');
  t.is(exit, 0);
  t.regex(stdout, /^para-11\.c2 {2}\w+ ─/m);
  t.notRegex(stdout, /^para-11\.c1/m);
  const wrong = await calldrill('clauses', 'para-32.c1/call');
  t.is(wrong.exit, 2);
  t.regex(
    wrong.stderr,
    /CLI_UNKNOWN_CLAUSE: .*'para-32\.c1\/call'\n {2}fix: Did you mean 'para-32\.c1\/calls'\?/,
  );
  for (const option of ['--must', '--missing']) {
    const conflict = await calldrill('clauses', 'para-32', option);
    t.is(conflict.exit, 2);
    t.regex(conflict.stderr, /CLI_OPTION_CONFLICT/);
  }
  t.is((await calldrill('clauses', 'para-32', 'para-33')).exit, 2);
});

test('colour is where it is asked for, and NO_COLOR is respected', async (t) => {
  const coloured = await shared.calldrill(['clauses', '--must', '--color'], { folder: place });
  t.true(coloured.stdout.includes('\u001b['));
  t.false((await calldrill('clauses', '--must')).stdout.includes('\u001b['));
});

test('what the tutorial prints of it is what it prints', async (t) => {
  const blocks = blocksOf(readFileSync('docs/tutorial-assurance.md', 'utf8'));
  const at = blocks.findIndex(({ content }) => content.trim() === DOCUMENTED);
  t.true(at >= 0);
  const { stdout } = await calldrill(...DOCUMENTED.split(' ').slice(1));
  t.is(blocks[at + 1]?.content, stdout);
});
