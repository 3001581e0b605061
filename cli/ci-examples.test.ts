/** The CI jobs that the documentation shows, read as a CI server would: what they run is understood, and what they keep is there. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { parseDocument } from 'yaml';
import { REPORT_FILES } from '../reports/index.ts';
import { EXIT } from './exit-code.ts';
import { run } from './commands/run.ts';

const PAGE = readFileSync('docs/tutorial-ci.md', 'utf8');

/** The YAML of the page that has a word in it. */
function exampleWith(word: string): { readonly text: string; readonly value: unknown } {
  const blocks = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const text = blocks.find((each) => each.includes(word)) ?? '';
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  if (document.errors.length > 0) throw document.errors[0];
  return { text, value: document.toJS() };
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** What is wrong with a line of a job: an option that `run` does not have. */
function unknownOptions(line: string): readonly string[] {
  const options = [...line.matchAll(/ --([\w-]+)/g)].map(([, name = '']) => name);
  return options.filter((name) => !new RegExp(`--${name}(?![\\w-])`).test(run.help));
}

/** Files of results that an example names. */
function named(text: string): readonly string[] {
  return [...text.matchAll(/results\/([\w.-]+)/g)]
    .map(([, path = '']) => path)
    .filter((path) => path.includes('.'));
}

test('the GitHub workflow runs what there is, and shows and keeps results also of a run that failed', (t) => {
  const { text, value } = exampleWith('runs-on');
  const { jobs } = value as { jobs: { drill: { steps: Step[] } } };
  const { steps } = jobs.drill;
  const at = steps.findIndex(({ run: line }) => line?.includes('main.js run'));
  t.true(at > 0);
  t.deepEqual(unknownOptions(steps[at]?.run ?? ''), []);
  t.true(steps.slice(at + 1).length >= 3);
  for (const step of steps.slice(at + 1)) t.is(step.if, 'always()', JSON.stringify(step));
  t.deepEqual([...named(text)].sort(), ['results.sarif', 'summary.md']);
  for (const path of named(text)) t.true(REPORT_FILES.includes(path), path);
});

test('the GitLab job runs what there is, and keeps results also of a run that failed', (t) => {
  const { text, value } = exampleWith('after_script');
  const { drill } = value as {
    drill: { script: string[]; artifacts: { when: string; paths: string[]; reports: { junit: string } } };
  };
  const line = drill.script.find((each) => each.includes('main.js run')) ?? '';
  t.not(line, '');
  t.deepEqual(unknownOptions(line), []);
  t.is(drill.artifacts.when, 'always');
  t.true(text.includes(`> ${drill.artifacts.reports.junit}`), 'what is reported is what was written');
  for (const path of named(text)) t.true(REPORT_FILES.includes(path), path);
});

test('an option that does not exist is seen to', (t) => {
  t.deepEqual(unknownOptions('node dist/cli/main.js run --sed 42'), ['sed']);
});

test('the table of exit codes has all of them, and the table of endings none that there is not', (t) => {
  const codes = new Set<number>(Object.values(EXIT));
  // The first table with a row for 0; another command may have one of its own.
  const [rows = ''] = /(?:^\| \d \|.*\n)+/m.exec(PAGE) ?? [];
  t.deepEqual(
    [...rows.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code)),
    [...codes].sort((a, b) => a - b),
  );
  const [, endings = ''] = /\| ending of `run` \|[^\n]*\n[^\n]*\n((?:\|.*\n)+)/.exec(PAGE) ?? [];
  const said = [...endings.matchAll(/^\|[^|]*\| (\d)? /gm)].flatMap(([, code]) =>
    code === undefined ? [] : [Number(code)],
  );
  t.true(said.length > 8);
  for (const code of said) t.true(codes.has(code), String(code));
  for (const code of codes) t.true(said.includes(code), `no ending of run has ${code}`);
});
