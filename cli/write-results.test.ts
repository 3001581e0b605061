import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { factsOf } from '../reports/index.ts';
import type { EventsOf } from '../scenarios/runs/index.ts';
import { isMountPoint } from './replaceable-folder.ts';
import { ResultsFolder, type ResultFiles } from './write-results.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-results-'));
test.after.always(() => rm(place, { recursive: true, force: true }));
let count = 0;

/** A folder of its own for each test. */
async function scene(): Promise<string> {
  const folder = join(place, String(count++));
  await mkdir(folder);
  return folder;
}

async function write(out: string, files: ResultFiles, below?: string): Promise<void> {
  const folder = await ResultsFolder.open(out);
  folder.write(files, below);
  await folder.commit();
  await folder.discard();
}

const FIRST: ResultFiles = new Map<string, string | Uint8Array>([
  ['report.json', '{}'],
  ['a/b/trace.ndjson', Uint8Array.of(1, 2)],
]);

test('files appear at their paths, in folders that are made for them, and nothing else does', async (t) => {
  const folder = await scene();
  await write(join(folder, 'deep/results'), FIRST, '42');
  t.deepEqual(await readdir(join(folder, 'deep')), ['results']);
  t.deepEqual((await readdir(join(folder, 'deep/results'), { recursive: true })).sort(), [
    '.calldrill-results',
    '42',
    '42/a',
    '42/a/b',
    '42/a/b/trace.ndjson',
    '42/report.json',
  ]);
  t.deepEqual([...(await readFile(join(folder, 'deep/results/42/a/b/trace.ndjson')))], [1, 2]);
});

test('new results take the place of the old as a whole', async (t) => {
  const out = join(await scene(), 'results');
  await write(out, FIRST);
  await write(out, new Map([['report.json', 'new']]));
  t.deepEqual((await readdir(out)).sort(), ['.calldrill-results', 'report.json']);
  t.is(await readFile(join(out, 'report.json'), 'utf8'), 'new');
});

test('until they are committed, and when they are discarded, the old ones are untouched', async (t) => {
  const folder = await scene();
  const out = join(folder, 'results');
  await write(out, FIRST);
  const next = await ResultsFolder.open(out);
  next.write(new Map([['report.json', 'half']]));
  t.is(await readFile(join(out, 'report.json'), 'utf8'), '{}');
  await next.discard();
  t.is(await readFile(join(out, 'report.json'), 'utf8'), '{}');
  t.deepEqual(await readdir(folder), ['results']);
});

test('a folder that calldrill did not write is not replaced, nor one with a file of somebody else', async (t) => {
  const folder = await scene();
  const out = join(folder, 'results');
  await mkdir(out);
  await writeFile(join(out, 'thesis.doc'), 'years of work');
  await t.throwsAsync(ResultsFolder.open(out), { code: 'CLI_OUT_FOREIGN', message: /holds no results/ });
  await rm(join(out, 'thesis.doc'));
  await write(out, FIRST);
  await writeFile(join(out, 'a/notes.txt'), 'mine');
  await t.throwsAsync(ResultsFolder.open(out), {
    code: 'CLI_OUT_FOREIGN',
    message: /did not write a\/notes\.txt/,
  });
  t.is(await readFile(join(out, 'a/notes.txt'), 'utf8'), 'mine');
  t.deepEqual(await readdir(folder), ['results']);
});

test('a file that comes while the run is under way is noticed before anything is replaced', async (t) => {
  const out = join(await scene(), 'results');
  const next = await ResultsFolder.open(out);
  next.write(FIRST);
  await mkdir(out);
  await writeFile(join(out, 'mine'), 'x');
  await t.throwsAsync(next.commit(), { code: 'CLI_OUT_FOREIGN' });
  await next.discard();
  t.deepEqual(await readdir(out), ['mine']);
});

test('the root of all folders is refused at once, as any folder without results is; a mount point is known as one', async (t) => {
  await t.throwsAsync(ResultsFolder.open('/'), { code: 'CLI_OUT_FOREIGN', message: /all other folders/ });
  await t.throwsAsync(ResultsFolder.open('/usr'), { code: 'CLI_OUT_FOREIGN', message: /holds no results/ });
  t.false(isMountPoint(place));
  t.false(isMountPoint(join(place, 'nothing')));
  if (process.platform === 'linux') t.true(isMountPoint('/proc'));
});

test('a file is no folder for results', async (t) => {
  const out = join(await scene(), 'results');
  await writeFile(out, 'x');
  await t.throwsAsync(ResultsFolder.open(out), { code: 'CLI_OUT_FOREIGN', message: /not a folder/ });
});

test('behind a symbolic link, the folder is replaced and the link stays', async (t) => {
  const folder = await scene();
  await mkdir(join(folder, 'real'));
  await symlink('real', join(folder, 'link'));
  await write(join(folder, 'link'), FIRST);
  t.deepEqual((await readdir(join(folder, 'real'))).sort(), ['.calldrill-results', 'a', 'report.json']);
  t.true((await stat(join(folder, 'link'))).isDirectory());
});

test('a link inside is no file of ours: what it leads to is safe', async (t) => {
  const folder = await scene();
  const out = join(folder, 'results');
  await write(out, FIRST);
  await symlink(folder, join(out, 'shortcut'));
  await t.throwsAsync(ResultsFolder.open(out), { code: 'CLI_OUT_FOREIGN' });
});

test('what the disk refuses is a typed error', async (t) => {
  const folder = await scene();
  await writeFile(join(folder, 'file'), 'x');
  await t.throwsAsync(ResultsFolder.open(join(folder, 'file/results')), { code: 'CLI_OUT_WRITE' });
  const next = await ResultsFolder.open(join(folder, 'results'));
  next.write(FIRST);
  t.throws(() => next.write(FIRST), { code: 'CLI_OUT_WRITE' });
  await next.discard();
});

test('results are as readable as other files of the user', async (t) => {
  const out = join(await scene(), 'results');
  await write(out, FIRST);
  t.is((await stat(out)).mode & 0o777, 0o777 & ~process.umask());
});

test('what was written is known by its digest, and a trace is read back when it is asked for', async (t) => {
  const folder = await ResultsFolder.open(join(await scene(), 'results'));
  const event = { n: 1, t: 0, type: 'trace.ended', on: 'world', cause: 0, data: { events: 1 } };
  folder.write(new Map([['s/v/trace.ndjson', `${JSON.stringify(event)}\n`]]), '42');
  folder.write(new Map([['report.json', '{}']]));
  t.deepEqual([...folder.filesBelow('42').keys()], ['s/v/trace.ndjson']);
  t.deepEqual([...folder.filesBelow().keys()], ['42/s/v/trace.ndjson', 'report.json']);
  t.deepEqual(folder.filesBelow().get('report.json'), factsOf(Buffer.from('{}')));
  t.deepEqual(folder.eventsBelow('42')('s', 'v'), [event] as unknown as ReturnType<EventsOf>);
  t.deepEqual(folder.eventsBelow()('s', 'v'), []);
  await folder.discard();
});
