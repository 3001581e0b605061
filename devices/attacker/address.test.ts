import test from 'ava';
import { isAddressOf, phoneAt } from './address.ts';

test('a phone has its name for an address, and its name and the site where it has roamed', (t) => {
  t.true(isAddressOf('alice-phone', 'alice-phone'));
  t.true(isAddressOf('alice-phone', 'alice-phone.visited-fr'));
  t.false(isAddressOf('alice-phone', 'alice-phone-2'));
  t.false(isAddressOf('alice-phone', 'visited-fr.alice-phone'));
  t.false(isAddressOf(undefined, 'alice-phone'));
  t.deepEqual(['alice-phone', 'alice-phone.visited-fr'].map(phoneAt), ['alice-phone', 'alice-phone']);
});
