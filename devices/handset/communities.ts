/**
 * Whom a phone believes where it knows more than one KMS: the public keys that it took from codes of their CMSs, with the numbers that each serves. Where
 * the deployment binds numbers, a number is believed under the KMS that serves it and under no other, and what the phone's own KMS serves nobody
 * else can claim. Else everybody whose public keys it has is believed about every number.
 */
import { equal } from '../../sim/octets.ts';
import type { KmsPublic, TelNumber } from '../../network/mikey/index.ts';
import type { KmsCommunity, PhoneStorage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { handsetError } from './errors.ts';

/** Whose phone it is, and where it keeps what it knows. */
export interface CommunitiesOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly user: string;
  readonly storage: PhoneStorage;
}

/** The KMSs that a phone knows; all of it is in the storage. */
export class Communities {
  readonly #options: CommunitiesOptions;

  constructor(options: CommunitiesOptions) {
    this.#options = options;
  }

  /** Takes the code of a KMS, in place of what was known of its account. Errors: HANDSET_NOT_ENROLLED, HANDSET_NO_COMMUNITY, HANDSET_CLAIMED_NUMBER. */
  take(community: KmsCommunity): void {
    const { ports, device, user, storage } = this.#options;
    const own = storage.kms();
    if (own === undefined) throw handsetError('HANDSET_NOT_ENROLLED', `${device} has no keys`);
    const { account, kms, numbers } = community;
    const isOwn = isSame(kms, own);
    if (this.#binds && !isOwn) this.#refuseClaims(community, this.#ownOf(own));
    const again = storage.communities().some((each) => each.account === account);
    storage.addCommunity(community);
    ports.trace.append('handset.kms-taken', device, {
      user,
      account,
      own: isOwn,
      numbers: numbers.length,
      again,
    });
  }

  /** The public keys that an I_MESSAGE to this number is sealed and signed with: Z of the KMS of the callee, KPAK of the phone's own. */
  towards(number: TelNumber): KmsPublic | undefined {
    const own = this.#options.storage.kms();
    if (own === undefined) return undefined;
    return { kpak: own.kpak, z: this.#serving(number, own).z };
  }

  /** The KPAKs under which it believes that an I_MESSAGE is of this number, its own first; one of an earlier code only where that is kept. */
  believedFor(number: TelNumber): readonly Uint8Array[] {
    const { storage } = this.#options;
    const own = storage.kms();
    if (own === undefined) return [];
    const former = storage.formerKms();
    const home = [own.kpak, ...(former === undefined ? [] : [former.kpak])];
    const others = storage.communities().filter(({ kms }) => !isSame(kms, own));
    if (others.length === 0) return home;
    if (!this.#binds) return [...home, ...others.map(({ kms }) => kms.kpak)];
    const serving = this.#serving(number, own);
    return isSame(serving, own) ? home : [serving.kpak];
  }

  get #binds(): boolean {
    const { deployment, rules } = this.#options.ports;
    return deployment['number-binding'] === 'bound' && rules.holds('handset.binds-numbers');
  }

  /** That of its own CMS; undefined until its code was scanned. */
  #ownOf(own: KmsPublic): KmsCommunity | undefined {
    return this.#options.storage.communities().find(({ kms }) => isSame(kms, own));
  }

  /** The KMS that serves a number: its own, unless another one does and its own does not. */
  #serving(number: TelNumber, own: KmsPublic): KmsPublic {
    if (this.#ownOf(own)?.numbers.includes(number) === true) return own;
    return this.#options.storage.communities().find(({ numbers }) => numbers.includes(number))?.kms ?? own;
  }

  /** Whoever runs another CMS could write numbers of this one into its code. */
  #refuseClaims({ account, numbers }: KmsCommunity, own: KmsCommunity | undefined): void {
    const { device, storage } = this.#options;
    if (own === undefined)
      throw handsetError('HANDSET_NO_COMMUNITY', `${device} does not know which numbers its own CMS serves`);
    const others = storage.communities().filter((each) => each.account !== account);
    const claimed = numbers.find((number) => others.some((each) => each.numbers.includes(number)));
    if (claimed !== undefined || account === own.account)
      throw handsetError(
        'HANDSET_CLAIMED_NUMBER',
        `the code of ${account} claims ${claimed ?? 'the name of its own CMS'}`,
      );
  }
}

function isSame(one: KmsPublic, other: KmsPublic): boolean {
  return equal(one.kpak, other.kpak) && equal(one.z, other.z);
}
