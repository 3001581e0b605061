/**
 * The suite that every queue of runs passes: what `run-queue.ts` promises, one promise a test. An implementation hands in how it makes a
 * queue whose places carry out `carryOutExample` instead of a run, so that there is something to fail, end, hang and eat memory.
 */
import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { exampleOrder, exampleOutcome } from './example-run.fixture.ts';
import { runKey, type RunOrder } from './run-order.ts';
import type { FinishedRun, RunListener, RunQueue } from './run-queue.ts';

/** What an implementation is made with for the suite. */
export interface QueueUnderTest {
  /** Orders that are carried out at a time. */
  readonly places: number;
  /** Mebibytes that a place may have, and milliseconds in which it must be heard of. */
  readonly memoryMib: number;
  readonly silenceMs: number;
}

/** What was told of one order, in words, and how it ended. */
interface Heard {
  readonly words: string[];
  readonly files: Map<string, Uint8Array>;
  readonly ended: Promise<FinishedRun | Error>;
}

/** Submits an order and listens to everything. */
function heard(queue: RunQueue, order: RunOrder, more: Partial<RunListener> = {}): Heard {
  const words: string[] = [];
  const files = new Map<string, Uint8Array>();
  const ended = new Promise<FinishedRun | Error>((resolve) => {
    queue.submit(order, {
      started: () => words.push('started'),
      progress: () => words.push('progress'),
      file: (path, octets) => {
        words.push('file');
        files.set(path, octets);
      },
      finished: (run) => {
        words.push('finished');
        resolve(run);
      },
      failed: (error) => {
        words.push('failed');
        resolve(error);
      },
      ...more,
    });
    words.push('submitted');
  });
  return { words, files, ended };
}

const DEFAULTS: QueueUnderTest = { places: 2, memoryMib: 512, silenceMs: 60_000 };
const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (ended: FinishedRun | Error): string | undefined =>
  ended instanceof CalldrillError ? ended.code : undefined;

type PromiseBody = (
  t: ExecutionContext,
  queue: RunQueue,
  open: (settings: Partial<QueueUnderTest>) => Promise<RunQueue>,
) => Promise<void>;

/** A promise of the interface, and how it is found out whether it is kept. */
interface Promised {
  readonly title: string;
  readonly settings: Partial<QueueUnderTest>;
  readonly body: PromiseBody;
}

const promised: Promised[] = [];
const holds = (title: string, settings: Partial<QueueUnderTest>, body: PromiseBody): void =>
  void promised.push({ title, settings, body });

/** Declares the tests of the suite for one implementation. */
export function runQueueSuite(
  test: (title: string, body: (t: ExecutionContext) => Promise<void>) => void,
  name: string,
  make: (settings: QueueUnderTest) => RunQueue | Promise<RunQueue>,
): void {
  const open = async (settings: Partial<QueueUnderTest>): Promise<RunQueue> =>
    make({ ...DEFAULTS, ...settings });
  for (const { title, settings, body } of promised)
    test(`${name}: ${title}`, async (t) => {
      t.timeout(120_000);
      const queue = await open(settings);
      try {
        await body(t, queue, open);
      } finally {
        queue.close();
      }
    });
}

holds('an order is told as started and finished, with its files and its summary', {}, async (t, queue) => {
  const order = exampleOrder('wipe-first', { seed: '7' });
  const { words, files, ended } = heard(queue, order);
  const run = await ended;
  if (run instanceof Error) throw run;
  const own = exampleOutcome(order);
  t.deepEqual(run.result, own.result);
  t.is(run.summary.runKey, runKey(order));
  t.like(run.summary, { scenario: 'client-compromise', variant: 'wipe-first', seed: '7' });
  t.is(run.summary.traceDigest, own.result.traceDigest);
  t.deepEqual([...files.keys()].sort(), ['audio/a.wav', 'trace.ndjson']);
  t.is(Buffer.from(files.get('trace.ndjson') ?? []).toString(), own.trace);
  t.deepEqual(words, ['submitted', 'started', 'progress', 'file', 'file', 'finished']);
});

holds(
  'more orders than places are all made, and one place gives what many do',
  { places: 1 },
  async (t, one, open) => {
    const many = await open({ places: 4 });
    const orders = ['1', '2', '3', '4', '5'].map((seed) => exampleOrder('block-first', { seed }));
    const all = (queue: RunQueue) => Promise.all(orders.map((order) => heard(queue, order).ended));
    t.deepEqual(await all(one), await all(many));
    many.close();
  },
);

holds('a slow run keeps nobody waiting who has another place', {}, async (t, queue) => {
  const gate = join(await mkdtemp(join(tmpdir(), 'calldrill-queue-')), 'gate');
  const plain = exampleOrder('gated');
  const slow = heard(queue, { ...plain, scenario: { ...plain.scenario, file: gate } });
  t.false((await heard(queue, exampleOrder('block-first')).ended) instanceof Error);
  t.false(slow.words.includes('finished'));
  writeFileSync(gate, '');
  t.false((await slow.ended) instanceof Error);
});

