/** Shards of a suite that were joined: the octets of the whole, however it was split and grouped; and what is refused. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import { mergeSuites, parseSuite } from '../../scenarios/runs/index.ts';
import { cliError } from '../errors.ts';
import type { ExitCode } from '../exit-code.ts';
import { type, type CommandTold, type Scene } from '../context.fixture.ts';
import { edit, filesIn, flip, makeManifestRight } from '../verify/tampering.fixture.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-merge-'));
test.after.always(() => rmSync(place, { recursive: true, force: true }));

const TALK = (variants: string): string => `scenario: talk
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told, check: para-29.c1/order }
variants: { ${variants} }
`;
const talk = TALK('one: { title: One }, two: { title: Two }, three: { title: Three }');
/** Six runs of three scenarios: one fails, one is inconclusive, one comes to no end. */
const SCENE: Scene = {
  files: { 'shipped/talk.yaml': talk },
  verdictOf: (check, variant) =>
    check === 'told' && variant === 'two' ? 'fail' : variant === 'one' ? 'inconclusive' : undefined,
  failure: ({ variant }) => (variant === 'three' ? new Error('it broke') : undefined),
};
const RUNS = 6;

let made = 0;
const newFolder = (): string => join(place, String(made++));
const run = (out: string, words: readonly string[], scene = SCENE): Promise<CommandTold> =>
  type(['run', '--seed', '7', ...words, '--out', out, '--quiet'], scene);

