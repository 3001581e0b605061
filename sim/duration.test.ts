import test from 'ava';
import fc from 'fast-check';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from './clock.ts';
import { formatDuration, parseDuration } from './duration.ts';

test('durations read as people write them', (t) => {
  t.is(parseDuration('250ms'), 250 * MILLISECOND);
  t.is(parseDuration('90s'), 90 * SECOND);
  t.is(parseDuration('1h 30m'), 90 * MINUTE);
  t.is(parseDuration('1h30m'), 90 * MINUTE);
  t.is(parseDuration('2d 4h 1m 2s 3ms'), 2 * DAY + 4 * HOUR + MINUTE + 2 * SECOND + 3 * MILLISECOND);
  t.is(parseDuration('0s'), 0);
});

test('what is not a duration is undefined', (t) => {
  for (const text of [
    '',
    '5',
    '5 m',
    '-5m',
    '30m 1h',
    '1m 1m',
    '1.5h',
    '5m ',
    ' 5m',
    '٥m',
    '99999999d',
    '1h  2m',
  ]) {
    t.is(parseDuration(text), undefined, text);
  }
});

test('every duration prints as a text that reads back the same', (t) => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), (milliseconds) => {
      const duration = milliseconds * MILLISECOND;
      t.is(parseDuration(formatDuration(duration)), duration);
    }),
  );
  t.is(formatDuration(1), '1ms');
});
