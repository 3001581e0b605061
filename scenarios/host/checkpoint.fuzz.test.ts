import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './checkpoint.fuzz.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const outcome = fuzz(target, 1_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 300, String(outcome.refused));
  });
}
