/** An exercise whose process is killed goes on where its person was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { SharedProcess } from '../shared-process.fixture.ts';
import { STOLEN_PHONE_TEXT } from '../../scenarios/exercises/rehearsal.fixture.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const EXERCISE = STOLEN_PHONE_TEXT.replace(/probes:[\s\S]*(?=expect:)/, '');
const PLAY = ['play', 'stolen.yaml', '--as', 'crs-admin', '--seed', '7'];

const shared = new SharedProcess();
test.after.always(() => shared.end());

async function workplace(t: ExecutionContext) {
  t.timeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-play-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'stolen.yaml'), EXERCISE);
  const calldrill = (words: readonly string[], lines: readonly string[] = []) =>
    shared.calldrill(words, { folder, input: lines.map((line) => `${line}\n`).join('') });
  return { folder, calldrill };
}

/** Types lines, waits for the answer of the last, and kills the process; gives the hidden folder that is left. */
async function killed(folder: string, lines: readonly string[], answer: string): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...PLAY, '--out', 'out'], { cwd: folder, stdio: 'pipe' });
  child.stdin.write(lines.map((line) => `${line}\n`).join(''));
  let shown = '';
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (shown.includes(answer)) resolve();
    });
  });
  child.kill('SIGKILL');
  const [, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') throw new Error(`it ended with ${String(signal)}`);
  const [left] = (await readdir(folder)).filter((name) => name.startsWith('.out-new-'));
  if (left === undefined) throw new Error('nothing is left');
  return left;
}

const BEFORE = ['wait 20m', 'blok-user +447700900001', 'block-user +447700900001'];
const AFTER = ['wait 45s', 'check-log', 'wait 2h'];

test('after kill -9 it goes on, a torn last line dropped, to the results of one that was never cut off', async (t) => {
  const { folder, calldrill } = await workplace(t);
  const left = await killed(folder, BEFORE, 'blocked');
  await appendFile(join(folder, left, 'exercise.ndjson'), '{"time":1215000000,"on":"crs","li');
  const resumed = await calldrill(['play', '--resume', left], AFTER);
  t.is(resumed.exit, 0, resumed.stderr);
  t.regex(
    resumed.stderr,
    /It goes on where it was cut off, at 2015-10-14 08:20:00Z: 2 lines have been typed\./,
  );
  t.deepEqual((await readdir(folder)).sort(), ['out', 'stolen.yaml'], 'nothing is left behind');
  t.false((await readdir(join(folder, 'out'))).includes('exercise.ndjson'), 'it is no part of the results');
  const whole = await calldrill([...PLAY, '--out', 'whole'], [...BEFORE, ...AFTER]);
  t.is(whole.exit, 0, whole.stderr);
  for (const path of ['typed.json', 'stolen-phone/main/trace.ndjson'])
    t.is(
      await readFile(join(folder, 'out', path), 'utf8'),
      await readFile(join(folder, 'whole', path), 'utf8'),
    );
});

test('the next command into the same results names it and leaves it; what is another exercise is refused', async (t) => {
  const { folder, calldrill } = await workplace(t);
  const left = await killed(folder, BEFORE.slice(0, 1), 'alice tells you');
  const line = new RegExp(
    `note: an earlier exercise was cut off; go on with it by: calldrill play --resume \\${basename(left)}\n`,
  );
  t.regex((await calldrill([...PLAY, '--out', 'out'], ['quit'])).stderr, line);
  t.regex((await calldrill(['run', 'stolen.yaml', '--out', 'out'])).stderr, line);
  t.true((await readdir(folder)).includes(left));
  const byRun = await calldrill(['run', '--resume', left]);
  t.is(byRun.exit, 2);
  t.regex(byRun.stderr, /CLI_RESUME: .*it is of calldrill play/);
  for (const words of [['--as', 'alice'], ['--seed', '1'], ['--out', 'x'], ['stolen.yaml']]) {
    const refused = await calldrill(['play', '--resume', left, ...words]);
    t.is(refused.exit, 2);
    t.regex(refused.stderr, /CLI_OPTION_CONFLICT: --resume says what is played/);
  }
  await writeFile(join(folder, 'stolen.yaml'), EXERCISE.replace('reported + 5m', 'reported + 6m'));
  const other = await calldrill(['play', '--resume', left]);
  t.is(other.exit, 2);
  t.regex(other.stderr, /CLI_RESUME: .* the scenario, or calldrill, is not what it was/);
  await writeFile(join(folder, 'stolen.yaml'), EXERCISE);
  t.is((await calldrill(['play', '--resume', left], ['quit'])).exit, 1, 'it is there, whatever was refused');
});
