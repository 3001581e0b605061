/** Every code of the table has a message (or a wish) that meets it: a code that nothing meets does not compile here. */
import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import {
  alice,
  bob,
  carol,
  changed,
  DAY_MS,
  eve,
  keysOf,
  MINUTE_MS,
  NOW,
  OCTOBER,
  receiver,
  seal,
  signerOf,
} from './imessage.fixture.ts';
import { errorNumberOf, MIKEY_CODES, type MikeyCode } from './message-errors.ts';
import { parseMessage, serialiseMessage } from './message.ts';
import { openIMessage } from './open-imessage.ts';
import { nextPeriod, periodStart } from './period.ts';
import type { Payload } from './payload/payload.ts';
import type { SessionMap } from './payload/session-map.ts';
import { timestampOf } from './payload/timestamp.ts';
import { ReplayCache } from './replay-cache.ts';
import { signIMessage } from './sign-imessage.ts';

const { octets } = seal({
  offered: ['mikey'],
  kmsUris: { initiator: 'kms.example.org', responder: 'kms.example.org' },
});
const { header, payloads } = parseMessage(octets);
const unsigned = payloads.filter(({ kind }) => kind !== 'SIGN');

/** Where a payload begins. */
function offsetOf(kind: Payload['kind']): number {
  return payloads.find((payload) => payload.kind === kind)?.offset ?? NaN;
}

/** The message with these octets at `offset`. */
function patched(offset: number, ...values: number[]): () => unknown {
  const copy = octets.slice();
  copy.set(values, offset);
  return () => parseMessage(copy);
}

/** The message with other payloads. */
function written(edit: (payload: Payload) => readonly Payload[]): () => unknown {
  return () => parseMessage(serialiseMessage(header, payloads.flatMap(edit)));
}

/** Opening the message with other payloads, signed by Alice. */
function opened(edit: (payload: Payload) => readonly Payload[], phone = receiver()): () => unknown {
  return () =>
    openIMessage(
      changed(octets, (all) => all.flatMap(edit)),
      phone,
    );
}

const mapped = (map: SessionMap) => () =>
  openIMessage(signIMessage({ ...header, map }, unsigned, signerOf(alice)), receiver());

const parameter = (type: number) => offsetOf('SP') + 5 + 3 * type;

const nextMonth = nextPeriod(OCTOBER);
const nextMonthStarts = periodStart(nextMonth);

