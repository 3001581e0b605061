/**
 * Moves every date of a text by one month. What is near the end of a month stays as near to its end, for that is where keys change; so the last of
 * October becomes the last of November.
 */

/** Days from this one on are counted from the end of their month. */
const LATE = 20;

/** `2015-10`, `2015-10-14`, and the same at the head of an instant; a number with more digits is none. A disc has its month behind its name. */
const DATE = /(?<!\d-?)(20\d\d)-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?(?!\d)/g;

/** The same words, each date in them moved on. */
export function aMonthLater(text: string): string {
  return text.replace(DATE, (_, year: string, month: string, day: string | undefined) =>
    later(Number(year), Number(month), day === undefined ? undefined : Number(day)),
  );
}

function later(year: number, month: number, day: number | undefined): string {
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  const head = `${next.year}-${twoDigits(next.month)}`;
  if (day === undefined) return head;
  const fromEnd = daysIn(year, month) - day;
  return `${head}-${twoDigits(day < LATE ? day : daysIn(next.year, next.month) - fromEnd)}`;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
