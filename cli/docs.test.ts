/** The documentation is followed like a new user would: its commands are run, its files written, its links clicked. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import test from 'ava';
import { wordsOf } from '../devices/console/words.ts';
import { eventFieldsOf } from '../scenarios/world/known-events.ts';
import type { SuiteResult } from '../scenarios/runs/index.ts';
import { resolveVariant, variantsOf } from '../scenarios/language/index.ts';
import { vocabulary, SHIPPED_KINDS } from '../scenarios/world/index.ts';
import { installedLibrary } from './library.ts';
import { loadAll } from './scenario-choice.ts';
import { SharedProcess, type Ended } from './shared-process.fixture.ts';
import { claimsOf, figuresOf, type Claim } from './findings.fixture.ts';
import { anchorsOf, blocksOf, linksOf, stepsOf, type DocumentedCommand } from './docs.fixture.ts';

const FINDINGS = 'docs/findings.md';

const PAGES: ReadonlyMap<string, string> = new Map(
  [
    'README.md',
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((path) => join('docs', path)),
  ]
    .filter((path) => path.endsWith('.md') && existsSync(path))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
);

const shared = new SharedProcess();
test.after.always(() => shared.end());

/** A replay is compared with what is recorded, so it is run; another run may be one that was made for another line. */
function calldrill(words: readonly string[], folder: string, input = ''): Promise<Ended> {
  return shared.calldrill(words, {
    folder,
    input,
    env: { NO_COLOR: '1' },
    remembers: !words.includes('--replay'),
  });
}

/** Reads a command line without running it: `run` by its own parser, the others by what their help knows. */
async function isUnderstood(words: readonly string[], cwd: string): Promise<boolean> {
  const [command = '', ...rest] = words;
  if (command === 'run') return (await calldrill([...words, '--list'], cwd)).exit === 0;
  const { exit, stdout } = await calldrill([command, '--help'], cwd);
  const options = rest.flatMap((word) => /^--[\w-]+/.exec(word)?.[0] ?? []);
  return exit === 0 && options.every((option) => new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(stdout));
}

/** What is wrong with a documented command; undefined when nothing is. */
async function mistakeIn(
  { text, exit, checkOnly }: Pick<DocumentedCommand, 'text' | 'exit' | 'checkOnly'>,
  cwd: string,
): Promise<string | undefined> {
  const [, typed = '', from] = /^(.*?)(?: < (\S+))?$/.exec(text) ?? [];
  const words = wordsOf(typed)
    .slice(1)
    .map((word) => word.text);
  if (checkOnly) return (await isUnderstood(words, cwd)) ? undefined : 'it is not understood';
  const input = from === undefined ? '' : readFileSync(join(cwd, from), 'utf8');
  const ended = await calldrill(words, cwd, input);
  return ended.exit === exit ? undefined : `it ends with ${ended.exit}, not ${exit}: ${ended.stderr}`;
}

/** Whether package.json has what an npm line runs. */
function isScript(line: string): boolean {
  const content: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  const scripts =
    typeof content === 'object' && content !== null && 'scripts' in content ? Object(content.scripts) : {};
  const [, , first = '', second = ''] = /^(npm) (\S+)(?: (?:-s )?(\S+))?/.exec(line) ?? [];
  if (['ci', 'install', 'pack'].includes(first)) return true;
  return Object.hasOwn(scripts, first === 'run' ? second : first);
}

for (const [path, page] of PAGES) {
  const steps = stepsOf(page);
  if (steps.length === 0) continue;
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-docs-'));
  test.after.always(() => rmSync(folder, { recursive: true, force: true }));
  // Who reads the pages has the examples beside them.
  cpSync('docs/examples', join(folder, 'docs/examples'), { recursive: true });
  for (const step of steps) {
    if (step.kind === 'file') {
      const file = join(folder, step.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.content);
      continue;
    }
    // One after the other: a page may go on with what its earlier lines wrote.
    test.serial(`${path}:${step.line}: ${step.text}`, async (t) => {
      t.timeout(300_000);
      if (step.kind === 'npm') t.true(isScript(step.text));
      else t.is(await mistakeIn(step, folder), undefined);
      if (path === FINDINGS && step.kind === 'calldrill' && !step.checkOnly) keepReasons(folder);
    });
  }
}