/** What meets each code. Where there are several ways, all of them. */
const ways: Record<MikeyCode, readonly (() => unknown)[]> = {
  MIKEY_TRUNCATED: [() => parseMessage(octets.subarray(0, 300)), patched(offsetOf('SP') + 3, 255)],
  MIKEY_TOO_LONG: [() => parseMessage(concat(octets, new Uint8Array(4096)))],
  MIKEY_TRAILING_OCTETS: [() => parseMessage(concat(octets, Uint8Array.of(0)))],
  MIKEY_VERSION: [patched(0, 2)],
  MIKEY_DATA_TYPE: [patched(1, 27), patched(1, 0)],
  MIKEY_PRF: [patched(3, 2)],
  MIKEY_SESSION_MAP: [
    patched(9, 3),
    patched(9, 1),
    // GENERIC-ID: the same CS ID twice, another protocol than SRTP, session data of a wrong length (S not set, S set).
    patched(8, 2, 2, 1, 0, 0, 0, 0, 0, 1),
    patched(8, 2, 2, 1, 1, 0, 0, 0, 0),
    patched(8, 2, 2, 1, 0, 0, 0, 5, 0),
    patched(8, 2, 2, 1, 0, 0x80, 0, 0, 0),
  ],
  MIKEY_STREAM: [
    () => {
      const sessions = [0, 5].map((roc) => ({ policyNumber: 0, ssrc: 0, roc }));
      const map: SessionMap = { type: 'SRTP-ID', sessions };
      return openIMessage(signIMessage({ ...header, map }, unsigned, signerOf(alice)), receiver());
    },
  ],
  MIKEY_PAYLOAD_TYPE: [
    patched(2, 1),
    patched(2, 99),
    () => parseMessage(serialiseMessage({ ...header, map: { type: 'empty', sessions: [] } }, payloads)),
  ],
  MIKEY_PAYLOAD_ORDER: [
    () => parseMessage(serialiseMessage(header, payloads.toReversed().slice(1))),
    written((payload) =>
      payload.kind === 'EXT' ? [] : payload.kind === 'T' ? [extension, payload] : [payload],
    ),
    () => {
      const [timestamp, rand, from, to, ...others] = payloads;
      const swapped = [timestamp, rand, to, from, ...others].filter((payload) => payload !== undefined);
      return parseMessage(serialiseMessage(header, swapped));
    },
  ],
  MIKEY_PAYLOAD_DUPLICATE: (['T', 'RAND', 'IDR', 'SP', 'EXT', 'SAKKE'] as const).map((kind) =>
    written((payload) => (payload.kind === kind ? [payload, payload] : [payload])),
  ),
  MIKEY_PAYLOAD_MISSING: (['RAND', 'SAKKE', 'SIGN'] as const).map((kind) =>
    written((payload) => (payload.kind === kind ? [] : [payload])),
  ),
  MIKEY_TIMESTAMP_TYPE: [2, 3, 4].map((type) => patched(offsetOf('T') + 1, type)),
  MIKEY_TIMESTAMP_RANGE: [
    ...[Date.UTC(1968, 0, 20, 3, 14, 7, 999), Date.UTC(2104, 1, 26, 9, 42, 24)].map(
      (unixMs) => () => seal({ unixMs, senderKeys: keysOf(alice) }),
    ),
    () => timestampOf(Number.NaN),
    () => timestampOf(Number.POSITIVE_INFINITY),
  ],
  MIKEY_RAND: [patched(offsetOf('RAND') + 1, 15), patched(offsetOf('RAND') + 1, 0)],
  MIKEY_IDENTITY: [
    patched(offsetOf('IDR') + 1, 3), // the role of a KMS in other MIKEY messages
    patched(offsetOf('IDR') + 2, 3),
    patched(offsetOf('IDR') + 3, 0, 0),
    patched(offsetOf('IDR') + 3, 1, 0),
    patched(offsetOf('IDR') + 5, 0),
    ...[
      '+447700900001',
      'tel:+44-7700-900001',
      'tel:+447700900001;ext=1',
      'tel:447700900001',
      '2015-10',
      'sip:alice@example.org',
    ].map((uri) =>
      opened((payload) =>
        payload.kind === 'IDR' && payload.role === 'initiator'
          ? [{ ...payload, data: fromAscii(uri) }]
          : [payload],
      ),
    ),
    opened((payload) =>
      payload.kind === 'IDR' && payload.role === 'initiator' ? [{ ...payload, type: 'octets' }] : [payload],
    ),
  ],
  MIKEY_POLICY: [
    patched(offsetOf('SP') + 2, 1), // another protocol than SRTP
    patched(parameter(0), 14), // an unknown parameter
    patched(parameter(0) + 1, 2), // a value of two octets
    patched(parameter(1), 0), // the encryption algorithm twice
    ...[
      ['encryption algorithm', 6],
      ['authentication tag length', 8],
      ['SRTP authentication', 0],
    ].map(([type, value]) =>
      opened((payload) =>
        payload.kind === 'SP'
          ? [
              {
                ...payload,
                parameters: payload.parameters.map((one) =>
                  one.type === type ? { ...one, value: Number(value) } : one,
                ),
              },
            ]
          : [payload],
      ),
    ),
    opened((payload) => (payload.kind === 'SP' ? [{ ...payload, number: 1 }] : [payload])),
    // Two policies, one for each direction.
    () =>
      openIMessage(
        signIMessage(
          {
            ...header,
            map: {
              type: 'SRTP-ID',
              sessions: [0, 1].map((policyNumber) => ({ policyNumber, ssrc: 0, roc: 0 })),
            },
          },
          unsigned.flatMap((payload): Payload[] =>
            payload.kind === 'SP'
              ? [
                  payload,
                  {
                    ...payload,
                    number: 1,
                    parameters: [{ type: 'authentication tag length', length: 1, value: 4 }],
                  },
                ]
              : [payload],
          ),
          signerOf(alice),
        ),
        receiver(),
      ),
  ],
  MIKEY_EXTENSION: [patched(offsetOf('EXT') + 1, 2)],
  MIKEY_SAKKE: [
    patched(offsetOf('SAKKE') + 1, 2),
    patched(offsetOf('SAKKE') + 2, 0),
    patched(offsetOf('SAKKE') + 2, 255),
    patched(offsetOf('SAKKE') + 3, 1, 16), // 272 octets: a leading zero of H was dropped
  ],
  MIKEY_SIGN: [patched(offsetOf('SIGN'), 0x10), patched(offsetOf('SIGN'), 0x20, 0x80)],
  MIKEY_IDENTIFIER_SCHEME: [
    opened((payload) => (payload.kind === 'SAKKE' ? [{ ...payload, idScheme: 2 }] : [payload])),
  ],
  MIKEY_CRYPTO_SESSIONS: [0, 1, 3].map((count) =>
    mapped({
      type: 'SRTP-ID',
      sessions: Array.from({ length: count }, () => ({ policyNumber: 0, ssrc: 0, roc: 0 })),
    }),
  ),
  MIKEY_SKEW: [-1, 1].map(
    (sign) => () => openIMessage(octets, receiver({ unixMs: NOW + sign * (10 * MINUTE_MS + 1) })),
  ),
  MIKEY_REPLAY: [
    () => {
      const phone = receiver();
      openIMessage(octets, phone);
      openIMessage(octets, phone);
    },
  ],
  MIKEY_REPLAY_UNKNOWN: [
    () => {
      const replayCache = new ReplayCache();
      replayCache.restart({ unixMs: NOW, skewLimitMs: 10 * MINUTE_MS });
      openIMessage(octets, receiver({ replayCache }));
    },
  ],
  MIKEY_PERIOD_MISMATCH: [
    () => seal({ senderKeys: keysOf(alice, nextMonth) }),
    () =>
      openIMessage(
        changed(octets, (all) => all, signerOf(alice, nextMonth)),
        receiver(),
      ),
  ],
  MIKEY_NO_KEYS: [() => openIMessage(octets, receiver({ keysFor: () => undefined }))],
  MIKEY_CALENDAR_EARLY: [
    () =>
      openIMessage(
        seal({ unixMs: nextMonthStarts }).octets,
        receiver({ unixMs: nextMonthStarts - 3 * DAY_MS, skewLimitMs: 3 * DAY_MS }),
      ),
  ],
  MIKEY_CALENDAR_LATE: [
    () =>
      openIMessage(
        seal({ unixMs: nextMonthStarts - 1 }).octets,
        receiver({ unixMs: nextMonthStarts + 2 * DAY_MS, skewLimitMs: 3 * DAY_MS }),
      ),
  ],
  MIKEY_SENDER_UNKNOWN: [opened((payload) => (payload.kind === 'IDR' ? [] : [payload]))],
  MIKEY_SIGNATURE: [
    () =>
      openIMessage(
        changed(octets, (all) => all, signerOf(eve)),
        receiver(),
      ),
    () => openIMessage(octets.slice().fill(0, -129), receiver()),
  ],
  MIKEY_NOT_FOR_US: [() => openIMessage(octets, receiver({ self: carol }))],
  MIKEY_SEALED: [
    // A captured payload, sent on to someone else in the sender's own name.
    opened(
      (payload) => (payload.kind === 'IDR' && payload.role === 'responder' ? [] : [payload]),
      receiver({ self: carol }),
    ),
    () => openIMessage(octets, receiver({ keysFor: () => ({ rsk: keysOf(carol).rsk }) })),
    () => openIMessage(octets, receiver({ keysFor: () => ({ rsk: new Uint8Array(257) }) })),
  ],
};

