import { mkdtempSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { REPORT_FILES } from '../../reports/index.ts';
import { type, type Scene, type CommandTold } from '../context.fixture.ts';
import { replayedWords } from '../run/replay-line.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-run-'));
test.after.always(() => rm(place, { recursive: true, force: true }));
let count = 0;

/** Runs with an --out of its own. */
async function run(
  words: readonly string[],
  scene: Scene = {},
): Promise<CommandTold & { readonly out: string }> {
  const out = join(place, String(count++));
  return { ...(await type(['run', ...words, '--out', out], scene)), out };
}

const asked = ({ jobs }: CommandTold): readonly string[] =>
  jobs.map(({ screenplay, variant, seed, plant }) => [screenplay.id, variant, seed, plant].join(' ').trim());

test('without words every shipped scenario is run, every variant, under the default seed', async (t) => {
  const told = await run([]);
  t.is(told.exit, 0);
  t.deepEqual(asked(told), [
    'client-compromise block-first 1',
    'client-compromise wipe-first 1',
    'short main 1',
  ]);
});

test('seed and replay line are always printed; the line runs the same again', async (t) => {
  const words = ['client-compromise', '--variant', 'wipe-first', '--param', 'skew-limit=2d', '--seed', '42'];
  for (const more of [[], ['--quiet']]) {
    const { stdout, jobs } = await run([...words, ...more]);
    t.regex(stdout, /\nSeed +42, key seed 42\n/);
    const line = /^Replay +(.*)$/m.exec(stdout)?.[1] ?? '';
    t.is(
      line,
      'calldrill run client-compromise --variant wipe-first --param skew-limit=2d --seed 42 --key-seed 42',
    );
    t.deepEqual((await run(replayedWords(line))).jobs, jobs);
    t.deepEqual(jobs[0]?.parameters, { 'skew-limit': 172_800_000_000 });
  }
});

test('results are written, with the time they took beside them', async (t) => {
  const { out, stdout } = await run(['short']);
  const beside = ['.calldrill-results', 'short', 'sources', 'timing.json'];
  t.deepEqual((await readdir(out)).sort(), [...beside, ...REPORT_FILES].sort());
  t.deepEqual((await readdir(join(out, 'short'), { recursive: true })).sort(), [
    'main',
    'main/audio',
    'main/audio/a.wav',
    'main/trace.ndjson',
  ]);
  t.like(JSON.parse(await readFile(join(out, 'timing.json'), 'utf8')), { threads: 3 });
  t.true(stdout.includes(join(out, 'index.html')));
});

test('--json is one object on standard output, and no progress anywhere', async (t) => {
  const { stdout, stderr, out } = await run(['short', '--json']);
  const content = JSON.parse(stdout);
  t.like(content, {
    exitCode: 0,
    out,
    seed: '1',
    keySeed: '1',
    replay: 'calldrill run short --seed 1 --key-seed 1',
  });
  t.is(content.suite.scenarios[0].id, 'short');
  t.is(stderr, '');
});

test('progress goes to standard error, and --quiet has none', async (t) => {
  t.regex((await run(['short'])).stderr, /0 of 1 runs done, 50 %, \w+ left: short\/main\n/);
  const quiet = await run(['short', '--quiet']);
  t.is(quiet.stderr, '');
  t.is(
    quiet.stdout,
    'Result  pass\nSeed    1, key seed 1\nReplay  calldrill run short --seed 1 --key-seed 1\n',
  );
});

test('exit codes: a failure is 1, what is inconclusive 4, what is not tested 0 or, when strict, 1', async (t) => {
  const withVerdict = (
    verdict: 'fail' | 'inconclusive' | 'pass' | 'not-tested',
    ...words: readonly string[]
  ) => run(['short', ...words], { verdictOf: () => verdict });
  t.is((await withVerdict('fail')).exit, 1);
  t.regex((await withVerdict('fail', '--quiet')).stdout, /^Result {2}fail\n/);
  t.is((await withVerdict('inconclusive')).exit, 4);
  t.is((await withVerdict('not-tested')).exit, 0);
  t.is((await withVerdict('not-tested', '--strict')).exit, 1);
  t.is((await withVerdict('pass', '--strict')).exit, 1, 'clauses that no check names are not tested either');
});

test('clauses that were not tested are listed', async (t) => {
  t.regex(
    (await run([])).stdout,
    /tested: 4 of 7 parts, 2 of 6 checks, 2 of 6 clauses\n[^]*\n {2}not-tested: para-2 1\/2, para-12, para-30, para-31\n/,
  );
  t.regex((await run(['--strict'])).stdout, /not-tested +para-12 /);
});

