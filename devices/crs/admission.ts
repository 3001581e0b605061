/** Who may connect now: a known credential, of a user who is not blocked, in its month give or take the skew limit. */
import { MILLISECOND } from '../../sim/clock.ts';
import { nextPeriod, periodStart, type TelNumber } from '../../network/mikey/index.ts';
import type { RealTimeClock } from '../hardware/index.ts';
import type { Ports } from '../ports.ts';
import { inOrder, type Reason } from '../reason.ts';
import type { Accounts } from './accounts.ts';
import type { CrsCredential } from './credential.ts';
import type { FormerEnd } from './former-identities.ts';

/** Why an identity may not connect; the last is no obstacle but a matter of time. */
export type AdmissionRefusal =
  | Extract<Reason, 'not-on-crs' | 'no-account' | 'blocked' | 'stale-psk' | 'wrong-month'>
  | 'too-many-requests';

const WHAT_BECAME = {
  replaced: 'stale-psk',
  'month removed': 'wrong-month',
  'account deleted': 'no-account',
} as const satisfies Record<FormerEnd, Reason>;

/** Finds the credential of a PSK identity, or the reason why there is none: the decision of a handshake, and nothing else. */
export class Admission {
  readonly #ports: Ports;
  readonly #accounts: Accounts;
  readonly #clock: RealTimeClock;
  readonly #isOpenTo: (number: TelNumber) => boolean;
  /** Set by somebody who controls the server: credentials that no disc brought, let in whatever stands against them. */
  letIn: ((identity: string) => CrsCredential | undefined) | undefined;

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
    return this.refusalOf(identity) === undefined ? this.credentialOf(identity)?.psk : undefined;
  }

  /** The credential that an identity is one of; undefined when it is none's. */
  credentialOf(identity: string): CrsCredential | undefined {
    return this.#accounts.credential(identity) ?? this.letIn?.(identity) ?? this.#guest(identity);
  }

  /** The first of all that stand in its way; undefined when nothing does. */
  refusalOf(identity: string): AdmissionRefusal | undefined {
    return this.refusalsOf(identity)[0];
  }

  /** All that stand in its way, the first obstacle first. What is decided does not hang on how many there are. */
  refusalsOf(identity: string): readonly AdmissionRefusal[] {
    const credential = this.credentialOf(identity);
    if (this.letIn?.(identity) !== undefined) return [];
    const known = credential ?? this.#accounts.formerOf(identity);
    if (known === undefined) return ['not-on-crs'];
    const found: (AdmissionRefusal & Reason)[] = [];
    const asksForBlocks = this.#ports.rules.holds('crs.block-refuses-handshake');
    if (asksForBlocks && this.#isBlocked(known.number, identity)) found.push('blocked');
    if (!this.isInMonth(known)) found.push('wrong-month');
    if ('end' in known) found.push(WHAT_BECAME[known.end]);
    if (found.length > 0) return inOrder(found);
    return this.#isOpenTo(known.number) ? [] : ['too-many-requests'];
  }

  isInMonth({ period }: Pick<CrsCredential, 'period'>): boolean {
    if (this.#ports.deployment['psk-rotation'] === 'static') return true;
    const now = this.#clock.unixMs();
    const skewMs = this.#ports.deployment['skew-limit'] / MILLISECOND;
    return now >= periodStart(period) - skewMs && now < periodStart(nextPeriod(period)) + skewMs;
  }

  /** The planted violation of `crs.no-guests`: whoever is not known is the first user, under the key that everybody tries first. */
  #guest(identity: string): CrsCredential | undefined {
    const [first] = this.#accounts.credentials;
    const isFormer = this.#accounts.formerOf(identity) !== undefined;
    if (first === undefined || isFormer || this.#ports.rules.holds('crs.no-guests')) return undefined;
    return { ...first, identity, psk: new Uint8Array(32) };
  }

  #isBlocked(number: TelNumber, identity: string): boolean {
    if (!this.#ports.rules.holds('crs.block-is-exact')) return this.#accounts.blocked.length > 0;
    return this.#accounts.isBlocked(number, identity);
  }
}
