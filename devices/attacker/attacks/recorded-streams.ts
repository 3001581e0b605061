/** The recorded media of a call, each direction for itself, opened with the keys of the call. */
import type { CapturedPacket } from '../../../network/packet.ts';
import type { SessionKeys } from '../../../network/mikey/index.ts';
import {
  decryptCapture,
  isRtcp,
  rtpSsrc,
  type OpenedPacket,
  type SrtpProfile,
} from '../../../network/rtp/index.ts';
import { isShut, rememberShut } from './shut-streams.ts';

/** The keys of the two directions, caller to callee and back, and the profile that they are used with. */
export interface StreamKeys {
  readonly sessions: readonly SessionKeys[];
  readonly profile: SrtpProfile;
}

/** What each direction of the call comes to, decrypted: first the caller's, then the callee's. */
export function streamsOf(
  { sessions, profile }: StreamKeys,
  packets: readonly CapturedPacket[],
): readonly (readonly OpenedPacket[])[] {
  const bySsrc = new Map<number, Uint8Array[]>();
  for (const { packet } of packets) {
    // Reports hold no speech.
    if (packet.octets.length < 12 || isRtcp(packet.octets)) continue;
    const ssrc = rtpSsrc(packet.octets);
    const list = bySsrc.get(ssrc);
    if (list === undefined) bySsrc.set(ssrc, [packet.octets]);
    else list.push(packet.octets);
  }
  const found = new Set<number>();
  return sessions.map(({ tek, salt }) => {
    // What another key has opened is tried last: a wrong key is tried on every packet, with every rollover counter.
    const likeliest = [...bySsrc].sort(([a], [b]) => Number(found.has(a)) - Number(found.has(b)));
    for (const [ssrc, stream] of likeliest) {
      const master = { masterKey: tek, masterSalt: salt, profile };
      if (isShut(stream, master)) continue;
      const { opened: clear } = decryptCapture(stream, master);
      if (clear.length === 0) {
        rememberShut(stream, master);
        continue;
      }
      found.add(ssrc);
      return clear;
    }
    return [];
  });
}
