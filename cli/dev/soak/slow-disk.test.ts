/**
 * A call while its server writes to a disk that takes 300 ms for an fsync: packets are relayed meanwhile, and what the administrator did
 * is answered after it. What is looked at is the order of events, so a slow machine changes nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { parseCrsState } from '../../../devices/crs/index.ts';
import { KeptFile } from '../../../scenarios/live/director/kept-file.ts';
import { LiveCrowd } from './live-crowd.ts';

const FSYNC_MS = 300;

/** Blocks a user in mid-call, on a disk that is written to like this, and tells what happened in which order. */
async function blockedInCall(t: ExecutionContext, fsync: () => Promise<void>): Promise<readonly string[]> {
  t.timeout(60_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-disk-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const order: string[] = [];
  let writes = 0;
  const file = new KeptFile(join(folder, 'state'), 'crs.state', {
    sync: async () => {
      const write = ++writes;
      order.push(`begun ${write}`);
      await fsync();
      order.push(`done ${write}`);
    },
  });
  const live = await LiveCrowd.inCalls({
    handsets: 3,
    calls: 1,
    storage: { load: () => file.load(), save: (octets) => void file.save(octets) },
    onLink: (link) =>
      link.tap(({ packet: { protocol, from } }) => {
        if (protocol === 'udp' && from.host === 'crs') order.push('relayed');
      }),
  });
  try {
    await file.settled;
    // A line of the log may be about to be kept.
    await live.wait(1_500);
    await file.settled;
    order.length = 0;
    writes = 0;
    const bystander = live.crowd.numbers[2] ?? '';
    live.clock.enter(() => live.crowd.type('crs', `block-user ${bystander}`, 'admin'));
    await file.settled;
    order.push('answered');
    const kept = parseCrsState(file.load() ?? new Uint8Array(0));
    const { entries } = kept.log;
    t.true(
      entries.some(({ kind, subject }) => kind === 'user blocked' && subject === bystander),
      'it is on the disk when it is answered',
    );
    t.log(`lag p99 ${live.clock.lag.p99 / 1000} ms, max ${live.clock.lag.max / 1000} ms`);
    return order;
  } finally {
    await live.close();
    await file.settled;
  }
}

const between = (order: readonly string[], from: string, to: string): readonly string[] =>
  order.slice(order.indexOf(from) + 1, order.indexOf(to));

test.serial('packets are relayed while the disk takes its time, and the answer comes after it', async (t) => {
  const order = await blockedInCall(t, () => sleep(FSYNC_MS));
  t.deepEqual(
    order.filter((each) => each !== 'relayed'),
    ['begun 1', 'done 1', 'begun 2', 'done 2', 'answered'],
    'the file and its folder',
  );
  t.true(between(order, 'begun 1', 'done 1').includes('relayed'));
  t.true(between(order, 'begun 2', 'done 2').includes('relayed'));
});

test.serial('planted: a disk that everything waits for stops the relay', async (t) => {
  const order = await blockedInCall(t, async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FSYNC_MS);
  });
  t.deepEqual(between(order, 'begun 1', 'done 1'), []);
});
