/** What goes wrong around a queue on Redis: workers that cannot make runs, a Redis that does not let in, people who interrupt; and how much lies in Redis. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava from 'ava';
import { Redis } from 'ioredis';
import { openPseudoTerminal, KEYS } from '../scenarios/host/pseudo-terminal.fixture.ts';
import { redisAddress } from '../scenarios/host/redis/redis-address.ts';
import { redisQueue } from '../scenarios/host/redis/redis-queue.ts';
import { redisWorker } from '../scenarios/host/redis/redis-worker.ts';
import { TestRedis } from '../scenarios/host/redis/test-redis.fixture.ts';
import { exampleOrder } from '../scenarios/runs/example-run.fixture.ts';
import { program, testWith } from './needs.ts';
import { octetsOf, typedIn, type TypedCommand } from './typed-commands.ts';

const test = testWith(program('redis-server', 'redis-server'), program('openssl', 'openssl', ['version']));
const folder = mkdtempSync(join(tmpdir(), 'calldrill-faults-'));
ava.after.always(() => rmSync(folder, { recursive: true, force: true }));

const typed = (words: readonly string[], env?: Readonly<Record<string, string>>): TypedCommand =>
  typedIn(folder, words, env);
const octets = (results: string): ReadonlyMap<string, string> => octetsOf(join(folder, results));
/** The shortest run that is shipped. */
const SHORT = ['other-voip-app', '--variant', 'silent-exception'];
/** The entry of a thread that carries out examples, and whoever hands them out and makes them. */
const EXAMPLES = new URL('../scenarios/host/thread-pool.fixture.js', import.meta.url);
const { build } = exampleOrder('block-first');
const PEER = { host: 'here', pid: process.pid, tool: 'calldrill test', build };

async function ended(...commands: readonly TypedCommand[]): Promise<readonly (number | null)[]> {
  for (const { child } of commands) child.kill('SIGINT');
  return Promise.all(commands.map((command) => command.ended));
}

test('a Redis with TLS and a password: who trusts it and knows it works, others are refused, and nobody says the password', async (t) => {
  t.timeout(300_000);
  const secret = 'geheim-7f3a';
  const tls = { certificate: join(folder, 'redis.pem'), key: join(folder, 'redis.key') };
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=calldrill test', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', tls.key, '-out', tls.certificate],
  ]);
  t.is(made.status, 0, String(made.stderr));
  const redis = await TestRedis.begun({ password: secret, tls });
  t.teardown(() => redis.end());
  const trusting = { NODE_EXTRA_CA_CERTS: tls.certificate };
  const knowing = { ...trusting, CALLDRILL_REDIS_PASSWORD: secret };
  const withPassword = redis.url.replace('://', `://default:${secret}@`);
  const worker = typed(['worker', redis.url, '--jobs', '1'], knowing);
  const words = ['run', ...SHORT, '--no-probes', '--seed', '7', '--out', 'tls'];
  const run = typed([...words, '--queue', withPassword], trusting);
  t.is(await run.ended, 0, run.said());
  const status = typed(['queue', 'status', redis.url, '--json'], knowing);
  t.is(await status.ended, 0, status.said());
  const said = [run, status, worker].map((command) => command.said()).join();
  t.true(said.includes(redis.url) && said.includes('silent-exception'));
  for (const each of readdirSync(join(folder, 'tls'), { recursive: true, withFileTypes: true }))
    if (each.isFile()) t.false(readFileSync(join(each.parentPath, each.name)).includes(secret), each.name);
  const wrong = 'falsch-9b1c';
  const cases = [
    [{ CALLDRILL_REDIS_PASSWORD: secret }, /has a certificate that is not trusted here \(\w+\)/],
    [trusting, /asks for another user or password/],
    [{ ...trusting, CALLDRILL_REDIS_PASSWORD: wrong }, /asks for another user or password/],
  ] as const;
  let refusals = '';
  for (const [env, why] of cases) {
    const refused = [
      typed(['queue', 'status', redis.url], env),
      typed(['worker', redis.url, '--jobs', '1'], env),
      typed([...words, '--queue', redis.url], env),
    ];
    for (const command of refused) {
      t.is(await command.ended, 8, command.said());
      t.regex(command.said(), /QUEUE_REFUSED: rediss:\/\/127\.0\.0\.1:\d+ /);
      t.regex(command.said(), why);
      t.regex(command.said(), /fix: Look at user and password/);
      refusals += command.said();
    }
  }
  const [code] = await ended(worker);
  t.is(code, 6);
  for (const each of [secret, wrong]) t.false(`${said}${refusals}${worker.said()}`.includes(each));
});

test('a worker without WebAssembly says so once, and takes no run', async (t) => {
  t.timeout(300_000);
  const redis = await TestRedis.begun();
  t.teardown(() => redis.end());
  const unable = typed(['worker', redis.url, '--jobs', '2'], { NODE_OPTIONS: '--jitless' });
  const able = typed(['worker', redis.url, '--jobs', '1']);
  const words = ['run', ...SHORT, '--no-probes', '--seed', '7', '--quiet'];
  const run = typed([...words, '--queue', redis.url, '--out', 'unable']);
  t.is(await unable.ended, 8, unable.said());
  t.is(unable.said().match(/HOST_WEBASSEMBLY/g)?.length, 1, unable.said());
  t.false(unable.said().includes('seed 7'));
  t.is(await run.ended, 0, run.said());
  t.is(await typed([...words, '--jobs', '1', '--out', 'threads-7']).ended, 0);
  t.deepEqual(octets('unable'), octets('threads-7'));
  t.deepEqual(await ended(able), [6]);
});

