import test from 'ava';
import * as fc from 'fast-check';
import { formatDuration } from '../../sim/duration.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { dayOf, parseInstant, timeOfDay } from './instant.ts';
import { AFTER_PATTERN, AT_PATTERN, DURATION_PATTERN, parseAfter, parseAt } from './when.ts';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const BEGINS = parseInstant('2015-10-14T08:00:00Z');

function codeOf(parse: () => unknown): string {
  try {
    parse();
    return 'read';
  } catch (error) {
    if (error instanceof CalldrillError) return error.code;
    throw error;
  }
}

test('a time of day is on the day the scenario begins', (t) => {
  t.deepEqual(parseAt('08:00', BEGINS), { kind: 'at', t: 0 });
  t.deepEqual(parseAt('23:59:59', BEGINS), { kind: 'at', t: 16 * HOUR - SECOND });
});

test('a date, and a duration after the beginning', (t) => {
  t.deepEqual(parseAt('2015-11-01 00:05', BEGINS), { kind: 'at', t: 17 * DAY + 16 * HOUR + 300 * SECOND });
  t.deepEqual(parseAt('+2d 10m', BEGINS), { kind: 'at', t: 2 * DAY + 600 * SECOND });
});

test('times that cannot be are refused', (t) => {
  for (const text of [
    '07:59:59',
    '24:00',
    '08:60',
    '8:00',
    '2015-02-30 08:00',
    '2015-10-14',
    '+',
    '+10',
    '+5m 1h',
    'noon',
    '',
  ])
    t.is(
      codeOf(() => parseAt(text, BEGINS)),
      'SCENARIO_WHEN',
      text,
    );
});

test('a moment, and a duration after it', (t) => {
  t.deepEqual(parseAfter('reported'), { kind: 'after', moment: 'reported', delay: 0 });
  t.deepEqual(parseAfter('call-2-ended + 1h 30m'), {
    kind: 'after',
    moment: 'call-2-ended',
    delay: 1.5 * HOUR,
  });
  for (const text of [
    '',
    '2nd',
    'reported+10m',
    'reported + ',
    'reported + ten',
    'reported - 5m',
    'reported -5m',
    'a b',
  ])
    t.is(
      codeOf(() => parseAfter(text)),
      'SCENARIO_WHEN',
      text,
    );
});

const durations = fc.integer({ min: 0, max: 36_525 * 86_400_000 }).map((milliseconds) => milliseconds * 1000);

test('every duration reads back as it was written, alone, after the beginning and after a moment', (t) => {
  fc.assert(
    fc.property(durations, (duration) => {
      const text = formatDuration(duration);
      t.is(parseAt(`+${text}`, BEGINS).t, duration);
      t.is(parseAfter(`reported + ${text}`).delay, duration);
      t.regex(text, new RegExp(DURATION_PATTERN));
    }),
  );
});

test('the patterns of the schema take every time and moment that is read', (t) => {
  const at = new RegExp(AT_PATTERN);
  const after = new RegExp(AFTER_PATTERN);
  const texts = fc.oneof(
    fc.stringMatching(/^[-+ 0-9:dhmsa]{0,12}$/),
    fc.stringMatching(/^\+(?:[0-9][dhms] ?){1,4}$/),
  );
  fc.assert(
    fc.property(texts, (text) => {
      if (codeOf(() => parseAt(text, BEGINS)) === 'read') t.regex(text, at);
      const name = `m${text}`;
      if (codeOf(() => parseAfter(name)) === 'read' && !/--|-$|- /.test(name)) t.regex(name, after);
    }),
    { numRuns: 2000 },
  );
});

test('instants agree with the platform for every day from 1970 to 2099', (t) => {
  const last = Date.UTC(2099, 11, 31);
  for (let day = 0; day * 86_400_000 <= last; day++) {
    const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    if (dayOf(text) !== day * DAY) t.fail(text);
  }
  t.is(BEGINS, Date.UTC(2015, 9, 14, 8));
});

test('days and times that do not exist are none', (t) => {
  for (const text of [
    '1969-12-31',
    '2100-01-01',
    '2015-13-01',
    '2015-00-10',
    '2015-04-31',
    '2015-01-00',
    '2100-02-29',
    '15-1-1',
  ])
    t.is(dayOf(text), undefined, text);
  t.is(dayOf('2000-02-29'), 11_016 * DAY);
  t.is(timeOfDay('08:05:60'), undefined);
  for (const text of [
    '2015-10-14',
    '2015-10-14T08:00Z',
    '2015-10-14T25:00:00Z',
    '2015-10-32T08:00:00Z',
    '2015-10-14 08:00:00',
  ])
    t.is(
      codeOf(() => parseInstant(text)),
      'SCENARIO_INSTANT',
      text,
    );
});
