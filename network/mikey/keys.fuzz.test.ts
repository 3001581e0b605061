import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './keys.fuzz.ts';

/** Opening costs milliseconds, so the targets that may pair get fewer inputs here than in `npm run fuzz`. */
const INPUTS: Readonly<Record<string, number>> = { 'SAKKE encapsulated data': 400, 'user keys': 400 };

for (const target of fuzzTargets) {
  test(`${target.name}: every mutant is read or refused with a code`, (t) => {
    const outcome = fuzz(target, INPUTS[target.name] ?? 3000);
    t.deepEqual(outcome.defects, []);
    t.is(outcome.read + outcome.refused, outcome.inputs);
    const [sample] = target.samples;
    t.notThrows(() => sample === undefined || target.parse(sample), 'the first sample is a valid one');
  });
}
