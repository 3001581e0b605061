/** Lineages of secrets, read from a trace. */
export { lineagesOf, type LineageEvent } from './lineage.ts';
export type { Lineage, LineageMoment, LineagePlace } from './model.ts';
