/**
 * For tests of chance: does a sample fit a model? Each check is made on {@link SEEDS}, and refuses a right model on any of them with a
 * probability below 1e-6 in all (Bonferroni). The seeds are the numbers from 1, so nobody picked them, and they are fixed, so a
 * refusal means a defect. A test that only accepts proves nothing: each comes with a model that is wrong by a little and
 * must be refused on every seed, and {@link powerOf} says how surely it is.
 */

/** Every statistical test runs under three of them, so that none passes by the luck of one. */
export const SEEDS = ['1', '2', '3'] as const;

/** Two-sided quantile of the standard normal distribution at 1e-6 / 3. */
const Z = 5.1036;
/** ln(2 * 3 / 1e-6), for the Dvoretzky-Kiefer-Wolfowitz bound. */
const LOG_2_OVER_ALPHA = 15.6073;

/** How surely {@link meanFits} refuses a mean that is off by `shift`, on one seed. */
export function powerOf(shift: number, varianceOfMean: number): number {
  return normalCdf(Math.abs(shift) / Math.sqrt(varianceOfMean) - Z);
}

/** Whether a mean of `n` draws fits a model with this mean and variance of the mean (central limit theorem). */
export function meanFits(mean: number, modelMean: number, varianceOfMean: number): boolean {
  return Math.abs(mean - modelMean) <= Z * Math.sqrt(varianceOfMean);
}

/** Whether `hits` in `n` independent draws fit probability `p`. */
export function proportionFits(hits: number, n: number, p: number): boolean {
  return meanFits(hits / n, p, (p * (1 - p)) / n);
}

/** Whether a sample fits a cumulative distribution function, by its largest deviation (Kolmogorov-Smirnov, DKW bound). */
export function distributionFits(sample: readonly number[], cdf: (x: number) => number): boolean {
  const sorted = sample.toSorted((a, b) => a - b);
  const n = sorted.length;
  let deviation = 0;
  sorted.forEach((x, i) => {
    // Equal values make one step: judge it by its ends.
    if (sorted[i - 1] !== x) deviation = Math.max(deviation, Math.abs(cdf(x) - i / n));
    if (sorted[i + 1] !== x) deviation = Math.max(deviation, Math.abs(cdf(x) - (i + 1) / n));
  });
  return deviation <= Math.sqrt(LOG_2_OVER_ALPHA / (2 * n));
}

/** Standard normal distribution (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function normalCdf(x: number): number {
  if (x < 0) return 1 - normalCdf(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

/**
 * The share of netem's correlated values that are below `x`: the fixed point of F(x) = integral of F((x - (1 - rho) u) / rho) over u, on
 * a grid. Not uniform: see `correlated.ts`.
 */
export function correlatedCdf(rho: number, cells = 2_000): (x: number) => number {
  let cdf = Array.from({ length: cells + 1 }, (_, i) => i / cells);
  const below = (x: number): number => {
    const place = Math.min(1, Math.max(0, x)) * cells;
    const low = Math.min(cells - 1, Math.floor(place));
    const [a = 0, b = 0] = [cdf[low], cdf[low + 1]];
    return a + (b - a) * (place - low);
  };
  for (let round = 0; round < 30; round++) {
    // Running integral of F; the fresh value spreads it over a window of width (1 - rho) / rho.
    const integral = [0];
    for (let i = 0; i < cells; i++)
      integral.push((integral[i] ?? 0) + ((cdf[i] ?? 0) + (cdf[i + 1] ?? 0)) / 2 / cells);
    const area = (x: number): number => {
      if (x <= 0) return 0;
      if (x >= 1) return (integral[cells] ?? 0) + (x - 1);
      const place = x * cells;
      const low = Math.floor(place);
      const [a = 0, b = 0] = [integral[low], integral[low + 1]];
      return a + (b - a) * (place - low);
    };
    const width = (1 - rho) / rho;
    cdf = cdf.map((_, i) => (area(i / cells / rho) - area(i / cells / rho - width)) / width);
  }
  return below;
}

/**
 * Share of lost packets, and the variance of that share over `n` packets, for a chain that loses by its state: the matrix of
 * transitions, and the probability of loss in each state. Neighbours correlate, so their covariances count as well.
 */
export function chainLoss(
  transitions: readonly (readonly number[])[],
  loss: readonly number[],
  n: number,
): { readonly share: number; readonly variance: number } {
  const states = loss.map((_, state) => state);
  let stationary: readonly number[] = states.map(() => 1 / states.length);
  for (let step = 0; step < 2_000; step++)
    stationary = states.map((to) =>
      sum(states.map((from) => at(stationary, from) * at2(transitions, from, to))),
    );
  const share = sum(states.map((state) => at(stationary, state) * at(loss, state)));
  let covariances = 0;
  let later: readonly number[] = loss;
  for (let step = 0; step < 2_000; step++) {
    const next = later;
    later = states.map((from) => sum(states.map((to) => at2(transitions, from, to) * at(next, to))));
    const both = sum(states.map((state) => at(stationary, state) * at(loss, state) * at(later, state)));
    covariances += both - share ** 2;
  }
  return { share, variance: (share * (1 - share) + 2 * covariances) / n };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

function at2(rows: readonly (readonly number[])[], row: number, column: number): number {
  return at(rows[row] ?? [], column);
}
