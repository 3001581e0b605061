/** The handset and the app on it. */
export { handsetConsole } from './console.ts';
export { HANDSET_CODES } from './errors.ts';
export { Handset } from './handset.ts';
export type { HandsetOptions } from './handset-options.ts';
export { csbText } from './key-message.ts';
export { Session } from './session.ts';
export { isNewer } from './install-gate.ts';
export type { ReachedHandset } from './reached-handset.ts';
