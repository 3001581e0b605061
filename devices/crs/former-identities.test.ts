/** Identities that were: the last of them, in the order in which they ended. */
import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { NUMBERS } from '../testbed.fixture.ts';
import { FORMER_IDENTITIES_MAX, FormerIdentities, type FormerIdentity } from './former-identities.ts';

const former = (identity: string): FormerIdentity => ({
  identity,
  number: NUMBERS.alice,
  period: parsePeriod('2015-10'),
  end: 'replaced',
});

test('one that is of a credential again is none any more, and what is kept is the same again', (t) => {
  const identities = new FormerIdentities();
  for (const name of ['a', 'b', 'a']) identities.remember(former(name));
  t.deepEqual(
    identities.save().map(({ identity }) => identity),
    ['b', 'a'],
  );
  t.deepEqual(new FormerIdentities(identities.save()).save(), identities.save());
  identities.forget('b');
  t.is(identities.of('b'), undefined);
  t.deepEqual(identities.of('a'), former('a'));
  identities.clear();
  t.deepEqual(identities.save(), []);
});

test('beyond the limit the oldest is forgotten', (t) => {
  const identities = new FormerIdentities();
  for (let n = 0; n <= FORMER_IDENTITIES_MAX; n++) identities.remember(former(String(n)));
  t.is(identities.save().length, FORMER_IDENTITIES_MAX);
  t.deepEqual([identities.of('0'), identities.of('1')?.identity], [undefined, '1']);
});
