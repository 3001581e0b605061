/**
 * Live runs: the same performances on real sockets and the wall clock, in one process or with the CRS and the phones as processes of
 * their own. Start at `live-run.ts`, then `director/director-run.ts`.
 */
export { deviceTerminal } from './director/device-terminal.ts';
export { runDevice } from './director/device-process.ts';
export type { DeviceTiming } from './director/device-timing.ts';
export type { DirectedRun } from './director/directed-run.ts';
export { Director } from './director/director-run.ts';
export { directorTerminal } from './director/director-terminal.ts';
export type { RemoteKind } from './director/message.ts';
export { controlError } from './director/errors.ts';
export { openToOthers } from './director/private-file.ts';
export { LIVE_SEED, runLive, type LiveRun, type LiveRunOptions, type LiveTiming } from './live-run.ts';
