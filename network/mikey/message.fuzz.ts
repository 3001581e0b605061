/** The message reader, for the fuzzer: what it accepts, it must also write back octet by octet. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { equal, fromAscii } from '../../sim/octets.ts';
import { describeMessage, parseMessage, serialiseMessage } from './message.ts';
import type { Payload } from './payload/payload.ts';
import type { SessionMap } from './payload/session-map.ts';
import { full, fullSha256, withoutIdentities } from './rfc6509.vectors.ts';

const samples = [full, withoutIdentities, fullSha256].map(({ base64 }) =>
  Uint8Array.from(Buffer.from(base64, 'base64')),
);

const genericMap: SessionMap = {
  type: 'GENERIC-ID',
  sessions: [
    { csId: 1, policyNumbers: [0], stream: { ssrc: 7, position: undefined }, spi: Uint8Array.of(1, 2) },
    {
      csId: 2,
      policyNumbers: [0],
      stream: { ssrc: 8, position: { roc: 1, sequence: 2 } },
      spi: new Uint8Array(0),
    },
    { csId: 3, policyNumbers: [], stream: undefined, spi: new Uint8Array(0) },
  ],
};

/** The first sample with the two other maps, a certificate and an extension. */
function variants(octets: Uint8Array): readonly Uint8Array[] {
  const { header, payloads } = parseMessage(octets);
  const data = fromAscii('mikey');
  const certified = payloads.flatMap((payload): Payload[] =>
    payload.kind === 'SP'
      ? [{ kind: 'CERT', type: 0, data }, payload, { kind: 'EXT', type: 'SDP IDs', data }]
      : [payload],
  );
  const withoutPolicy = payloads.filter(({ kind }) => kind !== 'SP');
  return [
    serialiseMessage({ ...header, map: genericMap }, certified),
    serialiseMessage({ ...header, map: { type: 'empty', sessions: [] } }, withoutPolicy),
  ];
}

/** Whole I_MESSAGEs, sealed ones among them, so that mutants get past the header. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'mikey I_MESSAGE',
    samples: [...samples, ...samples.slice(0, 1).flatMap(variants)],
    parse(input) {
      const message = parseMessage(input);
      if (!equal(serialiseMessage(message.header, message.payloads), input))
        throw new Error('the octets written differ from the octets read');
      return describeMessage(message);
    },
  },
];
