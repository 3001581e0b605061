/**
 * Delay and its jitter. Each means what it says, at a significance of 1e-6 over all seeds, and slightly wrong models are told
 * apart, each with a probability above 0.9999 on each seed: `power` asserts it, or the test says by how much it is off.
 */
import test from 'ava';
import { N, delays, tells, power, mean, neighbours } from './impairments.fixture.ts';
import { NORMAL_POSITIVE, NORMAL_SCALE } from './normal-table.ts';
import { PARETO } from './pareto-table.ts';
import { distributionFits, meanFits, normalCdf, proportionFits } from './statistics.fixture.ts';

test('uniform jitter fills its range evenly, and a narrower or lopsided one is told apart', (t) => {
  const uniform = (x: number): number => Math.min(1, Math.max(0, (x - 40_000) / 20_000));
  const fits = (sample: readonly number[]): boolean =>
    distributionFits(sample, uniform) && meanFits(mean(sample), 50_000, 20_000 ** 2 / 12 / N);
  // Off by 0.4 ms: the mean has a deviation of 0.018 ms. Narrower by a tenth: the distribution is off by 0.05, its bound is 0.009.
  power(t, 400, 20_000 ** 2 / 12 / N);
  tells(
    t,
    delays,
    fits,
    { delayMs: 50, jitterMs: 10 },
    { delayMs: 50, jitterMs: 9 },
    { delayMs: 50.4, jitterMs: 10 },
  );
});

test('normal jitter has its mean and deviation, and another deviation or shape is told apart', (t) => {
  const normal = (x: number): number => normalCdf((x - 80_000) / 10_000);
  const fits = (sample: readonly number[]): boolean =>
    distributionFits(sample, normal) && meanFits(mean(sample), 80_000, 10_000 ** 2 / N);
  tells(
    t,
    delays,
    fits,
    { delayMs: 80, jitterMs: 10, distribution: 'normal' },
    // A tenth wider: off by 0.023 where the bound is 0.009. Uniform with the same mean and variance: off by 0.057.
    { delayMs: 80, jitterMs: 11, distribution: 'normal' },
    { delayMs: 80, jitterMs: 17.32 },
  );
});

/** The distributions that iproute2's programs make tables of, from the position of a packet among all. */

const paretoAt = (u: number): number => Math.min(4, (4 / 3) * ((1 - u) ** (-1 / 3) - 1.5));

/** Its inverse, below the place where netem cuts the tail. */

const paretoCdf = (x: number): number => (x <= -2 / 3 ? 0 : 1 - (0.75 * x + 1.5) ** -3);

test('pareto jitter has the shape of netem, and a normal one of its mean and deviation is told apart', (t) => {
  const cut = paretoCdf(4);
  const fits = (sample: readonly number[]): boolean => {
    const below = sample.filter((delay) => delay < 279_990);
    return (
      proportionFits(below.length, N, cut) &&
      distributionFits(below, (x) => paretoCdf((x - 200_000) / 20_000) / cut)
    );
  };
  tells(
    t,
    delays,
    fits,
    { delayMs: 200, jitterMs: 20, distribution: 'pareto' },
    // Off by 0.2 at the lower end, where a Pareto delay cannot be; the bound is 0.009. A tenth wider is off by 0.05.
    { delayMs: 199.34, jitterMs: 16.4, distribution: 'normal' },
    { delayMs: 200, jitterMs: 22, distribution: 'pareto' },
  );
});

test('paretonormal jitter is a quarter normal and three quarters pareto, and either alone is told apart', (t) => {
  // By the position of each packet: quantiles of the two, added.
  const sorted = Array.from({ length: 4_000 }, (_, i) => {
    const u = (i + 0.5) / 4_000;
    return 0.25 * normalQuantile(u) + 0.75 * paretoAt(u);
  });
  const cdf = (x: number): number => {
    const z = (x - 200_000) / 20_000;
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) <= z) low = middle + 1;
      else high = middle;
    }
    return low / sorted.length;
  };
  const jitter = { delayMs: 200, jitterMs: 20 } as const;
  // Off by 0.09 and more; the bound is 0.009.
  tells<number>(
    t,
    delays,
    (sample) => distributionFits(sample, cdf),
    { ...jitter, distribution: 'paretonormal' },
    { ...jitter, distribution: 'pareto' },
    { ...jitter, distribution: 'normal' },
  );
});

function normalQuantile(u: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < u) low = middle;
    else high = middle;
  }
  return low;
}

test('a correlated delay is as wide as another and hardly follows the one before, in every distribution', (t) => {
  // As on Linux: the lowest bits of a correlated number are as good as fresh ones.
  const base = { delayMs: 100, jitterMs: 20, delayCorrelation: 0.25 } as const;
  for (const distribution of ['uniform', 'normal', 'pareto', 'paretonormal'] as const) {
    const shaped = { ...base, distribution };
    const [correlated, plain] = [delays(shaped, '1'), delays({ ...shaped, delayCorrelation: 0 }, '1')];
    t.true(meanFits(neighbours(correlated), 0, 1.1 / N), distribution);
    t.notDeepEqual(correlated, plain);
  }
  const uniform = 40_000 ** 2 / 12;
  tells<number>(
    t,
    delays,
    (sample) => {
      const [average, variance] = [mean(sample), mean(sample.map((each) => (each - mean100) ** 2))];
      return meanFits(average, mean100, uniform / N) && meanFits(variance, uniform, (1.5 * uniform ** 2) / N);
    },
    base,
    { ...base, jitterMs: 19 },
    // What a correlation of the delays themselves would leave of it.
    { ...base, jitterMs: 20 * Math.sqrt(0.6) },
  );
});

const mean100 = 100_000;

test('the normal table rises and has a variance of 1', (t) => {
  t.is(NORMAL_POSITIVE.length, 512);
  let squares = 0;
  NORMAL_POSITIVE.forEach((value, i) => {
    t.true(i === 0 || value > (NORMAL_POSITIVE[i - 1] ?? 0));
    squares += (value / NORMAL_SCALE) ** 2;
  });
  t.true(Math.abs(squares / 512 - 1) < 1e-4);
});

test('the pareto table is that of its formula', (t) => {
  t.deepEqual(
    [...PARETO],
    Array.from({ length: 1024 }, (_, k) => Math.min(32_767, Math.round(8192 * paretoAt((4 * k + 2) / 4096)))),
  );
  t.true(Math.abs(mean([...PARETO]) / 8192 + 0.033) < 0.001);
});

test('a delay is exact without jitter and never negative with it', (t) => {
  t.deepEqual(new Set(delays({ delayMs: 12.5 }, '1')), new Set([12_500]));
  const sample = delays({ delayMs: 1, jitterMs: 100 }, '1');
  t.true(sample.includes(0) && sample.every((delay) => Number.isInteger(delay) && delay >= 0));
});
