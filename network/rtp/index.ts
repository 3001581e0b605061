/**
 * Media: RTP packets, their protection by SRTP, G.711 speech, and sound files; reports on them by RTCP; and what of it all is
 * heard. Start at `srtp-sender.ts` and `srtp.ts` (the two ends of a stream), `receiving-end.ts` (what a listener makes of one) and `capture.ts` (what a
 * thief makes of a recording).
 */
export { categoryOf, qualityOf, type CallQuality } from './call-quality.ts';
export * from './capture.ts';
export { Ear } from './ear.ts';
export { RTP_CODES, type RtpCode } from './errors.ts';
export * from './g711.ts';
export type { Hear } from './jitter-buffer.ts';
export * from './playout.ts';
export { RtcpInterval } from './rtcp-interval.ts';
export { RtcpSession, type SentSoFar } from './rtcp-session.ts';
export { isRtcp } from './rtcp.ts';
export * from './rtp.ts';
export type { SrtpMaster, SrtpProfile } from './session-keys.ts';
export { type SrtpCounters, SrtpReceiver, type SrtpReceiverOptions } from './srtp.ts';
export { SrtpSender, type SrtpSenderOptions } from './srtp-sender.ts';
export { SrtpListener } from './srtp-listener.ts';
export { SrtcpReceiver, SrtcpSender } from './srtcp.ts';
export * from './talk.ts';
export * from './wav.ts';
