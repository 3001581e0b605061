import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { type, type Scene, type CommandTold } from '../context.fixture.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-seeds-'));
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

const defect = new TypeError('x is not a function');

test('--seeds: one line for each seed in order, results in folders, verdicts that differ', async (t) => {
  const { exit, stdout, out } = await run(['short', '--seeds', '3..5'], {
    verdictOf: (_check, _variant, { seed }) => (seed === '4' ? 'fail' : 'pass'),
  });
  t.is(exit, 1);
  t.deepEqual(stdout.split('\n'), [
    `seed 3: pass (3 pass); ${out}/3/index.html`,
    `seed 4: fail (3 fail); ${out}/4/index.html`,
    `seed 5: pass (3 pass); ${out}/5/index.html`,
    '',
    'Verdicts that depend on the seed:',
    '  short/main/told: pass with 2; fail with 1 (4)',
    '  short/main/no-cable: pass with 2; fail with 1 (4)',
    '  short/main/steps-typed: pass with 2; fail with 1 (4)',
    '',
    'Result  fail',
    'Seed    3..5, each its own key seed',
    'Replay  calldrill run short --seeds 3..5',
    '',
  ]);
  t.is(
    JSON.parse(await readFile(join(out, '4/report.json'), 'utf8')).replay,
    'calldrill run short --seed 4 --key-seed 4',
  );
});

test('the key seed is the seed of each suite, unless one is given for all of them', async (t) => {
  const keySeeds = async (...words: string[]) =>
    (await run(['short', ...words])).jobs.map(({ seed, keySeed }) => [seed, keySeed]);
  t.deepEqual(await keySeeds('--seed', '3'), [['3', '3']]);
  t.deepEqual(await keySeeds('--seed', '3', '--key-seed', '9'), [['3', '9']]);
  t.deepEqual(await keySeeds('--seeds', '3..4'), [
    ['3', '3'],
    ['4', '4'],
  ]);
  t.deepEqual(await keySeeds('--seeds', '3..4', '--key-seed', '9'), [
    ['3', '9'],
    ['4', '9'],
  ]);
  const many = await run(['short', '--seeds', '3..4', '--key-seed', '9']);
  t.regex(
    many.stdout,
    /^Seed +3\.\.4, key seed 9\nReplay +calldrill run short --seeds 3\.\.4 --key-seed 9$/m,
  );
  const report = JSON.parse(await readFile(join(many.out, '4/report.json'), 'utf8'));
  t.like(report, { seed: '4', keySeed: '9', replay: 'calldrill run short --seed 4 --key-seed 9' });
});

test('--no-probes: orders ask for none, and every replay line says so', async (t) => {
  const { jobs, stdout, out } = await run(['short', '--no-probes']);
  t.deepEqual(
    jobs.map(({ probes }) => probes),
    [false],
  );
  t.regex(stdout, /^Replay +calldrill run short --no-probes --seed 1 --key-seed 1$/m);
  const files = { 'report.json': await readFile(join(out, 'report.json'), 'utf8') };
  t.deepEqual((await run(['--replay', 'report.json'], { files })).jobs, jobs);
  const many = await run(['short', '--no-probes', '--seeds', '1..2']);
  t.deepEqual(
    many.jobs.map(({ probes }) => probes),
    [false, false],
  );
  t.regex(many.stdout, /^Replay +calldrill run short --no-probes --seeds 1\.\.2$/m);
});

test('--seeds: when nothing differs, that is said; --json has it all', async (t) => {
  t.regex(
    (await run(['short', '--seeds', '1..3'])).stdout,
    /\nEvery check has the same verdict under every seed\.\n/,
  );
  const { stdout } = await run(['short', '--seeds', '1..12', '--json'], {
    verdictOf: (_check, _variant, { seed }) => (Number(seed) > 1 ? 'fail' : 'inconclusive'),
  });
  const content = JSON.parse(stdout);
  t.is(content.exitCode, 1);
  t.deepEqual(
    content.seeds.map(({ exitCode }: { exitCode: number }) => exitCode),
    [4, ...Array.from({ length: 11 }, () => 1)],
  );
  t.deepEqual(content.wavering[0].verdicts.inconclusive, ['1']);
});

test('--seeds: a run that fails under one seed counts there, and in the end', async (t) => {
  const { exit, stdout, stderr } = await run(['client-compromise', '--seeds', '1..2'], {
    failure: ({ variant, seed }) => (variant === 'block-first' && seed === '2' ? defect : undefined),
  });
  t.is(exit, 5);
  t.regex(stdout, /^seed 1: pass/m);
  t.regex(stdout, /^seed 2: not complete \(.*1 run missing\)/m);
  t.regex(stderr, /block-first, seed 2, failed/);
});
