/** A pool of sockets whose operating system has none to give for a while. */
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { Handles, type Handle } from './handles.ts';
import { SocketPool } from './socket-pool.ts';

/** Closes each socket before it can be bound, while it is told to. */
class Refusing extends Handles {
  refuses = false;

  override add(handle: Handle, destroy: () => void): void {
    super.add(handle, destroy);
    if (this.refuses) destroy();
  }
}

test('a pool that ran dry fills up again, and keeps no socket that could not be bound', async (t) => {
  const handles = new Refusing();
  const pool = await SocketPool.open('127.0.0.1', 2, handles);
  const taken = (): boolean => {
    try {
      return pool.take().real.port > 0;
    } catch {
      return false;
    }
  };
  const pause = async (): Promise<void> => {
    for (let turn = 0; turn < 25; turn++) await setImmediate();
  };
  handles.refuses = true;
  t.deepEqual([taken(), taken(), taken()], [true, true, false]);
  await pause();
  t.is(handles.size, 2);
  t.false(taken());
  await pause();
  handles.refuses = false;
  t.false(taken());
  await pause();
  t.deepEqual([taken(), taken()], [true, true]);
  await pause();
  t.is(handles.size, 6, 'four are taken and two ready');
  pool.close();
  await handles.closeAll();
});
