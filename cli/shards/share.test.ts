import test from 'ava';
import * as fc from 'fast-check';
import { dealt, shard, type RunName } from './share.ts';

const run = fc.record({
  scenario: fc.constantFrom('crash', 'baseline', 'month', 'wipe'),
  variant: fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', 'c', '1') }),
});
/** Scenarios one after the other, as a plan has them. */
const plan = fc
  .uniqueArray(run, {
    selector: ({ scenario, variant }) => `${scenario}/${variant}`,
    minLength: 1,
    maxLength: 40,
  })
  .map((runs) => runs.toSorted((a, b) => (a.scenario < b.scenario ? -1 : a.scenario > b.scenario ? 1 : 0)));

const counts = (numbers: readonly number[], of: number): readonly number[] =>
  Array.from({ length: of }, (_, at) => numbers.filter((each) => each === at + 1).length);
const apart = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);

test('property: every run is of one shard, and shards have as many as each other, of each scenario too', (t) => {
  fc.assert(
    fc.property(plan, fc.integer({ min: 1, max: 9 }), (runs, of) => {
      const shards = dealt(runs, of);
      t.is(shards.length, runs.length);
      t.true(shards.every((each) => each >= 1 && each <= of));
      t.true(apart(counts(shards, of)) <= 1);
      for (const scenario of new Set(runs.map((each) => each.scenario)))
        t.true(
          apart(
            counts(
              shards.filter((_, at) => runs[at]?.scenario === scenario),
              of,
            ),
          ) <= 1,
          scenario,
        );
    }),
  );
});

test('property: in which order scenarios are named makes no difference', (t) => {
  const named = (runs: readonly RunName[], of: number): ReadonlyMap<string, number> =>
    new Map(dealt(runs, of).map((each, at) => [`${runs[at]?.scenario}/${runs[at]?.variant}`, each]));
  fc.assert(
    fc.property(plan, fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat()), (runs, of, chance) => {
      const places = new Map<string, number>(runs.map(({ scenario }) => [scenario, chance.next().value]));
      const placeOf = ({ scenario }: RunName): number => places.get(scenario) ?? 0;
      const other = runs.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.scenario < b.scenario ? -1 : 1));
      const [one, two] = [named(runs, of), named(other, of)];
      for (const [place, number] of one) t.is(two.get(place), number);
    }),
  );
});

test('what --shard takes', (t) => {
  t.deepEqual(shard.read('2/3'), { number: 2, of: 3 });
  t.is(shard.print?.({ number: 2, of: 3 }), '2/3');
  for (const text of ['0/3', '4/3', '3', '1/1001', '-1/3', '1/3/3', '01/3', '1.0/3', ' 1/3', ''])
    t.is(shard.read(text), undefined, text);
});
