/**
 * The key ring: the months of keys that a phone holds. Keys come with a QR code or as a package from the CRS, are checked
 * against the KMS before they are kept, and go when the calendar of RFC 6509 is done with them.
 */
import { CalldrillError } from '../../sim/errors.ts';
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
  labelOfPackage,
  parsePackage,
  unwrapPackage,
  type KeyPackage,
  type PhoneSettings,
  type PhoneStorage,
  type PresharedKey,
  type QrPayload,
} from '../media/index.ts';
import type { Ports } from '../ports.ts';

/** How long into a month the keys of the month before may still be needed (RFC 6509 section 3.3). */
const OVERLAP_MS = 2 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;

export interface KeyRingOptions {
  readonly ports: Ports;
  /** Host name of the phone and name of its user, for the trace. */
  readonly device: string;
  readonly user: string;
  readonly storage: PhoneStorage;
  readonly clock: RealTimeClock;
  /** A month has begun on the phone's own clock. */
  onMonth(): void;
}

export class KeyRing {
  readonly #options: KeyRingOptions;

  constructor(options: KeyRingOptions) {
    this.#options = options;
    this.#awaitMonth();
  }

  /** The month on the phone's own clock. */
  get period(): Period {
    return periodOf(this.#options.clock.unixMs());
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

  /** Months that it may hold and does not: this one and the next. */
  get missing(): readonly Period[] {
    return [this.period, nextPeriod(this.period)].filter((period) => this.keysOf(period) === undefined);
  }

  /** Takes everything that a QR code carries. Errors: MIKEY_SSK_INVALID, MIKEY_RSK_INVALID, MIKEY_KMS_KEY_INVALID. */
  enrol(payload: QrPayload): void {
    validateUserKeys(payload.keys, payload.kms);
    this.#options.storage.enrol(payload);
    const { ports, device, user } = this.#options;
    ports.trace.append('handset.enrolled', device, {
      user,
      number: payload.keys.number,
      crs: payload.crs.host,
      period: payload.keys.period,
      pskIdentity: payload.psk.identity,
    });
    this.#report('QR code', payload);
  }

  /** Opens and keeps a package from the CRS. False, and traced, when it is refused. */
  install(octets: Uint8Array, period: Period): boolean {
    const { ports, device, user, storage } = this.#options;
    const updateKey = storage.updateKey();
    const { kms } = this;
    if (updateKey === undefined || kms === undefined) return false;
    try {
      const inClear = labelOfPackage(octets).form === 'clear';
      const opened = inClear ? parsePackage(octets) : unwrapPackage(octets, updateKey);
      validateUserKeys(opened.keys, kms);
      storage.addPackage(opened);
      this.#report('package', opened);
      return true;
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      const { code, message } = error;
      ports.trace.append('handset.keys-refused', device, { user, period, code, message });
      return false;
    }
  }

  #report(source: 'QR code' | 'package', { keys, psk }: KeyPackage): void {
    const { ports, device, user, clock } = this.#options;
    const owner = `${keys.number} ${keys.period}`;
    ports.trace.append('handset.keys-installed', device, {
      user,
      period: keys.period,
      source,
      rsk: new Secret('RSK', owner, keys.rsk),
      psk: new Secret('PSK', owner, psk.psk),
      // RFC 6509 section 3.3: new keys arrive before the second-to-last day of the month before.
      leadHours: Math.floor((periodStart(keys.period) - OVERLAP_MS - clock.unixMs()) / HOUR_MS),
    });
    this.#reportHeld();
  }

  #reportHeld(): void {
    const { ports, device, user } = this.#options;
    ports.trace.append('handset.keys-held', device, {
      user,
      periods: this.periods,
      count: this.periods.length,
    });
  }

  /** Waits for the next month, and for the day on which the keys of the last one go. */
  #awaitMonth(): void {
    const { clock } = this.#options;
    const begins = periodStart(nextPeriod(this.period));
    clock.at(begins, () => {
      if (this.settings !== undefined) {
        this.#options.onMonth();
        clock.at(begins + OVERLAP_MS, () => this.#removeOld());
      }
      this.#awaitMonth();
    });
  }

  #removeOld(): void {
    const { ports, device, user, storage } = this.#options;
    const { rules, trace, deployment } = ports;
    if (!rules.holds('handset.erases-old-keys') || !rules.holds('handset.calendar')) return;
    for (const period of this.periods) {
      if (period >= this.period) continue;
      storage.forget(period);
      trace.append('handset.keys-removed', device, {
        user,
        period,
        erased: deployment['old-keys'] === 'erased',
      });
    }
    this.#reportHeld();
  }
}
