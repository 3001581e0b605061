import { createCipheriv, createHmac } from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import { concat, fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Opener, Sealer } from './protection.ts';
import { CONTENT, encodeRecord, RecordReader, type ContentType, type TlsRecord } from './record.ts';

const keys = { mac: new Uint8Array(20).fill(1), cipher: new Uint8Array(16).fill(2) };
const contentType = fc.constantFrom<ContentType>(20, 21, 22, 23);
const random = () => new SeededRandom('record').stream('sealer');
const DATA = CONTENT.applicationData;

function readAll(reader: RecordReader): TlsRecord[] {
  const records: TlsRecord[] = [];
  for (let record = reader.next(false); record !== undefined; record = reader.next(false))
    records.push(record);
  return records;
}

test('records come out as they went in, wherever the stream is cut', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ type: contentType, fragment: fc.uint8Array({ maxLength: 300 }) })),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (records, cuts) => {
        const stream = concat(...records.map(({ type, fragment }) => encodeRecord(type, fragment)));
        const reader = new RecordReader();
        const read: TlsRecord[] = [];
        for (let at = 0; at < stream.length;) {
          const cut = cuts.next().value;
          reader.push(stream.subarray(at, at + cut));
          read.push(...readAll(reader));
          at += cut;
        }
        t.deepEqual(
          read,
          records.map((record) => ({ ...record, version: 0x0303 })),
        );
        t.is(reader.waiting, 0);
      },
    ),
  );
});

test('a header that cannot be right is refused before its fragment comes, with its offset in the stream', (t) => {
  const cases = [
    { octets: [24, 3, 3, 0, 1], isProtected: false, code: 'TLS_NOT_TLS' },
    { octets: [19, 3, 3, 0, 1], isProtected: false, code: 'TLS_NOT_TLS' },
    { octets: [...fromAscii('GET /')], isProtected: false, code: 'TLS_NOT_TLS' },
    { octets: [22, 2, 0, 0, 1], isProtected: false, code: 'TLS_VERSION_UNSUPPORTED' },
    { octets: [22, 3, 3, 0x40, 1], isProtected: false, code: 'TLS_RECORD_OVERFLOW' },
    { octets: [22, 3, 3, 0x48, 1], isProtected: true, code: 'TLS_RECORD_OVERFLOW' },
  ];
  for (const { octets, isProtected, code } of cases) {
    const reader = new RecordReader();
    reader.push(concat(encodeRecord(CONTENT.alert, Uint8Array.of(1, 0)), Uint8Array.from(octets)));
    reader.next(isProtected);
    const error = t.throws(() => reader.next(isProtected), { code });
    t.like(error, { where: { offset: 7 } });
  }
});

test('the longest records are read', (t) => {
  const reader = new RecordReader();
  reader.push(encodeRecord(DATA, new Uint8Array(2 ** 14)));
  t.is(reader.next(false)?.fragment.length, 2 ** 14);
  reader.push(encodeRecord(DATA, new Uint8Array(2 ** 14 + 2048)));
  t.is(reader.next(true)?.fragment.length, 2 ** 14 + 2048);
});

test('the agreed version is demanded', (t) => {
  const reader = new RecordReader();
  reader.push(encodeRecord(DATA, Uint8Array.of(1), 0x0301));
  t.throws(() => reader.next(false, 0x0303), { code: 'TLS_VERSION_UNSUPPORTED' });
});