/** What the probes of the runs on the page of findings came to: the reason by scenario, variant and probe. */
const reasons = new Map<string, string>();

function keepReasons(folder: string): void {
  const { scenarios }: Pick<SuiteResult, 'scenarios'> = JSON.parse(
    readFileSync(join(folder, 'results/report.json'), 'utf8'),
  );
  for (const { id, variants } of scenarios)
    for (const { name, checks } of variants)
      for (const check of checks) reasons.set(`${id}/${name}/${check.id}`, check.why);
}

const FINDING_CLAIMS = claimsOf(PAGES.get(FINDINGS) ?? '');

test('the outcomes in the tables of findings are those that the scenarios predict, and measure', async (t) => {
  const library = installedLibrary();
  const screenplays = await loadAll(await library.shipped(), library);
  const wrong = (claims: readonly Claim[]) =>
    claims.filter(({ scenario, variant, probe, says }) => {
      const screenplay = screenplays.find(({ id }) => id === scenario);
      if (screenplay === undefined || !variantsOf(screenplay).some(({ name }) => name === variant))
        return true;
      const found = resolveVariant(screenplay, variant).probes.find(({ id }) => id === probe);
      return found?.notApplicable !== undefined || found?.predict !== /^\w+/.exec(says)?.[0];
    });
  t.deepEqual(wrong(FINDING_CLAIMS), []);
  t.true(FINDING_CLAIMS.length >= 18, `${FINDING_CLAIMS.length} claims`);
  const [first] = FINDING_CLAIMS;
  if (first === undefined) return;
  for (const canary of [{ says: 'opened' }, { probe: 'no-such-probe' }, { variant: 'no-such-variant' }])
    t.is(wrong([{ ...first, ...canary }]).length, 1);
});

test.serial('the figures in the tables of findings are those of the runs on the page', (t) => {
  const figures = FINDING_CLAIMS.flatMap((claim) => figuresOf(claim).map((figure) => ({ claim, figure })));
  t.is(figures.length, 3);
  for (const { claim, figure } of figures) {
    const reason = reasons.get(`${claim.scenario}/${claim.variant}/${claim.probe}`) ?? 'it was not run';
    const rounded = reason.replaceAll(/\d+\.\d+/g, (number) => String(Math.round(Number(number))));
    t.true(
      rounded.includes(` ${figure}`) || rounded.includes(`: ${figure}`),
      `docs/findings.md:${claim.line}: ${figure}, and the run says: ${reason}`,
    );
  }
});

/** Links of a page that lead nowhere. */
function deadLinks(path: string, page: string): readonly string[] {
  return linksOf(page).filter((target) => {
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? path : normalize(join(dirname(path), file)).replaceAll('\\', '/');
    if (!existsSync(found)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(found, 'utf8')).has(anchor);
  });
}

for (const [path, page] of PAGES) {
  test(`the links of ${path} lead somewhere`, (t) => t.deepEqual(deadLinks(path, page), []));
}

test('every page is in the index', (t) => {
  const index = linksOf(PAGES.get('docs/README.md') ?? '');
  const pages = readdirSync('docs').filter((name) => name !== 'README.md' && name !== 'pictures');
  t.deepEqual(
    pages.filter((name) => !index.some((target) => target.replace(/\/$/, '') === name)),
    [],
  );
});

test('the events page has every type of event, with exactly its fields', (t) => {
  const rows = [...(PAGES.get('docs/events.md') ?? '').matchAll(/^\| `([\w.-]+)` \| (.*?) \|/gm)];
  const listed = rows.map(([, type = '', fields = '']) => [
    type,
    [...fields.matchAll(/`(\w+)`/g)].map(([, field = '']) => field),
  ]);
  const fields = eventFieldsOf(SHIPPED_KINDS);
  t.deepEqual(Object.fromEntries(listed), fields);
  t.is(listed.length, Object.keys(fields).length);
});

