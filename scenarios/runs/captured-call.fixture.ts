/**
 * A call once more, from the packets that were captured of it: SRTP by the equations of RFC 3711 on @noble/ciphers, G.711 by
 * arithmetic, the key from the true SSV of the CSB. It shares no code with a phone's receiving end or an attack.
 */
import {
  referenceKeys,
  referenceUnprotect,
  type ReferenceKeys,
} from '../../network/rtp/srtp-reference.fixture.ts';
import { offersOnCrs, sessionsOf } from '../../devices/attacker/crs-image.ts';
import { csbText } from '../../devices/handset/index.ts';
import { parseMessage } from '../../network/mikey/index.ts';
import type { Performance } from './performance.ts';
import { crsKind } from '../../devices/crs/kind.ts';

/** Samples in 20 ms of G.711, which one packet carries. */
export const FRAME = 160;
const TAG_OCTETS = 10;
/** Sequence numbers begin below 2^16 and a call is short: the ROC is 0 or 1. */
const ROLLOVERS = [0, 1];

/** The speech of one packet, deciphered, with the RTP timestamp of its first sample. */
export interface Frame {
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

/** The CSB ID of the first call that somebody placed. */
export function csbOf({ world }: Performance, caller: string): string {
  const placed = world.trace.events.find(
    (event) => event.type === 'handset.call-placed' && event.data.from === caller,
  );
  if (placed?.type !== 'handset.call-placed') throw new Error(`${caller} placed no call`);
  return placed.data.csb;
}

/** The keys of one direction of a call: 0 from the caller, 1 from the callee. */
export function keysOf({ world }: Performance, csb: string, direction: 0 | 1): ReferenceKeys {
  const crs = world.ofKind(crsKind).get('crs');
  const iMessage = offersOnCrs(crs?.extract() ?? new Uint8Array(0)).find(
    (octets) => csbText(parseMessage(octets).header.csbId) === csb,
  );
  const sent = world.trace.events.find((event) => event.type === 'mikey.sent' && event.data.csb === csb);
  if (iMessage === undefined || sent?.type !== 'mikey.sent') throw new Error(`no offer of ${csb}`);
  const session = sessionsOf(parseMessage(iMessage), sent.data.ssv.reveal())[direction];
  if (session === undefined) throw new Error('a call has two sessions');
  return referenceKeys(session.tek, session.salt);
}

/** The frames in those packets that the keys open, each once, in the order of the packets. */
export function framesIn(packets: Iterable<Uint8Array>, keys: ReferenceKeys): readonly Frame[] {
  const frames = new Map<number, Frame>();
  for (const octets of packets) {
    for (const rollover of ROLLOVERS) {
      const clear = referenceUnprotect(keys, octets, rollover, TAG_OCTETS);
      if (clear === undefined) continue;
      const view = new DataView(clear.buffer, clear.byteOffset, clear.length);
      const timestamp = view.getUint32(4);
      if (!frames.has(timestamp)) frames.set(timestamp, { timestamp, payload: clear.slice(12) });
    }
  }
  return [...frames.values()];
}

/** The sample of a mu-law octet (ITU-T G.711 table 2a, in 16 bits), by the arithmetic of its segments. */
export function expanded(octet: number): number {
  const inverted = octet ^ 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 132) << ((inverted >> 4) & 7)) - 132;
  return inverted & 0x80 ? -magnitude : magnitude;
}

/** A WAV file written by hand: 8,000 samples a second, one channel, 16 bits. */
export function wavOf(samples: Int16Array): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8_000, 24);
  file.writeUInt32LE(16_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples.length, 40);
  for (const [n, sample] of samples.entries()) file.writeInt16LE(sample, 44 + 2 * n);
  return file;
}