test('a run that does not fit one worker is made by another; one that fits none is told once, and the rest goes on', async (t) => {
  t.timeout(300_000);
  const redis = await TestRedis.begun();
  t.teardown(() => redis.end());
  const address = redisAddress(redis.url);
  const news: string[] = [];
  const working = (memoryMib: number) =>
    redisWorker({
      ...{ address, peer: PEER, onNews: (told) => void news.push(`${memoryMib}: ${told}`) },
      pool: { threads: 1, entry: EXAMPLES, memoryMib },
    });
  const workers = [await working(64), await working(768)];
  t.teardown(() => Promise.all(workers.map((worker) => worker.close())));
  const queue = await redisQueue({ address, peer: PEER });
  t.teardown(() => queue.close());
  const made = (variant: string, seed: string): Promise<string> =>
    new Promise((resolve) => {
      queue.submit(exampleOrder(variant, { seed }), {
        finished: ({ summary }) => resolve(`${summary.variant} ${summary.seed}`),
        failed: (error) => resolve('code' in error ? String(error.code) : error.message),
      });
    });
  const seeds = ['1', '2', '3', '4', '5', '6'];
  const all = [...seeds.map((seed) => made('large', seed)), made('greedy', '1'), made('block-first', '1')];
  t.deepEqual(await Promise.all(all), [
    ...seeds.map((seed) => `large ${seed}`),
    'RUN_MEMORY_FULL',
    'block-first 1',
  ]);
  t.true(
    news.some((each) => each.startsWith('64: the run took more than 64 MiB of heap; it is tried once more')),
    news.join('\n'),
  );
  queue.close();
  await Promise.all(workers.map((worker) => worker.close()));
});

test('of a thousand orders a bounded number is in Redis at a time, and nothing is left of them', async (t) => {
  t.timeout(300_000);
  const orders = 1_000;
  const redis = await TestRedis.begun();
  t.teardown(() => redis.end());
  const address = redisAddress(redis.url);
  const queue = await redisQueue({ address, peer: PEER });
  t.teardown(() => queue.close());
  const looking = new Redis(redis.port);
  looking.on('error', () => undefined);
  t.teardown(() => looking.disconnect());
  let finished = 0;
  const all = new Promise<void>((resolve, reject) => {
    for (let seed = 0; seed < orders; seed++)
      queue.submit(exampleOrder('block-first', { seed: `${seed}` }), {
        file: () => undefined,
        finished: () => ++finished === orders && resolve(),
        failed: reject,
      });
  });
  const waiting = async (): Promise<number> => looking.llen(`calldrill:runs-${build.slice(0, 16)}:wait`);
  while ((await waiting()) < 128) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 500));
  t.is(await waiting(), 128);
  // Of each its job and who wants it; and what all have in common.
  const most = 128 * 2 + 16;
  t.true((await looking.dbsize()) <= most, `${await looking.dbsize()} keys`);
  const worker = await redisWorker({ address, peer: PEER, pool: { threads: 2, entry: EXAMPLES } });
  t.teardown(() => worker.close());
  let keys = 0;
  const look = setInterval(() => void looking.dbsize().then((now) => (keys = Math.max(keys, now))), 20);
  await all;
  clearInterval(look);
  t.true(keys <= 128 * 5 + 16, `${keys} keys at the most`);
  queue.close();
  await worker.close();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const left = (await looking.keys('*')).filter(
    (key) => !/:(?:meta|events|id|stalled-check|marker)$|:text:/.test(key),
  );
  t.deepEqual(left, []);
});

test('at a terminal: progress says who works, Ctrl-C takes runs back, and --resume goes on with the queue', async (t) => {
  t.timeout(600_000);
  const redis = await TestRedis.begun();
  t.teardown(() => redis.end());
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  // Of the shell an interrupt is no end.
  const line = `trap : INT; "${process.execPath}" "${main}"`;
  const variants = ['home-wifi', 'congested', 'stack-of-2013'].flatMap((name) => ['--variant', name]);
  const words = ['run', 'baseline-call', ...variants, '--seed', '9'];
  const worker = await openPseudoTerminal(`${line} worker ${redis.url} --jobs 1; echo code $?; read -r end`, {
    cwd: folder,
    env: process.env,
  });
  const terminal = await openPseudoTerminal(
    `${line} ${words.join(' ')} --queue ${redis.url} --out pty; echo code $?; read -r end`,
    { cwd: folder, env: process.env },
  );
  if (worker === undefined || terminal === undefined) {
    if ((process.env['CI'] ?? '') !== '') t.fail('node-pty is not installed');
    t.log('skipped: node-pty is not installed, so there is no real terminal');
    t.pass();
    return;
  }
  t.teardown(() => [worker, terminal].forEach((each) => each.close()));
  await terminal.until('who works', (screen) =>
    /^[12] of 3 runs done, .*1 of 1 worker busy \(/m.test(screen.text()),
  );
  terminal.type(KEYS.interrupt);
  await terminal.until('the end', (screen) => screen.text().includes('code 6'));
  const [, staging = ''] = /run --resume (\S+)/.exec(terminal.text()) ?? [];
  t.regex(staging, /\.pty-new-/);
  const resumed = typed(['run', '--resume', staging, '--queue', redis.url]);
  t.is(await resumed.ended, 0, resumed.said());
  worker.type(KEYS.interrupt);
  await worker.until('its end', (screen) => screen.text().includes('code 6'));
  t.true(worker.text().includes('what was under way is given back'));
  t.is(await typed([...words, '--quiet', '--jobs', '1', '--out', 'threads-9']).ended, 0);
  t.deepEqual(octets('pty'), octets('threads-9'));
});
