/** Fuzz targets of the carried formats, and the samples that the tests of this folder use as well. */
import { canonicalNumber, parsePeriod, type KmsPublic, type UserKeys } from '../../network/mikey/index.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { concat } from '../../sim/octets.ts';
import { SeededRandom, type RandomSource } from '../../sim/random.ts';
import { Flash } from '../hardware/index.ts';
import { kmsFingerprint } from './key-field.ts';
import { encodePackage, labelOfPackage, parsePackage, unwrapPackage, wrapPackage } from './key-package.ts';
import type { KeyPackage, PackageForm } from './key-package.ts';
import { readPhoneImage } from './phone-image.ts';
import { encodePhoneRecord, parsePhoneRecord, type PhoneRecord } from './phone-record.ts';
import { PhoneStorage } from './phone-storage.ts';
import { encodeKmsCode, parseKmsCode, type KmsCommunity } from './kms-code.ts';
import { encodeQrPayload, parseQrPayload, type QrPayload } from './qr-payload.ts';
import { encodeUpdateDisc, parseUpdateDisc, sealUpdateDisc, type UpdateDisc } from './update-disc.ts';

const ALICE = '+447700900001';
const OCTOBER = '2015-10';

function sampleRandom(name: string): RandomSource {
  return new SeededRandom('media samples').stream(name);
}

/** Octets in the shape of a point; not on any curve, which no format here looks at. */
function samplePoint(random: RandomSource, length: number): Uint8Array {
  return concat(Uint8Array.of(4), random.octets(length - 1));
}

/** Public keys of a KMS that is made from its name. */
export function sampleKms(name = 'kms'): KmsPublic {
  const random = sampleRandom(name);
  return { kpak: samplePoint(random, 65), z: samplePoint(random, 257) };
}

/** SSK, PVT and RSK that really fit the number and month. */
export function sampleKeys(number: string = ALICE, period: string = OCTOBER): UserKeys {
  const random = sampleRandom(`${number} ${period}`);
  return {
    number: canonicalNumber(number),
    period: parsePeriod(period),
    ssk: random.octets(32),
    pvt: samplePoint(random, 65),
    rsk: samplePoint(random, 257),
  };
}

/** The month's keys and PSK of a number, in clear. */
export function samplePackage(number: string = ALICE, period: string = OCTOBER): KeyPackage {
  const psk = {
    identity: `id-${number.slice(-4)}-${period}`,
    psk: sampleRandom(`psk ${number} ${period}`).octets(32),
  };
  return { keys: sampleKeys(number, period), psk };
}

/** 32 octets that depend on the number alone. */
export function sampleUpdateKey(number: string = ALICE): Uint8Array {
  return sampleRandom(`update key ${number}`).octets(32);
}

/** All that enrols a phone with this number. */
export function sampleQr(number: string = ALICE, period: string = OCTOBER): QrPayload {
  return {
    ...samplePackage(number, period),
    crs: { host: 'crs.example', port: 5061 },
    updateKey: sampleUpdateKey(number),
    kms: sampleKms(),
  };
}

/** A disc of October with these users, each with a package. */
export function sampleDisc(
  protection: PackageForm = 'wrapped',
  numbers = [ALICE, '+447700900002'],
): UpdateDisc {
  return {
    serial: 'CD-0042',
    account: 'ministry',
    kmsFingerprint: kmsFingerprint(sampleKms()),
    period: parsePeriod(OCTOBER),
    protection,
    users: numbers.map((number) => {
      const inside = samplePackage(number);
      return {
        number: inside.keys.number,
        psk: inside.psk,
        package:
          protection === 'wrapped' ? wrapPackage(inside, sampleUpdateKey(number)) : encodePackage(inside),
      };
    }),
  };
}

/** A KMS that serves two numbers. */
export function sampleCommunity(account = 'blue'): KmsCommunity {
  return {
    account,
    kms: sampleKms(account),
    numbers: [canonicalNumber(ALICE), canonicalNumber('+447700900002')],
  };
}

/** One record of each kind. */
export const SAMPLE_RECORDS: readonly PhoneRecord[] = [
  {
    kind: 'settings',
    settings: { number: canonicalNumber(ALICE), crs: { host: 'crs.example', port: 5061 } },
  },
  { kind: 'kms', kms: sampleKms() },
  { kind: 'former-kms', kms: sampleKms('former') },
  { kind: 'community', community: sampleCommunity() },
  { kind: 'update-key', updateKey: sampleUpdateKey() },
  { kind: 'psk', period: parsePeriod(OCTOBER), psk: samplePackage().psk },
  { kind: 'keys', keys: sampleKeys() },
  {
    kind: 'call',
    sequence: 7,
    call: {
      direction: 'outgoing',
      peer: canonicalNumber('+447700900002'),
      begunUnixMs: 1_444_809_600_000,
      lastedMs: 40_000,
      ssv: sampleRandom('ssv').octets(16),
    },
  },
];

function samplePhoneImage(): Uint8Array {
  const flash = new Flash(sampleRandom('flash'));
  const storage = new PhoneStorage(flash, 'unlinked');
  storage.enrol(sampleQr());
  storage.addPackage(samplePackage(ALICE, '2015-11'));
  storage.forget(parsePeriod(OCTOBER));
  return flash.image();
}

const CHECKSUM_OCTETS = 32;
/** Octets up to the end of the length field. */
const LENGTH_END = 10;

/** The readers of every carried format, from octets that are whole. */
export const fuzzTargets: readonly FuzzTarget[] = [
  { name: 'key package', samples: [encodePackage(samplePackage())], parse: parsePackage },
  {
    name: 'wrapped key package',
    samples: [wrapPackage(samplePackage(), sampleUpdateKey())],
    parse: (input) => unwrapPackage(input, sampleUpdateKey()),
  },
  {
    name: 'key package label',
    samples: [encodePackage(samplePackage()), wrapPackage(samplePackage(), sampleUpdateKey())],
    parse: labelOfPackage,
  },
  { name: 'code of a KMS', samples: [encodeKmsCode(sampleCommunity())], parse: parseKmsCode },
  { name: 'QR payload', samples: [encodeQrPayload(sampleQr())], parse: parseQrPayload },
  {
    name: 'update disc',
    samples: [encodeUpdateDisc(sampleDisc('wrapped')), encodeUpdateDisc(sampleDisc('clear'))],
    parse: parseUpdateDisc,
  },
  {
    // With a right checksum and length, so that the mutation reaches the fields behind them.
    name: 'update disc, sealed again',
    samples: [encodeUpdateDisc(sampleDisc('wrapped')), encodeUpdateDisc(sampleDisc('clear'))],
    parse: (input) => {
      if (input.length < LENGTH_END + CHECKSUM_OCTETS) return parseUpdateDisc(input);
      const content = input.slice(0, input.length - CHECKSUM_OCTETS);
      new DataView(content.buffer).setUint32(6, content.length + CHECKSUM_OCTETS);
      return parseUpdateDisc(sealUpdateDisc(content));
    },
  },
  ...SAMPLE_RECORDS.map((record): FuzzTarget => {
    const { name, value } = encodePhoneRecord(record);
    return {
      name: `phone record ${record.kind}`,
      samples: [value],
      parse: (input) => parsePhoneRecord(name, input),
    };
  }),
  { name: 'phone image', samples: [samplePhoneImage()], parse: readPhoneImage },
];
