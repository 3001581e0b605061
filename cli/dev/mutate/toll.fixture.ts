/** A small module for the test of the mutator. One file of tests looks at little of it, another holds all that it says. */

/** Made when the module is loaded: a mutant in it is there before any test. */
export const FREE_UNTIL_AGE = [3, 6].reduce((sum, years) => sum + years);

/** Nothing up to the free age, else 3 for each axle. */
export function tollOf(age: number, axles: number): number {
  if (age <= FREE_UNTIL_AGE) return 0;
  let toll = 0;
  for (let axle = 0; axle < axles; axle++) toll += 3;
  return toll;
}

/** The sum with the word for its payment: the one text in this module. */
export function receiptOf(toll: number): string {
  return `${toll} paid`;
}
