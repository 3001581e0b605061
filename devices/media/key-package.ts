/**
 * A key package: what one user needs for one month. The CMS makes it, a disc carries it to the CRS, the phone fetches it.
 *
 * Two forms begin alike, so that the CRS can file either by month:
 *
 *     clear                                     wrapped
 *     +---------------------------------+      +---------------------------------+
 *     |       "CDKP", version (1)       |      |       "CDWP", version (1)       |
 *     +---------------------------------+      +---------------------------------+
 *     |       period, 7 octets          |      |       period, 7 octets          |
 *     +---------------------------------+      +---------------------------------+
 *     |  length (1) | telephone number  |      |       length w (2)              |
 *     +---------------------------------+      +---------------------------------+
 *     |  length (1) | PSK identity      |      :       the whole clear form,     :
 *     +---------------------------------+      :       under AES key wrap with   :
 *     |       PSK, 32 octets            |      :       padding, w octets         :
 *     +---------------------------------+      +---------------------------------+
 *     |       SSK, PVT, RSK             |
 *     +---------------------------------+
 *
 * The wrapping is RFC 5649 under the user's update key (16 or 32 octets). It needs no nonce, so the same package under the
 * same key is always the same octets. Only the month is in clear: the CRS knows whose package it holds from where it filed
 * it, and a number, an account or a key fingerprint in the header would let an onlooker follow one user through the months.
 * The clear month is not protected by the wrapping; it is compared with the one inside.
 */
import { aeskwp } from '@noble/ciphers/aes.js';
import type { Period, UserKeys } from '../../network/mikey/index.ts';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { assert } from '../../sim/errors.ts';
import { toAscii } from '../../sim/octets.ts';
import { mediaError } from './errors.ts';
import { FieldReader } from './field-reader.ts';
import { FieldWriter } from './field-writer.ts';
import { PSK_OCTETS, readUserKeys, writeUserKeys } from './key-field.ts';
import { PSK_IDENTITY } from './text-kind.ts';

const CLEAR_MAGIC = 'CDKP';
const WRAPPED_MAGIC = 'CDWP';
const VERSION = 1;
/** Octets under the wrapping, at most: with a number of 16 octets and a PSK identity of 128. */
const WRAPPED_OCTETS_MAX = 552;
/** Octets of either form, at most. */
export const PACKAGE_OCTETS_MAX = 14 + WRAPPED_OCTETS_MAX;

/**
 * Under one key seed every variant wraps and opens the same packages, and each costs some 850 blocks of AES. What was
 * wrapped is not remembered as what opens: each memory is filled by its own operation only. A refusal is not remembered.
 */
const REMEMBERED = 1024;
const wrappings = new BoundedMemo<Uint8Array>(REMEMBERED);
const unwrappings = new BoundedMemo<Uint8Array>(REMEMBERED);

/** A key shared by a phone and the CRS (RFC 4279). */
export interface PresharedKey {
  /** 1 to 128 printable ASCII characters; travels in clear. */
  readonly identity: string;
  /** 32 octets. */
  readonly psk: Uint8Array;
}

/** What a phone needs for one month beside what it has: SSK, PVT and RSK, and a PSK. */
export interface KeyPackage {
  readonly keys: UserKeys;
  /** For the same month. */
  readonly psk: PresharedKey;
}

/** Open to whoever has the octets, or sealed under the user's update key. */
export type PackageForm = 'clear' | 'wrapped';

/** The clear form. Errors: MEDIA_VALUE. */
export function encodePackage({ keys, psk }: KeyPackage): Uint8Array {
  const writer = new FieldWriter()
    .begin(CLEAR_MAGIC, VERSION)
    .period(keys.period)
    .number(keys.number)
    .text(psk.identity, PSK_IDENTITY)
    .octets(psk.psk, PSK_OCTETS);
  return writeUserKeys(writer, keys).finish();
}

/** Reads the clear form. Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE. */
export function parsePackage(octets: Uint8Array): KeyPackage {
  const reader = new FieldReader(octets, 'a key package');
  reader.begin(CLEAR_MAGIC, VERSION);
  const period = reader.period();
  const number = reader.number();
  const identity = reader.text(PSK_IDENTITY);
  const psk = reader.octets(PSK_OCTETS);
  const keys = readUserKeys(reader, number, period);
  reader.end();
  return { keys, psk: { identity, psk } };
}

/** The wrapped form under an update key of 16 or 32 octets. Errors: MEDIA_VALUE. */
export function wrapPackage(keyPackage: KeyPackage, updateKey: Uint8Array): Uint8Array {
  const clear = encodePackage(keyPackage);
  const wrapped = wrappings.recall([clear, updateKey], () => keyWrap(updateKey).encrypt(clear));
  return new FieldWriter()
    .begin(WRAPPED_MAGIC, VERSION)
    .period(keyPackage.keys.period)
    .u16(wrapped.length)
    .octets(wrapped, wrapped.length)
    .finish();
}

/**
 * Opens the wrapped form. Errors: MEDIA_UNWRAP_REFUSED for another key or changed octets, MEDIA_PACKAGE_PERIOD, and those
 * of {@link parsePackage}.
 */
export function unwrapPackage(octets: Uint8Array, updateKey: Uint8Array): KeyPackage {
  const { period, wrapped } = parseWrapping(octets);
  const keyPackage = parsePackage(unwrap(wrapped, updateKey));
  if (keyPackage.keys.period !== period) {
    throw mediaError('MEDIA_PACKAGE_PERIOD', `labelled ${period}, holds ${keyPackage.keys.period}`);
  }
  return keyPackage;
}

/**
 * What anyone can read of a package without a key: its form and month. Of the wrapped form only the header is looked at.
 * Errors: MEDIA_MAGIC, MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING, MEDIA_VALUE.
 */
export function labelOfPackage(octets: Uint8Array): { readonly form: PackageForm; readonly period: Period } {
  return toAscii(octets.subarray(0, CLEAR_MAGIC.length)) === CLEAR_MAGIC
    ? { form: 'clear', period: parsePackage(octets).keys.period }
    : { form: 'wrapped', period: parseWrapping(octets).period };
}

function parseWrapping(octets: Uint8Array): { readonly period: Period; readonly wrapped: Uint8Array } {
  const reader = new FieldReader(octets, 'a wrapped key package');
  reader.begin(WRAPPED_MAGIC, VERSION);
  const period = reader.period();
  const length = reader.u16();
  if (length > WRAPPED_OCTETS_MAX) {
    throw reader.refuse('MEDIA_VALUE', `${length} wrapped octets are too many`, reader.offset - 2);
  }
  const wrapped = reader.octets(length);
  reader.end();
  return { period, wrapped };
}

function unwrap(wrapped: Uint8Array, updateKey: Uint8Array): Uint8Array {
  const cipher = keyWrap(updateKey);
  try {
    return unwrappings.recall([wrapped, updateKey], () => cipher.decrypt(wrapped)).slice();
  } catch (cause) {
    // RFC 5649 section 3: the wrapping has one answer, whatever is wrong.
    throw mediaError('MEDIA_UNWRAP_REFUSED', 'the integrity check of the wrapping fails', { cause });
  }
}

function keyWrap(updateKey: Uint8Array) {
  assert(updateKey.length === 16 || updateKey.length === 32, 'an update key has 16 or 32 octets');
  return aeskwp(updateKey);
}
