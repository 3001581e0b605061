import test from 'ava';
import * as fc from 'fast-check';
import { digestOfKept } from '../../sim/kept.ts';
import { SeededRandom } from '../../sim/random.ts';
import { codeOf } from '../testbed.fixture.ts';
import { Flash } from './flash.ts';

const CAPACITY = 600;

interface Step {
  readonly what: 'write' | 'delete' | 'sanitise' | 'wipe';
  readonly name: string;
  readonly value: Uint8Array;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom('write', 'write', 'write', 'delete', 'sanitise', 'wipe'),
    name: fc.constantFrom('keys', 'psk', 'settings'),
    value: fc.uint8Array({ maxLength: 40 }),
  }),
  { maxLength: 20 },
);

/** Does a step, and says what came of it and all that can be seen from outside. */
function done(flash: Flash, { what, name, value }: Step): unknown {
  let counted: number | boolean | undefined;
  const code = codeOf(() => {
    if (what === 'write') flash.write(name, value);
    else if (what === 'delete') counted = flash.delete(name);
    else if (what === 'sanitise') counted = flash.sanitise(name);
    else counted = flash.wipe();
  });
  return { code, counted, names: flash.names(), used: flash.usedOctets, image: flash.image() };
}

test('property: a chip that was kept does what it would have, until it is full', (t) => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const random = new SeededRandom('flash');
      const flash = new Flash(random.stream('keys'), CAPACITY);
      for (const step of before) done(flash, step);
      const kept = flash.save();
      const digest = digestOfKept(kept);
      const randomAgain = new SeededRandom('flash', random.save());
      const again = Flash.takenUp(randomAgain.stream('keys'), structuredClone(kept));
      t.deepEqual(again.save(), kept);
      for (const step of after) t.deepEqual(done(again, step), done(flash, step));
      t.deepEqual(again.save(), flash.save());
      for (const name of flash.names()) t.deepEqual(again.read(name), flash.read(name));
      t.is(digestOfKept(kept), digest, 'what was kept stays as it was');
    }),
    { numRuns: 60 },
  );
});

test('an erased key is gone from the chip, and not from what was kept of it before', (t) => {
  const flash = new Flash(new SeededRandom('erased').stream('keys'));
  flash.write('psk', Uint8Array.of(1, 2, 3));
  const kept = flash.save();
  const image = flash.image();
  t.is(flash.sanitise('psk'), 1);
  t.deepEqual(flash.save().keys, new Uint8Array(16));
  const earlier = Flash.takenUp(new SeededRandom('erased').stream('other'), kept);
  t.deepEqual(earlier.image(), image);
  t.deepEqual(earlier.read('psk'), Uint8Array.of(1, 2, 3));
});
