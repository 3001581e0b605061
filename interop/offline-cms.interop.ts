/**
 * para-16-b1, as the machine sees it: a CMS that runs in a process of its own and does all that it is for has no inet socket at any moment that it is
 * looked at. A live run, whose CRS and phones need some, and a CMS that opens one are what shows that the look would see it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromHex } from '../sim/octets.ts';
import { parseUpdateDisc } from '../devices/media/index.ts';
import { testWith } from './needs.ts';
import { SocketWatch } from './sockets-of.ts';

const linux = {
  name: 'the /proc of Linux',
  remedy: 'run it on Linux',
  isThere: () => process.platform === 'linux' && readFileSync('/proc/self/net/tcp').length > 0,
};
const test = testWith(linux);

const LINES = [
  'add-user +447700900001 alice',
  'add-user +447700900002 bob',
  'view-qr +447700900001',
  'hide-qr',
  'view-kms',
  'print-qr +447700900002 --reason "works elsewhere"',
  'burn-disc',
  'destroy-keys +447700900002',
  'add-user +447700900001 alice --re-issue --reason lost',
  'burn-disc --changed',
  'back-up',
] as const;

/** What one process of node told, and which inet sockets it ever had. */
async function watched(file: string, words: readonly string[], lines: readonly string[] = []) {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const watch = new SocketWatch(child.pid ?? 0);
  let told = '';
  child.stdout.on('data', (part: Buffer) => (told += part.toString()));
  for (const line of lines) {
    child.stdin.write(`${line}\n`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  child.stdin.end();
  await once(child, 'close');
  return { told, exit: child.exitCode, ...(await watch.end()) };
}

test('a live CMS that issues, shows, prints, burns and backs up has no inet socket', async (t) => {
  t.timeout(120_000);
  const { told, exit, sockets, looks } = await watched('./lone-cms.js', [], LINES);
  t.deepEqual(sockets, []);
  t.true(looks >= 10, `it was looked at ${looks} times`);
  t.is(exit, 0);
  t.is(told.match(/^said /gm)?.length, LINES.length, told.slice(0, 500));
  t.regex(told, /^printed bob-qr-1$/m);
  const [disc = ''] = /^disc ([0-9a-f]+)$/m.exec(told)?.slice(1) ?? [];
  t.deepEqual(
    parseUpdateDisc(fromHex(disc) ?? new Uint8Array(0)).users.map(({ number }) => number),
    ['+447700900001', '+447700900002'],
  );
});

test('planted: one that opens a socket is seen', async (t) => {
  t.timeout(120_000);
  const { sockets } = await watched('./lone-cms.js', ['--plant-socket'], LINES.slice(0, 3));
  t.is(sockets.length, 1);
  t.regex(sockets[0] ?? '', /^udp \d+$/);
});

test('a live run, with a CRS and phones in it, is seen to have some of both kinds', async (t) => {
  t.timeout(300_000);
  const words = ['live', 'baseline-call', '--variant', 'home-wifi', '--quiet', '--lag-bound', '1h'];
  const place = await mkdtemp(join(tmpdir(), 'calldrill-sockets-'));
  t.teardown(() => rm(place, { recursive: true, force: true }));
  const { sockets } = await watched('../cli/main.js', [...words, '--out', join(place, 'live')]);
  t.true(sockets.some((socket) => socket.startsWith('tcp')));
  t.true(sockets.some((socket) => socket.startsWith('udp')));
});
