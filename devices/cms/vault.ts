/**
 * The vault: the master secrets, and the keys and credentials of each user. Nothing but the CMS holds one. The keys of a
 * user and month are made once and kept, and RSK extraction (RFC 6508) has no chance in it: adding a user again gives the
 * identical RSK.
 */
import {
  Kms,
  type KmsPublic,
  type Period,
  type TelNumber,
  type UserKeys,
} from '../../network/mikey/index.ts';
import type { RandomStreams } from '../../sim/random.ts';
import { Secret } from '../../sim/secret.ts';
import { Credential } from './credential.ts';

/** A user as the vault has them: there as soon as they are added, never taken out. */
export interface VaultUser {
  readonly number: TelNumber;
  readonly name: string;
  readonly credential: Credential;
  /** Something of the credential is newer than the last disc: the CRS does not know it yet. */
  changed: boolean;
}

/** Which promises about PSKs and credentials hold in this deployment and run. */
export interface VaultOptions {
  readonly rotatesPsk: boolean;
  readonly randomPsks: boolean;
  /** Adding a user again makes a new credential. */
  readonly newCredentials: boolean;
}

/** Master secrets and all that is made of them. Asking twice for the keys of a number and month gives the same octets. */
export class Vault {
  readonly #kms: Kms;
  readonly #random: RandomStreams;
  readonly #name: string;
  readonly #options: VaultOptions;
  readonly #users = new Map<TelNumber, VaultUser>();
  readonly #issued = new Map<string, UserKeys>();

  readonly #history: { readonly number: TelNumber; readonly credential: Credential }[] = [];

  constructor(random: RandomStreams, name: string, options: VaultOptions) {
    this.#random = random;
    this.#name = name;
    this.#options = options;
    this.#kms = Kms.generate(random.stream(`${name}:master-secrets`));
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

  get kms(): KmsPublic {
    return this.#kms.public;
  }

  get users(): readonly VaultUser[] {
    return [...this.#users.values()];
  }

  find(number: TelNumber): VaultUser | undefined {
    return this.#users.get(number);
  }

  /** Makes a user, or an existing one's credential anew. */
  enrol(number: TelNumber, name: string): VaultUser {
    const { rotatesPsk: rotates, randomPsks, newCredentials } = this.#options;
    const replaces = this.#users.get(number)?.credential;
    const credential =
      replaces !== undefined && !newCredentials
        ? replaces
        : new Credential(this.#random, `${this.#name}:credential:${number}:${this.#history.length}`, {
            rotates,
            randomPsks,
            replaces,
          });
    const user: VaultUser = { number, name, credential, changed: true };
    this.#history.push({ number, credential });
    this.#users.set(number, user);
    return user;
  }

  /** The user's SSK, PVT and RSK of a month, issued at the first request. */
  keysOf(number: TelNumber, period: Period): UserKeys {
    const key = `${number} ${period}`;
    let keys = this.#issued.get(key);
    if (keys === undefined) {
      keys = this.#kms.issue(number, period, this.#random.stream(`${this.#name}:keys:${key}`));
      this.#issued.set(key, keys);
    }
    return keys;
  }
}
