/**
 * The suite of all scenarios through Redis (`npm run test:queue`): three workers, one of which is killed in mid-run, and a Redis that is killed and comes back
 * empty, against the octets of one thread. It takes as long as the whole suite does twice, so it is no part of `npm run test:interop`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ava from 'ava';
import { TestRedis } from '../scenarios/host/redis/test-redis.fixture.ts';
import { program, testWith } from './needs.ts';
import { octetsOf, typedIn, until } from './typed-commands.ts';

const test = testWith(program('redis-server', 'redis-server'));
const HOUR_MS = 3_600_000;
/** Runs that are over before anything is broken. */
const RUNS_BEFORE = 10;

const folder = mkdtempSync(join(tmpdir(), 'calldrill-whole-'));
ava.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('all scenarios, three workers, one killed, Redis restarted: the octets of one thread', async (t) => {
  t.timeout(2 * HOUR_MS);
  const redis = await TestRedis.begun();
  const crews = [1, 2, 3].map(() => typedIn(folder, ['worker', redis.url, '--jobs', '1']));
  const begun = performance.now();
  const words = ['run', '--seed', '42'];
  const out = typedIn(folder, [...words, '--queue', redis.url, '--out', 'handed-out']);
  /** Runs that workers have begun. */
  const runs = (): number =>
    crews.reduce((sum, { said }) => sum + (said().match(/seed 42/g) ?? []).length, 0);
  const why = (): string => [out, ...crews].map(({ said }) => said()).join('\n');
  await until(() => runs() > RUNS_BEFORE, why, HOUR_MS);
  const working = crews.find(({ said }) => said().includes('seed 42'));
  t.truthy(working);
  const process = working?.child;
  process?.kill('SIGKILL');
  t.log(`killed the worker ${process?.pid} after ${runs()} runs were begun`);
  const before = runs();
  await until(() => runs() > before + RUNS_BEFORE, why, HOUR_MS);
  await redis.end();
  await redis.begin();
  t.log(`killed Redis after ${runs()} runs were begun; it is back, and empty`);
  t.is(await out.ended, 0, out.said());
  t.regex(out.said(), /is away/);
  t.log(`through Redis: ${seconds(begun)} s, ${runs()} runs begun in all`);
  const again = performance.now();
  t.is(await typedIn(folder, [...words, '--jobs', '1', '--quiet', '--out', 'alone']).ended, 0);
  t.log(`on one thread: ${seconds(again)} s`);
  const [handedOut, alone] = ['handed-out', 'alone'].map((name) => octetsOf(join(folder, name)));
  t.true((alone?.size ?? 0) > 100);
  t.deepEqual(handedOut, alone);
  t.log(`${alone?.size} files are the same, octet for octet`);
  for (const { child } of crews) child.kill('SIGINT');
  const codes = await Promise.all(crews.map((crew) => crew.ended));
  t.deepEqual(
    codes.filter((code) => code !== null),
    [6, 6],
    'one was killed',
  );
  await redis.end();
});

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1_000);
}
