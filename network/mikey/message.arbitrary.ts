/** Random well-formed messages, for properties of the reader and writer. They are not authentic. */
import * as fc from 'fast-check';
import { fromAscii } from '../../sim/octets.ts';
import type { Payloads } from './message.ts';
import type { Header } from './payload/header.ts';
import type { Identity, IdentityRole } from './payload/identity.ts';
import type { Payload } from './payload/payload.ts';
import type { SecurityPolicy } from './payload/security-policy.ts';
import type { SessionMap } from './payload/session-map.ts';

const uint8 = fc.nat(0xff);
const uint16 = fc.nat(0xffff);
const uint32 = fc.nat(0xffffffff);
const octets = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });

const srtpIdMap = fc.record({
  type: fc.constant('SRTP-ID' as const),
  sessions: fc.array(fc.record({ policyNumber: uint8, ssrc: uint32, roc: uint32 }), { maxLength: 6 }),
});

const stream = fc.record({
  ssrc: uint32,
  position: fc.option(fc.record({ roc: uint32, sequence: uint16 }), { nil: undefined }),
});

const genericIdMap = fc.record({
  type: fc.constant('GENERIC-ID' as const),
  sessions: fc.uniqueArray(
    fc.record({
      csId: uint8,
      policyNumbers: fc.array(uint8, { maxLength: 3 }),
      stream: fc.option(stream, { nil: undefined }),
      spi: octets(0, 8),
    }),
    { maxLength: 5, selector: ({ csId }) => csId },
  ),
});

const emptyMap = fc.constant<SessionMap>({ type: 'empty', sessions: [] });

const header = (map: fc.Arbitrary<SessionMap>): fc.Arbitrary<Header> =>
  fc.record({
    kind: fc.constant('HDR' as const),
    verify: fc.boolean(),
    prf: fc.constantFrom('MIKEY-1' as const, 'PRF-HMAC-SHA-256' as const),
    csbId: uint32,
    map,
  });

const uri = fc.stringMatching(/^[!-~]{1,60}$/).map(fromAscii);

const identity = (role: IdentityRole): fc.Arbitrary<Identity[]> =>
  fc
    .option(
      fc.oneof(
        fc.record({
          kind: fc.constant('IDR' as const),
          role: fc.constant(role),
          type: fc.constantFrom('NAI' as const, 'URI' as const),
          data: uri,
        }),
        fc.record({
          kind: fc.constant('IDR' as const),
          role: fc.constant(role),
          type: fc.constant('octets' as const),
          data: octets(1, 255),
        }),
      ),
    )
    .map((one) => (one === null ? [] : [one]));

const policy: fc.Arbitrary<SecurityPolicy> = fc.record({
  kind: fc.constant('SP' as const),
  number: uint8,
  parameters: fc.uniqueArray(
    fc.oneof(
      fc.record({
        type: fc.constantFrom(
          'encryption algorithm' as const,
          'authentication algorithm' as const,
          'SRTP PRF' as const,
          'AEAD tag length' as const,
          'SRTP ROC tag length' as const,
        ),
        length: fc.constant(1),
        value: uint8,
      }),
      fc.record({
        type: fc.constant('ROC transmission rate' as const),
        length: fc.constant(2),
        value: uint16,
      }),
    ),
    { selector: ({ type }) => type },
  ),
});

const extensions: fc.Arbitrary<Payload[]> = fc.uniqueArray(
  fc.record({
    kind: fc.constant('EXT' as const),
    type: fc.constantFrom('vendor' as const, 'SDP IDs' as const),
    data: octets(0, 20),
  }),
  { maxLength: 2, selector: ({ type }) => type },
);

const payloads = (policies: fc.Arbitrary<SecurityPolicy[]>): fc.Arbitrary<Payloads> =>
  fc
    .tuple(
      fc.record({
        kind: fc.constant('T' as const),
        type: fc.constantFrom('NTP-UTC' as const, 'NTP' as const),
        seconds: uint32,
        fraction: uint32,
      }),
      fc.record({ kind: fc.constant('RAND' as const), rand: octets(16, 40) }),
      identity('initiator'),
      identity('responder'),
      identity('initiator KMS'),
      identity('responder KMS'),
      fc.option(fc.record({ kind: fc.constant('CERT' as const), type: uint8, data: octets(0, 30) })),
      policies,
      extensions,
      fc.record({
        kind: fc.constant('SAKKE' as const),
        idScheme: fc.constantFrom(1, 2, 240, 254),
        data: octets(273),
      }),
      fc.record({ kind: fc.constant('SIGN' as const), signature: octets(129) }),
    )
    .map(([timestamp, rand, from, to, fromKms, toKms, certificate, sps, exts, sakke, sign]) => [
      timestamp,
      rand,
      ...from,
      ...to,
      ...fromKms,
      ...toKms,
      ...(certificate === null ? [] : [certificate]),
      ...sps,
      ...exts,
      sakke,
      sign,
    ]);

const policies = fc.uniqueArray(policy, { maxLength: 3, selector: ({ number }) => number });

/** Header and payloads of a message that the reader accepts. */
export const anyMessage: fc.Arbitrary<{ header: Header; payloads: Payloads }> = fc.oneof(
  fc.record({ header: header(fc.oneof(srtpIdMap, genericIdMap)), payloads: payloads(policies) }),
  fc.record({ header: header(emptyMap), payloads: payloads(fc.constant([])) }),
);
