/** Room for the pairs that an algorithm works with, by name. */
import type { PairAddress, PairField } from './pair-field.ts';

/** An address for each name, in memory of their own. */
export function slots<Name extends string>(
  field: PairField,
  names: readonly Name[],
): Readonly<Record<Name, PairAddress>> {
  const first = field.reserve(names.length);
  const addresses = {} as Record<Name, PairAddress>;
  names.forEach((name, i) => (addresses[name] = first + i * field.stride));
  return addresses;
}
