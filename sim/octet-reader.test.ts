import test from 'ava';
import fc from 'fast-check';
import { OctetReader, type OctetReaderOptions, type OctetShortage } from './octet-reader.ts';

class Short extends Error {
  readonly shortage: OctetShortage;

  constructor(shortage: OctetShortage) {
    super(`${shortage.field} is cut off`);
    this.shortage = shortage;
  }
}

const refuse = (shortage: OctetShortage) => new Short(shortage);

function readerOf(octets: Uint8Array, options: Omit<OctetReaderOptions, 'refuse'> = {}): OctetReader {
  return new OctetReader(octets, { ...options, refuse });
}

const COUNTING = Uint8Array.from({ length: 32 }, (_, at) => at);

test('numbers of 1, 2, 3, 4 and 8 octets, the highest octet first', (t) => {
  const reader = readerOf(COUNTING);
  t.is(reader.u8(), 0);
  t.is(reader.u16(), 0x0102);
  t.is(reader.u24(), 0x030405);
  t.is(reader.u32(), 0x06070809);
  t.is(reader.u64(), 0x0a0b0c0d0e0f1011n);
  t.is(reader.offset, 18);
  t.is(reader.remaining, 14);
});

test('or the lowest octet first, in parts of it too', (t) => {
  const reader = readerOf(COUNTING, { littleEndian: true });
  t.is(reader.u16(), 0x0100);
  t.is(reader.u24(), 0x040302);
  t.is(reader.within(4).u32(), 0x08070605);
  t.is(reader.u64(), 0x100f0e0d0c0b0a09n);
});

test('numbers are without sign', (t) => {
  const ones = new Uint8Array(18).fill(0xff);
  for (const littleEndian of [false, true]) {
    const reader = readerOf(ones, { littleEndian });
    t.deepEqual(
      [reader.u8(), reader.u16(), reader.u24(), reader.u32(), reader.u64()],
      [0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffffffffffn],
    );
    t.is(reader.next, undefined);
  }
});

test('octets are a copy, a view is not', (t) => {
  const source = COUNTING.slice();
  const [copy, view] = [readerOf(source).octets(4), readerOf(source).view(4)];
  source[0] = 99;
  t.deepEqual([copy[0], view[0]], [0, 99]);
});

test('octets that lie in the middle of a buffer are read from there', (t) => {
  const reader = readerOf(COUNTING.subarray(4, 8));
  t.is(reader.u16(), 0x0405);
  t.deepEqual([...reader.octets(2)], [6, 7]);
  t.throws(() => reader.u8(), { instanceOf: Short });
});

test('a part is read by itself, with offsets of the whole', (t) => {
  const whole = readerOf(COUNTING, { start: 2, end: 12 });
  const part = whole.within(4, 'a part');
  t.deepEqual([whole.offset, whole.remaining, part.offset, part.remaining], [6, 6, 2, 4]);
  t.is(part.u16(), 0x0203);
  t.is(part.next, 4);
  const inner = part.within(2).within(1);
  t.is(inner.u8(), 4);
  t.deepEqual(t.throws(() => inner.u8('x'), { instanceOf: Short })?.shortage, {
    field: 'x',
    offset: 5,
    needed: 1,
    end: 5,
  });
  t.is(whole.u8(), 6);
});

test('a field that does not fit is refused with its place, and nothing is taken', (t) => {
  const reader = readerOf(COUNTING.subarray(0, 3));
  reader.u8();
  for (const read of [
    () => reader.u24('a field'),
    () => reader.u32('a field'),
    () => reader.u64('a field'),
    () => reader.octets(3, 'a field'),
    () => reader.view(2 ** 53, 'a field'),
    () => reader.within(3, 'a field'),
  ]) {
    const { shortage } = t.throws(read, { instanceOf: Short });
    t.like(shortage, { field: 'a field', offset: 1, end: 3 });
    t.true(shortage.needed > 2);
    t.is(reader.offset, 1);
  }
  t.is(reader.u16(), 0x0102);
});

/** One reading: how many octets it takes, and what it says of them as a number. */
const READINGS = [
  { octets: 1, read: (reader: OctetReader) => BigInt(reader.u8()) },
  { octets: 2, read: (reader: OctetReader) => BigInt(reader.u16()) },
  { octets: 3, read: (reader: OctetReader) => BigInt(reader.u24()) },
  { octets: 4, read: (reader: OctetReader) => BigInt(reader.u32()) },
  { octets: 8, read: (reader: OctetReader) => reader.u64() },
  { octets: 5, read: (reader: OctetReader) => valueOf(reader.octets(5)) },
  { octets: 6, read: (reader: OctetReader) => valueOf(reader.view(6)) },
  { octets: 8, read: (reader: OctetReader) => reader.within(8).u64() },
  { octets: 0, read: (reader: OctetReader) => valueOf(reader.view(0)) },
] as const;

function valueOf(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

test('property: whatever is read in whatever order is what stands there, up to the field that does not fit', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.constantFrom(...READINGS), { maxLength: 12 }),
      fc.nat(8),
      (octets, readings, before) => {
        const start = Math.min(before, octets.length);
        const reader = readerOf(octets, { start });
        let at = start;
        for (const { octets: length, read } of readings) {
          if (at + length > octets.length) {
            const { shortage } = t.throws(() => read(reader), { instanceOf: Short });
            t.like(shortage, { offset: at, needed: length, end: octets.length });
          } else {
            t.is(read(reader), valueOf(octets.subarray(at, at + length)));
            at += length;
          }
          t.is(reader.offset, at);
          t.is(reader.remaining, octets.length - at);
          t.is(reader.next, octets[at]);
        }
      },
    ),
  );
});

test('property: what has its lowest octet first is the same number with its octets turned round', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 8 }),
      fc.constantFrom(...READINGS.slice(0, 5)),
      (octets, { octets: length, read }) => {
        const turned = octets.slice(0, length).reverse();
        t.is(read(readerOf(octets, { littleEndian: true })), read(readerOf(turned)));
      },
    ),
  );
});
