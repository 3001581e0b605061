/**
 * A key period: one calendar month in UTC, written YYYY-MM (RFC 6509 section 3.2). Computed arithmetically from integer
 * milliseconds: no locale, no time zone, no leap-second table.
 */
import { mikeyCryptoError } from './errors.ts';

declare const periodBrand: unique symbol;

/** 'YYYY-MM', years 0000 to 9999. Periods order as strings. */
export type Period = string & { readonly [periodBrand]: true };

const DAY_MS = 86_400_000;
const FORM = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Reads 'YYYY-MM'. @throws MIKEY_PERIOD_INVALID */
export function parsePeriod(text: string): Period {
  if (!isPeriod(text)) {
    throw mikeyCryptoError('MIKEY_PERIOD_INVALID', `${JSON.stringify(text.slice(0, 32))} is not YYYY-MM`);
  }
  return shared(text);
}

/** Texts of periods that were met: a world names the same few months thousands of times. At most a hundred years of them. */
const met = new Map<string, Period>();
const MET_MAX = 1_200;

/** The one text of a period. */
function shared(period: Period): Period {
  const known = met.get(period);
  if (known === undefined && met.size < MET_MAX) met.set(period, period);
  return known ?? period;
}

function isPeriod(text: string): text is Period {
  return FORM.test(text);
}

/** The period that a moment falls in. @throws MIKEY_PERIOD_INVALID outside the years 0000 to 9999 */
export function periodOf(unixMilliseconds: number): Period {
  const day = Math.floor(unixMilliseconds / DAY_MS);
  // Days from 0000-03-01, so that the leap day is the last of its year; 719,468 of them before 1970-01-01.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return periodAt((era * 400 + yearOfEra) * 12 + monthFromMarch + 2);
}

/** The month after. @throws MIKEY_PERIOD_INVALID after 9999-12 */
export function nextPeriod(period: Period): Period {
  return periodAt(monthsOf(period) + 1);
}

/** The month before. @throws MIKEY_PERIOD_INVALID before 0000-01 */
export function previousPeriod(period: Period): Period {
  return periodAt(monthsOf(period) - 1);
}

/** The first instant of the period: midnight UTC, in milliseconds since 1970. */
export function periodStart(period: Period): number {
  const months = monthsOf(period) - 2;
  const year = Math.floor(months / 12);
  const monthFromMarch = months - 12 * year;
  const days =
    365 * year +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    Math.floor((153 * monthFromMarch + 2) / 5);
  return (days - 719_468) * DAY_MS;
}

/** Months since 0000-01. */
function monthsOf(period: Period): number {
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1;
}

function periodAt(months: number): Period {
  const year = Math.floor(months / 12);
  const month = months - 12 * year + 1;
  return parsePeriod(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`);
}
