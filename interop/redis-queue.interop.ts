/** The queue of runs on Redis, held to the suite that every queue of runs passes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ava from 'ava';
import { redisAddress } from '../scenarios/host/redis/redis-address.ts';
import { redisQueue } from '../scenarios/host/redis/redis-queue.ts';
import { redisWorker } from '../scenarios/host/redis/redis-worker.ts';
import { exampleOrder } from '../scenarios/runs/example-run.fixture.ts';
import { runQueueSuite } from '../scenarios/runs/run-queue-compliance.fixture.ts';
import { program, testWith } from './needs.ts';
import { octetsOf, typedIn, until, type TypedCommand } from './typed-commands.ts';
import { TestRedis } from '../scenarios/host/redis/test-redis.fixture.ts';

const test = testWith(program('redis-server', 'redis-server'));
const entry = new URL('../scenarios/host/thread-pool.fixture.js', import.meta.url);
const PEER = {
  host: 'here',
  pid: process.pid,
  tool: 'calldrill test',
  build: exampleOrder('block-first').build,
};

let redis: TestRedis;
const closing: Promise<void>[] = [];
ava.serial.before(async () => {
  redis = await TestRedis.begun();
});
ava.after.always(async () => {
  await Promise.all(closing);
  await redis.end();
});

runQueueSuite(test, 'redis', async ({ places, memoryMib, silenceMs }) => {
  const address = redisAddress(redis.url);
  const worker = await redisWorker({
    address,
    peer: PEER,
    pool: { threads: places, entry, memoryMib, silenceMs },
  });
  const queue = await redisQueue({ address, peer: PEER });
  return {
    submit: (order, listener) => queue.submit(order, listener),
    close: () => {
      queue.close();
      closing.push(worker.close());
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'calldrill-redis-'));
ava.after.always(() => rmSync(folder, { recursive: true, force: true }));
const typed = (...words: readonly string[]): TypedCommand => typedIn(folder, words);
const octets = (results: string): ReadonlyMap<string, string> => octetsOf(join(folder, results));

test('three workers, one of them killed, and a Redis that forgets everything: the octets of one machine', async (t) => {
  t.timeout(600_000);
  const alone = await TestRedis.begun();
  const crews = [1, 2, 3].map(() => typed('worker', alone.url, '--jobs', '1'));
  const words = ['run', 'baseline-call', 'late-cdr', '--seed', '7', '--quiet'];
  const out = typed(...words, '--queue', alone.url, '--out', 'handed-out');
  const working = (): typeof crews => crews.filter(({ said }) => said().includes('seed 7'));
  await until(
    () => working().length > 0,
    () => crews.map(({ said }) => said()).join(),
  );
  working()[0]?.child.kill('SIGKILL');
  await alone.end();
  await alone.begin();
  t.is(await out.ended, 0, out.said());
  t.regex(out.said(), /is away/);
  t.is(await typed(...words, '--jobs', '2', '--out', 'alone').ended, 0);
  t.deepEqual(octets('handed-out'), octets('alone'));
  for (const { child } of crews) child.kill('SIGINT');
  const codes = await Promise.all(crews.map(({ ended }) => ended));
  t.deepEqual(
    codes.filter((code) => code !== null),
    [6, 6],
    'one was killed',
  );
  await alone.end();
});

test('a worker of another build is refused by name, and status names everybody', async (t) => {
  const alone = await TestRedis.begun();
  const address = redisAddress(alone.url);
  const queue = await redisQueue({ address, peer: PEER });
  queue.submit(exampleOrder('block-first'), { finished: () => undefined, failed: () => undefined });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const worker = typed('worker', alone.url, '--jobs', '1');
  t.is(await worker.ended, 2);
  t.regex(
    worker.said(),
    /QUEUE_OTHER_BUILD: here\/\d+ hands out runs of calldrill test, build b1b1b1b1b1b1b1b1; this worker is calldrill 0/,
  );
  const status = typed('queue', 'status', alone.url);
  t.is(await status.ended, 0);
  t.regex(
    status.said(),
    /Hand-outs\n {2}here\/\d+ {2}calldrill test, build b1b1b1b1b1b1b1b1\nWorkers\n {2}none\nRuns\n {2}runs-b1b1b1b1b1b1b1b1 {2}1 waiting/,
  );
  t.is(await typed('queue', 'clear', alone.url).ended, 0);
  queue.close();
  await alone.end();
  const away = typed('queue', 'status', alone.url);
  t.is(await away.ended, 8);
  t.regex(away.said(), /QUEUE_AWAY/);
});
