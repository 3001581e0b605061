import test from 'ava';
import * as fc from 'fast-check';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { COMMUNITY_NUMBERS_MAX, encodeKmsCode, isKmsCode, parseKmsCode } from './kms-code.ts';
import { sampleCommunity, sampleQr } from './media.fuzz.ts';
import { encodeQrPayload } from './qr-payload.ts';

const CODE = sampleCommunity();
const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) => canonicalNumber(`+4477009000000${String(at).padStart(2, '0')}`));

test('property: a code reads back as it was, its numbers sorted, each once', (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[\x21-\x7e]{1,64}$/),
      fc.array(fc.integer({ min: 100_000, max: 999_999_999 }), { maxLength: COMMUNITY_NUMBERS_MAX }),
      (account, digits) => {
        const numbers = digits.map((each) => canonicalNumber(`+4477${each}`));
        const octets = encodeKmsCode({ ...CODE, account, numbers });
        t.true(isKmsCode(octets));
        t.deepEqual(parseKmsCode(octets), { ...CODE, account, numbers: [...new Set(numbers)].sort() });
      },
    ),
    { numRuns: 100 },
  );
});

test('the longest code has 937 octets', (t) => {
  const longest = encodeKmsCode({
    ...CODE,
    account: 'a'.repeat(64),
    numbers: numbered(COMMUNITY_NUMBERS_MAX),
  });
  t.is(longest.length, 937);
});

test('the code of an enrolment is none', (t) => {
  t.false(isKmsCode(encodeQrPayload(sampleQr())));
  t.false(isKmsCode(new Uint8Array(0)));
});

const octets = encodeKmsCode(CODE);
const counted = octets.length - 1 - 2 * 14;
for (const [what, wrong, code] of [
  ['with one octet more', concat(octets, new Uint8Array(1)), 'MEDIA_TRAILING'],
  ['that ends inside a number', octets.slice(0, -1), 'MEDIA_TRUNCATED'],
  ['of another version', octets.with(4, 2), 'MEDIA_VERSION'],
  ['with too many numbers', octets.with(counted, COMMUNITY_NUMBERS_MAX + 1), 'MEDIA_VALUE'],
  [
    'whose numbers are not sorted',
    concat(octets.slice(0, counted + 1), octets.slice(counted + 15), octets.slice(counted + 1, counted + 15)),
    'MEDIA_VALUE',
  ],
] as const)
  test(`a code ${what} is refused: ${code}`, (t) => {
    const error = t.throws(() => parseKmsCode(wrong), { instanceOf: CalldrillError });
    t.is(error?.code, code);
  });
