import test from 'ava';
import { HOUR } from '../../sim/clock.ts';
import { travelsOf } from './travel-measures.ts';
import { traceOf, type Happening } from './verdicts/story.fixture.ts';

const moved: Happening = [
  0,
  'network.moved',
  { from: 'alice-phone', to: 'alice-phone.abroad' },
  'alice-phone',
];
const seized = (at: number, device = 'alice-phone'): Happening => [
  at,
  'person.seized',
  { by: 'officer', device },
];
const blocked = (at: number, user = 'alice'): Happening => [at, 'crs.user-blocked', { user }, 'crs'];
const seen: Happening = [1, 'crs.registered-abroad', { user: 'alice', country: 'ruritania' }, 'crs'];
const measured = (...happenings: readonly Happening[]): readonly (number | null)[] =>
  travelsOf(traceOf(...happenings)).map(({ value }) => value);

test('hours to the block are counted from the first seizure of that phone, and are none while it is not blocked', (t) => {
  t.deepEqual(measured(moved, seized(HOUR), seized(2 * HOUR), blocked(3 * HOUR)), [0, 2]);
  t.deepEqual(measured(moved, seized(HOUR), blocked(2 * HOUR, 'bob')), [0, null]);
  t.deepEqual(measured(moved, blocked(1), seized(HOUR)), [0, null], 'a block of before is none of it');
  t.deepEqual(measured(moved, seized(HOUR, 'bob-phone'), blocked(2 * HOUR)), [0], 'another phone');
});

test('registrations from abroad are counted where a phone has roamed, and nothing is measured where none has', (t) => {
  t.deepEqual(measured(moved, seen, seen), [2]);
  t.deepEqual(measured(seized(HOUR), blocked(2 * HOUR)), []);
});
