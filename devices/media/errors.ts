/** What can be wrong with what is carried between devices, and with what is kept on a phone. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code of QR payloads, packages, discs and phone records, with what to do instead. */
export const MEDIA_CODES = {
  MEDIA_MAGIC: {
    summary: 'The octets are of another format.',
    fix: 'Check which thing was scanned, inserted or read.',
  },
  MEDIA_VERSION: {
    summary: 'The format is of a version that is not known.',
    fix: 'Use the same calldrill version on both ends, or make the medium again.',
  },
  MEDIA_TRUNCATED: {
    summary: 'The octets end inside a field.',
    fix: 'Read or make the medium again; it must be complete.',
  },
  MEDIA_TRAILING: {
    summary: 'Octets follow where the format ends.',
    fix: 'Read or make the medium again; nothing may be appended.',
  },
  MEDIA_VALUE: {
    summary: 'A field holds a value that it may not have.',
    fix: 'Correct the value where the medium is made.',
  },
  MEDIA_CHECKSUM: {
    summary: 'The checksum of a file does not match its octets.',
    fix: 'Read the medium again; if it stays so, make a new one.',
  },
  MEDIA_DISC_TRUNCATED: {
    summary: 'An update disc ends before its content does.',
    fix: 'Burn a new disc; do not load part of one.',
  },
  MEDIA_DISC_USERS: {
    summary: 'The users of an update disc contradict each other or the disc.',
    fix: 'Make the disc again: each number and PSK identity once, each package of the month and form of the disc.',
  },
  MEDIA_UNWRAP_REFUSED: {
    summary: 'A key package does not unwrap under this update key.',
    fix: 'Use the update key of this user; after Destroy keys the phone needs a Manual Key Update.',
  },
  MEDIA_PACKAGE_PERIOD: {
    summary: 'A key package is of another month than its wrapping says.',
    fix: 'Take the package again from where it was made; someone changed the label.',
  },
} as const;

/** Makes the typed error of one of these codes, with the octet where it was met. */
export const mediaError = errorsOf(MEDIA_CODES);
