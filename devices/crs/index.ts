/** The rendezvous server. */
export { CRS_CODES } from './errors.ts';
export { crsConsole } from './console.ts';
export { Crs, type CrsOptions } from './crs.ts';
export type { PassingOffer } from './switchboard.ts';
export type { CrsStorage } from './storage.ts';
export type { ReachedCrs } from './reached-crs.ts';
export { CRS_STATE_MAGIC, parseCrsState, type CrsState } from './state.ts';
export { Accounts } from './accounts.ts';
export { AuditLog } from './audit-log.ts';