for (const encryptThenMac of [true, false]) {
  const name = encryptThenMac ? 'encrypt-then-MAC' : 'MAC-then-encrypt';

  test(`${name}: what is sealed opens, in order`, (t) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(contentType, fc.uint8Array({ maxLength: 100 }))), (records) => {
        const sealer = new Sealer(keys, encryptThenMac, random());
        const opener = new Opener(keys, encryptThenMac);
        for (const [type, content] of records)
          t.deepEqual(opener.open(type, sealer.seal(type, content)), content);
      }),
    );
  });

  test(`${name}: any changed octet, type or order is bad_record_mac`, (t) => {
    const seal = () => new Sealer(keys, encryptThenMac, random());
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (content, at, mask) => {
          const sealed = seal().seal(DATA, content);
          const index = at % sealed.length;
          sealed[index] = (sealed[index] ?? 0) ^ mask;
          t.throws(() => new Opener(keys, encryptThenMac).open(DATA, sealed), { code: 'TLS_BAD_RECORD_MAC' });
        },
      ),
    );
    const sealer = seal();
    const first = sealer.seal(DATA, fromAscii('first'));
    const second = sealer.seal(DATA, fromAscii('second'));
    const wrong = { code: 'TLS_BAD_RECORD_MAC' };
    t.throws(() => new Opener(keys, encryptThenMac).open(CONTENT.alert, first), wrong);
    t.throws(() => new Opener(keys, encryptThenMac).open(DATA, second), wrong);
    t.throws(() => new Opener(keys, !encryptThenMac).open(DATA, first), wrong);
  });

  test(`${name}: every truncation is bad_record_mac`, (t) => {
    const sealed = new Sealer(keys, encryptThenMac, random()).seal(DATA, new Uint8Array(50));
    for (let length = 0; length < sealed.length; length++)
      t.throws(() => new Opener(keys, encryptThenMac).open(DATA, sealed.subarray(0, length)), {
        code: 'TLS_BAD_RECORD_MAC',
      });
  });

  test(`${name}: content over 2^14 octets is record_overflow`, (t) => {
    const sealer = new Sealer(keys, encryptThenMac, random());
    const opener = new Opener(keys, encryptThenMac);
    t.is(opener.open(DATA, sealer.seal(DATA, new Uint8Array(2 ** 14))).length, 2 ** 14);
    t.throws(() => opener.open(DATA, sealer.seal(DATA, new Uint8Array(2 ** 14 + 1))), {
      code: 'TLS_RECORD_OVERFLOW',
    });
  });

  test(`${name}: every right padding of up to 256 octets opens, a wrong one under a right MAC does not`, (t) => {
    for (let extra = 0; extra < 16; extra++) {
      const good = sealWithPadding(encryptThenMac, extra);
      t.deepEqual(new Opener(keys, encryptThenMac).open(DATA, good), fromAscii('content'));
      const bad = sealWithPadding(encryptThenMac, extra, 1);
      t.throws(() => new Opener(keys, encryptThenMac).open(DATA, bad), { code: 'TLS_BAD_RECORD_MAC' });
    }
  });

  test(`${name}: the same draws give the same octets, the IV is the first of them`, (t) => {
    const [one, two] = [1, 2].map(() =>
      new Sealer(keys, encryptThenMac, random()).seal(DATA, fromAscii('same')),
    );
    t.deepEqual(one, two);
    t.deepEqual(one?.subarray(0, 16), new Uint8Array(random().octets(16)));
  });
}

test('MAC-then-encrypt: a padding that lies about its length does not open, although the MAC is where it would be', (t) => {
  const open = (last: number) => {
    const iv = new Uint8Array(16);
    const content = new Uint8Array(11);
    const header = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, DATA, 3, 3, 0, content.length);
    const mac = createHmac('sha1', keys.mac).update(header).update(content).digest();
    const cipher = createCipheriv('aes-128-cbc', keys.cipher, iv).setAutoPadding(false);
    const sealed = concat(iv, cipher.update(concat(content, mac, Uint8Array.of(last))));
    return new Opener(keys, false).open(DATA, sealed);
  };
  t.deepEqual(open(0), new Uint8Array(11), 'the control: one octet of padding');
  for (const last of [1, 5, 31, 255]) t.throws(() => open(last), { code: 'TLS_BAD_RECORD_MAC' });
});

/** A record made here from the figures of the two RFCs, with more padding than needed and maybe one octet of it wrong. */
function sealWithPadding(encryptThenMac: boolean, extraBlocks: number, mistake = 0): Uint8Array {
  const iv = new Uint8Array(16).fill(9);
  const content = fromAscii('content');
  const mac = (covered: Uint8Array) => {
    const header = Uint8Array.of(
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      DATA,
      3,
      3,
      covered.length >> 8,
      covered.length & 255,
    );
    return createHmac('sha1', keys.mac).update(header).update(covered).digest();
  };
  const encrypt = (plaintext: Uint8Array) =>
    createCipheriv('aes-128-cbc', keys.cipher, iv).setAutoPadding(false).update(plaintext);
  const inside = encryptThenMac ? content : concat(content, mac(content));
  const padding = 16 - (inside.length % 16) + 16 * Math.min(extraBlocks, 14);
  const pad = new Uint8Array(padding).fill(padding - 1);
  pad[0] = (pad[0] ?? 0) ^ mistake;
  const sealed = concat(iv, encrypt(concat(inside, pad)));
  return encryptThenMac ? concat(sealed, mac(sealed)) : sealed;
}
