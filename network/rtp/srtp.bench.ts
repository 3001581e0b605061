/**
 * How fast SRTP is, against the obvious way of doing it: one AES-CTR cipher and one HMAC of node:crypto for each packet. The
 * variants take turns, and ratios are taken within a turn, so that a busy machine slows both sides.
 */
import { createCipheriv, createHmac } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import { serialiseRtp } from './rtp.ts';
import { deriveSessionKey, KEY_LABELS, type SrtpMaster } from './session-keys.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';

/** How fast packets are protected and opened, each beside the same work by another. */
export interface SrtpBench {
  /** Packets per second of `protect`, over those of node:crypto per packet: above 1 is faster. Median over turns. */
  readonly srtpProtectVsNodeCrypto: number;
  readonly srtpUnprotectVsNodeCrypto: number;
  /** Packets of 160 octets of payload in a second. Medians over turns. */
  readonly protectPerSecond: number;
  readonly protectIntoPerSecond: number;
  readonly unprotectPerSecond: number;
  readonly nodeCryptoPerSecond: number;
  /** The same with 1,200 octets of payload. */
  readonly protectLongPerSecond: number;
  readonly nodeCryptoLongPerSecond: number;
}

const TURNS = 15;
const PACKETS = 3_000;
const SSRC = 0xcafebabe;

/** What is measured in turns. */
type MeasuredWay = 'protect' | 'protectInto' | 'nodeCrypto' | 'protectLong' | 'nodeCryptoLong' | 'unprotect';

/** Measures for about a second. `now` tells milliseconds. */
export function benchSrtp(now: () => number): SrtpBench {
  const master: SrtpMaster = {
    masterKey: new Uint8Array(16).fill(0x11),
    masterSalt: new Uint8Array(14).fill(0x22),
    profile: 'AES_CM_128_HMAC_SHA1_80',
  };
  const voice = packetOf(160);
  const long = packetOf(1200);
  const into = new Uint8Array(200);
  const sender = new SrtpSender({ ...master, ssrc: SSRC });
  const intoSender = new SrtpSender({ ...master, ssrc: SSRC });
  const longSender = new SrtpSender({ ...master, ssrc: SSRC });
  const sourceOfReceiver = new SrtpSender({ ...master, ssrc: SSRC });
  const receiver = new SrtpReceiver(master);
  const nodeCrypto = perPacketSender(master);

  assert(
    equal(new SrtpSender({ ...master, ssrc: SSRC }).protect(voice), nodeCrypto(voice, 0)),
    'both ways make the same packet',
  );

  const variants = {
    protect: () => repeat(voice, (packet) => sender.protect(packet)),
    protectInto: () => repeat(voice, (packet) => intoSender.protect(packet, into)),
    nodeCrypto: () => repeat(voice, (packet) => nodeCrypto(packet, 0)),
    protectLong: () => repeat(long, (packet) => longSender.protect(packet)),
    nodeCryptoLong: () => repeat(long, (packet) => nodeCrypto(packet, 0)),
  };
  const perSecond = new Map<MeasuredWay, number[]>();
  const record = (variant: MeasuredWay, action: () => void): void => {
    const begun = now();
    action();
    const rates = perSecond.get(variant) ?? [];
    rates.push((PACKETS * 1000) / (now() - begun));
    perSecond.set(variant, rates);
  };
  // Turn 0 warms up.
  for (let turn = 0; turn <= TURNS; turn++) {
    if (turn === 1) perSecond.clear();
    record('protect', variants.protect);
    record('nodeCrypto', variants.nodeCrypto);
    record('protectInto', variants.protectInto);
    record('protectLong', variants.protectLong);
    record('nodeCryptoLong', variants.nodeCryptoLong);
    const received: Uint8Array[] = [];
    repeat(voice, (packet) => received.push(sourceOfReceiver.protect(packet)));
    record('unprotect', () => {
      for (const packet of received) receiver.unprotect(packet);
    });
  }
  return figuresOf(perSecond);
}

function figuresOf(perSecond: ReadonlyMap<MeasuredWay, readonly number[]>): SrtpBench {
  const rates = (variant: MeasuredWay): readonly number[] => perSecond.get(variant) ?? [];
  const ratio = (variant: MeasuredWay): number =>
    median(rates(variant).map((rate, turn) => rate / (rates('nodeCrypto')[turn] ?? NaN)));
  return {
    srtpProtectVsNodeCrypto: ratio('protect'),
    srtpUnprotectVsNodeCrypto: ratio('unprotect'),
    protectPerSecond: median(rates('protect')),
    protectIntoPerSecond: median(rates('protectInto')),
    unprotectPerSecond: median(rates('unprotect')),
    nodeCryptoPerSecond: median(rates('nodeCrypto')),
    protectLongPerSecond: median(rates('protectLong')),
    nodeCryptoLongPerSecond: median(rates('nodeCryptoLong')),
  };
}

function packetOf(payloadOctets: number): Uint8Array {
  return serialiseRtp({
    marker: false,
    payloadType: 0,
    sequence: 0,
    timestamp: 0,
    ssrc: SSRC,
    csrcs: [],
    payload: new Uint8Array(payloadOctets).fill(0x55),
    paddingOctets: 0,
  });
}

/** Calls `send` with `packet` under rising sequence numbers, which go on where the last call ended. */
function repeat(packet: Uint8Array, send: (packet: Uint8Array) => unknown): void {
  for (let i = 0; i < PACKETS; i++) {
    const low = ((packet[3] ?? 0) + 1) & 0xff;
    packet[3] = low;
    if (low === 0) packet[2] = ((packet[2] ?? 0) + 1) & 0xff;
    send(packet);
  }
}

/** SRTP as one would write it first: a cipher and an HMAC for each packet. */
function perPacketSender(master: SrtpMaster): (packet: Uint8Array, rolloverCounter: number) => Uint8Array {
  const key = deriveSessionKey(master, KEY_LABELS.srtpEncryption, 16);
  const authenticationKey = deriveSessionKey(master, KEY_LABELS.srtpAuthentication, 20);
  const salt = deriveSessionKey(master, KEY_LABELS.srtpSalt, 14);
  const iv = new Uint8Array(16);
  const roc = Buffer.alloc(4);
  return (packet, rolloverCounter) => {
    roc.writeUInt32BE(rolloverCounter);
    iv.set(salt);
    for (let i = 0; i < 4; i++) {
      iv[4 + i] = (iv[4 + i] ?? 0) ^ (packet[8 + i] ?? 0);
      iv[8 + i] = (iv[8 + i] ?? 0) ^ (roc[i] ?? 0);
    }
    iv[12] = (iv[12] ?? 0) ^ (packet[2] ?? 0);
    iv[13] = (iv[13] ?? 0) ^ (packet[3] ?? 0);
    const out = Buffer.allocUnsafe(packet.length + 10);
    out.set(packet.subarray(0, 12));
    out.set(createCipheriv('aes-128-ctr', key, iv).update(packet.subarray(12)), 12);
    const tag = createHmac('sha1', authenticationKey)
      .update(out.subarray(0, packet.length))
      .update(roc)
      .digest();
    out.set(tag.subarray(0, 10), packet.length);
    return out;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
