/** The end of a month, minute by minute: when exactly keys of the old month stop, and keys of the new one begin. */
import test from 'ava';
import * as fc from 'fast-check';
import { calendarRefusal, periodRefusal, skewRefusal } from './calendar.ts';
import {
  alice,
  bob,
  DAY_MS,
  HOUR_MS,
  keysOf,
  MINUTE_MS,
  OCTOBER,
  receiver,
  seal,
} from './imessage.fixture.ts';
import type { MikeyCode } from './message-errors.ts';
import { openIMessage } from './open-imessage.ts';
import { nextPeriod, parsePeriod, periodOf, periodStart } from './period.ts';

/** 2015-11-01T00:00:00Z */
const MIDNIGHT = periodStart(nextPeriod(OCTOBER));

/** Milliseconds before (negative) or after midnight. */
interface Case {
  readonly story: string;
  readonly skewLimitMs: number;
  readonly stamped: number;
  readonly received: number;
  readonly result: MikeyCode | 'opened';
}

const TEN_MINUTES = 10 * MINUTE_MS;
const TWO_DAYS = 2 * DAY_MS;

const rows: readonly (readonly [string, number, number, number, Case['result']])[] = [
  ['the last message of the month, just in time', TEN_MINUTES, -1, TEN_MINUTES - 1, 'opened'],
  ['the last message of the month, too late', TEN_MINUTES, -1, TEN_MINUTES, 'MIKEY_SKEW'],
  ['the first message of the month', TEN_MINUTES, 0, 0, 'opened'],
  ['a sender whose clock is ahead', TEN_MINUTES, 0, -TEN_MINUTES, 'opened'],
  ['a sender whose clock is too far ahead', TEN_MINUTES, 0, -TEN_MINUTES - 1, 'MIKEY_SKEW'],
  ['an old key at noon of day 1, minutes of skew', TEN_MINUTES, -1, 12 * HOUR_MS, 'MIKEY_SKEW'],
  ['an old key at noon of day 1, two days of skew', TWO_DAYS, -1, 12 * HOUR_MS, 'opened'],
  ['an old key in the last millisecond of day 2', TWO_DAYS, -1, TWO_DAYS - 1, 'opened'],
  ['an old key as day 3 begins', TWO_DAYS, -1, TWO_DAYS, 'MIKEY_SKEW'],
  ['an old key as day 3 begins, more skew', TWO_DAYS + 1, -1, TWO_DAYS, 'MIKEY_CALENDAR_LATE'],
  ['a new key as the second-to-last day begins', TWO_DAYS, 0, -TWO_DAYS, 'opened'],
  ['a new key a moment before that', TWO_DAYS, 0, -TWO_DAYS - 1, 'MIKEY_SKEW'],
  ['a new key a moment before that, more skew', TWO_DAYS + 1, 0, -TWO_DAYS - 1, 'MIKEY_CALENDAR_EARLY'],
];

const cases = rows.map(([story, skewLimitMs, stamped, received, result]): Case => ({
  story,
  skewLimitMs,
  stamped,
  received,
  result,
}));

for (const { story, skewLimitMs, stamped, received, result } of cases) {
  test(`${story}, skew limit ${skewLimitMs / MINUTE_MS} min: ${result}`, (t) => {
    const { octets } = seal({ unixMs: MIDNIGHT + stamped });
    const phone = receiver({ unixMs: MIDNIGHT + received, skewLimitMs });
    if (result === 'opened') t.is(openIMessage(octets, phone).from, alice);
    else t.throws(() => openIMessage(octets, phone), { code: result });
  });
}

test('a phone without the new keys is out of service from midnight, in both directions', (t) => {
  const phone = receiver({
    unixMs: MIDNIGHT,
    keysFor: (period) => (period === OCTOBER ? keysOf(bob) : undefined),
  });
  const before = seal({ unixMs: MIDNIGHT - 1 });
  const after = seal({ unixMs: MIDNIGHT });
  t.is(openIMessage(before.octets, phone).from, alice);
  t.throws(() => openIMessage(after.octets, phone), {
    code: 'MIKEY_NO_KEYS',
  });
  t.throws(() => seal({ unixMs: MIDNIGHT, senderKeys: keysOf(alice) }), { code: 'MIKEY_PERIOD_MISMATCH' });
});

test('a month ends at midnight UTC, not at midnight of British summer time', (t) => {
  const august = parsePeriod('2015-08');
  const halfPastMidnightInLondon = periodStart(nextPeriod(august)) - 30 * MINUTE_MS;
  const { octets } = seal({ unixMs: halfPastMidnightInLondon, senderKeys: keysOf(alice, august) });
  t.is(openIMessage(octets, receiver({ unixMs: halfPastMidnightInLondon })).period, august);
});

const moment = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });

test('at every moment the calendar accepts the month itself, and a neighbour only within two days', (t) => {
  fc.assert(
    fc.property(moment, (unixMs) => {
      const period = periodOf(unixMs);
      const next = nextPeriod(period);
      t.is(calendarRefusal(period, unixMs), undefined);
      const nextRefused = calendarRefusal(next, unixMs)?.code === 'MIKEY_CALENDAR_EARLY';
      t.is(nextRefused, unixMs < periodStart(next) - TWO_DAYS);
      t.is(calendarRefusal(nextPeriod(next), unixMs)?.code, 'MIKEY_CALENDAR_EARLY');
      const back = unixMs + 31 * DAY_MS;
      const lateRefused = calendarRefusal(period, back)?.code === 'MIKEY_CALENDAR_LATE';
      t.is(lateRefused, back >= periodStart(next) + TWO_DAYS);
    }),
  );
});

test('skew is refused on both sides of the limit and nowhere else', (t) => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: -TWO_DAYS, max: TWO_DAYS }),
      fc.nat(TWO_DAYS),
      (now, skew, limit) => {
        t.is(skewRefusal(now + skew, now, limit)?.code, Math.abs(skew) > limit ? 'MIKEY_SKEW' : undefined);
        t.is(periodRefusal(periodOf(now), now), undefined);
        t.is(periodRefusal(nextPeriod(periodOf(now)), now)?.code, 'MIKEY_PERIOD_MISMATCH');
      },
    ),
  );
});
