/** Runs that are made again: those that did not pass (`--last-failed`), and all of them under the same seeds (`--repeat-each`). */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { cliError } from '../errors.ts';
import { type, type CommandTold, type Scene } from '../context.fixture.ts';
import { edit, filesIn } from '../verify/tampering.fixture.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-again-'));
test.after.always(() => rmSync(place, { recursive: true, force: true }));
let made = 0;
const newFolder = (): string => join(place, String(made++));

const TALK = `scenario: talk
title: Somebody says something
begins: 2015-10-14T08:00:00Z
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:01", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told }
variants: { one: { title: One }, two: { title: Two }, three: { title: Three }, four: { title: Four } }
`;
const FILES = { 'shipped/talk.yaml': TALK };
/** One of four is inconclusive, one fails, one comes to no end. */
const TROUBLED: Scene = {
  files: FILES,
  verdictOf: (check, variant) =>
    check === 'told' && variant === 'two' ? 'fail' : variant === 'one' ? 'inconclusive' : undefined,
  failure: ({ variant }) => (variant === 'three' ? new Error('it broke') : undefined),
};

const run = (out: string, words: readonly string[], scene: Scene): Promise<CommandTold> =>
  type(['run', ...words, '--out', out, '--quiet'], scene);
const ranIn = ({ jobs }: CommandTold): readonly string[] =>
  jobs.map(({ screenplay, variant }) => `${screenplay.id}/${variant}`);
const contents = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    filesIn(folder)
      .filter((path) => path !== 'timing.json')
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );

/** Results of which three runs of seven did not pass. */
async function troubled(words: readonly string[] = []): Promise<string> {
  const out = newFolder();
  await run(out, ['--seed', '7', '--param', 'crs-months=4', ...words], TROUBLED);
  return out;
}

test('--last-failed makes again what failed, was inconclusive or is missing, as it was run; then what still did not pass', async (t) => {
  const out = await troubled();
  const again = await run(out, ['--last-failed'], { ...TROUBLED, failure: () => undefined });
  t.deepEqual(ranIn(again), ['talk/one', 'talk/two', 'talk/three']);
  t.is(again.exit, 1);
  t.true(
    again.jobs.every(({ seed, parameters }) => seed === '7' && JSON.stringify(parameters).includes('4')),
  );
  t.regex(
    again.stdout,
    /\nReplay {2}calldrill run '--grep=\S*' --param crs-months=4 --seed 7 --key-seed 7\n$/,
  );
  const third = await run(out, ['--last-failed'], { files: FILES });
  t.deepEqual(ranIn(third), ['talk/one', 'talk/two']);
  t.is(third.exit, 0);
  const before = contents(out);
  const nothing = await run(out, ['--last-failed'], { files: FILES });
  t.is(nothing.exit, 2);
  t.regex(nothing.stderr, /CLI_NONE_FAILED: .*no check of any run failed or is inconclusive/);
  t.deepEqual(
    [nothing.jobs.length, contents(out)],
    [0, before],
    'nothing was run, and nothing says otherwise',
  );
});

test('the line that --last-failed prints makes the same again without the results', async (t) => {
  const out = await troubled();
  const { stdout } = await run(out, ['--last-failed'], TROUBLED);
  const [, grep = ''] = /--grep=(\S*)'/.exec(stdout) ?? [];
  const other = newFolder();
  t.deepEqual(
    ranIn(
      await run(
        other,
        [`--grep=${grep}`, '--param', 'crs-months=4', '--seed', '7', '--key-seed', '7'],
        TROUBLED,
      ),
    ),
    ['talk/one', 'talk/two', 'talk/three'],
  );
  t.deepEqual(contents(other), contents(out));
});

test('--last-failed makes all variants again that a comparison is of which failed', async (t) => {
  const out = newFolder();
  const scene: Scene = {
    verdictOf: (check, variant) => (check === 'some' && variant === 'wipe-first' ? 'not-tested' : undefined),
  };
  await run(out, [], {
    verdictOf: (check, variant) => (check === 'some' && variant === 'wipe-first' ? 'fail' : undefined),
  });
  t.deepEqual(ranIn(await run(out, ['--last-failed'], scene)), [
    'client-compromise/block-first',
    'client-compromise/wipe-first',
  ]);
});

test('--last-failed of a shard is not a shard of what failed', async (t) => {
  const out = await troubled(['--shard', '1/2']);
  const { jobs, stdout } = await run(out, ['--last-failed'], TROUBLED);
  t.true(jobs.length > 0);
  t.notRegex(stdout, /shard/);
});

test('--last-failed that was cut off is gone on with as it was, whatever the results are by then', async (t) => {
  const here = newFolder();
  mkdirSync(here);
  const out = join(here, 'out');
  await run(out, ['--seed', '7'], TROUBLED);
  const interrupt = new AbortController();
  let begun = 0;
  const told = await run(out, ['--last-failed'], {
    files: FILES,
    interrupt: interrupt.signal,
    failure: () => {
      if (++begun === 2) interrupt.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
      return undefined;
    },
  });
  t.is(told.exit, 6);
  await run(out, ['talk', '--seed', '8'], { files: FILES });
  const left = readdirSync(here).find((name) => name.startsWith('.out-new-')) ?? '';
  const { jobs } = await type(['run', '--resume', join(here, left)], { files: FILES });
  t.deepEqual(
    jobs.map(({ variant, seed }) => `${variant} ${seed}`),
    ['two 7', 'three 7'],
  );
});

