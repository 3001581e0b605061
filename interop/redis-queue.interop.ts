/** The queue of runs on Redis, held to the suite that every queue of runs passes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava from 'ava';
import { redisAddress } from '../scenarios/host/redis/redis-address.ts';
import { redisQueue } from '../scenarios/host/redis/redis-queue.ts';
import { redisWorker } from '../scenarios/host/redis/redis-worker.ts';
import { exampleOrder } from '../scenarios/runs/example-run.fixture.ts';
import { runQueueSuite } from '../scenarios/runs/run-queue-compliance.fixture.ts';
import { program, testWith } from './needs.ts';
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
const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** A command under way, what it has said, and its exit code. */
function typed(...words: readonly string[]): {
  readonly child: ChildProcess;
  said: () => string;
  readonly ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, said: () => said, ended };
}

const octetsOf = (results: string): Map<string, string> => {
  const paths = readdirSync(join(folder, results), { recursive: true, withFileTypes: true });
  const files = paths.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const named = files.map(
    (file) => [file.slice(join(folder, results).length), readFileSync(file).toString('latin1')] as const,
  );
  return new Map(named.filter(([name]) => name !== '/timing.json').toSorted(byName));
};

/** In the order of the alphabet, which no language of a machine changes. */
function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : Number(one > other);
}

async function until(what: () => boolean, why: () => string): Promise<void> {
  for (let looks = 0; !what(); looks++) {
    if (looks > 3_000) throw new Error(`it never came: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

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
  t.deepEqual(octetsOf('handed-out'), octetsOf('alone'));
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
