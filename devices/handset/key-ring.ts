/**
 * The key ring: the months of keys that a phone holds. Keys come with a QR code or as a package from the CRS, are checked
 * against the KMS before they are kept, and go when the calendar of RFC 6509 is done with them.
 */
import type { TimerOwner } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { equal } from '../../sim/octets.ts';
import { Secret } from '../../sim/secret.ts';
import {
  nextPeriod,
  periodOf,
  periodStart,
  validateUserKeys,
  type KmsPublic,
  type Period,
  type UserKeys,
} from '../../network/mikey/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import {
  secretOfUpdateKey,
  kpakName,
  secretsOfCarriedPackage,
  secretsOfPackage,
  secretsOfQr,
  type PhoneSettings,
  type PhoneStorage,
  type PresharedKey,
  type QrPayload,
} from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { secretsHeld, secretsOfMonth } from './held-secrets.ts';
import { keepsFormerKms, manualUpdateOf } from './manual-update.ts';
import { openOwnPackage } from './package-opening.ts';
import { reasonOfRefusal } from './refusal-reason.ts';

/** How long into a month the keys of the month before may still be needed (RFC 6509 section 3.3). */
const OVERLAP_MS = 2 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Its alarms. */
const NEXT_MONTH = 'next month';
const REMOVAL = 'removal of old keys';

/** Storage and clock of the phone, and who is told that a month has begun. */
export interface KeyRingOptions {
  readonly ports: Ports;
  /** Host name of the phone and name of its user, for the trace. */
  readonly device: string;
  readonly user: string;
  readonly storage: PhoneStorage;
  readonly clock: RealTimeClock;
  /** How far local time is ahead of UTC, where the month is taken by it. Minutes. */
  readonly zoneMinutes: number;
  /** The phone's own clock shows another month than before. */
  readonly onMonth: () => void;
}

/** A key ring as a plain value; the keys are in the storage. */
export type KeyRingState = {
  /** The month for which keys were last chosen. */
  readonly chosen: Period;
};

/**
 * Keys by month: taken from a QR code or a package once they are validated against the KMS (RFC 6507 5.1.2, RFC 6508
 * 6.1.2), given up when their time is over.
 */
export class KeyRing implements TimerOwner, Kept<KeyRingState> {
  readonly timerName: string;
  readonly #options: KeyRingOptions;
  /** The month for which keys were last chosen. */
  #chosen: Period;

  constructor(options: KeyRingOptions, kept?: KeyRingState) {
    this.timerName = `handset:${options.device}:keys`;
    this.#options = options;
    this.#chosen = kept?.chosen ?? this.period;
    if (kept === undefined) this.#awaitNext();
    else options.clock.claim(this);
  }

