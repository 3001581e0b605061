/**
 * The three models of loss. Each means what it says, at a significance of 1e-6 over all seeds, and slightly wrong models are told
 * apart, each with a probability above 0.9999 on each seed: `power` asserts it, or the test says by how much it is off.
 */
import test from 'ava';
import {
  N,
  losses,
  tells,
  power,
  count,
  mean,
  hasShare,
  bursts,
  hasCorrelatedShare,
} from './impairments.fixture.ts';
import { chainLoss, correlatedCdf, meanFits, proportionFits } from './statistics.fixture.ts';

test('random loss has its probability, and one that is a quarter higher is told apart', (t) => {
  const p = 0.02;
  power(t, p / 4, (p * (1 - p) * 1.25) / N);
  tells(t, losses, hasShare(p), { lossRandom: p }, { lossRandom: p * 1.25 });
});

test('random loss comes in runs of geometric length, and bursts of the same mean are told apart', (t) => {
  const p = 0.2;
  const fits = (values: readonly boolean[]): boolean => {
    const lengths = bursts(values);
    return meanFits(mean(lengths), 1 / (1 - p), p / (1 - p) ** 2 / lengths.length);
  };
  power(t, 1 / 0.4 - 1 / (1 - p), (1 - 0.4) / 0.4 ** 2 / (N * p * 0.4));
  tells(t, losses, fits, { lossRandom: p }, { lossGemodel: { p: 0.1, r: 0.4 } });
});

test('correlated loss loses what the formula of netem says, which is not the probability it names', (t) => {
  const [p, rho] = [0.2, 0.25];
  const share = correlatedCdf(rho)(p);
  // Half of it: the values bunch around the middle.
  t.true(share > 0.101 && share < 0.103, `${share}`);
  power(t, p - share, (p * (1 - p) * 1.7) / N);
  tells(
    t,
    losses,
    hasCorrelatedShare(p, rho),
    { lossRandom: p, lossCorrelation: rho },
    { lossRandom: p },
    { lossRandom: p, lossCorrelation: 0.3 },
  );
});

test('correlated losses follow each other, and independent ones of the same share are told apart', (t) => {
  const [p, rho] = [0.2, 0.5];
  const share = correlatedCdf(rho)(p);
  // Were they independent, a loss would follow a loss with probability `share`. It does more often, by far.
  const isIndependent = (values: readonly boolean[]): boolean => {
    const lost = count(values);
    const pairs = values.filter((each, i) => each && values[i + 1] === true).length;
    return proportionFits(pairs, lost, share);
  };
  tells(t, losses, isIndependent, { lossRandom: share }, { lossRandom: p, lossCorrelation: rho });
});

test('gemodel loses its stationary share, and another of each of its four probabilities is told apart', (t) => {
  const right = { p: 0.02, r: 0.2, oneMinusH: 0.8, oneMinusK: 0.01 };
  const lossOf = ({ p, r, oneMinusH, oneMinusK }: typeof right) =>
    chainLoss(
      [
        [1 - p, p],
        [r, 1 - r],
      ],
      [oneMinusK, oneMinusH],
      N,
    );
  const { share, variance } = lossOf(right);
  const wrong = [
    { ...right, p: 0.03 },
    { ...right, r: 0.3 },
    { ...right, oneMinusH: 0.5 },
    { ...right, oneMinusK: 0.05 },
  ];
  for (const each of wrong) power(t, lossOf(each).share - share, Math.max(variance, lossOf(each).variance));
  tells<boolean>(
    t,
    losses,
    (values) => meanFits(count(values) / N, share, variance),
    { lossGemodel: right },
    ...wrong.map((lossGemodel) => ({ lossGemodel })),
  );
});

test('gemodel bursts last 1/r packets, and independent loss of the same mean is told apart', (t) => {
  const [p, r] = [0.05, 0.25];
  const fits = (values: readonly boolean[]): boolean => {
    const lengths = bursts(values);
    return meanFits(mean(lengths), 1 / r, (1 - r) / r ** 2 / lengths.length);
  };
  power(t, 1 / r - 1.2, (1 - r) / r ** 2 / (N / 25));
  tells(t, losses, fits, { lossGemodel: { p, r } }, { lossRandom: p / (p + r) });
});

test('four states lose their stationary share, and another of each probability is told apart', (t) => {
  const right = { p13: 0.02, p31: 0.3, p32: 0.4, p23: 0.1, p14: 0.03 };
  const lossOf = ({ p13, p31, p32, p23, p14 }: typeof right) =>
    chainLoss(
      [
        [1 - p13 - p14, 0, p13, p14],
        [0, 1 - p23, p23, 0],
        [p31, p32, 1 - p31 - p32, 0],
        [1, 0, 0, 0],
      ],
      [0, 0, 1, 1],
      N,
    );
  const { share, variance } = lossOf(right);
  const wrong = [
    { ...right, p13: 0.04 },
    { ...right, p31: 0.6 },
    { ...right, p32: 0 },
    { ...right, p23: 1 },
    { ...right, p14: 0.06 },
  ];
  for (const each of wrong) power(t, lossOf(each).share - share, Math.max(variance, lossOf(each).variance));
  tells<boolean>(
    t,
    losses,
    (values) => meanFits(count(values) / N, share, variance),
    { lossState: right },
    ...wrong.map((lossState) => ({ lossState })),
  );
});

test('four states with p13 alone are independent loss, and one that forgets the default p31 is told apart', (t) => {
  tells(t, losses, hasShare(0.1), { lossState: { p13: 0.1 } }, { lossState: { p13: 0.1, p31: 0.8 } });
});

test('a loss of state 4 stands alone, and a burst of the same share does not', (t) => {
  const isAlone = (values: readonly boolean[]): boolean => bursts(values).every((length) => length === 1);
  tells(t, losses, isAlone, { lossState: { p13: 0, p14: 0.05 } }, { lossGemodel: { p: 0.03, r: 0.5 } });
});

test('all kinds of loss apply when several are given', (t) => {
  const lossRandom = 0.1;
  const lossGemodel = { p: 1, r: 1, oneMinusH: 0.1, oneMinusK: 0.1 };
  const lossState = { p13: 0.1 };
  const all = { lossRandom, lossGemodel, lossState };
  tells(t, losses, hasShare(1 - 0.9 ** 3), all, { lossRandom, lossGemodel }, { lossGemodel, lossState });
});
