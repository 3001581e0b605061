/**
 * What a thief finds on a phone: everything that can be read from the image of its flash, sorted by what it is good for.
 * What the app had replaced or deleted counts as well as what it still uses.
 */
import { readFlashImage } from '../hardware/index.ts';
import type { KmsPublic, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import type { PresharedKey } from './key-package.ts';
import { parsePhoneRecord, type CallRecord, type PhoneRecord, type PhoneSettings } from './phone-record.ts';

/** Something found, and how. */
export interface Found<Value> {
  readonly value: Value;
  /** True when the app had overwritten or deleted it. */
  readonly remnant: boolean;
  /** Its place in the order of writing: the greater, the later. */
  readonly sequence: number;
}

/** Each list is in the order of writing. */
export interface PhoneFinds {
  readonly settings: readonly Found<PhoneSettings>[];
  readonly kms: readonly Found<KmsPublic>[];
  readonly updateKeys: readonly Found<Uint8Array>[];
  readonly psks: readonly Found<PresharedKey & { readonly period: Period }>[];
  readonly userKeys: readonly Found<UserKeys>[];
  readonly calls: readonly Found<CallRecord>[];
  /** Records that the app does not write. */
  readonly others: readonly Found<{ readonly name: string; readonly octets: Uint8Array }>[];
  /** Every telephone number that occurs, sorted: the owner's and those of the call history. */
  readonly numbers: readonly TelNumber[];
  /** Records whose keys were erased: that something was there is all that can be told. */
  readonly unreadable: number;
}

type FoundRecord = Found<{ readonly name: string; readonly octets: Uint8Array }>;

/**
 * Reads the image of a phone's flash. Errors: HARDWARE_FLASH_IMAGE; MEDIA_VERSION, MEDIA_TRUNCATED, MEDIA_TRAILING,
 * MEDIA_VALUE for a record that the app could not have written.
 */
export function readPhoneImage(image: Uint8Array): PhoneFinds {
  const { live, remnants, unreadable } = readFlashImage(image);
  const all: FoundRecord[] = [
    ...[...live].map(([name, { value: octets, sequence }]) => ({
      value: { name, octets },
      remnant: false,
      sequence,
    })),
    ...remnants.map(({ name, value: octets, sequence }) => ({
      value: { name, octets },
      remnant: true,
      sequence,
    })),
  ].sort((a, b) => a.sequence - b.sequence);

  const others: FoundRecord[] = [];
  const records: Found<PhoneRecord>[] = [];
  for (const found of all) {
    const record = parsePhoneRecord(found.value.name, found.value.octets);
    if (record === undefined) others.push(found);
    else records.push({ ...found, value: record });
  }

  const only = <Value>(pick: (record: PhoneRecord) => Value | undefined): Found<Value>[] =>
    records.flatMap((found) => {
      const value = pick(found.value);
      return value === undefined ? [] : [{ ...found, value }];
    });
  const finds = {
    settings: only((record) => (record.kind === 'settings' ? record.settings : undefined)),
    kms: only((record) => (record.kind === 'kms' ? record.kms : undefined)),
    updateKeys: only((record) => (record.kind === 'update-key' ? record.updateKey : undefined)),
    psks: only((record) => (record.kind === 'psk' ? { ...record.psk, period: record.period } : undefined)),
    userKeys: only((record) => (record.kind === 'keys' ? record.keys : undefined)),
    calls: only((record) => (record.kind === 'call' ? record.call : undefined)),
  };
  const numbers = new Set([
    ...finds.settings.map(({ value }) => value.number),
    ...finds.userKeys.map(({ value }) => value.number),
    ...finds.calls.map(({ value }) => value.peer),
  ]);
  return { ...finds, others, numbers: [...numbers].sort(), unreadable };
}