test('--last-failed refuses results that cannot say it, and is never a run of nothing or of everything', async (t) => {
  const refused = async (out: string, exit: number, says: RegExp, scene: Scene = TROUBLED): Promise<void> => {
    const told = await run(out, ['--last-failed'], scene);
    t.is(told.exit, exit as 2, told.stderr);
    t.regex(told.stderr, says);
    t.is(told.jobs.length, 0);
  };
  await refused(newFolder(), 2, /CLI_LAST_RESULTS: there are no results in /);
  const empty = newFolder();
  mkdirSync(empty);
  await refused(empty, 2, /CLI_LAST_RESULTS: there are no results in /);
  const many = newFolder();
  await run(many, ['--seeds', '1..2'], TROUBLED);
  await refused(many, 2, /CLI_LAST_RESULTS: .* one suite for each of its seeds/);
  const edited = await troubled();
  edit(edited, 'report.json', '"verdict": "fail"', '"verdict": "pass"');
  await refused(edited, 7, /VERIFY_NOT_WHOLE: .*report\.json has the digest|report\.json/);
  await refused(await troubled(), 2, /CLI_LAST_RESULTS: talk\/two did not pass .*no such run any more/, {
    files: { 'shipped/talk.yaml': TALK.replace('two:', 'other:') },
  });
});

for (const words of [
  ['--seed', '3'],
  ['--grep', 'one'],
  ['talk'],
  ['--shard', '1/2'],
  ['--replay', 'r.json'],
  ['--plant', 'all'],
])
  test(`--last-failed says what to run: refused with ${words.join(' ')}`, async (t) => {
    const { exit, stderr } = await type(['run', '--last-failed', ...words], TROUBLED);
    t.is(exit, 2);
    t.regex(stderr, /CLI_OPTION_CONFLICT: --last-failed says what to run/);
  });

test('--repeat-each makes every run so often, and the results are those of the first time', async (t) => {
  const [once, thrice] = [newFolder(), newFolder()];
  await run(once, ['talk', '--seed', '7'], TROUBLED);
  const told = await run(thrice, ['talk', '--seed', '7', '--repeat-each', '3'], TROUBLED);
  t.is(told.exit, 5, 'one run fails, each time');
  t.is(told.jobs.length, 12);
  t.regex(told.stderr, /^repeat: every run was made 3 times, and every octet is the same$/m);
  t.deepEqual(contents(thrice), contents(once));
  const { exit, stdout } = await type(
    ['run', 'talk', '--variant', 'four', '--repeat-each', '2', '--out', newFolder(), '--json'],
    TROUBLED,
  );
  t.is(exit, 0);
  t.deepEqual(JSON.parse(stdout).repeats, { times: 2, differences: [] });
});

/** A scene in which something is otherwise from the `from`th order on. */
const from = (at: number): (() => boolean) => {
  let count = 0;
  return () => ++count >= at;
};
const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
for (const [what, scene, says] of [
  [
    'a verdict',
    (): Scene => {
      const later = from(2);
      return { files: FILES, verdictOf: (check) => (check === 'told' && later() ? 'fail' : 'pass') };
    },
    /^repetition 2: what talk\/four came to is not the same$/m,
  ],
  [
    'that it fails',
    (): Scene => {
      const later = from(3);
      return { files: FILES, failure: () => (later() ? new Error('it broke') : undefined) };
    },
    /^repetition 3: what talk\/four came to is not the same$/m,
  ],
  [
    'an octet of a file',
    (): Scene => {
      const later = from(3);
      return { files: FILES, artefacts: () => new Map([['heard/a.wav', octets(later() ? 'b' : 'a')]]) };
    },
    /^repetition 3: talk\/four\/heard\/a\.wav is not what/m,
  ],
  [
    'that a file is there',
    (): Scene => {
      const later = from(2);
      return { files: FILES, artefacts: () => new Map(later() ? [] : [['heard/a.wav', octets('a')]]) };
    },
    /^repetition 2: talk\/four\/heard\/a\.wav was made the first time only$/m,
  ],
] as const)
  test(`--repeat-each tells when ${what} is not the same`, async (t) => {
    const out = newFolder();
    const { exit, stderr } = await run(out, ['talk', '--variant', 'four', '--repeat-each', '3'], scene());
    t.is(exit, 7);
    t.regex(stderr, says);
    t.regex(stderr, /defect of calldrill: please report it/);
    t.true(filesIn(out).includes('report.json'), 'the results are there to look at');
  });

for (const words of [
  ['--seeds', '1..3'],
  ['--plant', 'all'],
  ['--pcap', '-', '--variant', 'one'],
])
  test(`refused: --repeat-each with ${words.join(' ')}`, async (t) => {
    const { exit, stderr } = await type(['run', '--repeat-each', '2', ...words], TROUBLED);
    t.is(exit, 2);
    t.regex(stderr, /CLI_OPTION_CONFLICT/);
  });
