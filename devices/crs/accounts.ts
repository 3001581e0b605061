/**
 * What the rendezvous server knows of users: accounts (one per CMS), each user's PSKs and wrapped packages by month, and who
 * is blocked. It holds no key of a call and no key that opens a package.
 */
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Secret } from '../../sim/secret.ts';
import type { DiscUser } from '../media/index.ts';
import { secretsHeld } from './held-secrets.ts';
import type { CrsCredential } from './credential.ts';
import { crsError } from './errors.ts';
import { FormerIdentities, type FormerEnd, type FormerIdentity } from './former-identities.ts';
import type { AccountsState } from './accounts-state.ts';

export type { AccountsState } from './accounts-state.ts';

interface CrsUser {
  readonly number: TelNumber;
  readonly packages: Map<Period, Uint8Array>;
}

interface AccountUsers {
  readonly name: string;
  /** Fingerprint of the KMS public keys, from the first disc on. */
  kms: string | undefined;
  readonly users: Map<string, CrsUser>;
}

/**
 * Credentials, packages and blocks by account, number and month. What contradicts what is there is refused whole, with a
 * CRS code.
 */
export class Accounts implements Kept<AccountsState> {
  readonly #accounts = new Map<string, AccountUsers>();
  readonly #credentials = new Map<string, CrsCredential>();
  /** The same by their numbers: nothing that is asked about one user goes through all. */
  readonly #byNumber = new Map<TelNumber, readonly CrsCredential[]>();
  readonly #former: FormerIdentities;
  readonly #blockedNumbers = new Set<TelNumber>();
  readonly #blockedIdentities = new Set<string>();

  readonly #pskRotation: 'monthly' | 'static';

  /** Empty, or as it was when `state` was taken. A static PSK is of no month: it goes with its user, or when another takes its place. */
  constructor(state?: AccountsState, pskRotation: 'monthly' | 'static' = 'monthly') {
    this.#pskRotation = pskRotation;
    this.#former = new FormerIdentities(state?.former);
    for (const { name, kms, users } of state?.accounts ?? []) {
      const held = users.map(({ number, packages }) => ({
        number,
        packages: new Map(packages.map(({ period, octets }) => [period, octets])),
      }));
      this.#accounts.set(name, { name, kms, users: new Map(held.map((user) => [user.number, user])) });
    }
    for (const credential of state?.credentials ?? []) this.#hold(credential);
    for (const number of state?.blockedNumbers ?? []) this.#blockedNumbers.add(number);
    for (const identity of state?.blockedIdentities ?? []) this.#blockedIdentities.add(identity);
  }

  save(): AccountsState {
    return {
      accounts: [...this.#accounts.values()].map(({ name, kms, users }) => ({
        name,
        kms,
        users: [...users.values()].map(({ number, packages }) => ({
          number,
          packages: [...packages].map(([period, octets]) => ({ period, octets })),
        })),
      })),
      credentials: this.credentials,
      former: this.#former.save(),
      blockedNumbers: [...this.#blockedNumbers],
      blockedIdentities: [...this.#blockedIdentities],
    };
  }

