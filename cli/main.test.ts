import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { REPORT_FILES } from '../reports/index.ts';
import { full, KPAK } from '../network/mikey/rfc6509.vectors.ts';
import { TOOL } from '../scenarios/runs/index.ts';
import { SharedProcess, type Ended } from './shared-process.fixture.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
const place = await mkdtemp(join(tmpdir(), 'calldrill-main-'));

const COMMANDS = [
  'run',
  'play',
  'live',
  'director',
  'device',
  'list',
  'show',
  'check',
  'clauses',
  'inspect',
  'merge',
];

/** A scenario without phones: it takes no time to run. */
const QUIET = `scenario: quiet-day
title: Nothing happens
begins: 2015-10-14T08:00:00Z
ends: "08:10"
world: { users: {}, people: [ann, ben, cms-operator] }
steps:
  - { at: "08:00:30", by: cms-operator, on: cms, type: "add-user +447700900001 ann" }
  - { id: word, at: "08:01", by: ann, type: "tell ben hello" }
variants:
  as-usual: { title: As usual }
  silent: { title: Nobody says a word, steps: { word: omit }, not-applicable: { told: "nobody speaks" } }
expect:
  - { id: told, see: person.told, times: 1 }
`;
await writeFile(join(place, 'quiet.yaml'), QUIET);
await writeFile(
  join(place, 'wrong.yaml'),
  QUIET.replace('people: [ann, ben, cms-operator]', 'people: 4').replace('begins', 'begin'),
);

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], {
    cwd: place,
    env: { PATH: process.env['PATH'] ?? '' },
  });
}

