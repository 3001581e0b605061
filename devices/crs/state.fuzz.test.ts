import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './state.fuzz.ts';

for (const target of fuzzTargets) {
  test(`fuzz: a mutated ${target.name} is read or refused`, (t) => {
    const outcome = fuzz(target, 3000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 500, `${outcome.refused} refused`);
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
  });
}
