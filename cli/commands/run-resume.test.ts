import { mkdtempSync } from 'node:fs';
import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type, type CommandTold, type Scene } from '../context.fixture.ts';
import { cliError } from '../errors.ts';
import { ownFolder } from '../../scenarios/host/index.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-resume-'));
test.after.always(() => rm(place, { recursive: true, force: true }));
let count = 0;

interface CutOff {
  readonly here: string;
  /** The hidden folder. */
  readonly left: string;
  readonly told: CommandTold;
}

/** Somebody interrupts the suite of three runs when the second one begins; standing results are named `out`. */
async function cutOff(t: ExecutionContext, words: readonly string[] = []): Promise<CutOff> {
  const here = join(place, String(count++));
  await mkdir(here);
  const interrupt = new AbortController();
  const scene: Scene = {
    interrupt: interrupt.signal,
    failure: ({ variant }) => {
      if (variant === 'wipe-first') interrupt.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
      return undefined;
    },
  };
  const told = await type(['run', ...words, '--out', join(here, 'out')], scene);
  t.is(told.exit, 6);
  const [name = ''] = (await readdir(here)).filter((each) => each.startsWith('.out-new-'));
  return { here, left: join(here, name), told };
}

/** Contents of a results folder but for the time that it took. */
async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'timing.json');
  const texts = files.map(async ({ parentPath, name }): Promise<[string, string]> => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1), await readFile(path, 'latin1')];
  });
  return new Map(await Promise.all(texts));
}

test('what was finished is kept and the line that goes on is told; it makes the rest, to the same octets', async (t) => {
  const { here, left, told } = await cutOff(t, ['--seed', '7']);
  t.regex(told.stderr, new RegExp(`fix: Go on with it: calldrill run --resume \\S*/${basename(left)}\n`));
  const again = await type(['run', '--resume', left]);
  t.is(again.exit, 0);
  t.deepEqual(
    again.jobs.map(({ screenplay, variant, seed }) => [screenplay.id, variant, seed]),
    [
      ['client-compromise', 'wipe-first', '7'],
      ['short', 'main', '7'],
    ],
  );
  t.deepEqual(await readdir(here), ['out']);
  const whole = join(place, `whole-${count}`);
  t.is((await type(['run', '--seed', '7', '--out', whole])).exit, 0);
  t.deepEqual(await contents(join(here, 'out')), await contents(whole));
});

test('a run that was finished and whose file is another one now, or gone, is made again', async (t) => {
  for (const spoil of [
    (trace: string) => appendFile(trace, ' '),
    (trace: string) => rm(trace),
    async (trace: string) => {
      await rm(trace);
      await mkdir(trace);
    },
  ]) {
    const { left } = await cutOff(t);
    await spoil(join(left, 'client-compromise/block-first/trace.ndjson'));
    const { exit, jobs } = await type(['run', '--resume', left]);
    t.deepEqual([exit, jobs.length], [0, 3]);
  }
});

test('a run whose result is of another trace is made again', async (t) => {
  const { left } = await cutOff(t);
  const log = join(left, 'runs.ndjson');
  const written = await readFile(log, 'utf8');
  await writeFile(
    log,
    written.replaceAll(/"traceDigest":"[0-9a-f]{64}"/g, `"traceDigest":"${'0b'.repeat(32)}"`),
  );
  const { exit, jobs } = await type(['run', '--resume', left]);
  t.deepEqual([exit, jobs.length], [0, 3]);
});

test('files of runs that were not finished, and a line that was cut off, do not come into the results', async (t) => {
  const { here, left } = await cutOff(t);
  await mkdir(join(left, 'short/main'), { recursive: true });
  await writeFile(join(left, 'short/main/trace.ndjson'), 'half');
  await writeFile(join(left, 'report.json'), 'half');
  await appendFile(join(left, 'runs.ndjson'), '{"version":3,"summ');
  t.is((await type(['run', '--resume', left])).exit, 0);
  t.not(await readFile(join(here, 'out/short/main/trace.ndjson'), 'utf8'), 'half');
  t.false((await readdir(join(here, 'out'))).some((name) => /runs\.ndjson|owner|resume/.test(name)));
});

test('another run into the same folder tells what was cut off, and leaves it', async (t) => {
  const { here, left } = await cutOff(t);
  const { stderr, exit } = await type(['run', 'short', '--out', join(here, 'out')]);
  t.is(exit, 0);
  t.regex(stderr, /^note: an earlier run was cut off; go on with it by: calldrill run --resume /);
  t.deepEqual((await readdir(here)).sort(), [basename(left), 'out']);
  t.notRegex((await type(['run', 'short', '--quiet', '--out', join(here, 'out')])).stderr, /note/);
});

test('what is interrupted before a run is finished leaves nothing, and so does a capture that went into a pipe', async (t) => {
  const here = join(place, 'nothing');
  await mkdir(here);
  const interrupt = AbortSignal.abort(cliError('CLI_INTERRUPTED', 'interrupted by SIGINT'));
  t.is((await type(['run', '--out', join(here, 'out')], { interrupt })).exit, 6);
  t.deepEqual(await readdir(here), []);
});

test('what is no run that was cut off is refused', async (t) => {
  const { here, left } = await cutOff(t);
  const refused = async (folder: string): Promise<string> => {
    const { exit, stderr } = await type(['run', '--resume', folder]);
    t.is(exit, 2);
    return stderr;
  };
  t.regex(await refused(join(here, 'nowhere')), /CLI_RESUME: .* it is not what is left of a run/);
  const renamed = join(here, 'renamed');
  await cp(left, renamed, { recursive: true });
  t.regex(await refused(renamed), /CLI_RESUME: .* holds nothing of a run or exercise/);
  await writeFile(join(left, '.resume.json'), '{"version":1,"command":"run","words":[4]}');
  t.regex(await refused(left), /CLI_RESUME: .*words\[0\] is not a text/);
  await writeFile(join(left, '.resume.json'), '{"version":1,"command":"run","words":[]}\n');
  ownFolder(left);
  t.regex(await refused(left), /CLI_RESUME: a process is still writing/);
});

for (const words of [['--seed', '3'], ['--out', 'elsewhere'], ['--replay', 'r.json'], ['--wav'], ['short']])
  test(`--resume says what to run: refused with ${words.join(' ')}`, async (t) => {
    const { exit, stderr } = await type(['run', '--resume', 'x', ...words]);
    t.is(exit, 2);
    t.regex(stderr, /CLI_OPTION_CONFLICT: --resume says what to run/);
  });
