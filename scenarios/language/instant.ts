/**
 * Instants in UTC: when a scenario begins. Calendar arithmetic is done here, in integers, because scenarios may not touch
 * the platform's dates (time zones and the wall clock come with them).
 */
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import { scenarioError } from './errors.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UnixMillis = number;

/** UTC only, whole seconds, nothing optional. */
export const INSTANT_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})Z$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_OF_DAY = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;

/** MIKEY timestamps and key periods of the drill live in these years. */
const YEARS = { first: 1970, last: 2099 } as const;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Reads `2015-10-14T08:00:00Z`. Throws SCENARIO_INSTANT. */
export function parseInstant(text: string): UnixMillis {
  const [, date, time] = INSTANT.exec(text) ?? [];
  const day = date === undefined ? undefined : dayOf(date);
  const inDay = time === undefined ? undefined : timeOfDay(time);
  if (day === undefined || inDay === undefined)
    throw scenarioError('SCENARIO_INSTANT', `'${text}' is not an instant in UTC`);
  return (day + inDay) / MILLISECOND;
}

/** Microseconds from 1970 to the start of a day written `2015-10-14`; undefined when there is no such day. */
export function dayOf(text: string): Micros | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const leap = isLeap(year);
  const length = (DAYS_IN_MONTH[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0);
  if (year < YEARS.first || year > YEARS.last || day < 1 || day > length) return undefined;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  const ordinal = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && leap ? 1 : 0) + day - 1;
  return ((year - 1970) * 365 + leapDays + ordinal) * DAY;
}

/** Microseconds from midnight to `08:05` or `08:05:30`; undefined when there is no such time. */
export function timeOfDay(text: string): Micros | undefined {
  const match = TIME_OF_DAY.exec(text);
  if (match === null) return undefined;
  const [hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return hour * HOUR + minute * MINUTE + second * SECOND;
}

/** The start of the day that an instant lies in, in microseconds since 1970. */
export function startOfDay(instant: UnixMillis): Micros {
  return Math.floor((instant * MILLISECOND) / DAY) * DAY;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
