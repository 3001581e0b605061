import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { makeFolder } from './make-folder.ts';

test('a folder is made with those above it, and what cannot be one is refused', (t) => {
  const place = mkdtempSync(join(tmpdir(), 'calldrill-folder-'));
  t.teardown(() => rmSync(place, { recursive: true }));
  const deep = join(place, 'a/b/c');
  makeFolder(deep, 0o700);
  makeFolder(deep);
  for (const each of [deep, join(place, 'a/b'), join(place, 'a')]) t.is(statSync(each).mode & 0o777, 0o700);
  writeFileSync(join(place, 'file'), '');
  t.throws(() => makeFolder(join(place, 'file')), { code: 'EEXIST' });
  t.throws(() => makeFolder(join(place, 'file/below')), { code: 'ENOTDIR' });
  // Node's own would go round in circles here.
  if (process.platform === 'linux') t.throws(() => makeFolder('/proc/calldrill/below'), { code: 'ENOENT' });
});
