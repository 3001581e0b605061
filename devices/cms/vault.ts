/**
 * The vault: the master secrets, and the keys and credentials of each user. Nothing but the CMS holds one. The keys of a
 * user and month are made once and kept, and RSK extraction (RFC 6508) has no chance in it: a re-issue gives the identical RSK, with
 * another SSK.
 */
import {
  Kms,
  type KmsPublic,
  type MasterSecrets,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../network/mikey/index.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept, Plain } from '../../sim/kept.ts';
import type { ForeseenStreams } from '../../sim/random.ts';
import { Secret } from '../../sim/secret.ts';
import { Credential, type CredentialOptions, type CredentialState } from './credential.ts';

/** A user as the vault has them: there as soon as they are added, never taken out. */
export interface VaultUser {
  readonly number: TelNumber;
  readonly name: string;
  readonly credential: Credential;
  /** Something of the credential is newer than the last disc: the CRS does not know it yet. */
  changed: boolean;
  /** How often the user was re-issued: which of the sets that there were of a number and month is the current one. */
  readonly issue: number;
}

/** A vault as a plain value. Credentials are named by their place in the list of all of them. */
export type VaultState = {
  readonly master: Plain<MasterSecrets>;
  /** Every one that was ever made, oldest first. */
  readonly credentials: readonly CredentialState[];
  readonly users: readonly {
    readonly number: TelNumber;
    readonly name: string;
    readonly credential: number;
    readonly changed: boolean;
    readonly issue: number;
  }[];
  /** Who was given which, oldest first: one that is not replaced is given again. */
  readonly history: readonly { readonly number: TelNumber; readonly credential: number }[];
  readonly issued: readonly Plain<UserKeys>[];
};

/** Which promises about PSKs and credentials hold in this deployment and run. */
export interface VaultOptions {
  readonly rotatesPsk: boolean;
  readonly ratchetsUpdateKey: boolean;
  readonly randomPsks: boolean;
  /** A re-issue makes a new credential. */
  readonly newCredentials: boolean;
  /** A re-issue makes a new SSK and PVT. */
  readonly newKeySets: boolean;
  /** A re-issue makes a new update key. */
  readonly newUpdateKeys: boolean;
  /** Told of each set of keys when it is made. */
  readonly onIssued: (keys: UserKeys) => void;
}

/** Master secrets and all that is made of them. Asking twice for the keys of a number and month gives the same octets. */
export class Vault implements Kept<VaultState> {
  #kms: Kms;
  readonly #streams: ForeseenStreams;
  readonly #name: string;
  readonly #options: VaultOptions;
  readonly #users = new Map<TelNumber, VaultUser>();
  readonly #issued = new Map<string, UserKeys>();
  readonly #history: { readonly number: TelNumber; readonly credential: Credential }[] = [];

  /** `streams` are those of the key seed. Their names begin with that of the CMS, so that each has keys of its own. */
  constructor(streams: ForeseenStreams, name: string, options: VaultOptions, kept?: VaultState) {
    this.#streams = streams;
    this.#name = name;
    this.#options = options;
    this.#kms =
      kept === undefined ? Kms.generate(streams.stream(`${name}:master-secrets`)) : new Kms(kept.master);
    if (kept !== undefined) this.#takeUp(kept);
  }