  save(): KeyRingState {
    return { chosen: this.#chosen };
  }

  timerFired(action: string): void {
    if (action === NEXT_MONTH) this.#monthChanged();
    else this.#removeOld();
  }

  /** The month on the phone's own clock. */
  get period(): Period {
    return periodOf(this.#options.clock.unixMs() + this.#zoneMs);
  }

  /** Where the month is taken by local time, it begins so much earlier. */
  get #zoneMs(): number {
    const { ports, zoneMinutes } = this.#options;
    return ports.deployment['month-by'] === 'local-time' ? zoneMinutes * 60_000 : 0;
  }

  get periods(): readonly Period[] {
    return this.#options.storage.periods();
  }

  get settings(): PhoneSettings | undefined {
    return this.#options.storage.settings();
  }

  get kms(): KmsPublic | undefined {
    return this.#options.storage.kms();
  }

  /** The PSK of this month. */
  get psk(): PresharedKey | undefined {
    return this.#options.storage.psk(this.period);
  }

  keysOf(period: Period): UserKeys | undefined {
    return this.#options.storage.userKeys(period);
  }

  get hasKeysOfThisMonth(): boolean {
    return this.keysOf(this.period) !== undefined && this.psk !== undefined;
  }

  /** Without keys of this month nobody can call, and whoever has a PSK that does not end with a month may still ask for them. */
  get mayAskForKeys(): boolean {
    return this.#options.ports.deployment['psk-rotation'] === 'static' && this.psk !== undefined;
  }

  /** Months that it may hold and does not: this one and the next. */
  get missing(): readonly Period[] {
    return [this.period, nextPeriod(this.period)].filter((period) => this.keysOf(period) === undefined);
  }

  /** Takes everything that a QR code carries. Errors: MIKEY_SSK_INVALID, MIKEY_RSK_INVALID, MIKEY_KMS_KEY_INVALID. */
  enrol(payload: QrPayload): void {
    validateUserKeys(payload.keys, payload.kms);
    const { ports, device, user, storage } = this.#options;
    const update = manualUpdateOf(storage, payload);
    const erases = ports.rules.holds('handset.erases-replaced-keys');
    storage.enrol(payload, erases ? ports.deployment['old-keys'] : 'unlinked', keepsFormerKms(ports));
    ports.trace.append('handset.enrolled', device, {
      user,
      number: payload.keys.number,
      crs: payload.crs.host,
      period: payload.keys.period,
      pskIdentity: payload.psk.identity,
      kpak: kpakName(payload.kms),
    });
    if (update !== undefined) ports.trace.append('handset.manual-key-update', device, { user, ...update });
    this.#installed(secretsOfQr(payload), null);
    this.#report('QR code', payload);
  }

  /**
   * Opens and keeps the package of a month from the CRS. False, and traced, when it is refused: a package of another number or month, or in
   * clear where they are wrapped, is well formed and rightly signed, and still none of this phone's business.
   */
  install(octets: Uint8Array, period: Period): boolean {
    const { ports, device, user, storage } = this.#options;
    const held = storage.updateKey();
    const { kms } = this;
    if (held === undefined || kms === undefined) return false;
    try {
      const own = this.settings?.number;
      const { content, wasWrapped, updateKey } = openOwnPackage(octets, {
        ports,
        own,
        asked: period,
        updateKey: held,
      });
      validateUserKeys(content.keys, kms);
      storage.addPackage(content);
      const later = equal(updateKey, held) ? [] : [secretOfUpdateKey(content.keys.number, updateKey)];
      if (later.length > 0) this.#runForward(held, updateKey);
      const secrets = [...secretsOfPackage(content), ...later];
      if (wasWrapped)
        ports.trace.append('custody.unwrapped', device, {
          secrets: [...secretsOfCarriedPackage(content.keys.number, octets), ...secrets],
          from: device,
          to: device,
        });
      this.#installed(secrets, this.settings?.crs.host ?? null);
      this.#report('package', { ...content, updateKey });
      return true;
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      const { code, message } = error;
      const reason = reasonOfRefusal(code, this.hasKeysOfThisMonth);
      ports.trace.append('handset.keys-refused', device, { user, period, code, message, reason });
      return false;
    }
  }

  /**
   * The clock was set: the month that it shows now may be another, either way, and the keys are chosen again. Keys that went
   * on a day the clock should not have shown stay gone.
   */
  clockSet(): void {
    if (this.period !== this.#chosen) this.#monthChanged();
  }

  /** The phone is off: no month begins for it, and no day on which old keys go. */
  switchedOff(): void {
    this.#options.clock.stop();
  }

  /** The phone is on again: it goes by the month that its clock shows now, and keys whose day has passed go now. */
  switchedOn(): void {
    this.#chosen = this.period;
    this.#awaitNext();
    this.#awaitRemoval();
  }

  /** The key of a later month takes the place of the one that it was worked out of. */
  #runForward(before: Uint8Array, updateKey: Uint8Array): void {
    const { ports, device, storage } = this.#options;
    storage.replaceUpdateKey(updateKey);
    if (ports.deployment['old-keys'] !== 'erased') return;
    const secrets = [secretOfUpdateKey(this.settings?.number ?? '', before)];
    ports.trace.append('custody.erased', device, { secrets, from: device, to: null });
  }

  #report(
    source: 'QR code' | 'package',
    { keys, psk, updateKey }: Pick<QrPayload, 'keys' | 'psk' | 'updateKey'>,
  ): void {
    const { ports, device, user, clock } = this.#options;
    const owner = `${keys.number} ${keys.period}`;
    ports.trace.append('handset.keys-installed', device, {
      user,
      period: keys.period,
      source,
      rsk: new Secret('RSK', owner, keys.rsk),
      psk: new Secret('PSK', owner, psk.psk),
      updateKey: secretOfUpdateKey(keys.number, updateKey),
      // RFC 6509 section 3.3: new keys arrive before the second-to-last day of the month before.
      leadHours: Math.floor((periodStart(keys.period) - OVERLAP_MS - clock.unixMs()) / HOUR_MS),
    });
    this.#reportHeld();
  }

  #installed(secrets: readonly Secret[], from: string | null): void {
    const { ports, device } = this.#options;
    ports.trace.append('custody.installed', device, { secrets, from, to: device });
  }

  #reportHeld(): void {
    const { ports, device, user } = this.#options;
    ports.trace.append('handset.keys-held', device, {
      user,
      periods: this.periods,
      count: this.periods.length,
    });
  }

  /** Everything that a wipe is to erase. */
  get secrets(): readonly Secret[] {
    return secretsHeld(this.#options.storage, this.period, this.#options.ports.deployment['psk-rotation']);
  }

  #awaitNext(): void {
    this.#options.clock.alarm(periodStart(nextPeriod(this.#chosen)) - this.#zoneMs, this, NEXT_MONTH);
  }

  /** Keys are chosen anew; those of the last month go on the day on which nothing needs them any more. */
  #monthChanged(): void {
    this.#chosen = this.period;
    this.#awaitNext();
    this.#awaitRemoval();
    if (this.settings !== undefined) this.#options.onMonth();
  }

  /** On the day on which nothing needs the keys of the month before any more; at once when it has passed. */
  #awaitRemoval(): void {
    this.#options.clock.alarm(periodStart(this.#chosen) + OVERLAP_MS - this.#zoneMs, this, REMOVAL);
  }

  #removeOld(): void {
    const { ports, device, user, storage } = this.#options;
    const { rules, trace, deployment } = ports;
    if (this.settings === undefined) return;
    if (!rules.holds('handset.erases-old-keys') || !rules.holds('handset.calendar')) return;
    for (const period of this.periods) {
      if (period >= this.period) continue;
      const erased = deployment['old-keys'] === 'erased';
      const secrets = secretsOfMonth(storage, period, this.#options.ports.deployment['psk-rotation']);
      storage.forget(period);
      trace.append('handset.keys-removed', device, { user, period, erased });
      if (erased) trace.append('custody.erased', device, { secrets, from: device, to: null });
    }
    this.#reportHeld();
  }
}