for (const [variant, check] of [
  ['refused', /^no$/],
  ['broken', /^a defect$/],
  ['thrown-text', /^text$/],
  ['dead', /ended by itself/],
] as const)
  holds(`${variant}: it fails alone, once, and the others are made`, { places: 1 }, async (t, queue) => {
    const failing = heard(queue, exampleOrder(variant));
    const others = ['1', '2'].map((seed) => heard(queue, exampleOrder('block-first', { seed })));
    const error = await failing.ended;
    t.true(error instanceof Error);
    t.regex(error instanceof Error ? error.message : '', check);
    for (const { ended } of others) t.false((await ended) instanceof Error);
    await settle(50);
    t.is(failing.words.at(-1), 'failed');
    t.false(failing.words.includes('finished'));
    t.is(failing.words.filter((word) => word === 'failed').length, 1);
  });

holds('a typed error keeps its code, place and fix; a place that ended has a code', {}, async (t, queue) => {
  const refused = await heard(queue, exampleOrder('refused')).ended;
  t.like(refused, { code: 'TEST_REFUSED', fix: 'Ask again.', where: { line: 4 } });
  t.is(codeOf(await heard(queue, exampleOrder('dead')).ended), 'RUN_ENDED');
});

holds('a run that takes too much memory fails alone', { places: 1, memoryMib: 64 }, async (t, queue) => {
  const greedy = heard(queue, exampleOrder('greedy'));
  const next = heard(queue, exampleOrder('block-first'));
  t.is(codeOf(await greedy.ended), 'RUN_MEMORY_FULL');
  t.false((await next.ended) instanceof Error);
  t.is(greedy.words.filter((word) => word === 'failed').length, 1);
});

holds(
  'a run that stands still is given up, and its place is free again',
  { places: 1, silenceMs: 1_000 },
  async (t, queue) => {
    const endless = heard(queue, exampleOrder('endless'));
    const next = heard(queue, exampleOrder('block-first'));
    t.is(codeOf(await endless.ended), 'RUN_SILENT');
    t.false((await next.ended) instanceof Error);
    t.is(endless.words.filter((word) => word === 'failed').length, 1);
  },
);

holds(
  'a run that takes longer than silence may, and gets on, is waited for',
  { silenceMs: 2_000 },
  async (t, queue) => {
    t.false((await heard(queue, exampleOrder('lively')).ended) instanceof Error);
  },
);

holds(
  'nothing is told of an order that was cancelled, waiting or under way',
  { places: 1 },
  async (t, queue) => {
    const words: string[] = [];
    const began = new Promise<void>((resolve) => {
      const tell = (word: string) => (): void => void words.push(word);
      const running = queue.submit(exampleOrder('endless'), {
        progress: () => {
          running.cancel();
          resolve();
        },
        finished: tell('finished'),
        failed: tell('failed'),
      });
      const waiting = queue.submit(exampleOrder('block-first'), {
        started: tell('waiting started'),
        finished: tell('waiting finished'),
        failed: tell('waiting failed'),
      });
      waiting.cancel();
    });
    await began;
    t.false(
      (await heard(queue, exampleOrder('wipe-first')).ended) instanceof Error,
      'the place is free again',
    );
    t.deepEqual(words, []);
  },
);

holds('nothing is told after the queue is closed', {}, async (t, queue) => {
  const words: string[] = [];
  await new Promise<void>((resolve) => {
    const closing = {
      progress: () => (queue.close(), resolve()),
      finished: () => words.push('a'),
      failed: () => words.push('b'),
    };
    queue.submit(exampleOrder('endless'), closing);
  });
  queue.submit(exampleOrder('block-first'), {
    finished: () => words.push('c'),
    failed: () => words.push('d'),
  });
  await settle(100);
  t.deepEqual(words, []);
});

holds(
  'a live capture comes in order, no faster than it is taken, and is no file',
  { silenceMs: 2_000 },
  async (t, queue) => {
    const firsts: (number | undefined)[] = [];
    let [untaken, most] = [0, 0];
    const { files, ended } = heard(
      queue,
      exampleOrder('streaming', { capture: { secrets: false, live: true } }),
      {
        captured: (octets, taken) => {
          firsts.push(octets[0]);
          untaken += octets.length;
          most = Math.max(most, untaken);
          // The first takes longer than silence may: it is the reader who keeps the run waiting.
          setTimeout(
            () => {
              untaken -= octets.length;
              taken();
            },
            firsts.length === 1 ? 3_000 : 10,
          );
        },
      },
    );
    t.false((await ended) instanceof Error);
    t.deepEqual(
      firsts,
      Array.from({ length: 64 }, (_, at) => at),
    );
    t.true(most <= 4.5 * 1024 * 1024, `${most} octets were not taken`);
    t.false([...files.keys()].some((path) => path.endsWith('pcapng')));
  },
);
