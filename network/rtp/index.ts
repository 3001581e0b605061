/**
 * Media: RTP packets, their protection by SRTP, G.711 speech, and sound files. Start at `srtp.ts` (the two ends of a stream)
 * and `capture.ts` (what a thief makes of a recording).
 */
export * from './capture.ts';
export { RTP_CODES, type RtpCode } from './errors.ts';
export * from './g711.ts';
export * from './playout.ts';
export * from './rtp.ts';
export type { SrtpMaster, SrtpProfile } from './session-keys.ts';
export {
  type SrtpCounters,
  SrtpReceiver,
  type SrtpReceiverOptions,
  SrtpSender,
  type SrtpSenderOptions,
} from './srtp.ts';
export * from './talk.ts';
export * from './wav.ts';
