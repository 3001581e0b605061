/** The director's line to the thread of its control channel: order, waiting, and its end. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { TOOL } from '../../runs/tool.ts';
import { ControlLine } from './control-line.ts';
import type { DeviceTold } from './control-server.ts';
import { lineOf, parseToDevice } from './message.ts';
import { proofOf } from './proof.ts';

const OPTIONS = {
  bind: '127.0.0.1',
  port: 0,
  token: 'secret',
  awaited: new Map([['crs', 'crs']] as const),
  own: '127.0.0.9',
};

/** A device that says three things at once. */
async function talkative(t: ExecutionContext, port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  t.teardown(() => socket.destroy());
  const [text]: unknown[] = await once(socket, 'data');
  const challenge = parseToDevice(String(text).trim());
  const nonce = challenge.type === 'challenge' ? challenge.nonce : '';
  const proof = proofOf(OPTIONS.token, 'device', nonce, 'crs');
  const address = '127.0.0.2';
  socket.write(
    [
      lineOf({ type: 'hello', version: 1, tool: TOOL, name: 'crs', kind: 'crs', nonce, proof, address }),
      ...[1, 2, 3].map((id) => lineOf({ type: 'answer', id, lines: [] })),
    ].join(''),
  );
}

test('what is told while somebody waits, before they have taken what came first, comes after it', async (t) => {
  t.timeout(20_000);
  const taken: string[] = [];
  const ports: number[] = [];
  let waited = false;
  const take = (told: DeviceTold): void => {
    if (told.kind === 'listening') ports.push(told.port);
    taken.push(told.kind === 'said' && told.message.type === 'answer' ? String(told.message.id) : told.kind);
  };
  const line = new ControlLine(OPTIONS, (told) => {
    // As a line of the screenplay does that is due when something comes in.
    if (told.kind === 'joined') waited = line.waitFor(() => taken.includes('3'), 10_000);
    line.takeAll(take);
  });
  t.teardown(async () => line.close());
  while (ports.length === 0) await setTimeout(2);
  await talkative(t, ports[0] ?? 0);
  while (!taken.includes('3')) await setTimeout(2);
  t.deepEqual(taken, ['listening', 'joined', '1', '2', '3']);
  t.true(waited);
});

test('a thread that could not begin is told of, and its line can be closed', async (t) => {
  const told: DeviceTold[] = [];
  const line = new ControlLine({ ...OPTIONS, port: 65_536 }, (each) => told.push(each));
  while (told.length === 0) await setTimeout(2);
  t.like(told, [{ kind: 'failed' }]);
  await setTimeout(50);
  await t.notThrowsAsync(async () => line.close());
});
