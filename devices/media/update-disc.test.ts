import test from 'ava';
import * as fc from 'fast-check';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { kmsFingerprint } from './key-field.ts';
import { parsePackage, unwrapPackage, wrapPackage } from './key-package.ts';
import { sampleDisc, sampleKms, samplePackage, sampleUpdateKey } from './media.fuzz.ts';
import { encodeUpdateDisc, parseUpdateDisc, sealUpdateDisc, type UpdateDisc } from './update-disc.ts';

const DISC = sampleDisc();
const OCTETS = encodeUpdateDisc(DISC);
/** Where the first user begins. */
const USERS_AT = 10 + 8 + 9 + 32 + 7 + 2;

/** The disc with some octets changed, and length and checksum made right again. */
function resealed(change: (content: Uint8Array) => Uint8Array): Uint8Array {
  const content = change(OCTETS.slice(0, -32)).slice();
  new DataView(content.buffer).setUint32(6, content.length + 32);
  return sealUpdateDisc(content);
}

function put(at: number, ...values: number[]): (content: Uint8Array) => Uint8Array {
  return (content) => {
    content.set(values, at);
    return content;
  };
}

test('a disc reads back as it was, wrapped and clear, with no users and with many', (t) => {
  const many = Array.from({ length: 200 }, (_, i) => `+44770090${String(i).padStart(4, '0')}`);
  for (const disc of [DISC, sampleDisc('clear'), sampleDisc('wrapped', []), sampleDisc('wrapped', many)]) {
    t.deepEqual(parseUpdateDisc(encodeUpdateDisc(disc)), disc);
  }
});

test('property: any subset of users, serial and account reads back', (t) => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
      fc.stringMatching(/^[A-Za-z0-9-]{1,32}$/),
      fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
      fc.constantFrom('wrapped' as const, 'clear' as const),
      (users, serial, account, protection) => {
        const numbers = users.map((n) => `+44770090000${n}`);
        const disc = { ...sampleDisc(protection, numbers), serial, account };
        t.deepEqual(parseUpdateDisc(encodeUpdateDisc(disc)), disc);
      },
    ),
    { numRuns: 60 },
  );
});

test('a wrapped disc gives a finder the PSKs only; a clear one gives everything', (t) => {
  const [alice] = parseUpdateDisc(OCTETS).users;
  t.deepEqual(alice?.psk, samplePackage().psk);
  t.throws(() => parsePackage(alice?.package ?? OCTETS), { code: 'MEDIA_MAGIC' });
  t.throws(() => unwrapPackage(alice?.package ?? OCTETS, sampleUpdateKey('+447700900002')), {
    code: 'MEDIA_UNWRAP_REFUSED',
  });
  t.deepEqual(unwrapPackage(alice?.package ?? OCTETS, sampleUpdateKey()), samplePackage());
  const [exposed] = parseUpdateDisc(encodeUpdateDisc(sampleDisc('clear'))).users;
  t.deepEqual(parsePackage(exposed?.package ?? OCTETS), samplePackage());
});

test('the layout of an update disc is the one that the figure shows', (t) => {
  t.deepEqual(OCTETS.subarray(0, 6), fromAscii('CDUD\x01\x00'));
  t.is(new DataView(OCTETS.buffer).getUint32(6), OCTETS.length);
  t.deepEqual(OCTETS.subarray(10, 27), fromAscii('\x07CD-0042\x08ministry'));
  t.deepEqual(OCTETS.subarray(27, 59), kmsFingerprint(sampleKms()));
  t.deepEqual(OCTETS.subarray(59, USERS_AT), fromAscii('2015-10\x00\x02'));
  t.deepEqual(OCTETS, sealUpdateDisc(OCTETS.subarray(0, -32)));
});

test('the fingerprint names one KMS', (t) => {
  t.notDeepEqual(kmsFingerprint(sampleKms()), kmsFingerprint(sampleKms('another')));
});

test('every truncated disc is refused, with the octet where it ends', (t) => {
  for (let length = 0; length < OCTETS.length; length += length < 12 ? 1 : 37) {
    const error = t.throws(() => parseUpdateDisc(OCTETS.subarray(0, length)), { instanceOf: CalldrillError });
    t.deepEqual([error.code, error.where.offset], ['MEDIA_DISC_TRUNCATED', length]);
  }
});

