import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './typed-lines.fuzz.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const outcome = fuzz(target, 5_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 2_000);
    t.true(outcome.codes.size >= 4, [...outcome.codes.keys()].join(' '));
  });
}
