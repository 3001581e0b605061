/**
 * Vectors of the MIKEY PRFs. RFC 3830 has none: the first ten were computed by an independent implementation of RFC 3830
 * section 4.1.2 and RFC 6043 section 6.1, for keys around the 256-bit pieces (16, 32, 33, 48 and 64 octets). The last three
 * are those of a public MIKEY-SAKKE library of the 3GPP profile (Streamwide, `test_key_deriv.cc`).
 */
import type { Prf } from './prf.ts';

/** CS ID 1, CSB ID cafebabe. */
export const RAND_HEX = '808182838485868788898a8b8c8d8e8f';
/** The crypto session bundle that all the vectors are of. */
export const CSB_ID = 0xcafebabe;

/** Keys that an independent implementation has derived from a TGK, in hexadecimal. */
export interface PrfVector {
  readonly prf: Prf;
  readonly tgk: string;
  readonly tek: string;
  readonly salt: string;
  readonly authentication: string;
  readonly encryption: string;
}

/** One vector for each PRF and each kind of key. */
export const prfVectors: readonly PrfVector[] = [
  {
    prf: 'MIKEY-1',
    tgk: '000102030405060708090a0b0c0d0e0f',
    tek: '66d71e05b569fb802db5b474bdd980e6',
    salt: 'e4b68744ee85c5c8b0a0b8dd9c2c',
    authentication: '490c9f48db6d75de9b0e506d2a88a09617e9cfdc',
    encryption:
      '81056f573bf32d1f3b055ad95079c593f1375e8dfb520a3ab8c06ea624a5288294a7590b245be0277671b3e271262274b944689843a4dd82b40f20f531ee5d64',
  },
  {
    prf: 'MIKEY-1',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    tek: '0ae06a61af88fdc6604df92a9fba37a7',
    salt: '43a0d41d2af2aa5fef8c29b0133e',
    authentication: '0f2cdca6fd18b43606f097b66adaffbcb7464aad',
    encryption:
      '427b0f4f366dbe7fa06f160683e40011cd71d7b0472f3cd4a5b00e1cd490b0e2020393e52bc1ca0f4750c9d8a6e755d0bdc3217d2e663f665fbb9accf783523b',
  },
  {
    prf: 'MIKEY-1',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20',
    tek: '93130688e4d6f5715d8e6e36adf9bae3',
    salt: '3dbfa8a4d6bf58b1ce720c3209fa',
    authentication: '05a6cc2e5aae9f02c6d88af5300e3cae06a53393',
    encryption:
      '7cecb69a45eb6e9787ae14192a62ed0ae31b696943d7425ff5b0d4c262e8b9732731ce24bbc1d69047694f3110469958cd82d936072a3a9ab2a44930adade700',
  },
  {
    prf: 'MIKEY-1',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
    tek: '70660ff51305d39520deb79a1fef58ae',
    salt: 'c6fd218a28c4fd9c10a1b8b2c9d1',
    authentication: 'eb41d3e2c2bdb19552199c4aa3004e61db0250a9',
    encryption:
      '586b9921f23ccb9f8c6e3655fb9a719b7bc8c066df9af344edf4864b3b118add21b42ef2f4ac90c44c68ebaf0e061c741c7b0fa9d7c2e2b1e053a01adccbba46',
  },
  {
    prf: 'MIKEY-1',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
    tek: '012b00075dcadee687f1b5fc15dc41e8',
    salt: '16678eae4504e96834f6896fba23',
    authentication: '8f9ba5b5bc1ee67428a429cdfbe8360c1424a898',
    encryption:
      '1b0cad4d754132e330641d7dd6bbee4b75718a647becb551bed35275e7cfa72688d81ff0cc2015034269b0bad3b9fdf96d6a5b4ea29b752e08be583c79f291f8',
  },
  {
    prf: 'PRF-HMAC-SHA-256',
    tgk: '000102030405060708090a0b0c0d0e0f',
    tek: '314bfc8792fc6d6f435347de0b1170f6',
    salt: '124c92566043b15773c9fd584f8b',
    authentication: '407e578fe92b26c14a4c69422a0270bf6ced98a2',
    encryption:
      'c71111497da4d6682268f3d519aeb03642fb0fdbca6eee6427337614140f055d49006bf7982376f7dff65777d12afd8e952bc20e859adc683f429af2c56fc118',
  },
  {
    prf: 'PRF-HMAC-SHA-256',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    tek: '2632c910156374bccf29c7501db32b5a',
    salt: '1841a38602df5225fd8978678bd8',
    authentication: '2e4d4271e56ff92610725e0ffcee2cd63ba4f36a',
    encryption:
      '196a8a431055749f15d4ec0764bbf21d654654fb5f94a1dfdc57d0666de47d3e1573f46e5c3dd9c4211484ec3d8ea8b4bf67ee62d96cf6739f78e68ab8799da8',
  },
  {
    prf: 'PRF-HMAC-SHA-256',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20',
    tek: 'fc5e47bbce387a80229ad0669836e3b8',
    salt: '47eb29b0a9ab119c5f9c1829e858',
    authentication: '7a23a5ede97d401a454eb13d73864f5afad276ba',
    encryption:
      '3fd7296ae8d933c071aa7d13eb629e88dacd7fdf5cb4e273280bb2b14ff683838ca68dbe95301850ad2c2e3b52eb115b912f3001a3809a8c3eb319cf94518ec8',
  },
  {
    prf: 'PRF-HMAC-SHA-256',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
    tek: '9828a6d47e5614e08082913510f16720',
    salt: '79cc2d2ecbd402ab7f28d1fc6ef0',
    authentication: 'a0f6552239a691ec2c48d0a10b6d751dc9e17870',
    encryption:
      '548e044238ccacc5fea0261ee7241fa60189899e222a2ff2146697d9af69e030f0c2eb9e498a70dc793f975955108534d38cbeafbeb44dec3aee10855eb455d3',
  },
  {
    prf: 'PRF-HMAC-SHA-256',
    tgk: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
    tek: 'de2f108c7cecd0d2f0e5b45b18ffdba5',
    salt: 'de4df7f0f76c2519c29d6eb09760',
    authentication: 'db4531734ac0c01a28cd96f6440ec85a6e1decf3',
    encryption:
      '720a4d1b9a83d2ccbee213af8f246010a694e948445ede1c5867bdb5a06758468aa94d9bf3226dcfa2490982e838e202d4d0e4bce1702f9b9a0af63d6a33907b',
  },
];

/** PRF-HMAC-SHA-256: the key named by `purpose` (16 octets), then the salt (12 octets). */
export const publicVectors = [
  {
    purpose: 'encryption',
    csId: 4,
    csbId: 0x05a85c16,
    rand: '4339f62f55aac86348846a482c893802',
    tgk: 'a27b7d578eeb9b1ee7705e385996d300',
    out: '3924935940c154ccbc3c2ad05c8f51811725869b80f370cc9f24e13b',
  },
  {
    purpose: 'encryption',
    csId: 0,
    csbId: 0x05a85c16,
    rand: '4339f62f55aac86348846a482c893802',
    tgk: 'a27b7d578eeb9b1ee7705e385996d300',
    out: 'f17c80a8d2f9befa47cf712603d7229ac3b7b561a291a1d3abef482b',
  },
  {
    purpose: 'TEK',
    csId: 4,
    csbId: 0x0633f457,
    rand: '4339f62f55aac86348846a482c893802',
    tgk: 'a27b7d578eeb9b1ee7705e385996d300',
    out: '59aaa49ebb54813602b7cc165961b4e8745eb4df7d155c473114a799',
  },
] as const;
