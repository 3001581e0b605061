/** What measures are in. What is neither a time nor octets is counted; percent has two decimals. */
export const UNITS = [
  'calls',
  'packets',
  'messages',
  'discs',
  'machines',
  'months',
  'users',
  'octets',
  'milliseconds',
  'minutes',
  'hours',
  'handset-days',
  'exposures',
  'signs',
  'records',
  'exceptions',
  'percent',
] as const;
/** The unit of a measure, as reports print it behind the number. */
export type Unit = (typeof UNITS)[number];
