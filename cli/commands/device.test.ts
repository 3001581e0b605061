/** `calldrill device` started by hand, and every way in which a directed run ends early. */
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { wordsOf } from '../../devices/console/index.ts';
import { SharedProcess } from '../shared-process.fixture.ts';
import { processesWith, stage } from './directed-run.fixture.ts';

const LINE = /calldrill (device crs .*)\n/;

test.serial('a device that is started by hand has a console, and ends with its director', async (t) => {
  const { folder, direct, start } = await stage(t, 100);
  const director = direct('--wait-for', 'crs');
  const words = wordsOf((await director.says(LINE))[1] ?? '').map(({ text }) => text);
  const crs = start(words);
  crs.type('help block-user');
  await crs.says(/Refuse a user from now on/);
  crs.type('create-account other');
  await crs.says(/Account other is there\./);
  crs.type('dance');
  await crs.says(/refused CONSOLE_UNKNOWN_COMMAND/);
  await director.says(/carol-phone is here/);
  director.child.kill('SIGKILL');
  t.is(await crs.ends(), 4);
  t.regex(crs.text, /CONTROL_DIRECTOR_LOST/);
  for (let tries = 0; tries < 100 && (await processesWith(folder.slice(-6))).length > 0; tries++)
    await setTimeout(50);
  t.deepEqual(await processesWith(folder.slice(-6)), [], 'its other devices have ended by themselves');
});

test.serial('Ctrl-C ends the director with 6, and all its devices', async (t) => {
  const { folder, direct } = await stage(t, 100);
  const director = direct();
  await director.says(/carol-phone is here/);
  director.child.kill('SIGINT');
  t.is(await director.ends(), 6, director.text);
  t.regex(director.text, /CLI_INTERRUPTED/);
  t.deepEqual(await processesWith(folder.slice(-6)), []);
});

test.serial('a device that dies when nobody is at the console ends the run with its reason', async (t) => {
  const { folder, direct } = await stage(t, 100);
  const director = direct();
  await director.says(/carol-phone is here/);
  director.child.stdin?.end('kill bob-phone\n');
  t.is(await director.ends(), 4, director.text);
  t.regex(director.text, /CONTROL_DEVICE_LOST.*bob-phone is gone: its process was ended by SIGKILL/s);
  t.deepEqual(await processesWith(folder.slice(-6)), []);
});

test.serial('a CRS whose state is damaged is not started again, and says why', async (t) => {
  const { folder, direct } = await stage(t, 100);
  const director = direct();
  await director.inCall();
  director.type('kill crs');
  await director.says(/crs is gone/);
  await writeFile(join(folder, 'kept/state/crs.state'), 'CDCS\u0001 cut off', { mode: 0o600 });
  director.type('restart crs');
  t.is(await director.ends(), 2, director.text);
  t.regex(director.text, /CRS_STATE_DAMAGED/);
});

test.serial('a folder that is open to others is refused before anything is put into it', async (t) => {
  const { folder, direct } = await stage(t, 1);
  await mkdir(join(folder, 'kept'), { mode: 0o755 });
  await chmod(join(folder, 'kept'), 0o755);
  const director = direct();
  t.is(await director.ends(), 2, director.text);
  t.regex(director.text, /CONTROL_STATE_FOLDER.*kept is open to others \(755\)/s);
  t.deepEqual(await readdir(join(folder, 'kept')), []);
});

test.serial('a device without its director, token or kind is a wrong command line', async (t) => {
  const { folder } = await stage(t, 1);
  const shared = new SharedProcess();
  t.teardown(() => shared.end());
  const token = join(folder, 'token');
  await writeFile(token, 'ab\n', { mode: 0o600 });
  await mkdir(join(folder, 'used'), { mode: 0o700 });
  await writeFile(join(folder, 'used/token'), 'of another run', { mode: 0o600 });
  await writeFile(join(folder, 'open-token'), 'ab\n');
  await chmod(join(folder, 'open-token'), 0o644);
  await mkdir(join(folder, 'open'));
  await chmod(join(folder, 'open'), 0o755);
  const channel = ['--director', '127.0.0.1:1', '--token', token, '--exchange', folder];
  const openToken = channel.map((word) => (word === token ? join(folder, 'open-token') : word));
  const other = createServer().listen(0, '127.0.0.1');
  t.teardown(() => other.close());
  await once(other, 'listening');
  const bound = other.address();
  const taken = String(typeof bound === 'object' ? bound?.port : '');
  for (const [words, code, says] of [
    [['device', 'crs', 'crs'], 2, /needs --director, --token and --exchange/],
    [['device', 'cms', 'cms', ...channel], 2, /no kind of device/],
    [['device', 'crs', 'crs', ...channel, '--no-console'], 2, /CONTROL_UNREACHABLE/],
    [
      ['device', 'crs', 'crs', ...channel.slice(0, -1), join(folder, 'y')],
      2,
      /CONTROL_EXCHANGE: there is no/,
    ],
    [
      ['device', 'crs', 'crs', ...openToken],
      2,
      /CONTROL_OPEN_TO_OTHERS: .*open-token is open to others \(644\)/,
    ],
    [
      ['device', 'crs', 'crs', ...channel.slice(0, -1), join(folder, 'open')],
      2,
      /CONTROL_OPEN_TO_OTHERS: .*open is open to others \(755\)/,
    ],
    [['director', './directed.yaml', '--bind', '192.0.2.1'], 2, /CONTROL_ADDRESS/],
    [['director', './directed.yaml', '--wait-for', 'cms'], 2, /CONTROL_NOT_AWAITED/],
    [['director', './directed.yaml', '--folder', 'used'], 2, /CONTROL_FOLDER_USED/],
    [['director', './directed.yaml', '--port', taken], 2, /CONTROL_CHANNEL.*EADDRINUSE.*--port/s],
    [['director', './directed.yaml', '--wait-for', 'all', '--bind', '0.0.0.0'], 2, /CLI_OPTION_VALUE/],
    [['live', './directed.yaml', '--bind', '224.0.0.1'], 2, /CLI_OPTION_VALUE: --bind takes an IPv4 address/],
  ] as const) {
    const { exit, stderr } = await shared.calldrill(words, { folder });
    t.is(exit, code, stderr);
    t.regex(stderr, says);
  }
  t.is(await readFile(join(folder, 'used/token'), 'utf8'), 'of another run', 'it goes on undisturbed');
});
