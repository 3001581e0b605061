/** Fuzz targets for what reaches the cryptography from outside: encapsulated data, typed numbers, periods and key packages. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat, fromAscii, fromHex, toAscii, toHex } from '../../sim/octets.ts';
import { assert } from '../../sim/errors.ts';
import { verifySignature } from './eccsi.ts';
import { sakkeDecapsulate } from './memo.ts';
import { parsePeriod } from './period.ts';
import { RFC6507 } from './rfc6507.vectors.ts';
import { RFC6508, RFC6508_EDGE_CASES } from './rfc6508.vectors.ts';
import { canonicalNumber } from './tel-number.ts';
import { validateUserKeys } from './user-keys.ts';

function octets(hex: string): Uint8Array {
  const result = fromHex(hex);
  assert(result !== undefined, 'a vector is hexadecimal');
  return result;
}

const ID = octets(RFC6508.id);
const Z = octets(RFC6508.zPoint);
const RSK = octets(RFC6508.rsk);
const KPAK = octets(RFC6507.kpak);
const MESSAGE = octets(RFC6507.message);
const NUMBER = canonicalNumber('+447700900123');
const PERIOD = parsePeriod('2011-02');
const SENT = new Set([RFC6508.encapsulated, ...RFC6508_EDGE_CASES.map(({ encapsulated }) => encapsulated)]);

/** Encapsulated data, signatures, the keys of a user, telephone numbers and months, as they come off a disc or the wire. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'SAKKE encapsulated data',
    samples: [...SENT].map(octets),
    parse: (input) => {
      const ssv = sakkeDecapsulate(input, ID, Z, RSK);
      assert(SENT.has(toHex(input)), 'only what a sender made opens');
      return ssv;
    },
  },
  {
    name: 'ECCSI signature',
    samples: [octets(RFC6507.signature)],
    parse: (input) => verifySignature(MESSAGE, input, ID, KPAK),
  },
  {
    name: 'user keys',
    samples: [concat(octets(RFC6507.ssk), octets(RFC6507.pvt), RSK)],
    parse: (input) => {
      const [ssk, pvt, rsk] = [input.subarray(0, 32), input.subarray(32, 97), input.subarray(97)];
      validateUserKeys({ number: NUMBER, period: PERIOD, ssk, pvt, rsk }, { kpak: KPAK, z: Z });
    },
  },
  {
    name: 'telephone number',
    samples: [
      ...['+447700900123', '+44 7700 900-123', 'tel:+447700900123', 'TEL:+44-(7700).900123'],
      ...['07700900123', '+4477;ext=1'],
    ].map(fromAscii),
    parse: (input) => {
      const number = canonicalNumber(toAscii(input));
      assert(canonicalNumber(number) === number, 'a canonical number is its own canonical form');
    },
  },
  {
    name: 'key period',
    samples: ['2015-10', '2016-02'].map(fromAscii),
    parse: (input) => parsePeriod(toAscii(input)),
  },
];
