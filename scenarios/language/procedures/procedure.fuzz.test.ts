import test from 'ava';
import { fuzz } from '../../../sim/fuzz.ts';
import { fuzzTargets } from './procedure.fuzz.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: every mutant is read or refused`, (t) => {
    const { defects, read, refused } = fuzz(target, 200);
    t.deepEqual(defects, []);
    t.true(read > 0 && refused > 0);
  });
}
