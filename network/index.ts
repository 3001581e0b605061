/**
 * Everything on the wire. A device knows the network as `fabric.ts` has it; `simulated/` is that network in virtual time, and
 * each protocol is a folder of its own that knows no other: start at its `index.ts`.
 */
export type * from './fabric.ts';
export type * from './packet.ts';
export type * from './tap.ts';
export * as capture from './capture/index.ts';
export * as mikey from './mikey/index.ts';
export * as rtp from './rtp/index.ts';
export * as simulated from './simulated/index.ts';
export * as sip from './sip/index.ts';
export * as tlsPsk from './tls-psk/index.ts';
