import test from 'ava';
import * as fc from 'fast-check';
import { fuzz } from '../sim/fuzz.ts';
import { fromAscii } from '../sim/octets.ts';
import { fuzzTargets } from './base64.fuzz.ts';
import { messageOctetsOf } from './base64.ts';

const read = (text: string) => messageOctetsOf(fromAscii(text));

test('property: octets survive Base64, whatever white space and padding there is', (t) => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 80 }),
      (octets, width) => {
        const base64 = Buffer.from(octets).toString('base64');
        const folded = base64.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n\t ');
        t.deepEqual(read(` ${folded}\n`), octets);
        t.deepEqual(read(base64.replace(/=+$/, '')), octets);
      },
    ),
  );
});

test('the attribute around it and raw octets are understood', (t) => {
  for (const before of ['a=key-mgmt:mikey ', 'key-mgmt: mikey ', 'mikey  ', '\n a=key-mgmt:mikey\n'])
    t.deepEqual(read(`${before}AQID`), Uint8Array.of(1, 2, 3));
  t.deepEqual(messageOctetsOf(Uint8Array.of(1, 26, 255)), Uint8Array.of(1, 26, 255));
});

for (const [text, offset] of [
  ['', undefined],
  [' \n', undefined],
  ['AQI!', 3],
  ['mikey A(ID', 7],
  ['A', undefined],
  ['AQ=I', undefined],
  ['AQI==', undefined],
  ['AR', undefined],
  ['AQIDBAU==', undefined],
] as const) {
  test(`refused: ${JSON.stringify(text)}`, (t) => {
    const error = t.throws(() => read(text), { code: 'CLI_INPUT_BASE64' });
    t.is('where' in error ? Object(error.where).offset : undefined, offset);
  });
}

for (const target of fuzzTargets) {
  test(`fuzz: ${target.name}`, (t) => {
    const { defects, refused, read } = fuzz(target, 3000);
    t.deepEqual(defects, []);
    t.true(refused > 0 && read > 0);
  });
}
