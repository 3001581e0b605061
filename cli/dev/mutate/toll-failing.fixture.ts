/** A test that fails without any mutant. */
import test from 'ava';
import { tollOf } from './toll.fixture.ts';

test('everybody goes free', (t) => {
  t.is(tollOf(30, 2), 0);
});
