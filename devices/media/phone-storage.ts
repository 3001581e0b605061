/**
 * What the app on a phone keeps, and where it keeps it: in flash, where nothing goes away by itself. A secret that is
 * replaced or forgotten is either erased (its record key is destroyed, remnants included) or merely unlinked, as the
 * deployment says; the difference is what a thief finds later (para-50).
 */
import type { Flash } from '../hardware/index.ts';
import { parsePeriod, type KmsPublic, type Period, type UserKeys } from '../../network/mikey/index.ts';
import { assert } from '../../sim/errors.ts';
import { equal } from '../../sim/octets.ts';
import type { KeyPackage, PresharedKey } from './key-package.ts';
import type { KmsCommunity } from './kms-code.ts';
import {
  encodePhoneRecord,
  parsePhoneRecord,
  phoneRecordName,
  type CallRecord,
  type PhoneRecord,
  type PhoneSettings,
} from './phone-record.ts';
import type { QrPayload } from './qr-payload.ts';

/** What becomes of an old secret: see the deployment parameter `old-keys`. */
export type OldKeys = 'erased' | 'unlinked';

/** How PSKs come: see the deployment parameter `psk-rotation`. */
export type PskRotation = 'monthly' | 'static';

const KEYS_NAME = /^keys\/(.*)$/;
const PSK_NAME = /^psk\/(.*)$/;
const CALL_NAME = /^call\//;
const COMMUNITY_NAME = /^community\//;

/** Phones that remember what they read, and how much of it each: thousands of idle ones keep nothing. */
const REMEMBERING_MAX = 64;
const RECORDS_MAX = 32;
const remembering: PhoneStorage[] = [];

/** The app's own view of its flash: what is current, by kind and month. */
export class PhoneStorage {
  readonly #flash: Flash;
  readonly #oldKeys: OldKeys;
  readonly #pskRotation: PskRotation;
  /** Counted once: the history can be long. */
  #nextCall: number | undefined;
  /** What was read of late, by where in the chip it lies: no record is ever written over. */
  #opened: Map<number, PhoneRecord> | undefined;

  /** A static PSK lies under the month that it came with, and is the PSK of every month. */
  constructor(flash: Flash, oldKeys: OldKeys, pskRotation: PskRotation = 'monthly') {
    this.#flash = flash;
    this.#pskRotation = pskRotation;
    this.#oldKeys = oldKeys;
  }

  /** Undefined until the phone was enrolled. */
  settings(): PhoneSettings | undefined {
    return this.#find(phoneRecordName.settings, 'settings')?.settings;
  }

  kms(): KmsPublic | undefined {
    return this.#find(phoneRecordName.kms, 'kms')?.kms;
  }

  /** That of an earlier code, where it is kept. */
  formerKms(): KmsPublic | undefined {
    return this.#find(phoneRecordName.formerKms, 'former-kms')?.kms;
  }

