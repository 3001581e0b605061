import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { exampleOrder, exampleOutcome } from '../runs/example-run.fixture.ts';
import { summaryOf } from '../runs/index.ts';
import { logRun, parseRunLog, RUN_LOG_FILE, type LoggedRun } from './run-log.ts';

const runOf = (variant: string): LoggedRun => {
  const order = exampleOrder(variant, { plant: 'crs.block-ignored' });
  const { result } = exampleOutcome(order);
  const file = { sha256: '0b'.repeat(32), size: 5 };
  return {
    summary: summaryOf(order, 'client-compromise', result),
    result,
    below: `client-compromise/${variant}`,
    files: new Map([['audio/a.wav', file]]),
  };
};
const lineOf = (run: object): string => JSON.stringify({ version: 4, ...run, files: {} });
const folder = () => mkdtemp(join(tmpdir(), 'calldrill-log-'));
const encoder = new TextEncoder();

test('what is logged is read back, in its order', async (t) => {
  const place = await folder();
  const runs = ['block-first', 'wipe-first'].map(runOf);
  for (const run of runs) logRun(place, run);
  const octets = await readFile(join(place, RUN_LOG_FILE));
  t.deepEqual(parseRunLog(octets, RUN_LOG_FILE), { runs, torn: false });
  t.deepEqual(parseRunLog(new Uint8Array(), RUN_LOG_FILE), { runs: [], torn: false });
});

test('a last line that was cut off anywhere is left out, and told', async (t) => {
  const place = await folder();
  logRun(place, runOf('block-first'));
  const whole = await readFile(join(place, RUN_LOG_FILE));
  logRun(place, runOf('wipe-first'));
  const both = await readFile(join(place, RUN_LOG_FILE));
  for (const end of [whole.length + 1, whole.length + 60, both.length - 1]) {
    const { runs, torn } = parseRunLog(both.subarray(0, end), RUN_LOG_FILE);
    t.true(torn);
    t.deepEqual(runs, [runOf('block-first')]);
  }
});

test('a whole line that is no summary is refused with its number', async (t) => {
  const place = await folder();
  logRun(place, runOf('block-first'));
  for (const line of [
    '{',
    '{}',
    '[]',
    lineOf({ ...runOf('block-first'), more: 1 }),
    lineOf({ ...runOf('block-first'), below: '../elsewhere' }),
    lineOf({ ...runOf('block-first'), below: '/etc' }),
    JSON.stringify({
      version: 4,
      ...runOf('block-first'),
      files: { 'a/../../b': { sha256: '0b'.repeat(32), size: 5 } },
    }),
  ]) {
    const other = await folder();
    logRun(other, runOf('block-first'));
    appendFileSync(join(other, RUN_LOG_FILE), `${line}\n`);
    const octets = await readFile(join(other, RUN_LOG_FILE));
    const error = t.throws(() => parseRunLog(octets, RUN_LOG_FILE), { code: 'HOST_RUN_LOG' });
    t.like(error, { where: { file: RUN_LOG_FILE, line: 2 } });
  }
  t.throws(() => parseRunLog(encoder.encode('{"version":3}\n'), 'x'), { code: 'HOST_RUN_LOG' });
});

test('a process that is killed leaves the summaries of what was finished', async (t) => {
  t.timeout(60_000);
  const place = await folder();
  const program = fileURLToPath(new URL('./run-log.fixture.js', import.meta.url));
  const child = spawn(process.execPath, [program, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  const [, signal] = await once(child, 'exit');
  t.is(signal, 'SIGKILL');
  const { runs, torn } = parseRunLog(await readFile(join(place, RUN_LOG_FILE)), RUN_LOG_FILE);
  t.false(torn);
  t.deepEqual(
    runs.map(({ summary: { variant, scenario } }) => `${scenario}/${variant}`),
    ['client-compromise/wipe-first'],
  );
  t.is(runs[0]?.summary.traceDigest, exampleOutcome(exampleOrder('wipe-first')).result.traceDigest);
});