  create(name: string): void {
    if (this.#accounts.has(name)) throw crsError('CRS_ACCOUNT_EXISTS', `there is an account ${name}`);
    this.#accounts.set(name, { name, kms: undefined, users: new Map() });
  }

  /** Removes an account with all its users and packages, and, unless that promise is broken, their credentials; returns how many users it had. */
  delete(name: string, withCredentials = true): number {
    const account = this.#account(name);
    for (const credential of withCredentials ? this.credentials : [])
      if (account.users.has(credential.number)) this.#end(credential, 'account deleted');
    this.#accounts.delete(name);
    return account.users.size;
  }

  get names(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  /**
   * Takes in a disc, all of it or nothing. A user's new identity of a month replaces the old one of that month. Errors:
   * CRS_NO_ACCOUNT, CRS_OTHER_ACCOUNT, CRS_OTHER_ACCOUNTS_USER.
   */
  load(name: string, kms: string, period: Period, deliveries: readonly DiscUser[]): void {
    const account = this.#account(name);
    this.#refuseOtherCms(account, kms);
    this.#refuseOthersUsers(account, deliveries);
    account.kms = kms;
    for (const { number, psk, package: octets } of deliveries) {
      const user = account.users.get(number) ?? { number, packages: new Map<Period, Uint8Array>() };
      for (const credential of this.#credentialsOf(number))
        if (this.#isStatic || credential.period === period) this.#end(credential, 'replaced');
      this.#hold({ identity: psk.identity, psk: psk.psk, number, period });
      user.packages.set(period, octets);
      account.users.set(number, user);
    }
  }

  /** A credential that no disc brought, beside those that the user has. Errors: CRS_UNKNOWN_USER. */
  add(credential: CrsCredential): void {
    if (!this.has(credential.number))
      throw crsError('CRS_UNKNOWN_USER', `there is no user ${credential.number}`);
    this.#hold(credential);
  }

  /** Every PSK and package that is held. */
  get secrets(): readonly Secret[] {
    return [
      ...(this.#isStatic ? secretsHeld(this.credentials, [], () => true) : []),
      ...this.secretsOf(() => true),
    ];
  }

  /** The same of the months that are asked for; a static PSK is of none. */
  secretsOf(isWanted: (period: Period) => boolean): readonly Secret[] {
    const users = [...this.#accounts.values()].flatMap((account) => [...account.users.values()]);
    return secretsHeld(this.#isStatic ? [] : this.credentials, users, isWanted);
  }

  credential(identity: string): CrsCredential | undefined {
    return this.#credentials.get(identity);
  }

  /** What an identity was that is not one of a credential any more. */
  formerOf(identity: string): FormerIdentity | undefined {
    return this.#former.of(identity);
  }

  get credentials(): readonly CrsCredential[] {
    return [...this.#credentials.values()];
  }

  has(number: string): boolean {
    return this.accountOf(number) !== undefined;
  }

  /** The name of the account that a number is in: one at the most. */
  accountOf(number: string): string | undefined {
    for (const { name, users } of this.#accounts.values()) if (users.has(number)) return name;
    return undefined;
  }

  get numbers(): readonly TelNumber[] {
    return [...this.#accounts.values()].flatMap(({ users }) =>
      [...users.values()].map(({ number }) => number),
    );
  }

  packageOf(number: TelNumber, period: Period): Uint8Array | undefined {
    for (const { users } of this.#accounts.values()) {
      const found = users.get(number)?.packages.get(period);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Months of which anything is held, in order. */
  get months(): readonly Period[] {
    const months = new Set<Period>();
    for (const { users } of this.#accounts.values())
      for (const { packages } of users.values()) for (const period of packages.keys()) months.add(period);
    if (!this.#isStatic) for (const { period } of this.#credentials.values()) months.add(period);
    return [...months].sort();
  }

  removeMonth(period: Period): void {
    for (const { users } of this.#accounts.values())
      for (const { packages } of users.values()) packages.delete(period);
    if (this.#isStatic) return;
    for (const credential of this.credentials)
      if (credential.period === period) this.#end(credential, 'month removed');
  }

  /** Blocks the number, or the credentials that it has now. What they are is remembered either way. */
  block(number: TelNumber, subject: 'number' | 'credential'): void {
    if (!this.has(number)) throw crsError('CRS_UNKNOWN_USER', `there is no user ${number}`);
    if (subject === 'number') this.#blockedNumbers.add(number);
    for (const { identity } of this.#credentialsOf(number)) this.#blockedIdentities.add(identity);
  }

  /** Returns whether a credential that was blocked opens the door again. */
  unblock(number: TelNumber): boolean {
    const identities = [...this.#blockedIdentities].filter((identity) => {
      const known = this.#credentials.get(identity) ?? this.#former.of(identity);
      return known?.number === number && this.has(number);
    });
    if (!this.#blockedNumbers.has(number) && identities.length === 0)
      throw crsError('CRS_NOT_BLOCKED', `${number} is not blocked`);
    this.#blockedNumbers.delete(number);
    for (const identity of identities) this.#blockedIdentities.delete(identity);
    return identities.some((identity) => this.#credentials.has(identity));
  }

  isBlocked(number: TelNumber, identity?: string): boolean {
    return (
      this.#blockedNumbers.has(number) || (identity !== undefined && this.#blockedIdentities.has(identity))
    );
  }

  /** Numbers that are blocked, or have a credential that is. */
  get blocked(): readonly TelNumber[] {
    if (this.#blockedIdentities.size === 0) return [...this.#blockedNumbers];
    const byCredential = this.credentials
      .filter(({ identity }) => this.#blockedIdentities.has(identity))
      .map(({ number }) => number);
    return [...new Set([...this.#blockedNumbers, ...byCredential])];
  }

  /** A reinstall: everything is gone but, where the deployment keeps them, the blocks. */
  clear(keepBlocks: boolean): void {
    this.#accounts.clear();
    this.#credentials.clear();
    this.#byNumber.clear();
    this.#former.clear();
    if (keepBlocks) return;
    this.#blockedNumbers.clear();
    this.#blockedIdentities.clear();
  }

  get #isStatic(): boolean {
    return this.#pskRotation === 'static';
  }

  /** The first disc binds an account to its CMS, and the CMS to its account. */
  #refuseOtherCms(account: AccountUsers, kms: string): void {
    if (account.kms !== undefined && account.kms !== kms)
      throw crsError('CRS_OTHER_ACCOUNT', `account ${account.name} is of another CMS than this disc`);
    const bound = [...this.#accounts.values()].find((each) => each.kms === kms);
    if (bound !== undefined && bound !== account)
      throw crsError(
        'CRS_OTHER_ACCOUNT',
        `the CMS of this disc has the account ${bound.name}, and the disc names ${account.name}`,
      );
  }

  /** A CMS makes keys for any number and writes any identity; what another account has of either stays that account's. */
  #refuseOthersUsers({ name }: AccountUsers, deliveries: readonly DiscUser[]): void {
    for (const { number, psk } of deliveries) {
      const owner = this.accountOf(number);
      if (owner !== undefined && owner !== name)
        throw crsError('CRS_OTHER_ACCOUNTS_USER', `${number} is a user of account ${owner}`);
      const holder = this.#credentials.get(psk.identity)?.number;
      const other = holder === undefined ? undefined : this.accountOf(holder);
      if (other !== undefined && other !== name)
        throw crsError('CRS_OTHER_ACCOUNTS_USER', `the PSK identity of ${number} is one of account ${other}`);
    }
  }

  /** Those of one user, oldest first. */
  #credentialsOf(number: TelNumber): readonly CrsCredential[] {
    return this.#byNumber.get(number) ?? [];
  }

  /** An identity is one credential's: whoever had it before, has it no more. */
  #hold(credential: CrsCredential): void {
    const before = this.#credentials.get(credential.identity);
    if (before !== undefined && before.number !== credential.number) this.#drop(before);
    this.#former.forget(credential.identity);
    this.#credentials.set(credential.identity, credential);
    const own = this.#credentialsOf(credential.number);
    const at = own.findIndex(({ identity }) => identity === credential.identity);
    this.#byNumber.set(credential.number, at < 0 ? own.concat(credential) : own.with(at, credential));
  }

  #end(credential: CrsCredential, end: FormerEnd): void {
    this.#drop(credential);
    const { identity, number, period } = credential;
    this.#former.remember({ identity, number, period, end });
  }

  #drop({ identity, number }: CrsCredential): void {
    this.#credentials.delete(identity);
    const left = this.#credentialsOf(number).filter((each) => each.identity !== identity);
    if (left.length === 0) this.#byNumber.delete(number);
    else this.#byNumber.set(number, left);
  }

  #account(name: string): AccountUsers {
    const account = this.#accounts.get(name);
    if (account === undefined) throw crsError('CRS_NO_ACCOUNT', `there is no account ${name}`);
    return account;
  }
}
