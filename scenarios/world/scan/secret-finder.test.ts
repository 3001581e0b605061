/** Secrets are found in octets, in each encoding and at each place, and nothing else is. */
import test from 'ava';
import { AS_OCTETS, encoded, ENCODINGS, SecretFinder } from './secret-finder.ts';

const KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const OTHER = Buffer.from('00112233445566778899aabbccddee00ffab00cdef', 'hex');
const finder = new SecretFinder([
  { label: 'key', octets: KEY },
  { label: 'other', octets: OTHER },
]);

for (const encoding of ENCODINGS)
  test(`a secret is found as ${encoding}, wherever it stands`, (t) => {
    for (const [label, octets] of [
      ['key', KEY],
      ['other', OTHER],
    ] as const)
      for (const at of [0, 1, 2, 3, 4, 1000]) {
        const written = encoded({ octets }, encoding);
        const place = Buffer.concat([Buffer.alloc(at, 'x'), written, Buffer.from('"')]);
        const finds = finder.foundIn(place);
        t.true(
          finds.some((find) => find.label === label && find.at === at),
          `${label} at ${at}`,
        );
        t.true(finds.every((find) => find.label === label));
        // Whatever comes before its last character is not all of it.
        t.deepEqual(finder.foundIn(place.subarray(0, at + written.length - 1)), []);
      }
  });

test('in base64 a secret is found wherever it begins in what was encoded', (t) => {
  for (const before of [0, 1, 2, 3, 4, 5])
    for (const form of ['base64', 'base64url'] as const) {
      const within = Buffer.concat([Buffer.alloc(before, 0x5a), KEY, Buffer.alloc(4, 0xa5)]).toString(form);
      t.true(
        finder.foundIn(Buffer.from(within)).some(({ label }) => label === 'key'),
        `${form}, ${before} octets in`,
      );
    }
});

test('of a part of other octets, and of octets that begin alike, nothing is said', (t) => {
  const alike = Buffer.from(KEY);
  alike[15] = 0;
  t.deepEqual(finder.foundIn(alike), []);
  t.deepEqual(finder.foundIn(new Uint8Array(0)), []);
  const whole = Buffer.concat([Buffer.alloc(3), KEY, Buffer.alloc(9)]);
  t.deepEqual(finder.foundIn(whole.subarray(3, 19)), [{ label: 'key', encoding: AS_OCTETS, at: 0 }]);
});
