/**
 * The scenarios that are there to be copied from hold what they promise: each variant passes, what an error costs is predicted, and each violation that
 * they plant is caught.
 */
import { readdirSync } from 'node:fs';
import test from 'ava';
import { shippedAs } from '../catalogue/shipped.fixture.ts';
import type { CheckResult } from '../evidence/model.ts';
import { variantsOf } from '../language/index.ts';
import { assets } from '../world/hall.fixture.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

const FOLDER = 'docs/examples';
const EXAMPLES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml') && name !== 'deployment.yaml')
  .map((name) => shippedAs(`${FOLDER}/${name}`));

test('there are examples, and each plants a violation', (t) => {
  t.true(EXAMPLES.length >= 13);
  for (const { id, plants } of EXAMPLES) t.true(plants.length > 0, id);
});

for (const screenplay of EXAMPLES) {
  const checksOf = (variant: string, plant?: string): readonly CheckResult[] => {
    const wishes = { build: 'b1'.repeat(32), variant, seed: '11', parameters: {} };
    const order = orderOf(screenplay, plant === undefined ? wishes : { ...wishes, plant });
    return runScenario(order, { assets, screenplay }).result.checks;
  };
  const variants = variantsOf(screenplay).map(({ name }) => name);

  for (const variant of variants)
    test(`${screenplay.id}/${variant}: what is said to come of it comes of it`, (t) => {
      const wrong = checksOf(variant).filter(
        ({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable',
      );
      t.deepEqual(
        wrong.map(({ id, why }) => `${id}: ${why}`),
        [],
      );
    });

  for (const { name: plant, variant = variants[0] ?? '' } of screenplay.plants)
    test(`${screenplay.id}/${variant}: ${plant} is caught`, (t) => {
      const caught = checksOf(variant, plant).find(({ id }) => id === 'plant-caught');
      t.is(caught?.verdict, 'pass', caught?.why);
    });
}
