import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { disownFolder, isOwned, ownFolder } from './folder-owner.ts';

const place = mkdtempSync(join(tmpdir(), 'calldrill-owner-'));
test.after.always(() => rm(place, { recursive: true, force: true }));

/** The owner of a folder whose process is no more. */
const DEAD = JSON.stringify({ host: '', pid: spawnSync('true').pid, began: '1' });

function leaveDead(folder: string): void {
  ownFolder(folder);
  const host = String(JSON.parse(readFileSync(join(folder, '.owner.json'), 'utf8')).host);
  writeFileSync(join(folder, '.owner.json'), DEAD.replace('"host":""', `"host":"${host}"`));
}

test('a folder is owned by the process that says so, until it is no more or says otherwise', (t) => {
  const folder = mkdtempSync(join(place, 'folder-'));
  t.false(isOwned(folder));
  ownFolder(folder);
  t.true(isOwned(folder));
  disownFolder(folder);
  t.false(isOwned(folder));
  leaveDead(folder);
  t.false(isOwned(folder));
  writeFileSync(join(folder, '.owner.json'), DEAD.replace('"host":""', '"host":"elsewhere"'));
  t.true(isOwned(folder), 'nobody here can know');
});

test('a process with the number of another one that is no more is not that one', (t) => {
  const folder = mkdtempSync(join(place, 'folder-'));
  ownFolder(folder);
  const owner = readFileSync(join(folder, '.owner.json'), 'utf8');
  writeFileSync(join(folder, '.owner.json'), owner.replace(/"began":"\d*"/, '"began":"1"'));
  t.is(isOwned(folder), process.platform !== 'linux');
});
