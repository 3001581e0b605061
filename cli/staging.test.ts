import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { ownFolder } from '../scenarios/host/index.ts';
import { canGoOn, oldBeside, sweep, targetOfStaging } from './staging.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-staging-'));
test.after.always(() => rm(place, { recursive: true, force: true }));
let count = 0;

/** A place with hidden folders of the results `out`, each with these files. */
function scene(folders: Readonly<Record<string, readonly string[]>>): string {
  const here = join(place, String(count++));
  mkdirSync(here);
  for (const [name, files] of Object.entries(folders)) {
    mkdirSync(join(here, name));
    for (const file of files) writeFileSync(join(here, name, file), 'x\n');
  }
  return here;
}

/** The owner of a folder whose process is no more. */
const DEAD = JSON.stringify({ host: '', pid: spawnSync('true').pid, began: '1' });

function leaveDead(folder: string): void {
  ownFolder(folder);
  const host = String(JSON.parse(readFileSync(join(folder, '.owner.json'), 'utf8')).host);
  writeFileSync(join(folder, '.owner.json'), DEAD.replace('"host":""', `"host":"${host}"`));
}

test('of folders whose process is no more, those with finished runs are kept and named, the others go', (t) => {
  const files = ['.resume.json', 'runs.ndjson'];
  const here = scene({
    '.out-new-bbbbbb': files,
    '.out-new-aaaaaa': files,
    '.out-new-cccccc': ['.resume.json', 'a.txt'],
    '.out-new-ffffff': ['.resume.json', 'exercise.ndjson'],
    '.out-new-dddddd': files,
    '.out-new-eeeeee': [],
    '.other-new-aaaaaa': ['a.txt'],
    '.out-new-mine': ['thesis.txt'],
  });
  for (const name of ['aaaaaa', 'bbbbbb', 'cccccc', 'ffffff']) leaveDead(join(here, `.out-new-${name}`));
  ownFolder(join(here, '.out-new-dddddd'));
  const kept = [join(here, '.out-new-aaaaaa'), join(here, '.out-new-bbbbbb')];
  t.deepEqual(sweep(join(here, 'out')), kept);
  t.true(kept.every(canGoOn));
  t.deepEqual(readdirSync(here).sort(), [
    '.other-new-aaaaaa',
    '.out-new-aaaaaa',
    '.out-new-bbbbbb',
    '.out-new-dddddd',
    '.out-new-eeeeee',
    '.out-new-mine',
  ]);
});

test('an exercise is kept when its journal has an entry behind its head', (t) => {
  const here = scene({ '.out-new-aaaaaa': ['.resume.json'], '.out-new-bbbbbb': ['exercise.ndjson'] });
  writeFileSync(join(here, '.out-new-aaaaaa', 'exercise.ndjson'), 'head\nentry\ntorn');
  writeFileSync(join(here, '.out-new-bbbbbb', 'exercise.ndjson'), 'head\nentry\n');
  for (const name of ['aaaaaa', 'bbbbbb']) leaveDead(join(here, `.out-new-${name}`));
  t.deepEqual(sweep(join(here, 'out')), [join(here, '.out-new-aaaaaa')]);
  t.deepEqual(readdirSync(here), ['.out-new-aaaaaa']);
});

test('a folder that was made just now and has no owner yet is left alone, an old one goes', (t) => {
  const here = scene({ '.out-new-aaaaaa': [] });
  sweep(join(here, 'out'));
  t.deepEqual(readdirSync(here), ['.out-new-aaaaaa']);
  t.deepEqual(sweep(join(here, 'out'), Date.now() + 61_000), []);
  t.deepEqual(readdirSync(here), []);
});

test('results that were moved aside are put back where the process died before the new ones came', (t) => {
  const here = scene({ '.out-new-aaaaaa-old': ['report.json'], '.out-new-aaaaaa': ['half'] });
  leaveDead(join(here, '.out-new-aaaaaa'));
  sweep(join(here, 'out'));
  t.deepEqual(readdirSync(here), ['out']);
  t.deepEqual(readdirSync(join(here, 'out')), ['report.json']);
});

test('they go where the new ones came', (t) => {
  const here = scene({ '.out-new-aaaaaa-old': ['report.json'], out: ['new.json'] });
  sweep(join(here, 'out'));
  t.deepEqual(readdirSync(join(here, 'out')), ['new.json']);
  t.deepEqual(readdirSync(here), ['out']);
});

test('a process that is alive is between the two moves: nothing is touched', (t) => {
  const here = scene({ '.out-new-aaaaaa-old': ['report.json'], '.out-new-aaaaaa': [] });
  ownFolder(join(here, '.out-new-aaaaaa'));
  sweep(join(here, 'out'));
  t.deepEqual(readdirSync(here).sort(), ['.out-new-aaaaaa', '.out-new-aaaaaa-old']);
});

test('the name of a hidden folder says which results it is of', (t) => {
  t.is(targetOfStaging('/a/.my results-new-Ab3dE9'), '/a/my results');
  t.is(targetOfStaging(oldBeside('/a/.out-new-Ab3dE9')), undefined);
  t.is(targetOfStaging('/a/out'), undefined);
});
