/**
 * Exponential, logarithm and power from additions, multiplications and divisions alone.
 *
 * ECMAScript leaves the last bits of `Math.exp`, `Math.log` and `Math.pow` to the platform, and a verdict that two machines
 * disagree on is worth nothing. IEEE 754 leaves nothing open for the four operations, so what is made of them in a fixed order
 * is the same on every machine. The error is below 1 in 10^13, which is far more than a rating needs.
 */
import { assert } from '../../sim/errors.ts';

const TERMS = 20;

/** e to the `x`, for -700 to 700. */
export function exponential(x: number): number {
  assert(x >= -700 && x <= 700, 'the exponential is a normal number');
  const halvings = Math.round(x / Math.LN2);
  const rest = x - halvings * Math.LN2;
  let sum = 1;
  for (let n = TERMS; n >= 1; n--) sum = 1 + (sum * rest) / n;
  return scaled(sum, halvings);
}

/** The natural logarithm of a positive number. */
export function naturalLogarithm(x: number): number {
  assert(x > 0 && x < Infinity, 'a logarithm is of a positive number');
  let mantissa = x;
  let twos = 0;
  for (; mantissa > 1.5; twos++) mantissa /= 2;
  for (; mantissa < 0.75; twos--) mantissa *= 2;
  // ln m = 2 artanh q with q = (m - 1)/(m + 1), which is 1/5 at the most.
  const q = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let n = 2 * TERMS - 1; n >= 1; n -= 2) sum = sum * q * q + 1 / n;
  return twos * Math.LN2 + 2 * q * sum;
}

/** The logarithm to the base 10, the same on every platform. Precondition: x > 0. */
export function decimalLogarithm(x: number): number {
  return naturalLogarithm(x) * Math.LOG10E;
}

/** `base` to any power; the base is not negative. */
export function power(base: number, exponent: number): number {
  return base === 0 ? 0 : exponential(exponent * naturalLogarithm(base));
}

/** Times 2 to the `twos`: exact. */
function scaled(x: number, twos: number): number {
  let result = x;
  for (let n = 0; n < twos; n++) result *= 2;
  for (let n = 0; n > twos; n--) result /= 2;
  return result;
}