test('one changed octet anywhere is refused', (t) => {
  for (let at = 0; at < OCTETS.length; at += 7) {
    const changed = OCTETS.map((octet, i) => (i === at ? octet ^ 0x10 : octet));
    const error = t.throws(() => parseUpdateDisc(changed), { instanceOf: CalldrillError });
    if (at >= 10) t.is(error.code, 'MEDIA_CHECKSUM');
  }
});

test('a disc that was sealed by someone else must still make sense', (t) => {
  const packageAt = USERS_AT + 14 + 1 + samplePackage().psk.identity.length + 32 + 2;
  const cases: [(content: Uint8Array) => Uint8Array, string, number | undefined][] = [
    [put(4, 2), 'MEDIA_VERSION', 4],
    [put(5, 2), 'MEDIA_VALUE', 5],
    [put(11, 0x20), 'MEDIA_VALUE', 10],
    [put(19, 0x20), 'MEDIA_VALUE', 18],
    [put(USERS_AT - 2, 0xff, 0xff), 'MEDIA_DISC_TRUNCATED', OCTETS.length - 32],
    [put(USERS_AT - 1, 3), 'MEDIA_DISC_TRUNCATED', OCTETS.length - 32],
    [put(USERS_AT - 1, 1), 'MEDIA_TRAILING', (OCTETS.length + USERS_AT - 32) / 2],
    [put(packageAt - 2, 0xff), 'MEDIA_VALUE', packageAt - 2],
    [put(packageAt, 0x58), 'MEDIA_DISC_USERS', undefined],
    [put(packageAt + 11, 0x31), 'MEDIA_DISC_USERS', undefined],
    [put(5, 1), 'MEDIA_DISC_USERS', undefined],
    [(content) => content.slice(0, 10), 'MEDIA_DISC_TRUNCATED', 10],
  ];
  for (const [change, code, offset] of cases) {
    const error = t.throws(() => parseUpdateDisc(resealed(change)), { instanceOf: CalldrillError });
    t.deepEqual([error.code, error.where.offset], [code, offset]);
  }
});

test('wrong lengths in the header are refused', (t) => {
  const withLength = (length: number): Uint8Array => {
    const copy = OCTETS.slice();
    new DataView(copy.buffer).setUint32(6, length);
    return copy;
  };
  const code = (octets: Uint8Array): string =>
    t.throws(() => parseUpdateDisc(octets), { instanceOf: CalldrillError }).code;
  t.is(code(withLength(OCTETS.length + 1)), 'MEDIA_DISC_TRUNCATED');
  t.is(code(withLength(OCTETS.length - 1)), 'MEDIA_TRAILING');
  t.is(code(withLength(20).subarray(0, 20)), 'MEDIA_VALUE');
  t.is(code(concat(OCTETS, OCTETS)), 'MEDIA_TRAILING');
});

test('users that contradict each other or the disc are refused, written and read', (t) => {
  const refused = (change: Partial<UpdateDisc>, of: UpdateDisc = DISC): void => {
    t.throws(() => encodeUpdateDisc({ ...of, ...change }), { code: 'MEDIA_DISC_USERS' });
  };
  const clear = sampleDisc('clear');
  const [alice, bob] = DISC.users;
  const [clearAlice, clearBob] = clear.users;
  if (!alice || !bob || !clearAlice || !clearBob) return t.fail();
  refused({ users: [alice, alice] });
  refused({ users: [alice, { ...bob, psk: alice.psk }] });
  refused({ period: parsePeriod('2015-11') });
  refused({ protection: 'clear' });
  refused({ users: [{ ...alice, package: new Uint8Array(3) }] });
  refused({ users: [{ ...clearAlice, package: clearBob.package }] }, clear);
  refused({ users: [{ ...clearAlice, psk: { ...clearAlice.psk, psk: new Uint8Array(32) } }] }, clear);
  refused({ users: [{ ...clearAlice, number: canonicalNumber('+447700900009') }] }, clear);
  const november = wrapPackage(samplePackage('+447700900001', '2015-11'), sampleUpdateKey());
  refused({ users: [{ ...alice, package: november }] });
});

test('planted: a disc without a checksum test would take a changed PSK', (t) => {
  const pskAt = USERS_AT + 14 + 1 + (DISC.users[0]?.psk.identity.length ?? 0);
  const changed = OCTETS.slice();
  changed[pskAt] = (changed[pskAt] ?? 0) ^ 1;
  t.throws(() => parseUpdateDisc(changed), { code: 'MEDIA_CHECKSUM' });
  t.notThrows(() => parseUpdateDisc(resealed(() => changed.slice(0, -32))));
});
