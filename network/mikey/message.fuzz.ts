/** The message reader, for the fuzzer: what it accepts, it must also write back octet by octet. */
import { assert, CalldrillError } from '../../sim/errors.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat, equal, fromAscii, fromHex } from '../../sim/octets.ts';
import { parseMessage, serialiseMessage, viewMessage } from './message.ts';
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

const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array(0);

/** Octets of a payload in hexadecimal, its length in front where it has one. */
const sized = (head: string, data: Uint8Array): Uint8Array =>
  concat(hex(head), Uint8Array.of(data.length >> 8, data.length & 0xff), data);

/**
 * What a 3GPP system may send and no phone here takes: PRF 2, hashed identities beside plain ones, an extension of type 7, two of the
 * vendor, and an SSV of 256 bits. The values are made up.
 */
export const LIKE_3GPP: Uint8Array = concat(
  hex('011a05021234567802020100010000000002000100000000'),
  hex('0b00d104f75000000000'),
  hex(`0e10${'5a'.repeat(16)}`),
  sized('0e0101', fromAscii('tel:+447700900123')),
  sized('0e0201', fromAscii('tel:+447700900456')),
  sized('0e0802', new Uint8Array(32).fill(0x81)),
  sized('150902', new Uint8Array(32).fill(0x91)),
  sized('1507', new Uint8Array(24).fill(0x71)),
  sized('1500', fromAscii('first')),
  sized('1a00', fromAscii('second')),
  sized('040102', new Uint8Array(289).fill(0x04)),
  hex(`2081${'11'.repeat(129)}`),
);

/** Whole I_MESSAGEs, sealed ones among them, so that mutants get past the header. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'mikey I_MESSAGE',
    samples: [...samples, ...samples.slice(0, 1).flatMap(variants)],
    parse(input) {
      const message = parseMessage(input);
      if (!equal(serialiseMessage(message.header, message.payloads), input))
        throw new Error('the octets written differ from the octets read');
      return viewMessage(input);
    },
  },
  {
    name: 'mikey I_MESSAGE, looked at',
    samples: [...samples, LIKE_3GPP],
    parse(input) {
      const { fields, objections, message } = viewMessage(input);
      let end = 0;
      for (const { offset, length } of fields) {
        assert(offset === end && length > 0, 'fields follow each other');
        end += length;
      }
      assert(end <= input.length, 'a field is in the message');
      assert((message === undefined) === objections.length > 0, 'what is not a message is objected to');
      const [first] = objections;
      let refusal: unknown;
      try {
        parseMessage(input);
      } catch (error) {
        refusal = error;
      }
      const code = refusal instanceof CalldrillError ? refusal.code : undefined;
      assert(code === first?.code, 'what is objected to first is why it is refused');
      if (refusal !== undefined && !equal(input, LIKE_3GPP)) throw refusal;
      return fields;
    },
  },
];
