import { spawnSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { digestOfKept } from '../../sim/kept.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { originOf, quietHall } from './checkpoint-octets.fixture.ts';
import { checkpointOctets } from './checkpoint-octets.ts';

const origin = originOf();
const checkpoint = quietHall();
const place = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-checkpoint-'));
  return { folder, file: join(folder, 'hall.checkpoint') };
};

test('what is written is read, its owner’s alone, and nothing is left beside it', async (t) => {
  const { folder, file } = await place();
  await writeCheckpoint(file, checkpoint, origin);
  t.is((await stat(file)).mode & 0o777, 0o600);
  t.deepEqual(await readdir(folder), ['hall.checkpoint']);
  t.deepEqual(new Uint8Array(await readFile(file)), checkpointOctets(checkpoint, origin));
  t.is(digestOfKept((await readCheckpoint(file, origin)).state), digestOfKept(checkpoint.state));
});

test('a file that is there is replaced, and whoever may read it then is its owner alone', async (t) => {
  const { folder, file } = await place();
  const other = join(folder, 'other');
  await writeFile(file, 'old', { mode: 0o644 });
  await link(file, other);
  await writeCheckpoint(file, checkpoint, origin);
  t.is((await stat(file)).mode & 0o777, 0o600);
  t.is(await readFile(other, 'utf8'), 'old', 'what had another name is as it was');
  await t.notThrowsAsync(readCheckpoint(file, origin));
});

test('a link is neither written through nor read through', async (t) => {
  const { folder, file } = await place();
  const link = join(folder, 'link');
  await symlink(file, link);
  await t.throwsAsync(writeCheckpoint(link, checkpoint, origin), { code: 'HOST_CHECKPOINT_PLACE' });
  t.deepEqual(await readdir(folder), ['link']);
  await writeCheckpoint(file, checkpoint, origin);
  const error = await t.throwsAsync(readCheckpoint(link, origin), { code: 'HOST_CHECKPOINT_PLACE' });
  t.like(error, { where: { file: link } });
});

test('a folder and a pipe are no place for a checkpoint, and nobody waits at a pipe', async (t) => {
  const { folder } = await place();
  const [inner, pipe] = ['inner', 'pipe'].map((name) => join(folder, name)) as [string, string];
  await mkdir(inner);
  t.is(spawnSync('mkfifo', [pipe]).status, 0);
  for (const path of [inner, pipe]) {
    await t.throwsAsync(writeCheckpoint(path, checkpoint, origin), { code: 'HOST_CHECKPOINT_PLACE' });
    await t.throwsAsync(readCheckpoint(path, origin), { code: 'HOST_CHECKPOINT_PLACE' });
  }
});

test('a folder that is not there is told, and a file that is not there', async (t) => {
  const { folder, file } = await place();
  const error = await t.throwsAsync(writeCheckpoint(join(folder, 'none', 'x'), checkpoint, origin), {
    code: 'HOST_CHECKPOINT_UNWRITABLE',
  });
  t.like(error, { where: { file: join(folder, 'none', 'x') } });
  await t.throwsAsync(readCheckpoint(file, origin), { code: 'HOST_FILE_MISSING' });
});

test('a damaged file is refused with its name', async (t) => {
  const { file } = await place();
  await writeCheckpoint(file, checkpoint, origin);
  await chmod(file, 0o600);
  const octets = await readFile(file);
  await writeFile(file, octets.subarray(0, -1));
  t.like(await t.throwsAsync(readCheckpoint(file, origin), { code: 'HOST_CHECKPOINT_LENGTH' }), {
    where: { file },
  });
});
