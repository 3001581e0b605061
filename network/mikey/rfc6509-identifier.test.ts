/** RFC 6509 section 3.2: numbers, periods and the identifiers made of them. */
import test from 'ava';
import * as fc from 'fast-check';
import { CalldrillError } from '../../sim/errors.ts';
import { toHex } from '../../sim/octets.ts';
import { MIKEY_CRYPTO_CODES } from './errors.ts';
import { identifierOf } from './identifier.ts';
import { nextPeriod, parsePeriod, periodOf, periodStart, previousPeriod } from './period.ts';
import { RFC6508 } from './rfc6508.vectors.ts';
import { canonicalNumber } from './tel-number.ts';

test('the identifier of the RFC: 26 octets, both NULs included', (t) => {
  const id = identifierOf(canonicalNumber('+447700900123'), parsePeriod('2011-02'));
  t.is(toHex(id), RFC6508.id);
  t.is(id.length, 26);
});

/** As a plain string, to compare with one. */
function canonical(text: string): string {
  return canonicalNumber(text);
}

for (const spelling of [
  '+447700900123',
  '+44 7700 900123',
  '+44-7700-900-123',
  '+4 4 7 7 0 0 9 0 0 1 2 3',
  'tel:+447700900123',
  'tel:+44-7700-900123',
  'TEL:+447700900123',
  'Tel:+44.7700.900123',
  'tel:+(44)-7700-900123',
  'tel:+44--7700-900123-',
  '+44.7700.900123',
  '+44 (7700) 900-123',
  '+(44)7700900123',
]) {
  test(`${spelling} is +447700900123`, (t) => {
    t.is(canonical(spelling), '+447700900123');
  });
}