const extension: Payload = { kind: 'EXT', type: 'vendor', data: Uint8Array.of(1) };

test('the message that the refused ones are made of is accepted', (t) => {
  t.is(openIMessage(octets, receiver()).from, alice);
  t.is(receiver().self, bob);
});

for (const [code, all] of Object.entries(ways)) {
  for (const [i, way] of all.entries()) {
    test(`${code}, way ${i + 1}`, (t) => {
      const error = t.throws(way, { instanceOf: CalldrillError });
      t.is(error.code, code, error.message);
      t.regex(error.message, /\S/);
      t.is(error.fix, MIKEY_CODES[error.code as MikeyCode].fix);
    });
  }
}

test('a malformed message is refused at an octet offset inside it', (t) => {
  for (const code of [
    'MIKEY_VERSION',
    'MIKEY_RAND',
    'MIKEY_SAKKE',
    'MIKEY_SIGN',
    'MIKEY_PAYLOAD_ORDER',
  ] as const) {
    const [way] = ways[code];
    const error = t.throws(() => way?.(), { instanceOf: CalldrillError });
    t.true(Number(error.where.offset) >= 0 && Number(error.where.offset) < octets.length, code);
  }
});

test('a peer is told the error numbers that RFC 6509 names, and no others', (t) => {
  t.is(errorNumberOf('MIKEY_SIGNATURE'), 0);
  t.is(errorNumberOf('MIKEY_POLICY'), 10);
  t.is(errorNumberOf('MIKEY_DATA_TYPE'), 13);
  t.is(errorNumberOf('MIKEY_SKEW'), undefined);
});
