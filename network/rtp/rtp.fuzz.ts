/** Fuzz targets of this folder: everything that reads octets a peer, a recording or a file supplies. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { decryptCapture } from './capture.ts';
import { parseRtp, type RtpPacket, serialiseRtp } from './rtp.ts';
import type { SrtpMaster, SrtpProfile } from './session-keys.ts';
import { SrtpReceiver, SrtpSender } from './srtp.ts';
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

export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'RTP', samples, parse: parseRtp },
  srtpTarget('AES_CM_128_HMAC_SHA1_80'),
  srtpTarget('AES_CM_128_HMAC_SHA1_32'),
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
