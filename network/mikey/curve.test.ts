import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import type { XyzzPoint } from './curve.ts';
import { curve, generator, type Element, type Point } from './group.ts';

/** [1]P, [2]P, ... as affine points. */
function multiplesOfP(count: number): readonly Point[] {
  const points: XyzzPoint<Element>[] = [curve.lift(generator)];
  while (points.length < count) points.push(curve.add(points.at(-1) ?? curve.infinity, generator));
  return curve.toAffine(points);
}

const POINTS = multiplesOfP(150);

function oneByOne(points: readonly Point[]): XyzzPoint<Element> {
  return points.reduce<XyzzPoint<Element>>((sum, point) => curve.add(sum, point), curve.infinity);
}

function same(a: XyzzPoint<Element>, b: XyzzPoint<Element>): boolean {
  if (curve.isInfinity(a) || curve.isInfinity(b)) return curve.isInfinity(a) && curve.isInfinity(b);
  const [affine] = curve.toAffine([b]);
  return affine !== undefined && curve.equals(a, affine);
}

test('a sum in halves is the sum one by one, for any number of points', (t) => {
  for (const count of [0, 1, 2, 59, 60, 61, 62, 63, 119, 120, 121, 122, 150]) {
    const points = POINTS.slice(0, count);
    t.true(same(curve.sum(points), oneByOne(points)), `${count} points`);
  }
  t.false(same(curve.sum(POINTS), oneByOne(POINTS.slice(1))));
});

test('equal and opposite points may stand side by side', (t) => {
  const random = new SeededRandom('curve').stream('sums');
  for (let round = 0; round < 10; round++) {
    const points = Array.from({ length: 100 }, () => {
      const point = POINTS[random.below(3)] ?? generator;
      return random.chance(0.5) ? point : curve.negate(point);
    });
    t.true(same(curve.sum(points), oneByOne(points)));
  }
});

test('points that cancel each other sum to infinity', (t) => {
  t.true(curve.isInfinity(curve.sum(POINTS.flatMap((point) => [point, curve.negate(point)]))));
  t.true(curve.isInfinity(curve.sum([...POINTS, ...POINTS.map((point) => curve.negate(point))])));
});
