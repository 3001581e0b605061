import test from 'ava';
import { fuzz } from '../../sim/fuzz.ts';
import { fuzzTargets } from './message.fuzz.ts';

for (const target of fuzzTargets) {
  test(`${target.name}: mutants are read or refused, never a crash`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample));
    const outcome = fuzz(target, 5_000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.refused > 1_000);
    t.true(outcome.codes.size > 10, [...outcome.codes.keys()].join(' '));
  });
}

test('the fuzzer sees a reader that crashes', (t) => {
  const target = {
    name: 'planted',
    samples: [new Uint8Array(20)],
    parse: (input: Uint8Array) => new DataView(input.buffer, input.byteOffset, 18),
  };
  t.true(fuzz(target, 500).defects.length > 0);
});
