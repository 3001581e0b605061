/** Fuzz targets of this folder: everything that reads octets a peer, a recording or a file supplies. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { decryptCapture } from './capture.ts';
import { parseRtcp } from './rtcp-read.ts';
import { SDES_CNAME, type RtcpPacket } from './rtcp.ts';
import { serialiseRtcp } from './rtcp-write.ts';
import { parseRtp, type RtpPacket, serialiseRtp } from './rtp.ts';
import type { SrtpMaster, SrtpProfile } from './session-keys.ts';
import { SrtcpReceiver, SrtcpSender } from './srtcp.ts';
import { SrtpSender } from './srtp-sender.ts';
import { SrtpReceiver } from './srtp.ts';
import { readWav, writeWav } from './wav.ts';

const plain: RtpPacket = {
  marker: false,
  payloadType: 0,
  sequence: 7,
  timestamp: 1_120,
  ssrc: 0xcafebabe,
  csrcs: [],
  payload: new Uint8Array(40).fill(0xff),
  paddingOctets: 0,
};

const samples = [
  plain,
  { ...plain, sequence: 8, marker: true, csrcs: [1, 2, 3] },
  { ...plain, sequence: 9, extension: { profile: 0xbede, data: new Uint8Array(8) }, paddingOctets: 4 },
].map(serialiseRtp);

const keys = { masterKey: new Uint8Array(16).fill(1), masterSalt: new Uint8Array(14).fill(2) };

function srtpTarget(profile: SrtpProfile): FuzzTarget {
  const master: SrtpMaster = { ...keys, profile };
  const sender = new SrtpSender({ ...master, ssrc: 0xcafebabe });
  const earlier = sender.protect(serialiseRtp({ ...plain, sequence: 6 }));
  return {
    name: `SRTP ${profile}`,
    samples: samples.map((packet) => sender.protect(packet)),
    parse(input) {
      const receiver = new SrtpReceiver({ ...master, ssrc: 0xcafebabe });
      receiver.unprotect(earlier);
      return parseRtp(receiver.unprotect(input));
    },
  };
}

const recorded: SrtpMaster = { ...keys, profile: 'AES_CM_128_HMAC_SHA1_80' };

const block = {
  ssrc: 0xcafebabe,
  fractionLost: 12,
  cumulativeLost: -1,
  highestSequence: 70_000,
  jitter: 9,
  lastReport: 0x12345678,
  delaySinceLastReport: 65_536,
};
const cname: RtcpPacket = {
  kind: 'SDES',
  sources: [{ ssrc: 1, items: [{ type: SDES_CNAME, text: new Uint8Array(5).fill(0x61) }] }],
};
const none = new Uint8Array(0);
const sent = { ntpSeconds: 1, ntpFraction: 2, rtpTimestamp: 3, packets: 4, octets: 5 };

const compounds: readonly Uint8Array[] = [
  serialiseRtcp([{ kind: 'SR', ssrc: 1, sender: sent, blocks: [block], extension: none }, cname]),
  serialiseRtcp([
    { kind: 'RR', ssrc: 1, blocks: [block, block], extension: new Uint8Array(4) },
    cname,
    { kind: 'other', type: 204, count: 3, body: new Uint8Array(8) },
    { kind: 'BYE', ssrcs: [1, 2], reason: new Uint8Array(3).fill(0x62) },
  ]),
  padded(serialiseRtcp([{ kind: 'RR', ssrc: 1, blocks: [], extension: none }, cname])),
];

/** The compound with its last packet (the name: five words) padded by a word. */
function padded(compound: Uint8Array): Uint8Array {
  const out = new Uint8Array(compound.length + 4);
  out.set(compound);
  const last = compound.length - 16;
  out[last] = (out[last] ?? 0) | 0x20;
  out[last + 3] = (out[last + 3] ?? 0) + 1;
  out[out.length - 1] = 4;
  return out;
}

function srtcpTarget(): FuzzTarget {
  const master: SrtpMaster = { ...keys, profile: 'AES_CM_128_HMAC_SHA1_80' };
  const sender = new SrtcpSender(master);
  const [first = none] = compounds;
  const earlier = sender.protect(first);
  return {
    name: 'SRTCP',
    samples: compounds.map((compound) => sender.protect(compound)),
    parse(input) {
      const receiver = new SrtcpReceiver({ ...master, ssrc: 1 });
      receiver.unprotect(earlier);
      return parseRtcp(receiver.unprotect(input));
    },
  };
}

/** Media and reports, in clear and protected, recorded calls, and WAV files. */
export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'RTP', samples, parse: parseRtp },
  srtpTarget('AES_CM_128_HMAC_SHA1_80'),
  srtpTarget('AES_CM_128_HMAC_SHA1_32'),
  { name: 'RTCP', samples: compounds, parse: parseRtcp },
  srtcpTarget(),
  {
    // Whatever a recording holds, the thief goes on to the next packet: it refuses none with an error.
    name: 'recorded SRTP',
    samples: samples.map((packet) => new SrtpSender({ ...recorded, ssrc: 0xcafebabe }).protect(packet)),
    parse: (input) => decryptCapture([input], recorded),
  },
  {
    name: 'WAV',
    samples: [writeWav(Int16Array.of(1, -1, 300)), writeWav(new Int16Array(0))],
    parse: readWav,
  },
];