/** With what a reader cannot tell apart from ASCII written out. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]| (?= )/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const REFUSED: readonly (readonly [string, keyof typeof MIKEY_CRYPTO_CODES])[] = [
  ['07700 900123', 'MIKEY_NUMBER_NATIONAL'],
  ['7700900123', 'MIKEY_NUMBER_NATIONAL'],
  ['00447700900123', 'MIKEY_NUMBER_NATIONAL'],
  ['tel:07700900123', 'MIKEY_NUMBER_NATIONAL'],
  ['(07700) 900123', 'MIKEY_NUMBER_NATIONAL'],
  ['+447700900123;ext=1', 'MIKEY_NUMBER_PARAMETERS'],
  ['tel:+447700900123;phone-context=example.com', 'MIKEY_NUMBER_PARAMETERS'],
  ['tel:7700900123;phone-context=+44', 'MIKEY_NUMBER_PARAMETERS'],
  [
    '\uff0b\uff14\uff14\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13',
    'MIKEY_NUMBER_CHARACTERS',
  ],
  ['+4477009001\u0662\u0663', 'MIKEY_NUMBER_CHARACTERS'],
  ['+44\u00a07700900123', 'MIKEY_NUMBER_CHARACTERS'],
  ['+44  7700900123', 'MIKEY_NUMBER_CHARACTERS'],
  ['+44 (0) 7700 900123', 'MIKEY_NUMBER_COUNTRY'],
  ['+44(0)7700900123', 'MIKEY_NUMBER_COUNTRY'],
  ['07700.900.123', 'MIKEY_NUMBER_NATIONAL'],
  ['TEL:07700900123', 'MIKEY_NUMBER_NATIONAL'],
  ['+()', 'MIKEY_NUMBER_CHARACTERS'],
  ['+ 447700900123', 'MIKEY_NUMBER_CHARACTERS'],
  ['+447700900123 ', 'MIKEY_NUMBER_CHARACTERS'],
  ['+447700900123\n', 'MIKEY_NUMBER_CHARACTERS'],
  ['tel:+44 7700 900123', 'MIKEY_NUMBER_CHARACTERS'],
  ['sip:+447700900123@example.com', 'MIKEY_NUMBER_CHARACTERS'],
  ['+44770O900123', 'MIKEY_NUMBER_CHARACTERS'],
  ['', 'MIKEY_NUMBER_CHARACTERS'],
  ['+', 'MIKEY_NUMBER_CHARACTERS'],
  ['+1234567890123456', 'MIKEY_NUMBER_LENGTH'],
  ['+123456', 'MIKEY_NUMBER_LENGTH'],
  ['+0447700900123', 'MIKEY_NUMBER_COUNTRY'],
  ['+44 07700 900123', 'MIKEY_NUMBER_COUNTRY'],
];

for (const [text, code] of REFUSED) {
  test(`${escaped(text)} is refused as ${code}`, (t) => {
    const error = t.throws(() => canonicalNumber(text), { instanceOf: CalldrillError });
    t.is(error?.code, code);
    t.is(error?.fix, MIKEY_CRYPTO_CODES[code].fix);
  });
}

test('every spelling of a number has the one canonical form, which is its own', (t) => {
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 14 })
    .map((rest) => `1${rest.join('')}`);
  const separators = fc.array(fc.constantFrom('', '', ' ', '-'), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(digits, separators, (number, between) => {
      const spelled = `+${Array.from(number, (digit, i) => (i === 0 ? digit : `${between[i]}${digit}`)).join('')}`;
      t.is(canonical(spelled), `+${number}`);
      t.is(canonical(canonical(spelled)), `+${number}`);
      t.is(canonical(`tel:${spelled.replaceAll(' ', '-')}`), `+${number}`);
    }),
  );
});

test('any text is a number or a typed refusal', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        t.regex(canonicalNumber(text), /^\+[1-9][0-9]{6,14}$/);
      } catch (error) {
        t.true(error instanceof CalldrillError);
      }
    }),
  );
});

test('a period is a month in UTC: the platform calendar agrees', (t) => {
  const from = Date.UTC(1970, 0, 1) - 150 * 366 * 86_400_000;
  fc.assert(
    fc.property(fc.integer({ min: from, max: Date.UTC(2400, 0, 1) }), (moment) => {
      const period = periodOf(moment);
      t.is(String(period), new Date(moment).toISOString().slice(0, 7));
      t.true(periodStart(period) <= moment && moment < periodStart(nextPeriod(period)));
    }),
    { numRuns: 1000 },
  );
});

test('months begin at their first millisecond, leap years included', (t) => {
  t.is(periodStart(parsePeriod('1970-01')), 0);
  for (const [before, after] of [
    ['2015-09', '2015-10'],
    ['2015-12', '2016-01'],
    ['2016-02', '2016-03'],
    ['1900-02', '1900-03'],
    ['2000-02', '2000-03'],
  ] as const) {
    const start = periodStart(parsePeriod(after));
    t.is(start, Date.parse(`${after}-01T00:00:00Z`));
    t.is(String(periodOf(start)), after);
    t.is(String(periodOf(start - 1)), before);
    t.is(String(periodOf(start - 0.5)), before);
    t.is(String(nextPeriod(parsePeriod(before))), after);
    t.is(String(previousPeriod(parsePeriod(after))), before);
  }
});

test('what is not a month is refused', (t) => {
  for (const text of [
    '2015-13',
    '2015-00',
    '2015-1',
    '15-10',
    '2015-10-01',
    ' 2015-10',
    '2015-10\n',
    '2015/10',
    '',
  ]) {
    t.throws(() => parsePeriod(text), { code: 'MIKEY_PERIOD_INVALID' });
  }
  t.throws(() => nextPeriod(parsePeriod('9999-12')), { code: 'MIKEY_PERIOD_INVALID' });
  t.throws(() => previousPeriod(parsePeriod('0000-01')), { code: 'MIKEY_PERIOD_INVALID' });
  for (const moment of [Number.NaN, Infinity, -Infinity, 1e20, -1e20]) {
    t.throws(() => periodOf(moment), { code: 'MIKEY_PERIOD_INVALID' });
  }
  t.is(String(previousPeriod(nextPeriod(parsePeriod('0000-01')))), '0000-01');
});
