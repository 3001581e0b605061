/**
 * The network in virtual time. Start at `fabric.ts` (hosts and links), then `link.ts` (what happens to a packet), `stream.ts`
 * (TCP on lossy links) and `capture.ts` (what a tap makes of it).
 */
export { reassemble, type RecordedStream } from './capture.ts';
export { NETWORK_CODES } from './errors.ts';
export type { DropReason } from './events.ts';
export type { Link } from './link.ts';
export type { LinkCounts } from './direction.ts';
export { DELAY_MS_MAX, type LinkParameters } from './link-parameters.ts';
export { netemOf, tcOf } from './netem-print.ts';
export { NETEM_WORDS, readNetem } from './netem-read.ts';
export { PROFILE_NAMES, PROFILES, type Profile, type ProfileName } from './profiles.ts';
export type { FabricState } from './fabric-state.ts';
export type { SimulatedFabricOptions } from './fabric-options.ts';
export { SimulatedFabric } from './fabric.ts';
export type { PacketFilter } from './routes.ts';
export { carrying, Tunnel, TUNNEL_KEY_OCTETS } from './tunnel.ts';
export { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