function ended(child: ChildProcess, input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (part: Buffer) => (stdout += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (stderr += part.toString()));
    child.on('close', (exit, signal) => {
      if (exit === null) reject(new Error(`ended by ${signal}: ${stderr}`));
      else resolve({ exit, stdout, stderr });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** A process of its own, for what only a process has. */
const started = (...words: readonly string[]) => ended(start(words));

const shared = new SharedProcess();
test.after.always(async () => {
  shared.end();
  await rm(place, { recursive: true, force: true });
});
const calldrill = (...words: readonly string[]) => shared.calldrill(words, { folder: place });

test('help is data: on standard output, with exit code 0', async (t) => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { exit, stdout, stderr } = await calldrill(...words);
    t.deepEqual([exit, stderr], [0, '']);
    for (const command of COMMANDS) t.regex(stdout, new RegExp(`\\n  ${command} +\\w`));
    t.regex(stdout, /\nExit codes\n {2}0 +all pass/);
  }
});

for (const command of COMMANDS) {
  test(`${command} --help has usage, options and examples`, async (t) => {
    const { exit, stdout, stderr } = await calldrill(command, '--nonsense', '--help');
    t.deepEqual([exit, stderr], [0, '']);
    t.regex(stdout, new RegExp(`\\nUsage\\n  calldrill ${command} \\[options\\]`));
    t.regex(stdout, /\nOptions\n/);
    t.regex(stdout, new RegExp(`\\nExamples\\n  calldrill ${command}`));
    t.true(stdout.split('\n').every((line) => line.length <= 100));
    t.is((await calldrill('help', command)).stdout, stdout);
  });
}

test('--version', async (t) => {
  t.deepEqual(await started('--version'), { exit: 0, stdout: `${TOOL}\n`, stderr: '' });
});

for (const [words, message] of [
  [[], /CLI_NO_COMMAND/],
  [['--quiet'], /CLI_NO_COMMAND: --quiet stands where a command should/],
  [['rnu'], /CLI_UNKNOWN_COMMAND: there is no command 'rnu'\n {2}fix: Did you mean 'run'\?/],
  [
    ['xyzzy'],
    /There are: run, play, live, director, device, list, show, check, clauses, inspect, merge, verify, compare, custody, history, pdf, worker, queue, bundle, keygen\./,
  ],
  [['help', 'chekc'], /Did you mean 'check'/],
  [['run', '--sed', '4'], /CLI_UNKNOWN_OPTION: 'run' has no option --sed\n {2}fix: Did you mean --seed\?/],
  [['run', 'baseline-cal'], /CLI_UNKNOWN_SCENARIO.*\n {2}fix: Did you mean 'baseline-call'\?/],
  [['run', 'missing.yaml'], /missing\.yaml: error HOST_FILE_MISSING/],
  [['check', place], /HOST_FILE_UNREADABLE/],
  [['run', 'quiet.yaml', '--out', '.'], /CLI_OUT_FOREIGN: \. is not replaced/],
] as const) {
  test(`exit code 2: ${words.join(' ').replace(place, 'a folder')}`, async (t) => {
    const { exit, stdout, stderr } = await calldrill(...words);
    t.deepEqual([exit, stdout], [2, '']);
    t.regex(stderr, message);
    t.notRegex(stderr, /\n\s+at /);
  });
}

if (process.platform === 'linux')
  test('a disk that is full behind standard output is exit code 8, and leaves no half-written results', async (t) => {
    const full = await open('/dev/full', 'w');
    for (const words of [
      ['list'],
      ['run', 'quiet.yaml', '--out', 'full'],
      ['run', 'quiet.yaml', '--variant', 'silent', '--pcap', '-', '--out', 'piped'],
    ]) {
      const child = spawn(process.execPath, [MAIN, ...words], {
        cwd: place,
        stdio: ['ignore', full.fd, 'pipe'],
      });
      const { exit, stderr } = await ended(child);
      t.is(exit, 8, stderr);
      t.regex(stderr, /^error CLI_OUTPUT: what is printed cannot be written: ENOSPC/m);
      t.notRegex(stderr, /\n\s+at /);
    }
    await full.close();
    t.deepEqual(
      (await readdir(place)).filter((name) => /piped/.test(name)),
      [],
    );
  });

test('without WebAssembly the program says what is missing, and calls itself no defect', async (t) => {
  const child = spawn(process.execPath, ['--jitless', MAIN, 'run', 'quiet.yaml', '--out', 'jitless'], {
    cwd: place,
  });
  const { exit, stderr } = await ended(child);
  t.is(exit, 8, stderr);
  t.regex(stderr, /^error HOST_WEBASSEMBLY: /m);
});

test('a wrong command line ends the process with 2, an invalid scenario with 3', async (t) => {
  const { exit, stdout, stderr } = await started('rnu');
  t.deepEqual([exit, stdout], [2, '']);
  t.regex(stderr, /^error CLI_UNKNOWN_COMMAND/);
  t.is((await started('check', 'wrong.yaml')).exit, 3);
});

test('exit code 3: an invalid scenario, each problem with its line and column', async (t) => {
  const { exit, stdout } = await calldrill('check', 'wrong.yaml');
  t.is(exit, 3);
  t.regex(stdout, /^wrong\.yaml:3:1: error SCENARIO_UNKNOWN_KEY: /m);
  t.regex(stdout, /^wrong\.yaml:5:29: error SCENARIO_TYPE: /m);
  t.is((await calldrill('run', 'wrong.yaml')).exit, 3);
  t.is((await calldrill('check', 'quiet.yaml')).exit, 0);
});

test('list and show know the shipped scenarios', async (t) => {
  const { exit, stdout } = await calldrill('list', '--json');
  t.is(exit, 0);
  const [first] = JSON.parse(stdout).scenarios;
  t.is((await calldrill('show', first.id)).exit, 0);
  t.regex((await calldrill('list', '--plants')).stdout, / {2}handset\.signature +refuses an I_MESSAGE/);
});

test('colour: only where it is asked for, and NO_COLOR is respected', async (t) => {
  const isColoured = (text: string): boolean => text.includes('\u001b[');
  const words = ['show', 'quiet.yaml'];
  t.false(isColoured((await calldrill(...words)).stdout));
  t.true(isColoured((await calldrill(...words, '--color')).stdout));
  const silenced = await shared.calldrill(words, { folder: place, env: { NO_COLOR: '1' } });
  t.false(isColoured(silenced.stdout));
  t.false(isColoured((await calldrill(...words, '--no-color')).stdout));
  t.true(isColoured((await calldrill('show', 'xyzzy', '--color')).stderr));
});

test('a reader that goes away early is no error', async (t) => {
  const child = start(['list', '--events']);
  child.stdout?.destroy();
  const { exit, stderr } = await ended(child);
  t.deepEqual([exit, stderr], [0, '']);
});

test('inspect reads standard input', async (t) => {
  const { exit, stdout, stderr } = await ended(start(['inspect', 'mikey', '-', '--kpak', KPAK]), full.base64);
  t.deepEqual([exit, stderr], [0, '']);
  t.regex(stdout, /verified: the signature of 2011-02 tel:\+447700900123/);
  const given = (input: string) => shared.calldrill(['inspect', 'mikey', '-'], { folder: place, input });
  t.is((await given('')).exit, 2);
  const large = await given('A'.repeat(70_000));
  t.regex(large.stderr, /HOST_FILE_TOO_LARGE/);
});

test('run: the same seed gives the same files, whatever the number of threads', async (t) => {
  const one = await calldrill('run', 'quiet.yaml', '--seed', '42', '--out', 'one', '--jobs', '1');
  const two = await calldrill('run', 'quiet.yaml', '--seed', '42', '--out', 'two', '--jobs', '2');
  t.is(one.exit, 0);
  t.is(one.stdout, two.stdout.replaceAll('two/', 'one/'));
  t.regex(
    one.stdout,
    /\nSeed +42, key seed 42\n +Seed and key seed make every secret of these runs again[^]*\nReplay +calldrill run quiet\.yaml --seed 42 --key-seed 42\nPage +one\/index\.html\n$/,
  );
  const files = (await readdir(join(place, 'one'), { recursive: true })).sort();
  t.deepEqual((await readdir(join(place, 'two'), { recursive: true })).sort(), files);
  t.true(files.includes('quiet-day/silent/trace.ndjson'));
  for (const file of [...REPORT_FILES, 'quiet-day/silent/trace.ndjson'])
    t.deepEqual(await readFile(join(place, 'one', file)), await readFile(join(place, 'two', file)), file);
  const again = await calldrill('run', '--replay', 'one/report.json', '--out', 'again', '--quiet');
  t.is(again.exit, 0);
  t.regex(again.stderr, /all 2 traces are the same/);
  t.is((await calldrill('inspect', 'trace', 'one/quiet-day/silent/trace.ndjson')).exit, 0);
});

test('run: a failed check is 1, and the results are there to look at', async (t) => {
  await writeFile(join(place, 'failing.yaml'), QUIET.replace('times: 1', 'times: 2'));
  const { exit, stdout } = await started('run', 'failing.yaml', '--out', 'failed', '--json');
  t.is(exit, 1);
  t.is(JSON.parse(stdout).exitCode, 1);
  t.true((await readdir(join(place, 'failed'))).includes('index.html'));
});

test('run --pcap -: standard output is the capture, octet for octet that of the file', async (t) => {
  const words = ['run', 'quiet.yaml', '--variant', 'silent', '--pcap'];
  t.is((await calldrill(...words, '--out', 'captured')).exit, 0);
  const file = await readFile(join(place, 'captured/quiet-day/silent/capture.pcapng'));
  const child = start([...words, '-', '--out', 'streamed']);
  const parts: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => parts.push(part));
  const { exit, stderr } = await ended(child);
  t.is(exit, 0);
  t.deepEqual(Buffer.concat(parts), file);
  t.regex(stderr, /Replay +calldrill run quiet\.yaml --variant silent --seed 1 --key-seed 1\n/);
  t.false((await readdir(join(place, 'streamed/quiet-day/silent'))).includes('capture.pcapng'));
  const manifest = await readFile(join(place, 'captured/manifest.json'), 'utf8');
  t.true(manifest.includes('quiet-day/silent/capture.pcapng'));
});

