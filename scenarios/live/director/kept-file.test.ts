/** What a device keeps on the disk, and what is exchanged: whole, and its owner's alone. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ownFolder } from '../../host/folder-owner.ts';
import { RunFolder } from './run-folder.ts';
import { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile } from './kept-file.ts';
import { slowDisk } from './slow-disk.fixture.ts';

async function folderOf(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-kept-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('what was saved last is loaded, and nobody else may read it', async (t) => {
  const folder = join(await folderOf(t), 'state');
  const file = new KeptFile(folder, 'crs.state');
  t.is(file.load(), undefined);
  await file.save(Uint8Array.of(1));
  await file.save(Uint8Array.of(2, 3));
  t.deepEqual(new KeptFile(folder, 'crs.state').load(), Uint8Array.of(2, 3));
  t.deepEqual([await modeOf(folder), await modeOf(file.path)], [0o700, 0o600]);
  t.deepEqual(await readdir(folder), ['crs.state']);
  file.forget();
  t.is(file.load(), undefined);
});

test('what is asked for while the disk is busy is written once, the newest of it, and who waits is told then', async (t) => {
  const disk = slowDisk();
  const file = new KeptFile(await folderOf(t), 'x', { sync: disk.sync });
  const told: string[] = [];
  const save = (octet: number): void =>
    void file.save(Uint8Array.of(octet)).then(() => told.push(String(octet)));
  save(1);
  const firstOnDisk = await disk.begins(1);
  for (const octet of [2, 3, 4]) save(octet);
  t.is(file.load(), undefined, 'nothing is there before it is there whole');
  firstOnDisk();
  const folderOnDisk = await disk.begins(2);
  t.deepEqual(file.load(), Uint8Array.of(1));
  t.deepEqual(told, [], 'the name of the file is not on the disk yet');
  folderOnDisk();
  const secondOnDisk = await disk.begins(3);
  t.deepEqual(told, ['1']);
  secondOnDisk();
  (await disk.begins(4))();
  await file.settled;
  t.deepEqual(file.load(), Uint8Array.of(4));
  t.deepEqual(told, ['1', '2', '3', '4']);
});

test('what the disk refuses is told to who waits, the old content stays, and the next saving is tried', async (t) => {
  const folder = await folderOf(t);
  let full = false;
  const file = new KeptFile(folder, 'x', {
    sync: async () => {
      if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { syscall: 'fsync' });
    },
  });
  await file.save(Uint8Array.of(1));
  full = true;
  await t.throwsAsync(file.save(Uint8Array.of(2)), { code: 'CONTROL_STATE_FOLDER', message: /ENOSPC/ });
  await t.throwsAsync(async () => file.settled, { code: 'CONTROL_STATE_FOLDER' });
  t.deepEqual(file.load(), Uint8Array.of(1));
  full = false;
  await file.save(Uint8Array.of(3));
  t.deepEqual(file.load(), Uint8Array.of(3));
  t.deepEqual(await readdir(folder), ['x']);
});

test('a folder or file that others may read is refused, and so is one that cannot be written', async (t) => {
  const folder = await folderOf(t);
  const file = new KeptFile(folder, 'x');
  await file.save(Uint8Array.of(1));
  await chmod(file.path, 0o644);
  t.throws(() => file.load(), { code: 'CONTROL_STATE_FOLDER', message: /open to others \(644\)/ });
  await chmod(folder, 0o750);
  t.throws(() => new KeptFile(folder, 'x'), { code: 'CONTROL_STATE_FOLDER' });
  await writeFile(join(folder, 'file'), '');
  t.throws(() => new KeptFile(join(folder, 'file'), 'x'), { code: 'CONTROL_STATE_FOLDER' });
});

test('a file that is made is not made twice, and one that is not ours is neither loaded nor removed', async (t) => {
  const folder = await folderOf(t);
  const token = new KeptFile(folder, 'token');
  await token.create(Uint8Array.of(1));
  t.is(await modeOf(token.path), 0o600);
  await t.throwsAsync(new KeptFile(folder, 'token').create(Uint8Array.of(2)), {
    code: 'CONTROL_FOLDER_USED',
  });
  t.deepEqual(token.load(), Uint8Array.of(1));
  t.throws(() => token.forgetOwn(Uint8Array.of(1, 2)), {
    code: 'CONTROL_STATE_FOLDER',
    message: /no state|not a/,
  });
  t.deepEqual(token.load(), Uint8Array.of(1));
  token.forgetOwn(Uint8Array.of(1));
  token.forgetOwn(Uint8Array.of(1));
  t.is(token.load(), undefined);
  await mkdir(token.path);
  t.throws(() => token.load(), { code: 'CONTROL_STATE_FOLDER' });
  await rm(folder, { recursive: true });
  await t.throwsAsync(token.create(Uint8Array.of(2)), { code: 'CONTROL_STATE_FOLDER' });
  await mkdir(folder);
});

test("what is in nobody's hands any more is put away, and what is somebody else's is not written to", async (t) => {
  const folder = await folderOf(t);
  const exchange = new ExchangeFolder(join(folder, 'exchange'));
  const [code, disc] = [exchange.newName('qr', 'pgm'), exchange.newName('disc', 'img')];
  const other = join(folder, 'other');
  await writeFile(other, 'mine');
  await symlink(other, join(exchange.path, disc));
  await writeFile(join(exchange.path, 'kept.img'), '');
  for (const name of [code, disc]) exchange.write(name, Uint8Array.of(7));
  t.is(await readFile(other, 'utf8'), 'mine');
  t.deepEqual(exchange.read(disc), Uint8Array.of(7));
  exchange.clear();
  t.deepEqual(await readdir(exchange.path), ['kept.img']);
});

test('what is no plain file is not read: a link, a FIFO, a folder', async (t) => {
  const folder = await folderOf(t);
  const exchange = new ExchangeFolder(join(folder, 'exchange'));
  const [link, fifo, inner] = ['qr-1.pgm', 'qr-2.pgm', 'qr-3.pgm'].map((name) => join(exchange.path, name));
  await writeFile(join(folder, 'secret'), 'x', { mode: 0o600 });
  await symlink(join(folder, 'secret'), link ?? '');
  await mkdir(inner ?? '');
  t.is(spawnSync('mkfifo', ['-m', '600', fifo ?? '']).status, 0);
  for (const name of ['qr-1.pgm', 'qr-2.pgm', 'qr-3.pgm'])
    t.throws(() => exchange.read(name), { code: 'CONTROL_EXCHANGE', message: /no plain file/ }, name);
  const file = new KeptFile(folder, 'crs.state');
  await symlink(join(folder, 'secret'), file.path);
  t.throws(() => file.load(), { code: 'CONTROL_STATE_FOLDER' });
});

test('an exchange folder that others may read or write is refused', async (t) => {
  const path = join(await folderOf(t), 'exchange');
  for (const mode of [0o750, 0o722, 0o777]) {
    await mkdir(path, { recursive: true });
    await chmod(path, mode);
    for (const open of [() => new ExchangeFolder(path), () => ExchangeFolder.existing(path)])
      t.throws(open, { code: 'CONTROL_OPEN_TO_OTHERS', message: /open to others/ });
  }
  await chmod(path, 0o700);
  t.notThrows(() => ExchangeFolder.existing(path));
});

test('the folder of a director that was killed goes when the next one comes, and nobody else’s does', async (t) => {
  const left = await mkdtemp(join(tmpdir(), 'calldrill-director-'));
  const other = await mkdtemp(join(tmpdir(), 'calldrill-director-'));
  t.teardown(() => rm(other, { recursive: true, force: true }));
  ownFolder(left);
  const owner = await readFile(join(left, '.owner.json'), 'utf8');
  const gone = String(spawnSync('true').pid);
  await writeFile(join(left, '.owner.json'), owner.replace(/"pid":\d+/, `"pid":${gone}`));
  const alive = new RunFolder(undefined);
  const next = new RunFolder(undefined);
  const names = await readdir(tmpdir());
  t.false(names.includes(basename(left)));
  for (const path of [other, alive.path, next.path]) t.true(names.includes(basename(path)), path);
  for (const folder of [alive, next]) folder.putAway();
  t.false((await readdir(tmpdir())).includes(basename(next.path)));
});

test('what is exchanged is in one folder and nowhere else', async (t) => {
  const exchange = new ExchangeFolder(join(await folderOf(t), 'exchange'));
  const name = exchange.newName('qr', 'pgm');
  t.not(name, exchange.newName('qr', 'pgm'));
  exchange.write(name, Uint8Array.of(7));
  t.deepEqual(exchange.read(name), Uint8Array.of(7));
  t.deepEqual([await modeOf(exchange.path), await modeOf(join(exchange.path, name))], [0o700, 0o600]);
  exchange.remove(name);
  t.throws(() => exchange.read(name), { code: 'CONTROL_EXCHANGE' });
  for (const outside of ['../x.img', '/etc/passwd', 'a/b.img', 'x.txt'])
    t.throws(() => exchange.read(outside), { code: 'CONTROL_EXCHANGE', message: /not the name/ });
});
