/**
 * For tests of chance: does a sample fit a model? Each check refuses a right model with a probability below 1e-6, and the
 * tests run on fixed seeds, so a refusal means a defect. A test that only accepts proves nothing: each comes with a model that
 * is wrong by a little and must be refused.
 */

/** Two-sided 1e-6 quantile of the standard normal distribution. */
const Z = 4.8916;
/** ln(2 / 1e-6), for the Dvoretzky-Kiefer-Wolfowitz bound. */
const LOG_2_OVER_ALPHA = 14.5087;

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
