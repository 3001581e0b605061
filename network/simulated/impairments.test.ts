/** Each parameter of a link means what it says, at a significance of 1e-6, and a slightly wrong model is told apart. */
import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { Impairments } from './impairments.ts';
import type { LinkParameters } from './link-parameters.ts';
import { NORMAL_POSITIVE, NORMAL_SCALE } from './normal-table.ts';
import { PROFILES } from './profiles.ts';
import { distributionFits, meanFits, normalCdf, proportionFits } from './statistics.ts';

const N = 200_000;

function make(parameters: LinkParameters, seed = 'impairments'): Impairments {
  return new Impairments('link:alice-crs:crs', new SeededRandom(seed), parameters);
}

function losses(parameters: LinkParameters): boolean[] {
  const impairments = make(parameters);
  return Array.from({ length: N }, () => impairments.loses());
}

function delays(parameters: LinkParameters, n = N): number[] {
  const impairments = make(parameters);
  return Array.from({ length: n }, () => impairments.delay());
}

function count(values: readonly boolean[]): number {
  return values.filter(Boolean).length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Lengths of runs of losses. */
function bursts(values: readonly boolean[]): number[] {
  const lengths: number[] = [];
  let length = 0;
  for (const lost of values) {
    if (lost) length++;
    else if (length > 0) {
      lengths.push(length);
      length = 0;
    }
  }
  return lengths;
}

test('random loss has its probability, and one that is 10 % higher is told apart', (t) => {
  const p = 0.02;
  t.true(proportionFits(count(losses({ lossRandom: p })), N, p));
  t.false(proportionFits(count(losses({ lossRandom: p * 1.1 })), N, p));
});

test('random loss comes in runs of geometric length, and bursts of the same mean are told apart', (t) => {
  const p = 0.2;
  const fits = (lengths: readonly number[]): boolean =>
    meanFits(mean(lengths), 1 / (1 - p), p / (1 - p) ** 2 / lengths.length);
  t.true(fits(bursts(losses({ lossRandom: p }))));
  t.false(fits(bursts(losses({ lossGemodel: { p: 0.1, r: 0.4 } }))));
});

test('gemodel loses its stationary share, and another r is told apart', (t) => {
  const [p, r, oneMinusH, oneMinusK] = [0.02, 0.2, 0.8, 0.01];
  const bad = p / (p + r);
  const share = bad * oneMinusH + (1 - bad) * oneMinusK;
  // Losses of neighbours correlate by the chain's memory 1-p-r.
  const memory = 1 - p - r;
  const covariance = bad * (1 - bad) * (oneMinusH - oneMinusK) ** 2;
  const variance = (share * (1 - share) + (2 * covariance * memory) / (1 - memory)) / N;
  const fits = (model: LinkParameters): boolean => meanFits(count(losses(model)) / N, share, variance);
  t.true(fits({ lossGemodel: { p, r, oneMinusH, oneMinusK } }));
  t.false(fits({ lossGemodel: { p, r: r * 1.3, oneMinusH, oneMinusK } }));
});

test('gemodel bursts last 1/r packets, and independent loss of the same mean is told apart', (t) => {
  const [p, r] = [0.05, 0.25];
  const fits = (lengths: readonly number[]): boolean =>
    meanFits(mean(lengths), 1 / r, (1 - r) / r ** 2 / lengths.length);
  t.true(fits(bursts(losses({ lossGemodel: { p, r } }))));
  t.false(fits(bursts(losses({ lossRandom: p / (p + r) }))));
});

test('both kinds of loss apply when both are given', (t) => {
  const lossRandom = 0.1;
  const lossGemodel = { p: 1, r: 1, oneMinusH: 0.1, oneMinusK: 0.1 };
  t.true(proportionFits(count(losses({ lossRandom, lossGemodel })), N, 1 - 0.9 * 0.9));
});

test('uniform jitter fills its range evenly, and a narrower or lopsided one is told apart', (t) => {
  const uniform = (x: number): number => Math.min(1, Math.max(0, (x - 40_000) / 20_000));
  const sample = delays({ delayMs: 50, jitterMs: 10 });
  t.true(Math.min(...sample.slice(0, 50_000)) >= 40_000 && Math.max(...sample.slice(0, 50_000)) <= 60_000);
  t.true(distributionFits(sample, uniform));
  t.true(meanFits(mean(sample), 50_000, 20_000 ** 2 / 12 / N));
  t.false(distributionFits(delays({ delayMs: 50, jitterMs: 9.5 }), uniform));
  t.false(distributionFits(delays({ delayMs: 50.3, jitterMs: 10 }), uniform));
});

test('normal jitter has its mean and deviation, and another deviation or shape is told apart', (t) => {
  const normal = (x: number): number => normalCdf((x - 80_000) / 10_000);
  const sample = delays({ delayMs: 80, jitterMs: 10, distribution: 'normal' });
  t.true(distributionFits(sample, normal));
  t.true(meanFits(mean(sample), 80_000, 10_000 ** 2 / N));
  t.false(distributionFits(delays({ delayMs: 80, jitterMs: 10.5, distribution: 'normal' }), normal));
  // Uniform with the same mean and variance.
  t.false(distributionFits(delays({ delayMs: 80, jitterMs: 17.32 }), normal));
});

test('the normal table rises and has a variance of 1', (t) => {
  t.is(NORMAL_POSITIVE.length, 512);
  let squares = 0;
  NORMAL_POSITIVE.forEach((value, i) => {
    t.true(i === 0 || value > (NORMAL_POSITIVE[i - 1] ?? 0));
    squares += (value / NORMAL_SCALE) ** 2;
  });
  t.true(Math.abs(squares / 512 - 1) < 1e-4);
});

test('a delay is exact without jitter and never negative with it', (t) => {
  t.deepEqual(new Set(delays({ delayMs: 12.5 }, 100)), new Set([12_500]));
  const sample = delays({ delayMs: 1, jitterMs: 100 }, 1000);
  t.true(Math.min(...sample) === 0 && sample.every(Number.isInteger));
});

test('duplication has its probability, and one that is 10 % lower is told apart', (t) => {
  const duplicates = (duplicate: number): number => {
    const impairments = make({ duplicate });
    return count(Array.from({ length: N }, () => impairments.duplicateDelay() !== undefined));
  };
  t.true(proportionFits(duplicates(0.05), N, 0.05));
  t.false(proportionFits(duplicates(0.045), N, 0.05));
});

test('each copy of a packet has a delay of its own', (t) => {
  const impairments = make({ delayMs: 50, jitterMs: 20, duplicate: 1 });
  const pairs = Array.from({ length: 1000 }, () => [impairments.delay(), impairments.duplicateDelay()]);
  t.true(pairs.filter(([first, second]) => first === second).length < 10);
});

test('reordering without a gap has its probability, and one that is 10 % higher is told apart', (t) => {
  const overtaking = (probability: number): number =>
    count(delays({ delayMs: 10, reorder: { probability } }).map((delay) => delay === 0));
  t.true(proportionFits(overtaking(0.25), N, 0.25));
  t.false(proportionFits(overtaking(0.275), N, 0.25));
});

test('reordering keeps its gap: at least gap - 1 delayed packets, then geometric luck', (t) => {
  const gaps = (gap: number): number[] => {
    const sample = delays({ delayMs: 10, reorder: { probability: 0.5, gap } });
    const at = sample.flatMap((delay, i) => (delay === 0 ? [i] : []));
    return at.slice(1).map((position, i) => position - (at[i] ?? 0));
  };
  // gap - 1 delayed for certain, then a wait of mean 2 and variance 2.
  const fits = (sample: readonly number[]): boolean =>
    meanFits(mean(sample), 4 + 2, 2 / sample.length) && !sample.some((distance) => distance < 5);
  t.true(fits(gaps(5)));
  t.false(fits(gaps(4)));
});

test('a parameter that changes shifts nothing of the others', (t) => {
  const draw = (parameters: LinkParameters): unknown[] => {
    const impairments = make(parameters);
    return Array.from({ length: 500 }, () => {
      const lost = impairments.loses();
      return [lost, impairments.delay(), impairments.duplicateDelay() !== undefined];
    });
  };
  const base = { delayMs: 30, jitterMs: 10, lossRandom: 0.1, duplicate: 0.1 };
  const bursty = draw({
    ...base,
    lossGemodel: { p: 0.1, r: 0.1, oneMinusH: 0 },
    reorder: { probability: 0 },
  });
  t.deepEqual(bursty, draw(base));
  t.notDeepEqual(draw({ ...base, jitterMs: 11 }), draw(base));
});

test('a higher loss loses the same packets and more', (t) => {
  const low = losses({ lossRandom: 0.05 });
  const high = losses({ lossRandom: 0.1 });
  t.true(low.every((lost, i) => !lost || high[i] === true));
});

test('the profiles lose what their rationale says', (t) => {
  const shares = Object.values(PROFILES).map(({ parameters, rationale }) => {
    const { lossRandom = 0, lossGemodel } = parameters;
    const { p, r, oneMinusH = 1 } = lossGemodel ?? { p: 0, r: 1 };
    const share = 1 - (1 - lossRandom) * (1 - (p / (p + r)) * oneMinusH);
    return { share, stated: Number(/([\d.]+) %/.exec(rationale)?.[1] ?? 0) / 100 };
  });
  for (const { share, stated } of shares)
    t.true(Math.abs(share - stated) <= 0.1 * stated, `${share} ${stated}`);
});
