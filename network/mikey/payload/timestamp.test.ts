import test from 'ava';
import * as fc from 'fast-check';
import { isoTime, timestampOf, unixMsOf } from './timestamp.ts';

const FIRST = Date.UTC(1968, 0, 20, 3, 14, 8);
const LAST = Date.UTC(2104, 1, 26, 9, 42, 23, 999);
const moment = fc.integer({ min: FIRST, max: LAST });

test('an NTP timestamp is the one that other implementations make', (t) => {
  t.deepEqual(timestampOf(Date.UTC(2011, 1, 15, 13)), {
    kind: 'T',
    type: 'NTP-UTC',
    seconds: 0xd104f750,
    fraction: 0,
  });
});

test('a moment survives its timestamp to the millisecond, whatever is drawn below it', (t) => {
  fc.assert(
    fc.property(moment, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (unixMs, fraction) => {
      t.is(unixMsOf(timestampOf(unixMs)), unixMs);
      const drawn = timestampOf(unixMs, { below: (bound) => Math.floor(fraction * bound) });
      t.is(unixMsOf(drawn), unixMs);
      t.true(drawn.fraction <= 0xffffffff);
    }),
    { numRuns: 500 },
  );
});

test('the largest draw in the last millisecond of a second stays in it', (t) => {
  const unixMs = Date.UTC(2015, 9, 14) + 999;
  t.is(unixMsOf(timestampOf(unixMs, { below: (bound) => bound - 1 })), unixMs);
});

test('NTP seconds go on past their wrap of 2036, and end where they would be read as 1968', (t) => {
  for (const unixMs of [FIRST, Date.UTC(2036, 1, 7, 6, 28, 15), Date.UTC(2036, 1, 7, 6, 28, 16), LAST])
    t.is(unixMsOf(timestampOf(unixMs)), unixMs);
  t.is(timestampOf(Date.UTC(2036, 1, 7, 6, 28, 16)).seconds, 0);
  for (const unixMs of [FIRST - 1, LAST + 1])
    t.throws(() => timestampOf(unixMs), { code: 'MIKEY_TIMESTAMP_RANGE' });
});

test('times are printed as in ISO 8601, to the second', (t) => {
  fc.assert(
    fc.property(moment, (unixMs) => {
      t.is(isoTime(unixMs), `${new Date(unixMs).toISOString().slice(0, 19)}Z`);
    }),
  );
});
