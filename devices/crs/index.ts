/** The rendezvous server. */
export { CRS_CODES } from './errors.ts';
export { Crs, type CrsOptions } from './crs.ts';
export type { PassingOffer } from './switchboard.ts';
export type { CrsStorage } from './storage.ts';
