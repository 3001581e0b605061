import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { SAMPLE_RECORDS } from './media.fuzz.ts';
import { encodePhoneRecord, parsePhoneRecord, type PhoneRecord } from './phone-record.ts';

test('each kind of record reads back as it was', (t) => {
  for (const record of SAMPLE_RECORDS) {
    const { name, value } = encodePhoneRecord(record);
    t.deepEqual(parsePhoneRecord(name, value), record);
  }
});

test('names say the kind, and the month or the number', (t) => {
  t.deepEqual(
    SAMPLE_RECORDS.map((record) => encodePhoneRecord(record).name),
    [
      'settings',
      'kms',
      'former-kms',
      'community/blue',
      'update-key',
      'psk/2015-10',
      'keys/2015-10',
      'call/00000007',
    ],
  );
});

test('property: any call reads back, with and without its SSV', (t) => {
  const [call] = SAMPLE_RECORDS.filter((record) => record.kind === 'call');
  if (call === undefined) return t.fail();
  fc.assert(
    fc.property(
      fc.constantFrom('incoming' as const, 'outgoing' as const),
      fc.maxSafeNat(),
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 })),
      (direction, begunUnixMs, lastedMs, ssv) => {
        const { peer } = call.call;
        const facts = { direction, peer, begunUnixMs, lastedMs };
        const record: PhoneRecord = { ...call, call: ssv === null ? facts : { ...facts, ssv } };
        const { name, value } = encodePhoneRecord(record);
        t.deepEqual(parsePhoneRecord(name, value), record);
      },
    ),
  );
});

test('a name of another kind is no record of the app', (t) => {
  for (const name of ['photo', 'psk/2015-13', 'psk/2015-1', 'call/7', 'settings2', 'keys/', '']) {
    t.is(parsePhoneRecord(name, new Uint8Array(3)), undefined);
  }
});

test('bad values are refused with the octet', (t) => {
  for (const record of SAMPLE_RECORDS) {
    const { name, value } = encodePhoneRecord(record);
    const refusal = (octets: Uint8Array): unknown => {
      const error = t.throws(() => parsePhoneRecord(name, octets), { instanceOf: CalldrillError });
      return [error.code, error.where.offset];
    };
    t.deepEqual(refusal(concat(Uint8Array.of(9), value.slice(1))), ['MEDIA_VERSION', 0]);
    t.deepEqual(refusal(concat(value, Uint8Array.of(0))), ['MEDIA_TRAILING', value.length]);
    for (let length = 0; length < value.length; length++) {
      t.deepEqual(refusal(value.slice(0, length)), ['MEDIA_TRUNCATED', length]);
    }
  }
  const call = SAMPLE_RECORDS.map(encodePhoneRecord).find(({ name }) => name.startsWith('call/'));
  if (call === undefined) return t.fail();
  const changed = (at: number, octet: number): Uint8Array =>
    call.value.map((before, i) => (i === at ? octet : before));
  t.throws(() => parsePhoneRecord(call.name, changed(1, 2)), { code: 'MEDIA_VALUE', message: /direction/ });
  t.throws(() => parsePhoneRecord(call.name, changed(call.value.length - 17, 15)), { message: /16 octets/ });
  t.throws(() => parsePhoneRecord(call.name, changed(16, 0xff)), {
    code: 'MEDIA_VALUE',
    message: /too large/,
  });
});
