import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { RunOutcome } from '../runs/index.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from '../language/example.fixture.ts';
import { loadScreenplay } from '../language/index.ts';
import { runJobs, type PoolOptions } from './pool.ts';
import { exampleOutcome } from './run-job.fixture.ts';
import { mergeVariants, type RunJob } from './run-job.ts';

const entry = new URL('./pool.fixture.js', import.meta.url);
const screenplay = loadScreenplay(EXAMPLE, 'example.yaml', EXAMPLE_VOCABULARY);
const jobs = (...variants: readonly string[]): RunJob[] =>
  variants.map((variant) => ({ screenplay, seed: '1', parameters: { 'crs-months': 3 }, variant }));

async function collect(list: readonly RunJob[], options: Partial<PoolOptions> = {}): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  for await (const outcome of runJobs(list, { threads: 2, entry, ...options })) outcomes.push(outcome);
  return outcomes;
}

const FOUR = jobs('block-first', 'wipe-first', 'block-first', 'wipe-first');

test('one thread and many give the same outcomes, in the order of the jobs', async (t) => {
  const one = await collect(FOUR, { threads: 1 });
  const many = await collect(FOUR, { threads: 4 });
  t.deepEqual(one, many);
  const names = one.map(({ result }) => result.variants.map(({ name }) => name).join());
  t.deepEqual(names, ['block-first', 'wipe-first', 'block-first', 'wipe-first']);
});

test('a thread gives what the runner gives: screenplays, maps and octets survive the way', async (t) => {
  const [sent] = await collect(jobs('wipe-first'));
  const here = exampleOutcome({
    screenplay,
    seed: '1',
    parameters: { 'crs-months': 3 },
    variants: ['wipe-first'],
    assets: { readQr: () => [], speech: [], kinds: [] },
  });
  t.deepEqual(sent, here);
});

test('a slow job is waited for: later ones do not overtake it', async (t) => {
  const gate = join(await mkdtemp(join(tmpdir(), 'calldrill-pool-')), 'gate');
  const [gated, ...others] = jobs('gated', 'block-first', 'wipe-first');
  if (gated === undefined) return t.fail();
  const done: number[] = [];
  const outcomes = await collect([{ ...gated, parameters: { gate } }, ...others], {
    onDone: (index) => {
      if (done.push(index) === others.length) writeFileSync(gate, '');
    },
  });
  t.deepEqual(done, [1, 2, 0]);
  t.deepEqual(
    outcomes.map(({ result }) => result.variants.length),
    [0, 1, 1],
  );
});

test('progress is told with the job, and not at every step', async (t) => {
  const seen: [number, string, number][] = [];
  await collect(jobs('block-first', 'wipe-first'), {
    threads: 1,
    onProgress: (index, { variant, time }) => seen.push([index, variant, time]),
  });
  t.deepEqual(seen, [
    [0, 'block-first', 1],
    [1, 'wipe-first', 1],
  ]);
});

test('a typed error keeps its code, place and fix', async (t) => {
  const error = await t.throwsAsync(collect(jobs('block-first', 'refused')));
  t.like(error, { code: 'TEST_REFUSED', message: 'no', fix: 'Ask again.', where: { line: 4 } });
});

test('the first job that fails decides, however many threads there are', async (t) => {
  const list = jobs('slow', 'broken', 'block-first', 'refused', 'dead');
  for (const threads of [1, 4]) {
    const outcomes: RunOutcome[] = [];
    const error = await t.throwsAsync(async () => {
      for await (const outcome of runJobs(list, { threads, entry })) outcomes.push(outcome);
    });
    t.is(error.message, 'a defect');
    t.regex(error.stack ?? '', /pool\.fixture/);
    t.is(outcomes.length, 1);
  }
});

test('what is thrown without being an error, and a thread that dies, are errors too', async (t) => {
  t.is((await t.throwsAsync(collect(jobs('thrown-text')))).message, 'text');
  t.regex((await t.throwsAsync(collect(jobs('dead', 'block-first'), { threads: 1 }))).message, /with code 3/);
});

test('an entry that is not there is an error, not a wait', async (t) => {
  await t.throwsAsync(collect(jobs('block-first'), { entry: new URL('./no-such.js', import.meta.url) }));
});

test('an abort ends threads that would never end by themselves', async (t) => {
  const controller = new AbortController();
  const running = collect(jobs('endless', 'endless'), {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('stop')),
  });
  t.is((await t.throwsAsync(running)).message, 'stop');
  await t.throwsAsync(collect(FOUR, { signal: controller.signal }), { message: 'stop' });
});

const live = jobs('streaming').map((job) => ({ ...job, capture: { secrets: false, live: true } }));

test('a live capture comes in order, and no faster than it is taken', async (t) => {
  const firsts: (number | undefined)[] = [];
  let most = 0;
  let untaken = 0;
  await collect(live, {
    onCapture: async (index, octets) => {
      t.is(index, 0);
      firsts.push(octets[0]);
      untaken += octets.length;
      most = Math.max(most, untaken);
      await new Promise((resolve) => setTimeout(resolve, 20));
      untaken -= octets.length;
    },
  });
  t.deepEqual(
    firsts,
    Array.from({ length: 64 }, (_, i) => i),
  );
  t.true(most <= 4 * 1024 * 1024, `${most} octets were not taken`);
});

test('a reader that fails, and an abort, end a thread that waits for its reader', async (t) => {
  const failing = collect(live, { onCapture: () => Promise.reject(new Error('full')) });
  t.is((await t.throwsAsync(failing)).message, 'full');
  const controller = new AbortController();
  let received = 0;
  const waiting = collect(live, {
    signal: controller.signal,
    onCapture: (_index, octets) => {
      received += octets.length;
      if (received >= 4 * 1024 * 1024) controller.abort(new Error('stop'));
      return new Promise(() => undefined);
    },
  });
  t.is((await t.throwsAsync(waiting)).message, 'stop');
});

test('a capture that is not live is an artefact of its outcome, not of the thread', async (t) => {
  const [job] = live;
  if (job === undefined) return t.fail();
  const asked = { ...job, capture: { secrets: true, live: false } };
  let told = 0;
  await collect([asked], { onCapture: async () => void told++ });
  t.is(told, 0);
});

test('variants merge into their scenario', async (t) => {
  const outcomes = await collect(jobs('block-first', 'wipe-first'));
  const [first, second] = outcomes;
  if (first === undefined || second === undefined) return t.fail();
  const merged = mergeVariants([first, second]);
  const whole = exampleOutcome({
    screenplay,
    seed: '1',
    parameters: { 'crs-months': 3 },
    assets: { readQr: () => [], speech: [], kinds: [] },
  });
  t.deepEqual(merged, whole);
});
