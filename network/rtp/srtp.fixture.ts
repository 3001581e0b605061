/** One stream of SRTP, for the tests of its two ends: a master key, its packets, and all of them protected in order. */
import { serialiseRtp } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { SrtpSender } from './srtp-sender.ts';

/** Every octet of it differs, so one that is read from the wrong place shows. */
export const SSRC = 0xcafebabe;
/** Tags of 80 and of 32 bits. */
export const PROFILES = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const;

/** Octets that count up: no octet of key or salt is like its neighbour. */
export const master: SrtpMaster = {
  masterKey: Uint8Array.from({ length: 16 }, (_, i) => i),
  masterSalt: Uint8Array.from({ length: 14 }, (_, i) => 0xa0 + i),
  profile: 'AES_CM_128_HMAC_SHA1_80',
};

/** Shorter than a block of AES, and no multiple of four. */
export const PAYLOAD: Uint8Array = Uint8Array.of(1, 2, 3, 4, 5);

/** An RTP packet of the stream, or, with another SSRC, one that is not. */
export function packet(sequence: number, payload = PAYLOAD, ssrc = SSRC): Uint8Array {
  return serialiseRtp({
    marker: false,
    payloadType: 0,
    sequence: sequence & 0xffff,
    timestamp: sequence * 160,
    ssrc,
    csrcs: [],
    payload,
    paddingOctets: 0,
  });
}

/** Protects packets of rising sequence numbers from `first`, in order. */
export function protectAll(first: number, count: number, options: SrtpMaster = master): Uint8Array[] {
  const sender = new SrtpSender({ ...options, ssrc: SSRC });
  return Array.from({ length: count }, (_, i) => sender.protect(packet(first + i)));
}

/** A packet of a list; an empty one when there is none, which no test expects. */
export const at = (packets: readonly Uint8Array[], i: number): Uint8Array => packets[i] ?? new Uint8Array(0);
