/** Where a stream stands when a message tells of it: taken into account, or refused; never read and dropped. */
import test from 'ava';
import { fromHex } from '../../sim/octets.ts';
import { alice, receiver, seal, signerOf } from './imessage.fixture.ts';
import { parseMessage } from './message.ts';
import { openIMessage } from './open-imessage.ts';
import { parsePeriod } from './period.ts';
import type { SessionMap } from './payload/session-map.ts';
import { signIMessage } from './sign-imessage.ts';
import * as vectors from './stream-start.vectors.ts';
import { canonicalNumber } from './tel-number.ts';

const NONE = new Uint8Array(0);
const hex = (text: string): Uint8Array => fromHex(text) ?? NONE;

/** The phone that the messages of the vectors are for. */
function phone({ self, period, unixMs, kpak, z, rsk }: vectors.PhoneKeys) {
  const number = canonicalNumber(self.slice('tel:'.length));
  const keys = { number, period: parsePeriod(period), rsk: hex(rsk), ssk: NONE, pvt: NONE };
  return receiver({
    self: number,
    kms: { kpak: hex(kpak), z: hex(z) },
    keysFor: () => keys,
    unixMs,
    calendar: false,
  });
}

const octetsOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** Alice's message to Bob with another map. */
function withMap(map: SessionMap): Uint8Array {
  const { header, payloads } = parseMessage(seal().octets);
  const unsigned = payloads.filter(({ kind }) => kind !== 'SIGN');
  return signIMessage({ ...header, map }, unsigned, signerOf(alice));
}

const startOf = (map: SessionMap) => openIMessage(withMap(map), receiver()).start;

test('the ROC of an SRTP-ID map is where the stream of the initiator begins', (t) => {
  const { start } = openIMessage(octetsOf(vectors.ROC_5), phone(vectors.ROC_KEYS));
  t.deepEqual(start, { ssrc: 0xbd7909b5, roc: 5, sequence: undefined });
});

test('a stream of the responder that has begun already is refused', (t) => {
  t.throws(() => openIMessage(octetsOf(vectors.POSITIONS), phone(vectors.MAP_KEYS)), {
    code: 'MIKEY_STREAM',
    message: 'the stream of the responder is to begin with ROC 9, SEQ 777',
  });
  const sessions = [0, 1].map((roc) => ({ policyNumber: 0, ssrc: 0, roc }));
  t.throws(() => startOf({ type: 'SRTP-ID', sessions }), { code: 'MIKEY_STREAM' });
});

test('an SPI is refused: no MKI is looked for in packets', (t) => {
  t.throws(() => openIMessage(octetsOf(vectors.SPI), phone(vectors.MAP_KEYS)), {
    code: 'MIKEY_STREAM',
    message: 'crypto session 1 has an SPI of 4 octets',
  });
});

test('ROC and SEQ of a GENERIC-ID map are where the stream of the initiator begins; zeros say that it has not', (t) => {
  const generic = (position: { roc: number; sequence: number }, spi = NONE): SessionMap => ({
    type: 'GENERIC-ID',
    sessions: [
      { csId: 1, policyNumbers: [0], stream: { ssrc: 7, position }, spi: NONE },
      { csId: 2, policyNumbers: [0], stream: { ssrc: 0, position: { roc: 0, sequence: 0 } }, spi },
    ],
  });
  t.deepEqual(startOf(generic({ roc: 9, sequence: 777 })), { ssrc: 7, roc: 9, sequence: 777 });
  t.deepEqual(startOf(generic({ roc: 9, sequence: 0 })), { ssrc: 7, roc: 9, sequence: 0 });
  t.deepEqual(startOf(generic({ roc: 0, sequence: 777 })), { ssrc: 7, roc: 0, sequence: 777 });
  t.deepEqual(startOf(generic({ roc: 0, sequence: 0 })), { ssrc: 7, roc: 0, sequence: undefined });
  t.throws(() => startOf(generic({ roc: 0, sequence: 0 }, Uint8Array.of(1))), { code: 'MIKEY_STREAM' });
});
