/** Who is there, with processes that do nothing but end, be stopped, or stay. */
import { setTimeout } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { resolvedFor } from '../../runs/index.ts';
import { loadScreenplay } from '../../language/index.ts';
import { vocabulary, SHIPPED_KINDS } from '../../world/index.ts';
import { Attendance } from './attendance.ts';
import { PATIENCE_MS } from './children.ts';
import { DevicePlaces } from './device-places.ts';
import { BEAT_MS, UNHEARD_MAX } from './message.ts';

const SCENARIO = `scenario: alone
title: A server and a phone
begins: 2015-10-14T08:00:00Z
world:
  people: [cms-operator, crs-admin]
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
`;
const screenplay = resolvedFor(
  { screenplay: loadScreenplay(SCENARIO, 'alone.yaml', vocabulary(SHIPPED_KINDS)), parameters: {} },
  'main',
);

/** A director whose devices are this script, but for the phone, which somebody starts by hand. */
function attended(t: ExecutionContext, script: string) {
  const told: string[] = [];
  const losses: string[] = [];
  const failed: unknown[] = [];
  const attendance = new Attendance({
    places: new DevicePlaces({ screenplay, bind: '127.0.0.1', waitFor: ['alice-phone'] }),
    program: [process.execPath, '-e', script, '--'],
    at: () => ({ port: 1, folder: 'nowhere' }),
    tell: (text) => told.push(text),
    goesOn: (device, reason) => losses.push(`${device}: ${reason}`) > 0,
    fail: (reason) => failed.push(reason),
  });
  t.teardown(async () => attendance.close());
  const lost = async (count: number): Promise<void> => {
    while (losses.length < count) await setTimeout(5);
  };
  return { attendance, told, losses, failed, lost };
}

const STAYS = 'setInterval(() => undefined, 60000)';

test('a process that ends is told once, and its successor that ends before it has come is told again', async (t) => {
  const { attendance, told, losses, lost } = attended(t, 'process.exit(3)');
  attendance.startAll();
  t.regex(told[1] ?? '', /^ {2}calldrill device handset alice-phone --director 127\.0\.0\.1:1 /);
  await lost(1);
  attendance.lost('crs', 'its connection was closed');
  t.is(attendance.restart('crs'), 'crs starts again.');
  await lost(2);
  t.deepEqual(losses, ['crs: its process ended with 3', 'crs: its process ended with 3']);
  t.regex(told.at(-1) ?? '', /crs is gone: its process ended with 3\. .*: restart crs$/);
});

test('a process that is stopped is gone when its connection is', async (t) => {
  const { attendance, losses, lost } = attended(t, 'process.kill(process.pid, "SIGSTOP")');
  attendance.startAll();
  attendance.joined('crs');
  attendance.lost('crs', 'nothing is heard of it any more');
  t.deepEqual(losses, [], 'it may be about to end by itself');
  await lost(1);
  t.deepEqual(losses, ['crs: its process was ended by SIGKILL']);
});

test('the connection of a process that was killed says nothing of the one that has taken its place', async (t) => {
  const { attendance, told, losses, lost } = attended(t, STAYS);
  attendance.startAll();
  attendance.joined('crs');
  t.is(attendance.restart('crs'), 'crs is killed, and starts again.');
  await lost(1);
  attendance.lost('crs', 'its connection was closed');
  await setTimeout(2_500);
  t.is(losses.length, 1);
  t.is(told.at(-1), 'crs is here.', 'nobody has to do anything');
  t.is(attendance.kill('crs'), 'crs is killed.');
  await lost(2);
});

test('whoever leaves the console leaves no device behind that only they could start again', async (t) => {
  const { attendance, losses, failed, lost } = attended(t, 'process.exit(3)');
  attendance.lost('alice-phone', 'its connection was closed');
  t.deepEqual(losses, ['alice-phone: its connection was closed']);
  attendance.startAll();
  await lost(2);
  attendance.leave();
  t.like(failed, [{ code: 'CONTROL_DEVICE_LOST', message: 'crs is gone: its process ended with 3' }]);
  t.is(failed.length, 1, "the phone is somebody else's to start");
});

test('a device that dies when nobody is at the console ends the run; one that is about to start again does not', async (t) => {
  const { attendance, failed, losses, lost } = attended(t, STAYS);
  attendance.startAll();
  attendance.restart('crs');
  attendance.leave();
  await lost(1);
  t.deepEqual(failed, []);
  attendance.kill('crs');
  while (failed.length === 0) await setTimeout(5);
  t.like(failed, [{ code: 'CONTROL_DEVICE_LOST' }]);
  t.is(losses.length, 1);
});

test("what is not a device, or not the director's, is neither killed nor started", (t) => {
  const { attendance } = attended(t, STAYS);
  t.throws(() => attendance.kill('cms'), { code: 'CONTROL_NOT_AWAITED' });
  t.throws(() => attendance.kill('crs'), { code: 'CONTROL_COMMAND', message: /not one that/ });
  t.throws(() => attendance.restart('cms'), { code: 'CONTROL_NOT_AWAITED' });
  t.throws(() => attendance.restart('alice-phone'), { code: 'CONTROL_COMMAND', message: /by hand/ });
});

test('a process that is stopped is ended within the 15 s that the page says', (t) => {
  t.true(BEAT_MS * (UNHEARD_MAX + 1) + PATIENCE_MS <= 15_000);
});