const LANGUAGE = PAGES.get('docs/scenario-language.md') ?? '';

/** Names that stand nowhere on the page of the language as code. */
function unnamed(names: Iterable<string>): readonly string[] {
  const code = [
    ...blocksOf(LANGUAGE).map(({ content }) => content),
    ...[...LANGUAGE.matchAll(/`[^`\n]+`/g)].map(([text]) => text),
  ].join('\n');
  return [...names].filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code));
}

/** The keys of all maps of a JSON Schema. */
function keysIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? Object.keys(Object(schema.properties)) : [];
  return [...own, ...Object.values(schema).flatMap(keysIn)];
}

test('the page of the language names every key, row, kind, profile and setting', (t) => {
  const { rows, kinds, profiles, linkSettings } = vocabulary(SHIPPED_KINDS);
  const keys = keysIn(JSON.parse(readFileSync('scenarios/schema/screenplay.schema.json', 'utf8')));
  t.true(keys.length > 50);
  t.deepEqual(unnamed(keys), []);
  t.deepEqual(unnamed([...rows, ...Object.keys(kinds), ...profiles, ...Object.keys(linkSettings)]), []);
  t.deepEqual(unnamed(Object.values(kinds).flatMap(({ settings }) => Object.keys(settings))), []);
  t.deepEqual(unnamed(['no-such-key']), ['no-such-key']);
});

const CANARY = `
# A page
<!-- file: a.yaml -->

\`\`\`yaml
a: 1
\`\`\`

<!-- exit: 3 -->

\`\`\`sh
calldrill check a.yaml # refused
npm test
ls
\`\`\`

<!-- run: check-only -->
These notes are not of the next block.

\`\`\`sh
calldrill list | head -3
\`\`\`

## A \`page\`: [again](x.md)
# A page
[gone](gone.md) and [elsewhere](https://example.org) and \`[code](code.md)\` and [up](#a-page-1) and [down](#a-page-9)
`;

test('a page is read as files and commands', (t) => {
  const common = { exit: 3, checkOnly: false };
  t.deepEqual(stepsOf(CANARY), [
    { kind: 'file', path: 'a.yaml', content: 'a: 1\n' },
    { kind: 'calldrill', line: 12, text: 'calldrill check a.yaml', ...common },
    { kind: 'npm', line: 13, text: 'npm test', ...common },
    { kind: 'calldrill', line: 21, text: 'calldrill list', exit: 0, checkOnly: false },
  ]);
});

test('links are found, and those that lead nowhere', (t) => {
  t.deepEqual(linksOf(CANARY), ['x.md', 'gone.md', '#a-page-1', '#a-page-9']);
  t.deepEqual([...anchorsOf(CANARY)], ['a-page', 'a-page-again', 'a-page-1']);
  t.deepEqual(deadLinks('docs/README.md', '[gone](gone.md)[no](#no-such-heading)'), [
    'gone.md',
    '#no-such-heading',
  ]);
});

test.serial('a wrong command, a wrong exit code and a script that is not there are noticed', async (t) => {
  const wrong = (text: string, exit: number, checkOnly: boolean) =>
    mistakeIn({ text, exit, checkOnly }, tmpdir());
  t.is(await wrong('calldrill list', 0, false), undefined);
  t.regex((await wrong('calldrill list', 1, false)) ?? '', /ends with 0, not 1/);
  t.regex((await wrong('calldrill lisst', 0, false)) ?? '', /ends with 2, not 0.*Did you mean/s);
  t.is(await wrong('calldrill run --seed 7', 0, true), undefined);
  t.is(await wrong('calldrill run --sed 7', 0, true), 'it is not understood');
  t.is(await wrong('calldrill show x --varient y', 0, true), 'it is not understood');
  t.true(isScript('npm test'));
  t.true(isScript('npm run build'));
  t.false(isScript('npm run no-such-script'));
});
