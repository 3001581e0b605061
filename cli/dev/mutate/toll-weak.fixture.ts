/** Tests that let mutants live: they run the code, and hold next to nothing of what it does. */
import test from 'ava';
import { tollOf } from './toll.fixture.ts';

test('a lorry pays', (t) => {
  t.true(tollOf(30, 2) > 0);
});
