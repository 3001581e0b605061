/** The live clock: order, pace, lag, and what it skips. */
import test from 'ava';
import { HOUR, MILLISECOND, type Micros } from '../../sim/clock.ts';
import { LiveClock, type LiveClockOptions } from './clock.ts';

const monotonic = (): Micros => Math.round(performance.now() * 1000);

interface Ran {
  readonly clock: LiveClock;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

function running(options: Partial<LiveClockOptions> = {}): Ran {
  let end = (): void => undefined;
  let fail = (_thrown: unknown): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const clock = new LiveClock({ monotonic, onDefect: (thrown) => fail(thrown), ...options });
  return {
    clock,
    ended,
    end: () => {
      clock.stop();
      end();
    },
  };
}

test('events happen in the order of deadline and sequence, each at its own time', async (t) => {
  const { clock, ended, end } = running();
  const order: (readonly [string, Micros])[] = [];
  const note = (name: string) => () => void order.push([name, clock.now()]);
  clock.schedule(30 * MILLISECOND, note('late'));
  clock.schedule(10 * MILLISECOND, note('first of two'));
  clock.schedule(10 * MILLISECOND, note('second of two'));
  const owner = { timerName: 'owner', timerFired: note('named') };
  clock.arm(20 * MILLISECOND, owner, 'ring');
  clock.cancel(clock.schedule(5 * MILLISECOND, note('cancelled')));
  clock.schedule(30 * MILLISECOND, end);
  clock.start();
  await ended;
  t.deepEqual(order, [
    ['first of two', 10_000],
    ['second of two', 10_000],
    ['named', 20_000],
    ['late', 30_000],
  ]);
  t.true(clock.elapsed >= 30 * MILLISECOND);
});

test('nothing happens before its time', async (t) => {
  const { clock, ended, end } = running();
  const early: Micros[] = [];
  for (let at = 1; at <= 20; at++)
    clock.schedule(at * MILLISECOND, () => {
      if (clock.elapsed < at * MILLISECOND) early.push(at);
    });
  clock.schedule(21 * MILLISECOND, end);
  clock.start();
  await ended;
  t.deepEqual(early, []);
});

test('what repeats itself keeps its pace though each beat is late, and the lag is measured', async (t) => {
  const { clock, ended, end } = running();
  const beats: Micros[] = [];
  const beat = (): void => {
    beats.push(clock.now());
    if (beats.length === 10) return end();
    const until = monotonic() + 3 * MILLISECOND;
    while (monotonic() < until);
    clock.schedule(2 * MILLISECOND, beat);
  };
  clock.schedule(2 * MILLISECOND, beat);
  clock.start();
  await ended;
  t.deepEqual(
    beats,
    beats.map((_, i) => (i + 1) * 2 * MILLISECOND),
  );
  const { events, p99, max } = clock.lag;
  t.is(events, 10);
  // Nine beats of 2 ms that took 3 ms each.
  t.true(max >= 9 * MILLISECOND && p99 >= 9 * MILLISECOND);
});

test('what was due before something comes in happens before it', async (t) => {
  const { clock, ended, end } = running();
  const order: string[] = [];
  clock.schedule(MILLISECOND, () => order.push('due'));
  clock.start();
  const until = monotonic() + 5 * MILLISECOND;
  while (monotonic() < until);
  clock.enter(() => {
    order.push('came in');
    t.true(clock.now() >= 5 * MILLISECOND);
    clock.schedule(0, end);
  });
  await ended;
  t.deepEqual(order, ['due', 'came in']);
});

test('an idle stretch is skipped when nothing stands against it, and what is due is not', async (t) => {
  let asked = 0;
  const { clock, ended, end } = running({ mayJump: () => ++asked > 1 });
  const at: Micros[] = [];
  clock.schedule(HOUR, () => at.push(clock.now()));
  clock.schedule(3 * HOUR, () => at.push(clock.now()));
  clock.schedule(3 * HOUR, end);
  clock.start();
  await ended;
  t.deepEqual(at, [HOUR, 3 * HOUR]);
  t.true(asked >= 3, 'the first answer was no');
  t.true(clock.jumped > 2 * HOUR && clock.jumped <= 3 * HOUR);
  t.true(clock.lag.max < HOUR, 'a jump is no lag');
});

test('lag can be measured anew: what came late before does not count', async (t) => {
  const { clock, ended, end } = running();
  clock.schedule(0, () => {
    const until = monotonic() + 30 * MILLISECOND;
    while (monotonic() < until);
  });
  clock.schedule(MILLISECOND, () => {
    t.true(clock.lag.max >= 20 * MILLISECOND);
    clock.measureAnew();
    t.is(clock.lag.events, 0);
    end();
  });
  clock.start();
  await ended;
});

test('a stopped clock lets nothing happen', async (t) => {
  const { clock } = running();
  clock.schedule(0, () => t.fail('after the end'));
  clock.start();
  clock.stop();
  clock.enter(() => t.fail('after the end'));
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  t.pass();
});

test('a defect stops it and is told', async (t) => {
  const { clock, ended } = running();
  clock.schedule(0, () => {
    throw new Error('a defect');
  });
  clock.schedule(0, () => t.fail('after the end'));
  clock.start();
  await t.throwsAsync(ended, { message: 'a defect' });
});

test('somebody else may decide how time goes on', async (t) => {
  const { clock, ended, end } = running();
  const advanced: Micros[] = [];
  clock.start({
    next: () => 4 * MILLISECOND,
    advanceTo: (time) => {
      advanced.push(time);
      end();
    },
  });
  await ended;
  t.is(advanced.length, 1);
  t.true((advanced[0] ?? 0) >= 4 * MILLISECOND);
});