test('--details shows every check of every variant', async (t) => {
  t.notRegex((await run([])).stdout, /none-after/);
  t.regex((await run(['--details'])).stdout, /pass +none-after/);
});

test('--list and --grep: what would be run', async (t) => {
  const all = await type(['run', '--list']);
  t.is(all.stdout, 'client-compromise/block-first\nclient-compromise/wipe-first\nshort/main\n');
  t.is(all.jobs.length, 0);
  t.is((await type(['run', '--list', '--grep', '^client.*/WIPE'])).stdout, 'client-compromise/wipe-first\n');
  t.is((await type(['run', '--list', '--grep', 'says something'])).stdout, 'short/main\n');
  t.is((await type(['run', '--list', '--variant', 'wipe-first'])).stdout, 'client-compromise/wipe-first\n');
  t.is(JSON.parse((await type(['run', '--list', '--json'])).stdout).runs.length, 3);
});

for (const [words, code, fix] of [
  [['--seed', '../x'], 'CLI_OPTION_VALUE', /./],
  [['--seeds', '5..1'], 'CLI_OPTION_VALUE', /./],
  [['--seeds', '1-5'], 'CLI_OPTION_VALUE', /./],
  [['--seeds', '1..99999'], 'CLI_OPTION_VALUE', /./],
  [['--seed', '1', '--seeds', '1..2'], 'CLI_OPTION_CONFLICT', /./],
  [['--plant', 'all', '--no-probes'], 'CLI_OPTION_CONFLICT', /./],
  [['--key-seed', 'a b'], 'CLI_OPTION_VALUE', /./],
  [['--plant', 'all', '--seeds', '1..2'], 'CLI_OPTION_CONFLICT', /./],
  [['--param', 'skew-limit'], 'CLI_OPTION_VALUE', /./],
  [['--grep', '('], 'CLI_OPTION_VALUE', /./],
  [['--grep', 'xyzzy'], 'CLI_NOTHING_CHOSEN', /./],
  [['--variant', 'wipe-frist'], 'CLI_UNKNOWN_VARIANT', /Did you mean 'wipe-first'/],
  [['--variant', 'xyzzy'], 'CLI_UNKNOWN_VARIANT', /There are: block-first, wipe-first, main/],
  [['--plant', 'crs.block-ignord'], 'CLI_UNKNOWN_PLANT', /Did you mean 'crs\.block-ignored'/],
  [['--plant', 'xyzzy'], 'CLI_UNKNOWN_PLANT', /list --plants/],
  [['shrot'], 'CLI_UNKNOWN_SCENARIO', /Did you mean 'short'/],
  [['missing.yaml'], 'HOST_FILE_MISSING', /./],
  [['short', 'short'], 'CLI_SCENARIO_TWICE', /./],
  [['short', '--plant', 'all'], 'CLI_NOTHING_CHOSEN', /plants/],
  [['--replay', 'r.json', 'short'], 'CLI_OPTION_CONFLICT', /./],
  [['--replay', 'r.json', '--key-seed', '3'], 'CLI_OPTION_CONFLICT', /--key-seed/],
  [['--replay', 'r.json', '--no-probes'], 'CLI_OPTION_CONFLICT', /--no-probes/],
  [['--replay', 'r.json', '--seed', '3'], 'CLI_OPTION_CONFLICT', /./],
  [['--replay', 'r.json', '--param', 'a=b'], 'CLI_OPTION_CONFLICT', /./],
] as const) {
  test(`usage: run ${words.join(' ')}`, async (t) => {
    const { exit, stdout, stderr, jobs, out } = await run(words);
    t.is(exit, 2);
    t.is(stdout, '');
    t.is(jobs.length, 0);
    t.regex(stderr, new RegExp(code));
    t.regex(stderr, fix);
    await t.throwsAsync(readdir(out));
  });
}

test('an invalid scenario is 3, with the problems of every file', async (t) => {
  const files = { 'a.yaml': 'scenario: 4\n', 'b.yaml': 'title: [\n' };
  const { exit, stderr } = await run(['a.yaml', 'short', 'b.yaml'], { files });
  t.is(exit, 3);
  t.regex(stderr, /a\.yaml:1:11: error/);
  t.regex(stderr, /b\.yaml:\d+:\d+: error/);
});

