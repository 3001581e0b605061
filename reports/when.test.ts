import * as fc from 'fast-check';
import test from 'ava';
import { DAY, HOUR, MINUTE, SECOND, type Micros } from '../sim/clock.ts';
import { parseDuration } from '../sim/duration.ts';
import { clockOf, dateOf, minuteOf, momentOf, roughly } from './when.ts';

const BEGINS = Date.UTC(2015, 9, 31, 23, 59, 30);

test('times are UTC and cross midnight and the month', (t) => {
  t.is(momentOf(BEGINS, 0), '2015-10-31 23:59:30Z');
  t.is(momentOf(BEGINS, 30 * SECOND), '2015-11-01 00:00:00Z');
  t.is(dateOf(BEGINS, 31 * SECOND), '2015-11-01');
  t.is(minuteOf(BEGINS, MINUTE), '00:00');
});

test('a part of a second is shown when there is one, and cut to milliseconds', (t) => {
  t.is(clockOf(BEGINS, 412_999), '23:59:30.412');
  t.is(clockOf(BEGINS, 999), '23:59:30');
});

test('a duration is its two largest units', (t) => {
  t.is(roughly(17 * DAY + 2 * HOUR + 59 * MINUTE, 'at least'), '17d 2h');
  t.is(roughly(17 * DAY + 2 * HOUR + 59 * MINUTE, 'at most'), '17d 3h');
  t.is(roughly(50 * MINUTE, 'at least'), '50m');
  t.is(roughly(1, 'at least'), '0ms');
  t.is(roughly(1, 'at most'), '1ms');
  t.is(roughly(0, 'at most'), '0ms');
});

test('rounding up to a full unit writes the unit', (t) => {
  t.is(roughly(HOUR - 1, 'at most'), '1h');
  t.is(roughly(DAY - 1, 'at most'), '1d');
  t.is(roughly(DAY - 1, 'at least'), '23h 59m');
});

const micros = (text: string): Micros => parseDuration(text) ?? -1;

test('a bound that was rounded still holds', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * DAY }), (duration) => {
      t.true(micros(roughly(duration, 'at least')) <= duration);
      t.true(micros(roughly(duration, 'at most')) >= duration);
    }),
  );
});
