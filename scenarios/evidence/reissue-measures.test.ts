import test from 'ava';
import { HOUR } from '../../sim/clock.ts';
import { reissuesOf } from './reissue-measures.ts';
import { traceOf, type Happening } from './verdicts/story.fixture.ts';

const issued = (at: number, request: string | null = 'REQ-1', again = true): Happening => [
  at,
  'cms.user-added',
  { user: 'alice', again, request },
  'cms',
];
const noted = (at: number, text: string): Happening => [at, 'person.noted', { by: 'cms-operator', text }];
const refused = (at: number, host = 'alice-phone', reason = 'stale-psk'): Happening => [
  at,
  'crs.handshake-refused',
  { user: 'alice', host, reason },
  'crs',
];
const told = (at: number, by = 'alice'): Happening => [
  at,
  'person.told',
  { by, to: 'crs-admin', message: 'no service' },
];
const measured = (...happenings: readonly Happening[]): Readonly<Record<string, number | null>> =>
  Object.fromEntries(reissuesOf(traceOf(...happenings)).map(({ name, value }) => [name, value]));
const PROVED = 'keys issued again, proved by more than the number';

test('a proof counts when it is of that request, comes before, and is more than a call back', (t) => {
  const proof = 'REQ-1 alice was proved, in-person';
  const proved = (...happenings: readonly Happening[]): unknown => measured(...happenings)[PROVED];
  t.is(proved(noted(1, proof), issued(2)), 1);
  t.is(proved(issued(2), noted(3, proof)), 0, 'too late');
  t.is(proved(noted(1, 'REQ-2 alice was proved, in-person'), issued(2)), 0, 'another request');
  t.is(proved(noted(1, 'REQ-1 alice was proved, call-back'), issued(2)), 0, 'the number proves itself');
  t.is(proved(noted(1, 'REQ-1 asked for'), issued(2)), 0, 'no proof');
  t.is(proved(noted(1, 'null was proved'), issued(2, null)), 0, 'no request');
  t.deepEqual(measured(noted(1, proof), issued(2, 'REQ-1', false)), {}, 'a first issue is no second');
});

test('a complaint is that of the user, after their own phone was refused', (t) => {
  const hours = 'hours from new keys until alice complains';
  const of = (...happenings: readonly Happening[]): unknown => measured(issued(0), ...happenings)[hours];
  t.is(of(refused(HOUR), told(3 * HOUR)), 3);
  t.is(of(told(HOUR), refused(2 * HOUR)), undefined, 'she says something else');
  t.is(of(refused(HOUR), told(2 * HOUR, 'bob')), undefined, 'somebody else');
  t.is(of(refused(HOUR, 'thief-1'), told(2 * HOUR)), undefined, 'it is not her phone');
  t.is(of(refused(HOUR, 'alice-phone', 'blocked'), told(2 * HOUR)), undefined, 'for another reason');
});
