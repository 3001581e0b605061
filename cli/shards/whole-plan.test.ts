import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './whole-plan.fuzz.ts';
import { parseWholePlan, writeWholePlan } from './whole-plan.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: what is written is read back, and written again it is the same octets`, (t) => {
    for (const octets of target.samples)
      t.is(writeWholePlan(parseWholePlan(octets, 'a')), Buffer.from(octets).toString('utf8'));
  });

  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    const { defects, refused } = fuzz(target, 2_000);
    t.deepEqual(defects, []);
    t.true(refused > 1_000);
  });
}

test('whoever deals the runs otherwise, or names a shard that there is not, is refused', (t) => {
  const [octets = new Uint8Array()] = fuzzTargets[0]?.samples ?? [];
  const plan = parseWholePlan(octets, 'a');
  for (const change of [
    { shards: [3] },
    { shards: [2, 2] },
    { shards: [2, 1] },
    { shards: [0] },
    { of: 3 },
    { runs: plan.runs.map((run) => ({ ...run, shard: 2 })) },
  ])
    t.throws(() => parseWholePlan(Buffer.from(writeWholePlan({ ...plan, ...change })), 'a'), {
      code: 'SHARD_PLAN',
    });
});
