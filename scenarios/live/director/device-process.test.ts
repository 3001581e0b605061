/**
 * A device against a director that is only the control channel: what it answers, and when, while its disk takes its time. One after the
 * other: a device of a directed run has the real ports of its address.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { parseCrsState } from '../../../devices/crs/index.ts';
import { ControlServer, type DeviceTold } from './control-server.ts';
import { runDevice } from './device-process.ts';
import { KeptFile } from './kept-file.ts';
import { lineOf, type FromDevice } from './message.ts';
import { slowDisk } from './slow-disk.fixture.ts';

const TOKEN = 'secret';

/** An address that another run of these tests does not have: the ports of a device are the real ones. */
const BIND = `127.${64 + ((process.pid >> 8) & 63)}.${process.pid & 255}.2`;

/** A CRS whose disk the test has in its hand; its run began `time` ago. */
async function crsOn(t: ExecutionContext, { time }: { readonly time: number }) {
  // What it waits for may never be said.
  t.timeout(30_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-device-'));
  const told: DeviceTold[] = [];
  const server = new ControlServer({
    bind: '127.0.0.1',
    port: 0,
    token: TOKEN,
    awaited: new Map([['crs', 'crs']]),
    own: '127.0.0.1',
    tell: (each) => told.push(each),
  });
  const until = async <Kind extends DeviceTold['kind']>(kind: Kind) => {
    for (;;) {
      const found = told.find((each): each is Extract<DeviceTold, { kind: Kind }> => each.kind === kind);
      if (found !== undefined) return found;
      await setTimeout(2);
    }
  };
  const said = (): readonly FromDevice[] =>
    told.flatMap((each) => (each.kind === 'said' && each.message.type !== 'event' ? [each.message] : []));
  /** Types of the console's events, as they were told. */
  const typed = (): readonly string[] =>
    told.flatMap((each) =>
      each.kind === 'said' && each.message.type === 'event' && each.message.event.type.startsWith('console.')
        ? [each.message.event.type]
        : [],
    );
  const { port } = await until('listening');
  const disk = slowDisk();
  const controller = new AbortController();
  const state = join(folder, 'state');
  const start = async (afterSetup?: () => void): Promise<{ readonly ended: Promise<unknown> }> => {
    const ended = runDevice({
      kind: 'crs',
      name: 'crs',
      director: { host: '127.0.0.1', port },
      token: TOKEN,
      bind: BIND,
      exchange: folder,
      state,
      assets: { readQr: () => [], speech: [], kinds: [] },
      signal: controller.signal,
      sync: disk.sync,
    }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const { proof } = await until('joined');
    const tables = { parameters: new Map(), contacts: new Map(), hosts: new Map(), links: [] };
    const begins = Date.parse('2015-10-14T08:00:00Z');
    server.send('crs', {
      type: 'setup',
      proof,
      name: 'crs',
      kind: 'crs',
      begins,
      time,
      ...tables,
      handset: null,
    });
    if (afterSetup !== undefined) {
      afterSetup();
      return { ended };
    }
    while (said().length === 0) await setTimeout(2);
    server.send('crs', { type: 'start', time });
    return { ended };
  };
  t.teardown(async () => {
    controller.abort(new Error('the test is over'));
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const type = (id: number, line: string): void =>
    server.send('crs', { type: 'ask', id, time, what: 'type', words: ['crs-admin', line] });
  return { server, said, typed, until, disk, state, start, type };
}

test.serial(
  'a line is answered when what it did is on the disk; others are answered meanwhile',
  async (t) => {
    const { server, said, typed, disk, state, start, type } = await crsOn(t, { time: 0 });
    const { ended } = await start();
    type(1, 'create-account hq');
    const onDisk = await disk.begins(1);
    server.send('crs', { type: 'ask', id: 2, time: 0, what: 'screen', words: [] });
    server.send('crs', { type: 'quiet', round: 1 });
    while (said().length < 3) await setTimeout(2);
    t.deepEqual(
      said().map((message) => ('id' in message ? message.id : message.type)),
      ['ready', 2, 'state'],
      'it looks at its screen and its sockets, and has not answered the line',
    );
    t.deepEqual(typed(), ['console.typed'], 'nor does the trace say that it was answered');
    onDisk();
    (await disk.begins(2))();
    while (said().length < 4) await setTimeout(2);
    t.like(said()[3], { type: 'answer', id: 1, lines: ['Account hq is there.'] });
    t.deepEqual(typed(), ['console.typed', 'console.answered']);
    const kept = parseCrsState(new KeptFile(state, 'crs.state').load() ?? new Uint8Array(0));
    t.deepEqual(
      kept.accounts.accounts.map(({ name }) => name),
      ['hq'],
    );
    server.send('crs', { type: 'end' });
    t.is(await ended, undefined);
  },
);

test.serial(
  'a line whose outcome cannot be kept is refused, and the device ends with the reason',
  async (t) => {
    const { said, typed, until, disk, start, type } = await crsOn(t, { time: 0 });
    const { ended } = await start();
    type(1, 'create-account hq');
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { syscall: 'fsync' });
    (await disk.begins(1))(full);
    t.like(await ended, { code: 'CONTROL_STATE_FOLDER' });
    await until('lost');
    t.like(said()[1], { type: 'refused', id: 1, code: 'CONTROL_STATE_FOLDER' });
    t.deepEqual(typed(), ['console.typed', 'console.refused']);
  },
);

test.serial(
  'a device that begins with its run is new; one that comes later has its state, or refuses what is none',
  async (t) => {
    for (const time of [0, 1_000_000]) {
      const { said, state, start } = await crsOn(t, { time });
      const file = new KeptFile(state, 'crs.state');
      await writeFile(file.path, 'CDCS cut off', { mode: 0o600 });
      const { ended } = await start();
      if (time === 0) {
        t.like(said()[0], { type: 'ready' });
        t.is(file.load(), undefined);
        continue;
      }
      t.like(said()[0], { type: 'failed', code: 'CRS_STATE_DAMAGED' });
      t.like(await ended, { code: 'CRS_STATE_DAMAGED' });
    }
  },
);

test.serial('what somebody else has left where the state goes is left alone', async (t) => {
  const { said, state, start } = await crsOn(t, { time: 0 });
  const file = new KeptFile(state, 'crs.state');
  await writeFile(file.path, 'my diary', { mode: 0o600 });
  const { ended } = await start();
  t.like(said()[0], { type: 'failed', code: 'CONTROL_STATE_FOLDER' });
  t.like(await ended, { code: 'CONTROL_STATE_FOLDER' });
  t.is(new TextDecoder().decode(file.load()), 'my diary');
});

test.serial('a device that is ended while it opens its sockets gives all of them back', async (t) => {
  const { server, start } = await crsOn(t, { time: 0 });
  const open = (): number => process.getActiveResourcesInfo().filter((each) => each === 'UDPWrap').length;
  const { ended } = await start(() => server.send('crs', { type: 'end' }));
  t.is(await ended, undefined);
  await setTimeout(100);
  t.is(open(), 0);
});

test.serial(
  'a device whose director says nothing any more ends; one that finds no director says so',
  async (t) => {
    const exchange = await mkdtemp(join(tmpdir(), 'calldrill-exchange-'));
    t.teardown(() => rm(exchange, { recursive: true, force: true }));
    const said = async (greeting: string): Promise<unknown> => {
      const visitors: Socket[] = [];
      const server = createServer((socket) => {
        visitors.push(socket);
        socket.on('error', () => undefined).write(greeting);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const outcome = runDevice({
        kind: 'crs',
        name: 'crs',
        director: { host: '127.0.0.1', port },
        token: TOKEN,
        bind: BIND,
        exchange,
        state: undefined,
        assets: { readQr: () => [], speech: [], kinds: [] },
        signal: new AbortController().signal,
        beatMs: 20,
      }).catch((thrown: unknown) => thrown);
      const thrown = await outcome;
      for (const visitor of visitors) visitor.destroy();
      server.close();
      return thrown;
    };
    t.like(await said(''), { code: 'CONTROL_UNREACHABLE' });
    const challenge = lineOf({ type: 'challenge', version: 1, nonce: '00'.repeat(32) });
    t.like(await said(challenge), { code: 'CONTROL_DIRECTOR_LOST' });
    t.like(await said('HTTP/1.1 400 Bad Request\r\n'), { code: 'CONTROL_LINE' });
  },
);
