/**
 * The network for real: the fabric on sockets, and the clock it runs by. An edge: wall clock and operating system are here, and
 * devices know nothing of it. Start at `fabric.ts`, then `clock.ts` (when things happen).
 */
export { LiveClock, type Driver } from './clock.ts';
export { LiveFabric, type LiveFabricOptions } from './fabric.ts';
export type { Lag } from './lag.ts';
export { Sockets, type SocketsOptions } from './sockets.ts';
