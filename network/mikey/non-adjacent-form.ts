/** Integers in non-adjacent form: of all forms with digits -1, 0 and 1 it has the fewest that are not zero, one in three. */

/** Digits -1, 0, 1 of a positive integer, least significant first, no two neighbours nonzero. */
export function nonAdjacentForm(value: bigint): number[] {
  const digits: number[] = [];
  for (let rest = value; rest !== 0n;) {
    const digit = (rest & 1n) === 0n ? 0 : 2 - Number(rest & 3n);
    digits.push(digit);
    rest = (rest - BigInt(digit)) >> 1n;
  }
  return digits;
}
