/** The CI jobs that the documentation shows, read as a CI server would: what they run is understood, and what they keep is there. */
import { readFileSync } from 'node:fs';
import test from 'ava';
import { parseDocument } from 'yaml';
import { REPORT_FILES } from '../reports/index.ts';
import { EXIT } from './exit-code.ts';
import { merge } from './commands/merge.ts';
import { run } from './commands/run.ts';
import { shard, type Shard } from './shards/share.ts';

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

/** What is wrong with a line of a job: an option that its command, which is `run` unless another is given, does not have. */
function unknownOptions(line: string, { help }: { readonly help: string } = run): readonly string[] {
  const options = [...line.matchAll(/ --([\w-]+)/g)].map(([, name = '']) => name);
  return options.filter((name) => !new RegExp(`--${name}(?![\\w-])`).test(help));
}

/** Where a word of a line goes on: what stands behind `--shard`, with the number of the job in it. */
function shardsOf(line: string, variables: Readonly<Record<string, string>>): readonly (Shard | undefined)[] {
  const filled = Object.entries(variables).reduce(
    (text, [name, value]) => text.replaceAll(name, value),
    line,
  );
  return [...filled.matchAll(/ --shard (\S+)/g)].map(([, text = '']) => shard.read(text));
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

test('the GitHub workflow in shards runs each of them, and joins what all of them wrote', (t) => {
  const { text, value } = exampleWith('matrix.shard');
  const { jobs } = value as {
    jobs: {
      shard: { strategy: { 'fail-fast': boolean; matrix: { shard: number[] } }; steps: Step[] };
      merge: { needs: string; if: string; steps: Step[] };
    };
  };
  const { strategy, steps } = jobs.shard;
  // One that fails must not stop the others.
  t.false(strategy['fail-fast']);
  const line = steps.find(({ run: each }) => each?.includes('main.js run'))?.run ?? '';
  t.deepEqual(unknownOptions(line), []);
  const numbers = strategy.matrix.shard;
  for (const number of numbers)
    t.deepEqual(shardsOf(line, { '${{ matrix.shard }}': String(number) }), [{ number, of: numbers.length }]);
  t.deepEqual(
    numbers,
    Array.from(numbers, (_, at) => at + 1),
  );
  t.is(steps.at(-1)?.if, 'always()', 'the results of a shard that failed are joined');
  t.deepEqual([jobs.merge.needs, jobs.merge.if], ['shard', 'always()']);
  const at = jobs.merge.steps.findIndex(({ run: each }) => each?.includes('main.js merge'));
  t.deepEqual(unknownOptions(jobs.merge.steps[at]?.run ?? ' --none', merge), []);
  for (const step of jobs.merge.steps.slice(at + 1)) t.is(step.if, 'always()', JSON.stringify(step));
  for (const path of named(text)) t.true(REPORT_FILES.includes(path), path);
});

test('the GitLab pipeline in shards runs each of them, and joins what all of them wrote', (t) => {
  const { text, value } = exampleWith('CI_NODE_INDEX');
  const jobs = value as {
    stages: string[];
    shard: {
      stage: string;
      parallel: number;
      script: string[];
      artifacts: { when: string; paths: string[] };
    };
    merge: {
      stage: string;
      when: string;
      script: string[];
      artifacts: { when: string; reports: { junit: string } };
    };
  };
  const { parallel, script, artifacts } = jobs.shard;
  const line = script.find((each) => each.includes('main.js run')) ?? '';
  t.deepEqual(unknownOptions(line), []);
  for (let number = 1; number <= parallel; number++)
    t.deepEqual(shardsOf(line, { $CI_NODE_INDEX: String(number), $CI_NODE_TOTAL: String(parallel) }), [
      { number, of: parallel },
    ]);
  t.deepEqual(jobs.stages, [jobs.shard.stage, jobs.merge.stage]);
  t.deepEqual([artifacts.when, jobs.merge.when, jobs.merge.artifacts.when], ['always', 'always', 'always']);
  const joins = jobs.merge.script.find((each) => each.includes('main.js merge')) ?? ' --none';
  t.deepEqual(unknownOptions(joins, merge), []);
  t.true(
    artifacts.paths.every((path) => joins.includes(path)),
    'what was kept is joined',
  );
  t.true(text.includes(`> ${jobs.merge.artifacts.reports.junit}`));
});

test('an option that does not exist, and a shard that there is not, are seen to', (t) => {
  t.deepEqual(unknownOptions('node dist/cli/main.js run --sed 42'), ['sed']);
  t.deepEqual(unknownOptions('node dist/cli/main.js merge a --jobs 2', merge), ['jobs']);
  t.deepEqual(shardsOf('run --shard $N/3', { $N: '4' }), [undefined]);
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
