/** Secret scalars from a {@link RandomSource}. */
import { toInteger } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { modulo } from './field.ts';

/** Octets drawn beyond those of the bound; they make the bias of the reduction 2^-128 (FIPS 186-5 A.2.1). */
const EXTRA_OCTETS = 16;

/** A scalar in 1..bound-1. Always draws the same number of octets, so that one key's value shifts no later draw. */
export function randomScalar(random: RandomSource, bound: bigint): bigint {
  const octets = Math.ceil(bound.toString(16).length / 2) + EXTRA_OCTETS;
  return 1n + modulo(toInteger(random.octets(octets)), bound - 1n);
}
