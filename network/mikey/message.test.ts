import test from 'ava';
import * as fc from 'fast-check';
import { anyMessage } from './message.arbitrary.ts';
import { LIKE_3GPP } from './message.fuzz.ts';
import { parseMessage, serialiseMessage, viewMessage } from './message.ts';
import { cryptoSessionsOf } from './payload/session-map.ts';
import { full } from './rfc6509.vectors.ts';

const octets = Uint8Array.from(Buffer.from(full.base64, 'base64'));

/** Payloads without the places that reading adds. */
function bare<P extends { offset: number; length: number }>(placed: P): Omit<P, 'offset' | 'length'> {
  const { offset: _offset, length: _length, ...payload } = placed;
  return payload;
}

test('a message that was written is read as it was', (t) => {
  fc.assert(
    fc.property(anyMessage, ({ header, payloads }) => {
      const message = parseMessage(serialiseMessage(header, payloads));
      t.deepEqual(bare(message.header), header);
      t.deepEqual(message.payloads.map(bare), [...payloads]);
    }),
    { numRuns: 300 },
  );
});

test('the payloads of a message lie side by side, and its signed part ends 129 octets before its end', (t) => {
  fc.assert(
    fc.property(anyMessage, ({ header, payloads }) => {
      const message = parseMessage(serialiseMessage(header, payloads));
      let end = message.header.length;
      for (const { offset, length } of message.payloads) {
        t.is(offset, end);
        end += length;
      }
      t.is(end, message.octets.length);
      t.is(message.signedLength, message.octets.length - 129);
    }),
    { numRuns: 100 },
  );
});

test('the description of a message shows each octet exactly once, in order', (t) => {
  fc.assert(
    fc.property(anyMessage, ({ header, payloads }) => {
      const message = parseMessage(serialiseMessage(header, payloads));
      let end = 0;
      for (const { offset, length } of viewMessage(message.octets).fields) {
        t.is(offset, end);
        t.true(length > 0);
        end += length;
      }
      t.is(end, message.octets.length);
    }),
    { numRuns: 100 },
  );
});

test('a description names the fields and says what their values mean', (t) => {
  const { fields } = viewMessage(octets);
  const field = (name: string) => fields.find((candidate) => candidate.name === name);
  t.deepEqual(field('HDR data type'), {
    offset: 1,
    length: 1,
    name: 'HDR data type',
    value: '26',
    note: 'SAKKE msg',
  });
  t.deepEqual(field('HDR CSB ID'), { offset: 4, length: 4, name: 'HDR CSB ID', value: '8f3c21a7' });
  t.is(field('HDR V and PRF func')?.note, 'V 0, MIKEY-1');
  t.is(field('HDR CS 2 SSRC')?.note, 'not known');
  t.is(field('T seconds')?.note, '2011-02-15T13:00:00Z');
  t.is(field('IDR data')?.value, 'tel:+447700900123');
  t.is(field('SP encryption algorithm')?.note, 'AES-CM');
  t.is(field('SAKKE ID scheme')?.note, 'tel URI with monthly keys');
  t.is(field('SIGN type and length')?.note, 'S type 2 (ECCSI), 129 octets');
  t.is(field('SIGN signature')?.length, 129);
});

test('a message that no phone takes is shown whole, with every reason and its place', (t) => {
  const { fields, objections, message } = viewMessage(LIKE_3GPP);
  t.is(message, undefined);
  const last = fields.at(-1);
  t.is((last?.offset ?? 0) + (last?.length ?? 0), LIKE_3GPP.length);
  t.deepEqual(
    objections.map(({ code, message: text }) => [code, text]),
    [
      ['MIKEY_PRF', 'PRF func 2 is unknown'],
      ['MIKEY_PAYLOAD_DUPLICATE', 'IDR of the initiator is there twice'],
      ['MIKEY_PAYLOAD_DUPLICATE', 'IDR of the responder is there twice'],
      ['MIKEY_EXTENSION', 'extension type 7 is unknown'],
      ['MIKEY_PAYLOAD_DUPLICATE', 'EXT vendor is there twice'],
      ['MIKEY_SAKKE', 'SAKKE data has 289 octets, parameter set 1 has 273'],
    ],
  );
  t.throws(() => parseMessage(LIKE_3GPP), { code: 'MIKEY_PRF' });
  t.true(fields.some(({ name, value }) => name === 'IDR data' && value === '81'.repeat(32)));
});

test('a message that is cut off, or goes on with a payload of unknown form, is shown up to there', (t) => {
  for (const [what, code] of [
    [octets.subarray(0, 300), 'MIKEY_TRUNCATED'],
    [octets.with(28, 1), 'MIKEY_PAYLOAD_TYPE'],
  ] as const) {
    const { fields, objections } = viewMessage(what);
    t.is(objections.at(-1)?.code, code);
    t.true(fields.length > 8);
  }
});

test('every shorter beginning of a message is refused', (t) => {
  for (let length = 0; length < octets.length; length++)
    t.throws(() => parseMessage(octets.subarray(0, length)), { code: 'MIKEY_TRUNCATED' }, `${length} octets`);
});

test('SRTP-ID numbers the crypto sessions from 1, GENERIC-ID names them, the empty map has none', (t) => {
  const spi = new Uint8Array(0);
  const unknown = { ssrc: undefined, roc: 0, sequence: undefined };
  t.deepEqual(cryptoSessionsOf(parseMessage(octets).header.map), [
    { csId: 1, policyNumbers: [0], start: { ...unknown, ssrc: 0x11223344 }, spi },
    { csId: 2, policyNumbers: [0], start: unknown, spi },
  ]);
  t.deepEqual(
    cryptoSessionsOf({
      type: 'GENERIC-ID',
      sessions: [
        { csId: 7, policyNumbers: [], stream: undefined, spi },
        { csId: 9, policyNumbers: [1], stream: { ssrc: 5, position: { roc: 1, sequence: 2 } }, spi },
        { csId: 8, policyNumbers: [1], stream: { ssrc: 0, position: undefined }, spi },
      ],
    }),
    [
      { csId: 7, policyNumbers: [], start: unknown, spi },
      { csId: 9, policyNumbers: [1], start: { ssrc: 5, roc: 1, sequence: 2 }, spi },
      { csId: 8, policyNumbers: [1], start: unknown, spi },
    ],
  );
  t.deepEqual(cryptoSessionsOf({ type: 'empty', sessions: [] }), []);
});
