/** The operating system's randomness keeps the promises of every source of chance. */
import test from 'ava';
import { SystemRandom } from './system-random.ts';

test('draws are in their range, and no two are the same run', (t) => {
  const source = new SystemRandom().stream('a');
  for (let i = 0; i < 2000; i++) {
    t.true(source.below(7) < 7);
    const fraction = source.fraction();
    t.true(fraction >= 0 && fraction < 1);
  }
  t.is(source.octets(3000).length, 3000);
  const keys = Array.from({ length: 20 }, () => new SystemRandom().stream('a').octets(16).join());
  t.is(new Set(keys).size, 20);
});
