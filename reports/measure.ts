/** Measures as people read them: a count is a number, everything else has its unit. */
import type { Measure, Unit } from '../scenarios/evidence/model.ts';

const ENDINGS: Readonly<Record<Unit, string>> = {
  // Its name says what is counted.
  calls: '',
  packets: '',
  messages: '',
  discs: '',
  machines: '',
  months: '',
  users: '',
  octets: ' octets',
  milliseconds: ' ms',
  minutes: ' min',
  hours: ' h',
  'handset-days': '',
  exposures: '',
  signs: '',
  records: '',
  exceptions: '',
  percent: ' %',
};

/** `2045 ms`, `0.20 %`, `3`; `nothing to measure` for what was not there. */
export function measureText({ value, unit }: Pick<Measure, 'value' | 'unit'>): string {
  if (value === null) return 'nothing to measure';
  return `${unit === 'percent' ? value.toFixed(2) : String(value)}${ENDINGS[unit]}`;
}
