/** `calldrill live` as a process: results, exit codes, and Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { readWav } from '../../network/rtp/index.ts';
import { SharedProcess } from '../shared-process.fixture.ts';
import { timingText } from '../run/live-facts.ts';
import { replayedWords } from '../run/replay-line.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** Two phones, one call; long enough to be interrupted when `seconds` is large. */
const scenario = (seconds: number): string => `scenario: one-call
title: One call
begins: 2015-10-14T08:00:00Z
ends: "08:10"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
steps:
  - { at: "08:05", by: alice, on: alice-phone, type: "call bob --for ${seconds}s" }
expect:
  - { id: both-secure, see: handset.call-secure, times: 2 }
`;

async function workplace(t: ExecutionContext, seconds: number) {
  t.timeout(110_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-live-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'one-call.yaml'), scenario(seconds));
  const start = (...words: readonly string[]): ChildProcess =>
    spawn(process.execPath, [MAIN, 'live', './one-call.yaml', ...words], { cwd: folder, stdio: 'pipe' });
  return { folder, start };
}

async function finished(child: ChildProcess) {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

test('a call over real sockets passes and can be heard, and its lag is told and written', async (t) => {
  const { folder, start } = await workplace(t, 1);
  const { code, stdout, stderr } = await finished(start('--lag-bound', '1h', '--quiet', '--wav'));
  t.is(code, 0, stdout + stderr);
  t.regex(
    stdout,
    /^Result {2}pass\nSeed {4}operating-system\nReplay {2}calldrill live \.\/one-call\.yaml --variant main --lag-bound 1h\n/,
  );
  t.regex(stdout, /\nLag {5}p50 [\d.]+ ms, p99 [\d.]+ ms, max [\d.]+ ms, of \d+ events/);
  t.notRegex(stdout, /NOT VALID/);
  const facts: unknown = JSON.parse(await readFile(join(folder, 'results/live.json'), 'utf8'));
  t.like(facts, { bind: '127.0.0.1', valid: true, lagBoundMs: 3_600_000 });
  t.regex(await readFile(join(folder, 'results/one-call/main/trace.ndjson'), 'utf8'), /"live\.lag"/);
  for (const listener of ['alice', 'bob']) {
    const sound = readWav(
      await readFile(join(folder, `results/one-call/main/heard/alice-to-bob-1-${listener}.wav`)),
    );
    t.true(sound.length > 4_000 && new Set(sound).size > 100, `${sound.length} samples`);
  }
});

test('Ctrl-C in the middle of a call ends it with 6 and without results', async (t) => {
  const { folder, start } = await workplace(t, 300);
  const child = start('--lag-bound', '1h');
  const end = finished(child);
  // The first line about progress comes when it has run for ten seconds.
  child.stderr?.once('data', () => child.kill('SIGINT'));
  const { code, stderr } = await end;
  t.is(code, 6, stderr);
  t.regex(stderr, /CLI_INTERRUPTED/);
  t.deepEqual(await readdir(folder), ['one-call.yaml']);
});

test('an address of another machine is a wrong command line', async (t) => {
  const { folder } = await workplace(t, 1);
  const shared = new SharedProcess();
  t.teardown(() => shared.end());
  const live = (...words: readonly string[]) =>
    shared.calldrill(['live', './one-call.yaml', ...words], { folder });
  const { exit, stderr } = await live('--bind', '203.0.113.1');
  t.is(exit, 2);
  t.regex(stderr, /NETWORK_ADDRESS_UNUSABLE/);
  t.is((await live('--bind', 'localhost')).exit, 2);
  t.is((await live('--lag-bound', '0ms')).exit, 2);
});

test('a run that came too late says that it is not valid', (t) => {
  const timing = { bound: 20_000, skipped: 61_500_000, elapsed: 2_000_000 };
  const lag = { events: 500, p50: 700, p99: 31_240, max: 48_000 };
  const text = timingText({ ...timing, lag, valid: false });
  t.regex(text, /^Lag {5}p50 0\.7 ms, p99 31\.2 ms, max 48 ms, of 500 events/);
  t.regex(text, /Time {4}2s on real sockets, 1m 1s of idle time skipped/);
  t.regex(text, /NOT VALID: the 99th percentile of the lag is above 20 ms/);
});

test("the line of a live run is not one that a replay takes: its chance was the operating system's", (t) => {
  t.throws(() => replayedWords('calldrill live one-call --variant main'), { code: 'CLI_REPLAY' });
});
