import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './sip.fuzz.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: every sample is read`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
  });

  test(`${target.name}: every mutant is read or refused with a code`, (t) => {
    const outcome = fuzz(target, 4_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.read > 0);
    t.true(outcome.codes.size >= 4, `codes: ${[...outcome.codes.keys()].join(' ')}`);
  });

  test(`${target.name}: a parser that throws anything else is found`, (t) => {
    const planted = fuzz(
      {
        ...target,
        parse: () => {
          throw new TypeError('planted');
        },
      },
      10,
    );
    t.is(planted.defects.length, 10);
  });

  test(`${target.name}: every truncation is read or refused with a code`, (t) => {
    for (const sample of target.samples) {
      for (let length = 0; length < sample.length; length++) {
        try {
          target.parse(sample.slice(0, length));
        } catch (error) {
          t.true(error instanceof CalldrillError, `${length} octets: ${String(error)}`);
        }
      }
    }
    t.pass();
  });
}