test('--plant: the rule is broken in every run, and the replay line says so', async (t) => {
  const told = await run(['client-compromise', '--plant', 'crs.block-ignored']);
  t.is(told.exit, 1);
  t.deepEqual(asked(told)[0], 'client-compromise block-first 1 crs.block-ignored');
  t.regex(told.stdout, /^Replay .* --plant crs\.block-ignored --seed 1 --key-seed 1$/m);
});

test('--plant all: each plant is caught by the checks it declares', async (t) => {
  const told = await run(['--plant', 'all', '--seed', '7']);
  t.is(told.exit, 0);
  t.deepEqual(asked(told), [
    'client-compromise block-first 7',
    'client-compromise block-first 7 crs.block-ignored',
  ]);
  t.regex(told.stdout, /caught +crs\.block-ignored/);
  t.regex(told.stdout, /^Replay +calldrill run --plant all --seed 7 --key-seed 7$/m);
  t.is(JSON.parse((await run(['--plant', 'all', '--json'])).stdout).kills[0].caught, true);
  await t.throwsAsync(readdir(told.out));
});

test('--plant all, planted: a plant that survives, or that only other checks notice, is a failure', async (t) => {
  const survives = await run(['--plant', 'all'], { verdictOf: () => 'pass' });
  t.is(survives.exit, 1);
  t.regex(survives.stdout, /MISSED +crs\.block-ignored/);
  const strays = await run(['--plant', 'all'], {
    verdictOf: (check, _variant, { plant }) =>
      plant === undefined ? undefined : check === 'in-order' ? 'fail' : 'pass',
  });
  t.is(strays.exit, 1);
  t.regex(strays.stdout, /in-order/);
});

test('--plant all, planted: what fails without a plant is no catch, and is named', async (t) => {
  const { exit, stdout } = await run(['--plant', 'all'], {
    verdictOf: (check) => (check === 'none-after' ? 'fail' : 'pass'),
  });
  t.is(exit, 1);
  t.regex(stdout, /MISSED/);
  t.regex(stdout, /client-compromise\/block-first\/none-after fails without any plant/);
});

const defect = new TypeError('x is not a function');
const lost = (...variants: readonly string[]): Pick<Scene, 'failure'> => ({
  failure: ({ variant }) => (variants.includes(variant) ? defect : undefined),
});

test('when every run fails there is nothing to show: 5, and nothing is written', async (t) => {
  for (const [scenario, scene] of [
    ['short', lost('main')],
    ['client-compromise', lost('block-first', 'wipe-first')],
  ] as const) {
    const { exit, stderr, out } = await run([scenario], scene);
    t.is(exit, 5);
    t.regex(stderr, /INTERNAL: x is not a function/);
    await t.throwsAsync(readdir(out));
  }
});

test('a run that fails is named and the others are made: the suite is not complete, and never passes', async (t) => {
  for (const quiet of [[], ['--quiet']]) {
    const { exit, stdout, stderr, out } = await run(['--seed', '7', ...quiet], lost('block-first'));
    t.is(exit, 5);
    t.regex(stdout, /^Result +(?:not complete|.*1 run missing)$/m);
    t.notRegex(stdout, /^Result +pass$/m);
    t.regex(
      stderr,
      /client-compromise\/block-first, seed 7, failed: INTERNAL: x is not a function; run it again by: calldrill run .*--variant block-first --seed 7 --key-seed 7\n/,
    );
    const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    const [compromise, short] = report.scenarios;
    t.is(short.variants.length, 1);
    t.deepEqual(
      compromise.variants.map(({ name }: { name: string }) => name),
      ['wipe-first'],
    );
    t.like(compromise.missing[0], { name: 'block-first', code: 'INTERNAL', seed: '7' });
    t.true(compromise.missing[0].checks.length > 0);
    t.regex(await readFile(join(out, 'junit.xml'), 'utf8'), /<error type="missing"/);
    t.regex(await readFile(join(out, 'index.html'), 'utf8'), /Not complete: 1 run failed/);
  }
});

test('what a run that failed had left behind is not among the results, and no log of runs is', async (t) => {
  const { out } = await run([], lost('block-first'));
  t.deepEqual((await readdir(join(out, 'client-compromise'))).sort(), ['wipe-first']);
  t.false((await readdir(out)).includes('runs.ndjson'));
});

