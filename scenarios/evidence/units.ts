/** What measures are in. Calls, packets, messages, discs, machines, months and users are counted; percent has two decimals. */
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
  'hours',
  'percent',
] as const;
/** The unit of a measure, as reports print it behind the number. */
export type Unit = (typeof UNITS)[number];
