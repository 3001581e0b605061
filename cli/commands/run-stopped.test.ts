/** Suites that are stopped when enough has failed (`--max-failures`), and what is made of the rest: `run --resume`, `merge`, `verify`. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { cliError } from '../errors.ts';
import { type, type CommandTold, type Scene } from '../context.fixture.ts';
import { edit, filesIn, makeManifestRight } from '../verify/tampering.fixture.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-stopped-'));
test.after.always(() => rmSync(place, { recursive: true, force: true }));
let made = 0;
const newFolder = (): string => join(place, String(made++));

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six'];
const TALK = `scenario: talk
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told, check: para-29.c1/order }
variants: { ${NAMES.map((name) => `${name}: { title: ${name} }`).join(', ')} }
`;
const FILES = { 'shipped/talk.yaml': TALK };
const failing = (...names: readonly string[]): Scene => ({
  files: FILES,
  verdictOf: (check, variant) => (check === 'told' && names.includes(variant) ? 'fail' : undefined),
});
const run = (out: string, words: readonly string[], scene: Scene): Promise<CommandTold> =>
  type(['run', ...words, '--out', out, '--quiet'], scene);
const stop = (out: string, max: number, scene: Scene, ...words: readonly string[]): Promise<CommandTold> =>
  run(out, ['talk', '--seed', '7', '--max-failures', String(max), ...words], scene);

interface Reported {
  readonly variants: readonly { readonly name: string }[];
  readonly missing: readonly { readonly name: string; readonly code: string; readonly why: string }[];
}
function reported(out: string): Reported {
  const { scenarios } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  return scenarios[0];
}
const ranIn = (out: string): readonly string[] => reported(out).variants.map(({ name }) => name);
const contents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesIn(folder)
      .filter((path) => path !== 'timing.json')
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );

test('it stops behind the run that is one too many, and the others are missing, with the reason', async (t) => {
  const out = newFolder();
  const { exit, stderr } = await stop(out, 2, failing('two', 'four', 'five'));
  t.is(exit, 1, 'what it was stopped for is known');
  t.deepEqual(ranIn(out), ['one', 'two', 'three', 'four']);
  t.deepEqual(
    reported(out).missing.map(({ name, code }) => `${name} ${code}`),
    ['five RUN_NOT_BEGUN', 'six RUN_NOT_BEGUN'],
  );
  t.regex(stderr, /^2 runs were not made: RUN_NOT_BEGUN: the suite was stopped when 2 runs had failed$/m);
  t.regex(stderr, /^note: the rest can be made by: calldrill run --resume \S+$/m);
  t.false(existsSync(join(out, 'talk/five')));
  t.regex(
    readFileSync(join(out, 'summary.md'), 'utf8'),
    /^# calldrill: not complete\n\n\*\*2 runs were not made and could have shown anything/,
  );
  t.regex(readFileSync(join(out, 'junit.xml'), 'utf8'), /the run was not made: RUN_NOT_BEGUN/);
});

test('what is inconclusive, waived or not tested is no failure; a run that came to no end is one', async (t) => {
  const out = newFolder();
  const unclear: Scene = { files: FILES, verdictOf: () => 'inconclusive' };
  t.is((await stop(out, 1, unclear)).exit, 4);
  t.is(ranIn(out).length, 6);
  const ours = `deployment: ours
title: Ours
valid-on: 2015-10-14
waivers:
  - { part: para-29.c1/order, owner: Head, reason: known, adviser: Bob, date: 2015-09-01, expires: 2015-12-01 }
`;
  const waived = { ...failing('one', 'two'), files: { ...FILES, 'ours.yaml': ours } };
  const told = await stop(out, 1, waived, '--deployment', 'ours.yaml');
  t.is(told.exit, 0, told.stderr);
  t.is((await stop(out, 1, waived, '--deployment', 'ours.yaml', '--as-of', '2016-01-01')).exit, 1);
  t.deepEqual(ranIn(out), ['one']);
  const broken: Scene = {
    files: FILES,
    failure: ({ variant }) => (variant === 'two' ? new Error('it broke') : undefined),
  };
  t.is((await stop(out, 1, broken)).exit, 5);
  t.deepEqual(ranIn(out), ['one']);
});

test('when the last run is the one too many, nothing was stopped', async (t) => {
  const [out, plain] = [newFolder(), newFolder()];
  t.is((await stop(out, 1, failing('six'))).exit, 1);
  await run(plain, ['talk', '--seed', '7'], failing('six'));
  t.deepEqual(contents(out), contents(plain));
});

test('run --resume makes the rest, to the octets of a run that was not stopped', async (t) => {
  const [out, plain] = [newFolder(), newFolder()];
  const scene = failing('two', 'four');
  await run(plain, ['talk', '--seed', '7'], scene);
  await stop(out, 1, scene);
  t.deepEqual(ranIn(out), ['one', 'two']);
  const more = await type(['run', '--resume', out, '--max-failures', '2', '--quiet'], scene);
  t.deepEqual(
    more.jobs.map(({ variant }) => variant),
    ['three', 'four', 'five', 'six'],
  );
  t.is(more.exit, 1);
  t.deepEqual(ranIn(out), ['one', 'two', 'three', 'four']);
  const rest = await type(['run', '--resume', out, '--quiet'], scene);
  t.deepEqual(
    rest.jobs.map(({ variant }) => variant),
    ['five', 'six'],
  );
  t.is(rest.exit, 1);
  t.deepEqual(contents(out), contents(plain));
  const nothing = await type(['run', '--resume', out, '--quiet'], scene);
  t.is(nothing.exit, 2);
  t.regex(nothing.stderr, /CLI_RESUME: .* every run that it is to have was made/);
});

test('waivers as of another day are resumed and joined as they were', async (t) => {
  const ours = `deployment: ours
title: Ours
valid-on: 2015-10-14
waivers:
  - { part: para-29.c1/order, owner: Head, reason: known, adviser: Bob, date: 2015-09-01, expires: 2015-12-01 }
`;
  const scene: Scene = {
    ...failing('one'),
    files: { ...FILES, 'ours.yaml': ours },
    failure: ({ variant }) => (variant === 'two' ? new Error('it broke') : undefined),
  };
  const words = ['--deployment', 'ours.yaml', '--as-of', '2015-10-20'];
  const [out, plain] = [newFolder(), newFolder()];
  await run(plain, ['talk', '--seed', '7', ...words], scene);
  await stop(out, 1, scene, ...words);
  t.deepEqual(ranIn(out), ['one']);
  await type(['run', '--resume', out, '--quiet'], scene);
  t.deepEqual(contents(out), contents(plain));
});

test('shards that were stopped are joined with what is missing, and the whole is gone on with', async (t) => {
  const scene = failing('three');
  const plain = newFolder();
  await run(plain, ['talk', '--seed', '7'], scene);
  const [first, second, joined] = [newFolder(), newFolder(), newFolder()];
  await stop(first, 1, scene, '--shard', '1/2');
  await stop(second, 1, scene, '--shard', '2/2');
  t.deepEqual(
    [ranIn(first), ranIn(second)],
    [
      ['one', 'three'],
      ['two', 'four', 'six'],
    ],
  );
  const { exit, stderr } = await type(['merge', first, second, '--out', joined, '--quiet'], scene);
  t.is(exit, 1, stderr);
  t.deepEqual(
    reported(joined).missing.map(({ name }) => name),
    ['five'],
  );
  const shard = newFolder();
  cpSync(first, shard, { recursive: true });
  t.is((await type(['run', '--resume', joined, '--quiet'], scene)).exit, 1);
  t.deepEqual(contents(joined), contents(plain));
  // Or the shard by itself, which stays one.
  const strict = await type(['run', '--resume', shard, '--strict'], scene);
  t.regex(strict.stderr, /CLI_OPTION_CONFLICT: --strict/);
  const rest = await type(['run', '--resume', shard, '--quiet'], scene);
  t.regex(rest.stdout, /shard 1 of 2, 3 of 6 runs/);
  await type(['merge', second, shard, '--out', joined, '--quiet'], scene);
  t.deepEqual(contents(joined), contents(plain));
  const done = await type(['run', '--resume', shard, '--quiet'], scene);
  t.is(done.exit, 2);
  t.regex(done.stderr, /CLI_RESUME: .* every run that it is to have was made/);
});

test('shards that were joined without all of them are gone on with', async (t) => {
  const scene = failing('three');
  const [plain, first, joined] = [newFolder(), newFolder(), newFolder()];
  await run(plain, ['talk', '--seed', '7'], scene);
  await run(first, ['talk', '--seed', '7', '--shard', '1/2'], scene);
  t.is((await type(['merge', first, '--partial', '--out', joined], scene)).exit, 5);
  const { jobs } = await type(['run', '--resume', joined, '--quiet'], scene);
  t.deepEqual(
    jobs.map(({ variant }) => variant),
    ['two', 'four', 'six'],
  );
  t.deepEqual(contents(joined), contents(plain));
});

test('going on with results can be cut off, and gone on with', async (t) => {
  const [here, plain] = [newFolder(), newFolder()];
  const out = join(here, 'out');
  const scene = failing('two');
  await run(plain, ['talk', '--seed', '7'], scene);
  await stop(out, 1, scene);
  const before = contents(out);
  const interrupt = new AbortController();
  const told = await type(['run', '--resume', out, '--quiet'], {
    ...scene,
    interrupt: interrupt.signal,
    failure: ({ variant }) => {
      if (variant === 'five') interrupt.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
      return undefined;
    },
  });
  t.is(told.exit, 6);
  t.deepEqual(contents(out), before);
  const [, left = ''] = /calldrill run --resume (\S+)/.exec(told.stderr) ?? [];
  const { jobs } = await type(['run', '--resume', left, '--quiet'], scene);
  t.deepEqual(
    jobs.map(({ variant }) => variant),
    ['five', 'six'],
  );
  t.deepEqual(contents(out), contents(plain));
});

test('a suite that is to be stopped and was cut off is stopped where it would have been', async (t) => {
  const [here, plain] = [newFolder(), newFolder()];
  const out = join(here, 'out');
  const scene = failing('two', 'four');
  await stop(plain, 2, scene);
  const interrupt = new AbortController();
  const told = await stop(out, 2, {
    ...scene,
    interrupt: interrupt.signal,
    failure: ({ variant }) => {
      if (variant === 'three') interrupt.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
      return undefined;
    },
  });
  t.is(told.exit, 6);
  const [, left = ''] = /calldrill run --resume (\S+)/.exec(told.stderr) ?? [];
  t.is((await type(['run', '--resume', left, '--quiet'], scene)).exit, 1);
  t.deepEqual(contents(out), contents(plain));
});

test('a live run is one run: none of these options is for it', async (t) => {
  for (const option of ['--max-failures=1', '--repeat-each=2', '--last-failed', '--resume=x']) {
    const { exit, stderr } = await type(['live', 'short', option], failing());
    t.is(exit, 2);
    t.regex(stderr, /CLI_UNKNOWN_OPTION: 'live' has no option/);
  }
});

test('results that somebody changed are not gone on with', async (t) => {
  const scene = failing('two');
  const out = newFolder();
  await stop(out, 1, scene);
  const refused = async (change: (folder: string) => void, says: RegExp): Promise<void> => {
    const folder = newFolder();
    cpSync(out, folder, { recursive: true });
    change(folder);
    const before = contents(folder);
    const told = await type(['run', '--resume', folder], scene);
    t.is(told.exit, 7, told.stderr);
    t.regex(told.stderr, says);
    t.deepEqual(contents(folder), before);
  };
  await refused(
    (folder) => edit(folder, 'report.json', '"verdict": "fail"', '"verdict": "pass"'),
    /VERIFY_NOT_WHOLE/,
  );
  await refused((folder) => {
    edit(folder, 'plan.json', '"variant": "two"', '"variant": "three"');
    makeManifestRight(folder);
  }, /SHARD_PLAN/);
  await refused((folder) => {
    rmSync(join(folder, 'talk'), { recursive: true });
    makeManifestRight(folder);
  }, /VERIFY_NOT_WHOLE: .*trace\.ndjson is missing/);
});

for (const [words, says] of [
  [['--seeds', '1..3'], /--max-failures counts the runs of one suite/],
  [['--plant', 'all'], /--plant all wants checks to fail/],
  [['--resume', '.out-new-Ab3dE9'], /--resume says what to run/],
] as const)
  test(`refused: --max-failures with ${words.join(' ')}`, async (t) => {
    const { exit, stderr } = await type(['run', '--max-failures', '1', ...words], failing());
    t.is(exit, 2);
    t.regex(stderr, /CLI_OPTION_CONFLICT/);
    t.regex(stderr, says);
  });
