/** The measures that every run has, by the names that reports print and scenarios compare; those of single keys have names of their own. */
export const MEASURE_NAMES = [
  'calls connected',
  'set-up time, median',
  'I_MESSAGE, largest',
  'media packets received',
  'media loss',
  'packets with a wrong tag',
  'packets replayed',
  'packets out of step',
  'I_MESSAGEs refused',
] as const;

/** One of the measures that every run has. */
export type MeasureName = (typeof MEASURE_NAMES)[number];