test('run --pcap -: a reader that goes away early is no error, and the results are written', async (t) => {
  const child = start(['run', 'quiet.yaml', '--variant', 'silent', '--pcap', '-', '--out', 'unread']);
  child.stdout?.destroy();
  const { exit, stderr } = await ended(child);
  t.is(exit, 0);
  t.notRegex(stderr, /EPIPE/);
  t.true((await readdir(join(place, 'unread'))).includes('report.json'));
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`exit code 6: ${signal} ends a run at once, and earlier results are as they were`, async (t) => {
    const out = `kept-${signal}`;
    t.is((await calldrill('run', 'quiet.yaml', '--out', out, '--quiet')).exit, 0);
    const before = await readFile(join(place, out, 'report.json'));
    const child = start(['run', 'client-compromise', '--out', out, '--quiet']);
    const done = ended(child);
    await stagingOf(out);
    child.kill(signal);
    const { exit, stdout, stderr } = await done;
    t.deepEqual([exit, stdout], [6, '']);
    t.regex(stderr, new RegExp(`CLI_INTERRUPTED: interrupted by ${signal}`));
    t.deepEqual(await readFile(join(place, out, 'report.json')), before);
    t.deepEqual(
      (await readdir(place)).filter((name) => name.startsWith(`.${out}`)),
      [],
    );
  });
}

/** Waits until a run has begun to work on `out`. */
async function stagingOf(out: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await readdir(place)).some((name) => name.startsWith(`.${out}-new-`))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the run did not begin');
}
