/** The rendezvous server. */
export { CRS_CODES } from './errors.ts';
export { Crs, type CrsOptions, type PassingOffer } from './crs.ts';
