/** How well a call was heard at this end, told to the trace: losses, delays, and the E-model's rating (ITU-T G.107). */
import { categoryOf } from '../../network/rtp/index.ts';
import type { CallParty, CallPorts } from './call-party.ts';
import type { MediaQuality } from './media.ts';

/** Writes `handset.call-quality` of the direction from the peer to this user; nothing when there was no media to judge. */
export function reportQuality(
  { ports, device, user }: CallPorts,
  { csb, from, to }: CallParty,
  quality: MediaQuality | undefined,
): void {
  if (quality === undefined) return;
  const { roundTripMs, delayMs, rating, peerLost, reports, ...measured } = quality;
  ports.trace.append('handset.call-quality', device, {
    csb,
    from,
    to,
    user,
    ...measured,
    roundTripMs: roundTripMs ?? null,
    delayMs: delayMs ?? null,
    r: rating?.r ?? null,
    mos: rating?.mos ?? null,
    category: rating === undefined ? null : categoryOf(rating.r),
    peerLost: peerLost ?? null,
    reportsSent: reports.sent,
    reportsReceived: reports.received,
    reportsRefused: reports.refused,
  });
}
