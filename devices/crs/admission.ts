/** Who may connect now: a known credential, of a user who is not blocked, in its month give or take the skew limit. */
import { MILLISECOND } from '../../sim/clock.ts';
import { nextPeriod, periodStart, type TelNumber } from '../../network/mikey/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import type { Accounts, CrsCredential } from './accounts.ts';

/** Why an identity may not connect. */
export type AdmissionRefusal = 'unknown identity' | 'blocked' | 'not this month' | 'too many requests';

/** Finds the credential of a PSK identity, or the reason why there is none: the decision of a handshake, and nothing else. */
export class Admission {
  readonly #ports: Ports;
  readonly #accounts: Accounts;
  readonly #clock: RealTimeClock;
  readonly #isOpenTo: (number: TelNumber) => boolean;

  /** `isOpenTo` says whether a user has not used up what is granted. */
  constructor(
    ports: Ports,
    accounts: Accounts,
    clock: RealTimeClock,
    isOpenTo: (number: TelNumber) => boolean,
  ) {
    this.#isOpenTo = isOpenTo;
    this.#ports = ports;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** The PSK of an identity that may connect. */
  pskOf(identity: string): Uint8Array | undefined {
    return this.refusalOf(identity) === undefined ? this.#accounts.credential(identity)?.psk : undefined;
  }

  refusalOf(identity: string): AdmissionRefusal | undefined {
    const credential = this.#accounts.credential(identity);
    if (credential === undefined) return 'unknown identity';
    const asksForBlocks = this.#ports.rules.holds('crs.block-refuses-handshake');
    if (asksForBlocks && this.#isBlocked(credential.number, identity)) return 'blocked';
    if (!this.isInMonth(credential)) return 'not this month';
    return this.#isOpenTo(credential.number) ? undefined : 'too many requests';
  }

  isInMonth({ period }: CrsCredential): boolean {
    if (this.#ports.deployment['psk-rotation'] === 'static') return true;
    const now = this.#clock.unixMs();
    const skewMs = this.#ports.deployment['skew-limit'] / MILLISECOND;
    return now >= periodStart(period) - skewMs && now < periodStart(nextPeriod(period)) + skewMs;
  }

  #isBlocked(number: TelNumber, identity: string): boolean {
    if (!this.#ports.rules.holds('crs.block-is-exact')) return this.#accounts.blocked.length > 0;
    return this.#accounts.isBlocked(number, identity);
  }
}
