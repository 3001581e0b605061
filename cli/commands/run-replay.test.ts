import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import { writeTypedLines } from '../../scenarios/host/index.ts';
import { type, type Scene, type CommandTold } from '../context.fixture.ts';
import { parseSuite } from '../../scenarios/runs/index.ts';
import { differencesFrom } from '../run/replay-file.ts';
import { replayLine, replayedWords } from '../run/replay-line.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-replay-'));
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

test('--replay: the same again, and its traces compared', async (t) => {
  const first = await run(['short', '--seed', '42', '--param', 'crs-months=3']);
  const report = await readFile(join(first.out, 'report.json'), 'utf8');
  const again = await run(['--replay', 'report.json'], { files: { 'report.json': report } });
  t.is(again.exit, 0);
  t.deepEqual(again.jobs, first.jobs);
  t.regex(again.stderr, /all 1 traces are the same, and so are verdicts and exposures/);
  t.deepEqual(await readFile(join(again.out, 'report.json'), 'utf8'), report);
});

test('--replay, planted: a trace that is another one now is 7', async (t) => {
  const first = await run(['short']);
  const report = await readFile(join(first.out, 'report.json'), 'utf8');
  const files = { 'report.json': report.replace(/("traceDigest": ")[0-9a-f]{4}/, '$10000') };
  const { exit, stderr } = await run(['--replay', 'report.json', '--quiet'], { files });
  t.is(exit, 7);
  t.regex(stderr, /not as recorded by calldrill \d[^:]*: the trace of short\/main/);
});

test('--replay, planted: another verdict of the same trace is 7', async (t) => {
  const first = await run(['short']);
  const report = await readFile(join(first.out, 'report.json'), 'utf8');
  const content = JSON.parse(report) as { scenarios: { variants: { checks: { verdict: string }[] }[] }[] };
  Object.assign(content.scenarios[0]?.variants[0]?.checks[0] ?? {}, { verdict: 'fail' });
  const files = { 'report.json': JSON.stringify(content) };
  const { exit, stderr } = await run(['--replay', 'report.json', '--quiet'], { files });
  t.is(exit, 7);
  t.regex(stderr, /: verdicts of short\/main$/m);
});

test('a recording that has other exposures is another one', async (t) => {
  const first = await run(['short']);
  const suite = parseSuite(await readFile(join(first.out, 'report.json'), 'utf8'), 'report.json');
  const { traceDigest: trace = '', exposure } = suite.scenarios[0]?.variants[0] ?? {};
  const differences = (exposures: unknown) =>
    differencesFrom({ runs: new Map([['short/main', { trace, exposures }]]) }, suite);
  t.deepEqual(differences(exposure), []);
  t.deepEqual(differences([{ asset: 'identity ann' }]), ['exposures of short/main']);
});

const LINES = [{ time: 5, by: 'ann', on: 'ann', line: 'tell ben hi' }];
const TYPED = writeTypedLines({
  scenario: 'short',
  source: 'short',
  variant: 'main',
  seed: '9',
  keySeed: '7',
  parameters: {},
  roles: ['ann'],
  lines: LINES,
  traceDigest: '0'.repeat(64),
});

test('--replay: lines that people typed are handed to the runner, and are among the results', async (t) => {
  const { exit, jobs, stdout, stderr, out } = await run(['--replay', 'mine.json'], {
    files: { 'mine.json': TYPED },
  });
  t.deepEqual(jobs[0]?.typed, { roles: ['ann'], lines: LINES });
  t.is(jobs[0]?.seed, '9');
  t.is(jobs[0]?.keySeed, '7');
  t.is(/^Replay +(.*)$/m.exec(stdout)?.[1], `calldrill run --replay ${out}/typed.json`);
  t.is(await readFile(join(out, 'typed.json'), 'utf8'), TYPED);
  t.regex(await readFile(join(out, 'manifest.json'), 'utf8'), /typed\.json/);
  t.is(exit, 7, 'the example runner gives another trace');
  t.regex(stderr, /not as recorded by the exercise: the trace of short\/main/);
});

test('--replay: the report of an exercise is played again from the lines beside it', async (t) => {
  const first = await run(['--replay', 'mine.json'], { files: { 'mine.json': TYPED } });
  const report = await readFile(join(first.out, 'report.json'), 'utf8');
  const files = { 'old/report.json': report, 'old/typed.json': TYPED };
  const again = await run(['--replay', 'old/report.json'], { files });
  t.is(again.exit, 0, 'the traces are those of the report');
  t.deepEqual(again.jobs, first.jobs);
  t.regex(again.stderr, /all 1 traces are the same/);
  t.is(await readFile(join(again.out, 'typed.json'), 'utf8'), TYPED);

  const alone = await run(['--replay', 'report.json'], { files: { 'report.json': report } });
  t.is(alone.exit, 2);
  t.regex(alone.stderr, /CLI_REPLAY: report\.json is of an exercise, and the lines .* are not beside it/);
  t.regex(alone.stderr, /Keep typed\.json in the folder of the report/);
});

for (const [name, content] of [
  ['no JSON', '{'],
  ['no replay line', '{}'],
  ['a list', '[]'],
  ['another tool', '{"replay":"rm -rf x"}'],
  ['an exercise without its lines', '{"replay":"calldrill run --replay x"}'],
  ['a replay among other words', '{"replay":"calldrill run --seed 1 --replay x"}'],
] as const) {
  test(`--replay refuses ${name}`, async (t) => {
    const { exit, stderr } = await run(['--replay', 'r.json'], { files: { 'r.json': content } });
    t.is(exit, 2);
    t.regex(stderr, /r\.json.*CLI_REPLAY|CLI_REPLAY.*/);
  });
}

test('--replay refuses a report of another version, and one that was joined from several runs', async (t) => {
  const { out } = await run(['short']);
  const report = await readFile(join(out, 'report.json'), 'utf8');
  const replay = async (text: string) => run(['--replay', 'r.json'], { files: { 'r.json': text } });
  const old = await replay(report.replace(/"version": \d+/, '"version": 1'));
  t.is(old.exit, 2);
  t.regex(old.stderr, /SUITE_VERSION/);
  const joined = await replay(
    report.replace(
      /("replay": ")(calldrill run short --seed 1 --key-seed 1")(?=\n|,\n {2}"s)/,
      '$1calldrill run x\\n$2',
    ),
  );
  t.is(joined.exit, 2);
  t.regex(joined.stderr, /CLI_REPLAY: it is of a suite that was joined/);
});

test('property: the words of a replay line survive it, whatever is in them', (t) => {
  const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/["']{2}|[\0\n\r\t]/.test(text));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3 }), word, (scenarios, text) => {
      const parameters = [{ name: 'operator-note', text }];
      const line = replayLine({
        scenarios,
        variants: [],
        grep: undefined,
        parameters,
        plant: undefined,
        probes: true,
        seeds: ['--seed', '1'],
      });
      t.deepEqual(replayedWords(line), [...scenarios, '--param', `operator-note=${text}`, '--seed', '1']);
    }),
  );
});

test('a replay takes --pcap and --wav from its own command line, not from the recorded one', async (t) => {
  const { out } = await run(['short']);
  const files = { 'report.json': await readFile(join(out, 'report.json'), 'utf8') };
  const again = await run(['--replay', 'report.json', '--pcap', '--pcap-secrets', '--reveal-keys', '--wav'], {
    files,
  });
  t.deepEqual(
    again.jobs.map(({ capture, heard }) => [capture, heard]),
    [[{ secrets: true, live: false }, true]],
  );
});
