import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { SharedProcess } from '../shared-process.fixture.ts';
import { STOLEN_PHONE_TEXT } from '../../scenarios/exercises/rehearsal.fixture.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** One probe is enough where it is not what is looked at. */
const EXERCISE = STOLEN_PHONE_TEXT.split('\n')
  .filter((line) => !/id: live-0(?:830|900)/.test(line))
  .join('\n');

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const shared = new SharedProcess();
test.after.always(() => shared.end());

/** A folder with the exercise in it, and the program to be started there. */
async function workplace(t: ExecutionContext) {
  t.timeout(300_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-play-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'stolen.yaml'), EXERCISE);
  const start = (...words: readonly string[]): ChildProcess =>
    spawn(process.execPath, [MAIN, ...words], { cwd: folder, stdio: 'pipe' });
  const calldrill = (words: readonly string[], input = '') => shared.calldrill(words, { folder, input });
  return { folder, start, calldrill };
}

async function finished(child: ChildProcess, lines?: readonly string[]): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  if (lines !== undefined) child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

test('lines from a pipe are played, saved, and repeated by run --replay to the same traces', async (t) => {
  const { folder, start, calldrill } = await workplace(t);
  const lines = ['wait 20m', 'blok-user +447700900001', 'block-user +447700900001', 'check-log', 'wait 1d'];
  const words = ['--seed', '7', '--param', 'answer-delay=1s500ms', '--save', 'mine.json'];
  const played = await finished(start('play', './stolen.yaml', '--as', 'crs-admin', ...words), lines);
  t.is(played.code, 0, played.stdout + played.stderr);
  t.regex(played.stdout, /deadline of user-blocked: met/);
  t.regex(played.stderr, /crs-admin> blok-user/);
  t.regex(played.stdout, /Replay {2}calldrill run --replay results\/typed\.json/);
  const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
  t.is(await read('mine.json'), await read('results/typed.json'));

  const again = await calldrill(['run', '--replay', 'mine.json', '--out', 'again', '--quiet']);
  t.is(again.exit, 0);
  t.regex(again.stderr, /all 1 traces are the same/);
  t.regex(again.stdout, /Replay {2}calldrill run --replay again\/typed\.json/);
  const trace = 'stolen-phone/main/trace.ndjson';
  t.is(await read(`again/${trace}`), await read(`results/${trace}`));

  // Its results are replaced by those of its own replay, lines included: it can be played again and again.
  const report = await read('results/report.json');
  const self = await calldrill(['run', '--replay', 'results/report.json', '--quiet']);
  t.is(self.exit, 0, self.stderr);
  t.regex(self.stderr, /all 1 traces are the same/);
  t.is(await read('results/report.json'), report, 'to the octet');
  t.is(await read('results/typed.json'), await read('mine.json'));

  const earlier = (await read('mine.json')).replace(/"time":\d+/, '"time":12000000');
  await writeFile(join(folder, 'other.json'), earlier);
  const other = await calldrill(['run', '--replay', 'other.json', '--out', 'other', '--quiet']);
  t.is(other.exit, 7, 'another moment is another exercise');
});

test('a terminated exercise ends in order, with its results, and says that it was interrupted', async (t) => {
  const { folder, start } = await workplace(t);
  const child = start('play', 'stolen.yaml', '--as', 'alice', '--json', '--pace', '1');
  const end = finished(child);
  child.stderr?.on('data', (text: string) => {
    if (text.includes('alice> ')) child.kill('SIGTERM');
  });
  const { code, stdout, stderr } = await end;
  t.is(code, 6, stderr);
  t.regex(stderr, /Interrupted at 2015-10-14 08:00:/);
  const result: unknown = JSON.parse(stdout);
  t.like(result, { exitCode: 6, score: { roles: ['alice'] } });
  t.regex(
    await readFile(join(folder, 'results/stolen-phone/main/trace.ndjson'), 'utf8'),
    /"type":"trace\.ended"/,
  );
});

test('what cannot be played is refused before the exercise begins', async (t) => {
  const { calldrill } = await workplace(t);
  for (const [words, code, message] of [
    [['stolen.yaml'], 2, /CLI_OPTION_VALUE: play needs --as/],
    [['stolen.yaml', '--as', 'alcie'], 3, /REHEARSAL_UNKNOWN_ROLE[\s\S]*Did you mean 'alice'/],
    [['stolen.yaml', '--as', 'alice', '--variant', 'x'], 2, /CLI_UNKNOWN_VARIANT/],
    [['stolen.yaml', '--as', 'alice', '--pace', 'slow'], 2, /--pace takes wait, or virtual seconds/],
    [['stolen.yaml', '--as', 'alice', '--out', 'stolen.yaml'], 2, /CLI_OUT_FOREIGN/],
  ] as const) {
    const refused = await calldrill(['play', ...words]);
    t.is(refused.exit, code, words.join(' '));
    t.regex(refused.stderr, message);
    t.is(refused.stdout, '');
  }
  const unsaved = await calldrill(
    ['play', 'stolen.yaml', '--as', 'alice', '--save', 'no/such/folder.json'],
    'quit\n',
  );
  t.is(unsaved.exit, 8);
  t.regex(unsaved.stderr, /CLI_OUT_WRITE: no\/such\/folder\.json cannot be written/);
});
