/**
 * When a key may be used (RFC 6509). Three rules, each with its own reason to refuse:
 *
 * - the timestamp is within the skew limit of the clock;
 * - the month of the identifier is the month of the timestamp;
 * - the calendar: next month's key is accepted from the second-to-last day of a month on, last month's key on days 1 and 2.
 *
 * The calendar never overrides the first two. With a skew limit of minutes a month ends at midnight UTC plus minutes, and
 * only a deployment that tolerates 48 hours of skew feels the calendar at all.
 */
import { nextPeriod, periodOf, periodStart, previousPeriod, type Period } from './period.ts';
import { mikeyError, type MikeyRefusal } from './message-errors.ts';
import { isoTime } from './payload/timestamp.ts';

const DAY_MS = 86_400_000;
/** New keys are accepted this long before their month, old ones this long after theirs. */
const GRACE_MS = 2 * DAY_MS;

/** MIKEY_SKEW when a timestamp and the clock differ by more than the limit. All in milliseconds since 1970. */
export function skewRefusal(
  timestampUnixMs: number,
  nowUnixMs: number,
  skewLimitMs: number,
): MikeyRefusal | undefined {
  const skewMs = timestampUnixMs - nowUnixMs;
  if (Math.abs(skewMs) <= skewLimitMs) return undefined;
  const side = skewMs < 0 ? 'before' : 'after';
  return mikeyError(
    'MIKEY_SKEW',
    `${isoTime(timestampUnixMs)} is ${Math.abs(skewMs)} ms ${side} the clock, the limit is ${skewLimitMs} ms`,
  );
}

/** MIKEY_PERIOD_MISMATCH when keys are of another month than the timestamp. */
export function periodRefusal(period: Period, timestampUnixMs: number): MikeyRefusal | undefined {
  if (period === periodOf(timestampUnixMs)) return undefined;
  return mikeyError(
    'MIKEY_PERIOD_MISMATCH',
    `the identifier is of ${period}, the timestamp is ${isoTime(timestampUnixMs)}`,
  );
}

/** MIKEY_CALENDAR_EARLY or MIKEY_CALENDAR_LATE when a key of `period` may not be used at this moment. */
export function calendarRefusal(period: Period, nowUnixMs: number): MikeyRefusal | undefined {
  const opensUnixMs = periodStart(period) - GRACE_MS;
  if (nowUnixMs < opensUnixMs)
    return mikeyError(
      'MIKEY_CALENDAR_EARLY',
      `keys of ${period} are accepted from ${isoTime(opensUnixMs)} on, it is ${isoTime(nowUnixMs)}`,
    );
  const closesUnixMs = periodStart(nextPeriod(period)) + GRACE_MS;
  if (nowUnixMs >= closesUnixMs)
    return mikeyError(
      'MIKEY_CALENDAR_LATE',
      `keys of ${period} are accepted until ${isoTime(closesUnixMs)}, it is ${isoTime(nowUnixMs)}`,
    );
  return undefined;
}

/** The months whose keys a device may hold at once: the one of `period` and its neighbours, itself first. */
export function periodsAround(period: Period): readonly Period[] {
  return [period, previousPeriod(period), nextPeriod(period)];
}
