import test from 'ava';
import { fuzz, type FuzzTarget } from '../../sim/fuzz.ts';
import { fuzzTargets as engines } from './engine.fuzz.ts';
import { fuzzTargets as handshakes } from './handshake.fuzz.ts';
import { fuzzTargets as recordings } from './recorded.fuzz.ts';
import { fuzzTargets as records } from './record.fuzz.ts';

for (const target of [...records, ...handshakes, ...engines, ...recordings]) {
  test(`${target.name}: every mutant is read or refused with a typed error`, (t) => {
    for (const sample of target.samples) t.notThrows(() => target.parse(sample), 'samples are read');
    const outcome = fuzz(target, 3000);
    t.deepEqual(outcome.defects, []);
    t.true(outcome.read > 0);
    t.true(outcome.refused > 0);
    t.log([...outcome.codes].map(([code, count]) => `${code} ${count}`).join(', '));
  });

  test(`${target.name}: every truncation is read or refused with a typed error`, (t) => {
    const truncations = target.samples.flatMap((sample) =>
      Array.from(sample, (_, length) => sample.subarray(0, length)),
    );
    const outcomes = truncations.map((input) => fuzzOne(target, input));
    t.deepEqual(
      outcomes.filter((outcome) => outcome instanceof Error && outcome.name !== 'CalldrillError'),
      [],
    );
  });
}

function fuzzOne(target: FuzzTarget, input: Uint8Array): unknown {
  try {
    target.parse(input);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
