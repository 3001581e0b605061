import test from 'ava';
import { errorsOf } from './errors.ts';
import { fuzz, type FuzzTarget } from './fuzz.ts';
import { fromAscii, toAscii } from './octets.ts';

const refuse = errorsOf({ TEST_REFUSED: { summary: 'Not the sample.', fix: 'None.' } });

const strict: FuzzTarget = {
  name: 'strict',
  samples: [fromAscii('hello'), fromAscii('a longer sample: 0123456789')],
  parse: (input) => {
    if (!toAscii(input).startsWith('h')) throw refuse('TEST_REFUSED', 'no h');
  },
};

test('mutants are read or refused, and counted by code', (t) => {
  const outcome = fuzz(strict, 500);
  t.is(outcome.read + outcome.refused, 500);
  t.true(outcome.read > 50 && outcome.refused > 50);
  t.is(outcome.codes.get('TEST_REFUSED'), outcome.refused);
  t.deepEqual(outcome.defects, []);
});

test('a parser that crashes is caught: the fuzzer itself is checked', (t) => {
  const outcome = fuzz({ ...strict, parse: (input) => JSON.parse(toAscii(input)) as unknown }, 200);
  t.true(outcome.defects.length > 100);
});

test('the same seed makes the same mutants', (t) => {
  const seen = (seed: string) => {
    const inputs: string[] = [];
    fuzz({ ...strict, parse: (input) => inputs.push(toAscii(input)) }, 50, seed);
    return inputs;
  };
  t.deepEqual(seen('a'), seen('a'));
  t.notDeepEqual(seen('a'), seen('b'));
});

test('a sample stays as it is, also when it is a Buffer', (t) => {
  const sample = Buffer.from('a sample of some octets');
  fuzz({ name: 'kept', samples: [sample], parse: () => undefined }, 200);
  t.is(sample.toString(), 'a sample of some octets');
});