  save(): VaultState {
    const credentials = [...new Set(this.#history.map(({ credential }) => credential))];
    const places = new Map(credentials.map((credential, place) => [credential, place]));
    const placeOf = (credential: Credential): number => {
      const place = places.get(credential);
      assert(place !== undefined, 'a credential that a user has is in the history');
      return place;
    };
    return {
      master: this.#kms.secrets,
      credentials: credentials.map((credential) => credential.save()),
      users: this.users.map(({ number, name, credential, changed, issue }) => ({
        number,
        name,
        credential: placeOf(credential),
        changed,
        issue,
      })),
      history: this.#history.map(({ number, credential }) => ({ number, credential: placeOf(credential) })),
      issued: [...this.#issued.values()],
    };
  }

  /** Every credential that was ever made, oldest first. */
  get history(): readonly { readonly number: TelNumber; readonly credential: Credential }[] {
    return this.#history;
  }

  /** What makes the keys of everybody, for every month. */
  get masterSecrets(): readonly Secret[] {
    const { ksak, zT } = this.#kms.secrets;
    return [new Secret('KSAK', this.#name, ksak), new Secret('z_T', this.#name, zT)];
  }

  /** The same as whoever takes them has them. */
  get master(): MasterSecrets {
    return this.#kms.secrets;
  }

  /** Takes the master secrets of another CMS in place of its own: an empty vault only. */
  restore(master: MasterSecrets): void {
    assert(this.#users.size === 0, 'nobody has keys of the secrets that go');
    this.#kms = new Kms(master);
  }

  get kms(): KmsPublic {
    return this.#kms.public;
  }

  get users(): readonly VaultUser[] {
    return [...this.#users.values()];
  }

  find(number: TelNumber): VaultUser | undefined {
    return this.#users.get(number);
  }

  /** Makes a user. */
  enrol(number: TelNumber, name: string, period: Period): VaultUser {
    return this.#entered(number, name, this.#newCredential(number, period, undefined), 0);
  }

  /**
   * Makes an existing user's credential anew, and lets go of the sets of keys that it had, which are given back: RSKs are made of number and
   * month and come out the same, all else is drawn again.
   */
  reissue(
    before: VaultUser,
    name: string,
    period: Period,
  ): { readonly user: VaultUser; readonly superseded: readonly UserKeys[] } {
    const { newCredentials, newKeySets, newUpdateKeys } = this.#options;
    const { number } = before;
    const superseded = newKeySets ? this.issued.filter((keys) => keys.number === number) : [];
    for (const keys of superseded) this.#issued.delete(keyOf(keys));
    const credential = newCredentials
      ? this.#newCredential(number, period, newUpdateKeys ? undefined : before.credential)
      : before.credential;
    const user = this.#entered(number, name, credential, before.issue + (newKeySets ? 1 : 0));
    return { user, superseded };
  }

  /** The current set of each number and month of which there is one. */
  get issued(): readonly UserKeys[] {
    return [...this.#issued.values()];
  }

  /** The user's SSK, PVT and RSK of a month, issued at the first request. */
  keysOf(number: TelNumber, period: Period): UserKeys {
    let keys = this.issuedKeysOf(number, period);
    if (keys === undefined) {
      keys = this.#kms.issue(number, period, this.#streams.stream(this.streamOf(number, period)));
      this.#issued.set(keyOf({ number, period }), keys);
      this.#options.onIssued(keys);
    }
    return keys;
  }

  /** The same if they were issued. */
  issuedKeysOf(number: TelNumber, period: Period): UserKeys | undefined {
    return this.#issued.get(keyOf({ number, period }));
  }

  /** The same before they are issued, which leaves the vault as it is. */
  foreseeKeysOf(number: TelNumber, period: Period): UserKeys {
    return this.#kms.issue(number, period, this.#streams.beginningOf(this.streamOf(number, period)));
  }

  /** The stream of chance of a set of keys: each has its own. */
  streamOf(number: TelNumber, period: Period): string {
    const issue = this.#users.get(number)?.issue ?? 0;
    return `${this.#name}:keys:${keyOf({ number, period })}${issue === 0 ? '' : `:${issue}`}`;
  }

  #entered(number: TelNumber, name: string, credential: Credential, issue: number): VaultUser {
    const user: VaultUser = { number, name, credential, changed: true, issue };
    this.#history.push({ number, credential });
    this.#users.set(number, user);
    return user;
  }

  #newCredential(number: TelNumber, period: Period, replaces: Credential | undefined): Credential {
    return this.#credential(`${this.#name}:credential:${number}:${this.#history.length}`, {
      period,
      replaces,
    });
  }

  #credential(name: string, from: Pick<CredentialOptions, 'period' | 'replaces' | 'kept'>): Credential {
    const { rotatesPsk: rotates, ratchetsUpdateKey: ratchets, randomPsks } = this.#options;
    return new Credential(this.#streams, name, { rotates, ratchets, randomPsks, ...from });
  }

  #takeUp({ credentials, users, history, issued }: VaultState): void {
    const made = credentials.map((kept) => this.#credential(kept.name, { period: kept.since, kept }));
    const at = (place: number): Credential => {
      const credential = made[place];
      assert(credential !== undefined, 'what users have is kept with them');
      return credential;
    };
    for (const user of users) this.#users.set(user.number, { ...user, credential: at(user.credential) });
    for (const { number, credential } of history) this.#history.push({ number, credential: at(credential) });
    for (const keys of issued) this.#issued.set(keyOf(keys), keys);
  }
}

function keyOf({ number, period }: Pick<UserKeys, 'number' | 'period'>): string {
  return `${number} ${period}`;
}
