/** What a device keeps on the disk, and what is exchanged: whole, and its owner's alone. */
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile } from './kept-file.ts';

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
  file.save(Uint8Array.of(1));
  file.save(Uint8Array.of(2, 3));
  t.deepEqual(new KeptFile(folder, 'crs.state').load(), Uint8Array.of(2, 3));
  t.deepEqual([await modeOf(folder), await modeOf(file.path)], [0o700, 0o600]);
  t.deepEqual(await readdir(folder), ['crs.state']);
});

test('a later saving wins over an earlier one, whichever is on the disk first', async (t) => {
  const folder = await folderOf(t);
  const file = new KeptFile(folder, 'x', (thrown) => t.fail(String(thrown)));
  file.saveSoon(Uint8Array.of(1));
  file.saveSoon(Uint8Array.of(2));
  file.save(Uint8Array.of(3));
  await setTimeout(300);
  t.deepEqual(file.load(), Uint8Array.of(3));
  file.saveSoon(Uint8Array.of(4));
  for (let tries = 0; file.load()?.[0] !== 4 && tries < 500; tries++) await setTimeout(10);
  t.deepEqual(file.load(), Uint8Array.of(4));
  t.deepEqual(await readdir(folder), ['x']);
});

test('a folder or file that others may read is refused, and so is one that cannot be written', async (t) => {
  const folder = await folderOf(t);
  const file = new KeptFile(folder, 'x');
  file.save(Uint8Array.of(1));
  await chmod(file.path, 0o644);
  t.throws(() => file.load(), { code: 'CONTROL_STATE_FOLDER', message: /open to others \(644\)/ });
  await chmod(folder, 0o750);
  t.throws(() => new KeptFile(folder, 'x'), { code: 'CONTROL_STATE_FOLDER' });
  await writeFile(join(folder, 'file'), '');
  t.throws(() => new KeptFile(join(folder, 'file'), 'x'), { code: 'CONTROL_STATE_FOLDER' });
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