  /** The KMSs whose codes were scanned, in the order of their accounts. */
  communities(): readonly KmsCommunity[] {
    return this.#communityNames()
      .map((name) => this.#find(name, 'community')?.community)
      .filter((community) => community !== undefined);
  }

  /** Keeps what a code of a KMS says, in place of what was known of its account. Errors: MEDIA_VALUE, HARDWARE_FLASH_FULL. */
  addCommunity(community: KmsCommunity): void {
    this.#write({ kind: 'community', community });
  }

  /** 32 octets. */
  updateKey(): Uint8Array | undefined {
    return this.#find(phoneRecordName.updateKey, 'update-key')?.updateKey;
  }

  psk(period: Period): PresharedKey | undefined {
    const filed = this.#isStatic ? this.#months(PSK_NAME).at(-1) : period;
    return filed === undefined ? undefined : this.#find(phoneRecordName.psk(filed), 'psk')?.psk;
  }

  userKeys(period: Period): UserKeys | undefined {
    return this.#find(phoneRecordName.keys(period), 'keys')?.keys;
  }

  /** Months whose user keys are held, oldest first. */
  periods(): readonly Period[] {
    return this.#months(KEYS_NAME);
  }

  /** The call history, oldest first. */
  calls(): readonly CallRecord[] {
    return this.#callNames()
      .map((name) => this.#find(name, 'call')?.call)
      .filter((call) => call !== undefined);
  }

  /**
   * Takes in everything that an enrolment QR carries. Months of an earlier enrolment are forgotten first: they belong to
   * another update key, and perhaps to another number or KMS. `replaced` says what becomes of all that it replaces; with `keepsKms` the
   * public keys of another KMS stay beside the new ones. Errors: MEDIA_VALUE, HARDWARE_FLASH_FULL.
   */
  enrol(
    { crs, psk, updateKey, kms, keys }: QrPayload,
    replaced: OldKeys = this.#oldKeys,
    keepsKms = false,
  ): void {
    const former = this.kms();
    if (keepsKms && former !== undefined && !equal(former.kpak, kms.kpak))
      this.#write({ kind: 'former-kms', kms: former });
    // Which numbers were whose its own CMS said, and that is another now.
    if (former !== undefined && !equal(former.kpak, kms.kpak))
      for (const name of this.#communityNames()) this.#flash.delete(name);
    for (const period of this.periods()) this.#drop(phoneRecordName.keys(period), replaced);
    for (const period of this.#months(PSK_NAME)) this.#drop(phoneRecordName.psk(period), replaced);
    // The phone may have been wiped since a call was last counted.
    this.#nextCall = undefined;
    this.#write({ kind: 'settings', settings: { number: keys.number, crs } });
    this.#write({ kind: 'kms', kms });
    this.#replaceSecret({ kind: 'update-key', updateKey }, replaced);
    this.#replaceSecret({ kind: 'psk', period: keys.period, psk }, replaced);
    this.#replaceSecret({ kind: 'keys', keys }, replaced);
  }

  /** Keeps the keys of one month, beside those of other months. Errors: MEDIA_VALUE, HARDWARE_FLASH_FULL. */
  addPackage({ keys, psk }: KeyPackage): void {
    const before = this.#isStatic ? this.#months(PSK_NAME) : [];
    this.#replaceSecret({ kind: 'psk', period: keys.period, psk });
    for (const period of before) if (period !== keys.period) this.#drop(phoneRecordName.psk(period));
    this.#replaceSecret({ kind: 'keys', keys });
  }

  /** The update key of a later month. Errors: MEDIA_VALUE, HARDWARE_FLASH_FULL. */
  replaceUpdateKey(updateKey: Uint8Array): void {
    this.#replaceSecret({ kind: 'update-key', updateKey });
  }

  /** Lets go of the PSK of a month, unless it is that of all months, and of its user keys. Errors: HARDWARE_FLASH_FULL. */
  forget(period: Period): void {
    if (!this.#isStatic) this.#drop(phoneRecordName.psk(period));
    this.#drop(phoneRecordName.keys(period));
  }

  /** Adds a line to the call history. Errors: MEDIA_VALUE, HARDWARE_FLASH_FULL. */
  addCall(call: CallRecord): void {
    this.#nextCall ??= this.#callNames().length + 1;
    this.#write({ kind: 'call', sequence: this.#nextCall, call });
    this.#nextCall++;
  }

  get #isStatic(): boolean {
    return this.#pskRotation === 'static';
  }

  #months(named: RegExp): readonly Period[] {
    return this.#flash
      .names()
      .map((name) => named.exec(name)?.[1])
      .filter((month) => month !== undefined)
      .map((month) => parsePeriod(month));
  }

  #communityNames(): readonly string[] {
    return this.#flash
      .names()
      .filter((name) => COMMUNITY_NAME.test(name))
      .sort();
  }

  #callNames(): readonly string[] {
    return this.#flash.names().filter((name) => CALL_NAME.test(name));
  }

  #find<Kind extends PhoneRecord['kind']>(
    name: string,
    kind: Kind,
  ): Extract<PhoneRecord, { kind: Kind }> | undefined {
    const record = this.#read(name);
    if (record === undefined) return undefined;
    assert(isKind(record, kind), 'a record is of the kind that its name says');
    return record;
  }

  /** A phone looks at the same few records again and again. What is erased or written anew is at its place no more, and is not recalled. */
  #read(name: string): PhoneRecord | undefined {
    const place = this.#flash.placeOf(name);
    if (place === undefined) return undefined;
    const known = this.#opened?.get(place);
    if (known !== undefined) return known;
    const value = this.#flash.read(name);
    const record = value === undefined ? undefined : parsePhoneRecord(name, value);
    assert(record !== undefined, 'what has a place can be read');
    this.#remember(place, record);
    return record;
  }

  #remember(place: number, record: PhoneRecord): void {
    if (this.#opened === undefined) {
      remembering.push(this);
      const oldest = remembering.length > REMEMBERING_MAX ? remembering.shift() : undefined;
      if (oldest !== undefined) oldest.#opened = undefined;
    }
    this.#opened ??= new Map<number, PhoneRecord>();
    if (this.#opened.size >= RECORDS_MAX) this.#opened.clear();
    this.#opened.set(place, record);
  }

  #write(record: PhoneRecord): void {
    const { name, value } = encodePhoneRecord(record);
    this.#flash.write(name, value);
  }

  #replaceSecret(record: PhoneRecord, before: OldKeys = this.#oldKeys): void {
    const { name, value } = encodePhoneRecord(record);
    if (before === 'erased') this.#flash.sanitise(name);
    this.#flash.write(name, value);
  }

  #drop(name: string, how: OldKeys = this.#oldKeys): void {
    if (how === 'erased') this.#flash.sanitise(name);
    else this.#flash.delete(name);
  }
}

function isKind<Kind extends PhoneRecord['kind']>(
  record: PhoneRecord,
  kind: Kind,
): record is Extract<PhoneRecord, { kind: Kind }> {
  return record.kind === kind;
}