test('--plant all: a run that fails is no catch and no miss, but the table is not whole', async (t) => {
  const { exit, stdout } = await run(['--plant', 'all'], {
    failure: ({ plant }) => (plant === undefined ? undefined : defect),
  });
  t.is(exit, 5);
  t.regex(stdout, /client-compromise\/block-first failed to run: INTERNAL/);
  t.regex(stdout, /^Result +not complete$/m);
});

test('--pcap asks for a capture of each run, with the keys only when they are wanted', async (t) => {
  const captures = ({ jobs }: CommandTold) => jobs.map(({ capture }) => capture);
  t.deepEqual(captures(await run(['short'])), [undefined]);
  t.deepEqual(captures(await run(['--pcap', 'client-compromise'])), [
    { secrets: false, live: false },
    { secrets: false, live: false },
  ]);
  const open = await run(['short', '--pcap', '--pcap-secrets', '--reveal-keys']);
  t.deepEqual(captures(open), [{ secrets: true, live: false }]);
  t.regex(open.stderr, /^note: the capture holds the keys/);
  t.notRegex((await run(['short', '--pcap'])).stderr, /note:/);
  t.deepEqual(captures(await run(['short', '--seeds', '1..2', '--pcap'])), [
    { secrets: false, live: false },
    { secrets: false, live: false },
  ]);
  t.notRegex(open.stdout, /Replay.*pcap/);
  const alone = await run(['short', '--pcap', '--pcap-link', 'alice-crs']);
  t.deepEqual(captures(alone), [{ secrets: false, live: false, link: 'alice-crs' }]);
  t.regex((await run(['short', '--pcap-link', 'alice-crs'])).stderr, /CLI_OPTION_CONFLICT: --pcap-link is/);
});

test('--wav asks for what was heard of each run, and is no part of the replay line', async (t) => {
  const heard = ({ jobs }: CommandTold) => jobs.map((job) => job.heard);
  t.deepEqual(heard(await run(['short'])), [false]);
  const told = await run(['client-compromise', '--wav']);
  t.deepEqual(heard(told), [true, true]);
  t.notRegex(told.stdout, /Replay.*wav/);
  t.deepEqual(heard(await run(['short', '--seeds', '1..2', '--wav'])), [true, true]);
});

test('--pcap - has standard output for itself: all else goes to standard error', async (t) => {
  const told = await run(['client-compromise', '--variant', 'wipe-first', '--pcap', '-']);
  t.is(told.exit, 0);
  t.is(Buffer.from(told.data).toString(), 'capture of wipe-first');
  t.is(told.stdout, '');
  t.regex(
    told.stderr,
    /\nReplay +calldrill run client-compromise --variant wipe-first --seed 1 --key-seed 1\n/,
  );
  t.deepEqual(told.jobs[0]?.capture, { secrets: false, live: true });
  t.is((await run(['client-compromise', '--pcap', '-', '--list'])).exit, 0);
});

for (const [words, message, terminal] of [
  [['short', '--pcap-secrets'], /--pcap is not given\n +fix: Give both/, {}],
  [
    ['short', '--pcap', '--pcap-secrets'],
    /no output has keys without --reveal-keys\n +fix: Give --reveal-keys/,
    {},
  ],
  [['short', '--pcap', '--reveal-keys'], /--reveal-keys lets --pcap-secrets write keys, and it is not/, {}],
  [['short', '--reveal-keys'], /--reveal-keys is for the keys of a capture, and --pcap is not given/, {}],
  [['client-compromise', '--pcap', '--plant', 'all'], /--plant all writes no results/, {}],
  [['client-compromise', '--wav', '--plant', 'all'], /--plant all writes no results/, {}],
  [['short', '--pcap', '-', '--seeds', '1..2'], /of one run, not of one for each of --seeds/, {}],
  [['short', '--pcap', '-', '--json'], /both want standard output/, {}],
  [['short', '--pcap', '-'], /standard output is a terminal[^]*Pipe it/, { isTty: true }],
  [
    ['client-compromise', '--pcap', '-'],
    /of one run, not of 2[^]*Choose one: client-compromise --variant block-first, client-compromise --variant wipe-first\./,
    {},
  ],
] as const) {
  test(`refused: ${words.join(' ')}${'isTty' in terminal ? ', at a terminal' : ''}`, async (t) => {
    const told = await run(words, { terminal });
    t.is(told.exit, 2);
    t.regex(told.stderr, /CLI_OPTION_CONFLICT/);
    t.regex(told.stderr, message);
    t.deepEqual(told.jobs, []);
  });
}