/** All files by their paths; the time that it took is no part of it. */
function contents(folder: string): Readonly<Record<string, string>> {
  const paths = filesIn(folder).filter((path) => path !== 'timing.json');
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

/** The whole, and every shard of every split, each run once. */
const whole = newFolder();
const shards = new Map<string, string>();
test.before(async (t) => {
  const told = await run(whole, []);
  t.is(told.exit, 5, told.stderr);
  for (let of = 1; of <= RUNS; of++)
    for (let number = 1; number <= of; number++) {
      const out = newFolder();
      await run(out, ['--shard', `${number}/${of}`]);
      shards.set(`${number}/${of}`, out);
    }
});
const shardsOf = (of: number): readonly string[] =>
  Array.from({ length: of }, (_, at) => shards.get(`${at + 1}/${of}`) ?? '');
const copyOf = (folder: string): string => {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};
const merged = (
  folders: readonly string[],
  ...words: readonly string[]
): Promise<CommandTold & { out: string }> => {
  const out = newFolder();
  return type(['merge', ...folders, '--out', out, '--quiet', ...words], SCENE).then((told) => ({
    ...told,
    out,
  }));
};

test('property: any split, joined in any order and in any groups, is the whole octet for octet, with its exit code', async (t) => {
  const split = fc
    .integer({ min: 1, max: RUNS })
    .chain((of) =>
      fc.tuple(
        fc.shuffledSubarray([...shardsOf(of)], { minLength: of }),
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: of, maxLength: of }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(split, async ([folders, groups]) => {
      const joined: string[] = [];
      for (const group of new Set(groups)) {
        const { out } = await merged(
          folders.filter((_, at) => groups[at] === group),
          '--partial',
        );
        joined.push(out);
      }
      // A group of all shards is the whole already.
      const { out, exit } = joined.length === 1 ? { out: joined[0] ?? '', exit: 5 } : await merged(joined);
      t.is(exit, 5, 'one run failed');
      t.deepEqual(contents(out), contents(whole));
    }),
    { numRuns: 25 },
  );
});

test('property: partial results are the same, joined in any order, in any groups, and with the same shard twice', async (t) => {
  const some = fc.subarray([...shardsOf(RUNS)], { minLength: 2, maxLength: RUNS - 1 });
  await fc.assert(
    fc.asyncProperty(
      some.chain((part) =>
        fc.tuple(fc.constant(part), fc.shuffledSubarray(part, { minLength: part.length }), fc.nat()),
      ),
      async ([part, other, cut]) => {
        const at = 1 + (cut % (other.length - 1));
        const once = await merged(part, '--partial');
        t.is(once.exit, 5);
        const [left, right] = [
          await merged(other.slice(0, at + 1), '--partial'),
          await merged(other.slice(at), '--partial'),
        ];
        const { out } = await merged([right.out, left.out], '--partial');
        t.deepEqual(contents(out), contents(once.out));
      },
    ),
    { numRuns: 10 },
  );
});

test('the report of the whole is what joining the reports of its shards comes to', (t) => {
  const reportIn = (folder: string) => parseSuite(readFileSync(join(folder, 'report.json'), 'utf8'), folder);
  const sorted = mergeSuites([reportIn(whole)]);
  const [first = '', ...others] = shardsOf(4);
  const { replay: lines, ...joined } = mergeSuites([reportIn(first), ...others.map(reportIn)]);
  t.deepEqual({ ...joined, replay: sorted.replay }, sorted);
  t.is(lines.split('\n').length, 4);
});

test('a shard says everywhere that it is one, and never that the whole passed', async (t) => {
  const { stdout, exit } = await run(newFolder(), ['--shard', '2/3'], {
    files: { 'shipped/talk.yaml': talk },
  });
  t.is(exit, 0);
  t.regex(stdout, /^Result {2}pass, shard 2 of 3, 2 of 6 runs\n.*\nReplay .* --shard 2\/3\n$/s);
  const [, second = ''] = shardsOf(3);
  for (const [file, says] of [
    ['summary.md', /^# calldrill: [a-z ]+, shard 2 of 3, 2 of 6 runs\n/],
    ['index.html', /<h1>Of shard 2 of 3, 2 of 6 runs: /],
    ['index.html', /<strong>Not the whole: this is shard 2 of 3, 2 of 6 runs\.<\/strong>/],
    ['junit.xml', /<testsuites name="calldrill [\d.]+, shard 2 of 3, 2 of 6 runs"/],
    ['ctrf.json', /"headline": "NOT THE WHOLE, shard 2 of 3, 2 of 6 runs: /],
    ['results.sarif', /"headline": "NOT THE WHOLE, /],
    ['oscal-assessment-results.json', /"description": "NOT THE WHOLE, /],
    ['report.json', /"shard": \{\s+"number": 2,\s+"of": 3,\s+"runs": 2,\s+"whole": 6\s/],
  ] as const)
    t.regex(readFileSync(join(second, file), 'utf8'), says, file);
});

test('CTRF has one run id over shards and the whole, and each a report id of its own', (t) => {
  const folders = [whole, ...shardsOf(3)];
  const read = folders.map((folder) => JSON.parse(readFileSync(join(folder, 'ctrf.json'), 'utf8')));
  t.is(new Set(read.map(({ runId }) => runId)).size, 1);
  t.is(new Set(read.map(({ reportId }) => reportId)).size, folders.length);
});

test('shards that are missing are named, and nothing is written; with --partial their runs are missing with the reason', async (t) => {
  const [first = '', , third = ''] = shardsOf(4);
  const { exit, stderr, out } = await merged([third, first]);
  t.is(exit, 2);
  t.regex(stderr, /SHARD_MISSING: of 4 shards numbers 2, 4 are missing\n {2}fix: .*--partial/);
  t.throws(() => filesIn(out));
  const partial = await merged([third, first], '--partial');
  t.is(partial.exit, 5);
  t.regex(partial.stderr, /2 runs were not made: RUN_NOT_JOINED: shard 2 of 4 was not there/);
  const { scenarios } = JSON.parse(readFileSync(join(partial.out, 'report.json'), 'utf8'));
  const missing = scenarios.flatMap((each: { missing: { code: string }[] }) => each.missing);
  t.is(missing.filter(({ code }: { code: string }) => code === 'RUN_NOT_JOINED').length, 3);
  t.notRegex(readFileSync(join(partial.out, 'summary.md'), 'utf8'), /# calldrill: pass/);
});

test('refused: other seeds, builds, command lines, files, and splits', async (t) => {
  const [first = '', second = ''] = shardsOf(2);
  const refused = async (words: readonly string[], scene: Scene, says: RegExp): Promise<void> => {
    const out = newFolder();
    await type(['run', ...words, '--out', out, '--quiet'], scene);
    const { exit, stderr } = await merged([first, out]);
    t.is(exit, 2, stderr);
    t.regex(stderr, says);
  };
  const other = ['--seed', '7', '--shard', '2/2'];
  await refused(['--seed', '8', '--shard', '2/2'], SCENE, /SHARD_DIFFERS: .* another seed: 7 and 8/);
  await refused([...other, '--key-seed', '8'], SCENE, /SHARD_DIFFERS: .* another key seed: 7 and 8/);
  await refused(['--seed', '7', '--shard', '2/3'], SCENE, /SHARD_DIFFERS: .* number of shards: 2 and 3/);
  await refused([...other, '--no-probes'], SCENE, /SHARD_DIFFERS: .* another command line: .*--no-probes/);
  await refused([...other, '--wav'], SCENE, /SHARD_DIFFERS: .* another command line: .*--wav/);
  await refused(
    ['talk', 'short', 'client-compromise', ...other],
    SCENE,
    /SHARD_DIFFERS: .* another command line/,
  );
  await refused(other, { ...SCENE, build: '0c'.repeat(32) }, /SHARD_DIFFERS: .* another build/);
  const files = { 'shipped/talk.yaml': talk.replace('One', 'Eins') };
  await refused(
    other,
    { ...SCENE, files },
    /SHARD_DIFFERS: .* another runs: talk\/one is not the same order/,
  );
  const told = await type(['merge', first, second, '--out', newFolder()], {
    ...SCENE,
    build: '0c'.repeat(32),
  });
  t.is(told.exit, 2);
  t.regex(told.stderr, /SHARD_BUILD/);
});

test('refused: the same shard twice with other octets; the same octets are no trouble', async (t) => {
  const [first = '', second = ''] = shardsOf(2);
  const { out } = await merged([second, first, second, copyOf(first)]);
  t.deepEqual(contents(out), contents(whole));
  const flaky = newFolder();
  await run(flaky, ['--shard', '2/2'], { ...SCENE, verdictOf: () => 'inconclusive' });
  const { exit, stderr } = await merged([first, second, flaky]);
  t.is(exit, 7);
  t.regex(stderr, /SHARD_TWICE: .* both have /);
  const more = copyOf(second);
  writeFileSync(join(more, 'talk/one/capture.pcapng'), 'of another run');
  makeManifestRight(more);
  t.regex((await merged([first, second, more])).stderr, /SHARD_TWICE/);
});

test('refused: what is no shard, what was damaged, and what somebody changed and made the manifest right for', async (t) => {
  const [first = '', second = ''] = shardsOf(2);
  const refused = async (
    change: (folder: string) => void,
    says: RegExp,
    exit: ExitCode = 7,
  ): Promise<void> => {
    const folder = copyOf(second);
    change(folder);
    const told = await merged([first, folder]);
    t.is(told.exit, exit, told.stderr);
    t.regex(told.stderr, says);
  };
  t.regex((await merged([first, whole])).stderr, /SHARD_NONE: .* has no plan\.json/);
  t.regex((await merged([first, join(place, 'nowhere')])).stderr, /VERIFY_NO_RESULTS/);
  const right = (change: (folder: string) => void) => (folder: string) => {
    change(folder);
    makeManifestRight(folder);
  };
  const [trace = ''] = filesIn(second).filter((path) => path.endsWith('trace.ndjson'));
  await refused((folder) => flip(folder, trace, 40), /VERIFY_NOT_WHOLE: .*trace\.ndjson has the digest/);
  await refused((folder) => rmSync(join(folder, trace)), /VERIFY_NOT_WHOLE: .*trace\.ndjson is missing/);
  await refused(
    right((folder) => flip(folder, trace, 40)),
    /VERIFY_NOT_WHOLE: .*traces: .*has the digest/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', /"shards": \[\s+2/, '"shards": [\n    1')),
    /SHARD_PLAN: .*another shard/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', /"shards": \[\s+2/, '"shards": [\n    1,\n    2')),
    /SHARD_PLAN: .*another shard/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', /"shard": 2/, '"shard": 1')),
    /SHARD_PLAN: .*is not of shard 1/,
  );
  await refused(
    right((folder) => edit(folder, 'report.json', /"seed": "7"/, '"seed": "8"')),
    /SHARD_PLAN: .*the seed is 7 by the plan/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', /"version": 1/, '"version": 2')),
    /SHARD_PLAN: .*version/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', '{', '{ ')),
    /SHARD_PLAN: .*canonical/,
  );
  await refused(
    right((folder) => edit(folder, 'plan.json', '{', '')),
    /SHARD_PLAN: .*not JSON/,
  );
  // Both shards were changed alike, so they agree with each other, and not with their orders.
  const [one, two] = [copyOf(first), copyOf(second)];
  for (const folder of [one, two]) {
    edit(folder, 'sources/talk/scenario.yaml', 'Somebody says', 'Nobody says');
    makeManifestRight(folder);
  }
  t.regex((await merged([one, two])).stderr, /SHARD_PLAN: .*has the digest/);
  for (const folder of [one, two]) {
    cpSync(join(first, 'sources'), join(folder, 'sources'), { recursive: true });
    edit(folder, 'plan.json', /"line": "calldrill run/, '"line": "calldrill run --no-probes');
    makeManifestRight(folder);
  }
  t.regex((await merged([one, two])).stderr, /SHARD_PLAN: .*are not what the line and the sources/);
});

test('results that are joined are not replaced, and are as they were', async (t) => {
  const [first = '', second = ''] = shardsOf(2);
  const before = contents(first);
  const { exit, stderr } = await type(['merge', first, second, '--out', join(first, '.')], SCENE);
  t.is(exit, 2);
  t.regex(stderr, /CLI_OPTION_CONFLICT: .* is joined, so results cannot go there/);
  t.deepEqual(contents(first), before);
});

for (const [words, says] of [
  [['--shard', '2/3', '--seeds', '1..3'], /CLI_OPTION_CONFLICT: --shard is a part of one suite/],
  [['--shard', '2/3', '--strict'], /CLI_OPTION_CONFLICT: .*\n {2}fix: Give --strict to calldrill merge/],
  [['--shard', '2/3', '--plant', 'all'], /CLI_OPTION_CONFLICT: --plant all writes no results/],
  [['--shard', '1/6', '--pcap', '-'], /CLI_OPTION_CONFLICT: --pcap - writes/],
  [['--shard', '2/3', '--resume', 'x'], /CLI_OPTION_CONFLICT: --resume says what to run/],
  [['--shard', '2/3', '--replay', 'x'], /CLI_OPTION_CONFLICT: --replay says what to run/],
  [['--shard', '4/3'], /CLI_OPTION_VALUE: --shard takes/],
  [['--shard', '1/7'], /CLI_NOTHING_CHOSEN: there are 7 shards and only 6 runs/],
  [['--shard', '7/7'], /CLI_NOTHING_CHOSEN: there are 7 shards and only 6 runs/],
] as const)
  test(`refused: run ${words.join(' ')}`, async (t) => {
    const { exit, stderr } = await type(['run', ...words, '--out', newFolder()], SCENE);
    t.is(exit, 2);
    t.regex(stderr, says);
  });

test('a live run is one run, so it has no shards', async (t) => {
  const { exit, stderr } = await type(['live', 'short', '--shard', '1/2'], SCENE);
  t.is(exit, 2);
  t.regex(stderr, /CLI_UNKNOWN_OPTION: 'live' has no option --shard/);
});

test('--list prints the runs of a shard; those of all shards are all, each once', async (t) => {
  const listed = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await type(['run', '--list', ...words], SCENE)).stdout.split('\n').filter((line) => line !== '');
  const all = await Promise.all([1, 2, 3, 4].map((number) => listed('--shard', `${number}/4`)));
  t.deepEqual(all.flat().sort(), [...(await listed())].sort());
});

test('a shard of which every run failed is written, so that whoever joins it learns of it', async (t) => {
  const scene: Scene = { ...SCENE, failure: () => new Error('it broke') };
  const [first = ''] = shardsOf(2);
  const out = newFolder();
  t.is((await run(out, ['--shard', '2/2'], scene)).exit, 5);
  const { exit, stderr } = await merged([out, first]);
  t.is(exit, 5);
  t.regex(stderr, /failed: INTERNAL: it broke/);
});

test('a shard that was cut off is gone on with as that shard', async (t) => {
  const here = newFolder();
  mkdirSync(here);
  const interrupt = new AbortController();
  const out = join(here, 'out');
  let begun = 0;
  const told = await run(out, ['--shard', '1/2'], {
    ...SCENE,
    interrupt: interrupt.signal,
    failure: () => {
      if (++begun === 2) interrupt.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
      return undefined;
    },
  });
  t.is(told.exit, 6);
  const [, left = ''] = /calldrill run --resume (\S+)/.exec(told.stderr) ?? [];
  const { jobs } = await type(['run', '--resume', left], SCENE);
  t.is(jobs.length, 2);
  t.deepEqual(contents(out), contents(shards.get('1/2') ?? ''));
});
