/**
 * The register of users: who has which keys. It adds users, issues them again and changes their update keys; each set of keys that is made has its
 * line in the ledger, with whoever was at the keyboard, and a set that is superseded leaves the store and stays in the ledger (clauses
 * para-16, para-22, para-31, para-41).
 */
import { Secret } from '../../sim/secret.ts';
import type { Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import {
  ownerOfMonth,
  secretOfUpdateKey,
  secretsOfKeys,
  secretsOfQr,
  type QrPayload,
} from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { CmsCustody } from './custody.ts';
import type { CmsDisk } from './disk.ts';
import './events.ts';
import type { Ledger, LedgerEntry, LedgerGrounds } from './ledger.ts';
import { requireGrounds, requireSamePerson, typedNumber, type TypedGrounds } from './typed-user.ts';
import { Vault, type VaultOptions, type VaultState, type VaultUser } from './vault.ts';

/** Whose register it is, and what it writes into. */
export interface UserRegisterOptions {
  readonly ports: Ports;
  readonly cms: string;
  readonly ledger: Ledger;
  readonly custody: CmsCustody;
  readonly disk: CmsDisk;
  /** The month on the clock of the CMS. */
  readonly period: () => Period;
  /** What a code of this user would carry now. */
  readonly payloadOf: (user: VaultUser) => QrPayload;
  readonly kept?: VaultState | undefined;
}

/** Users and their keys; the vault is in it. */
export class UserRegister {
  readonly vault: Vault;
  readonly #options: UserRegisterOptions;
  /** Who types; set by each line before anything is written, so it is never kept. */
  #by = '';

  constructor(options: UserRegisterOptions) {
    const { ports, cms, kept } = options;
    this.#options = options;
    this.vault = new Vault(ports.keys, cms, this.#promises(ports), kept);
    if (kept === undefined) options.disk.master(this.vault.master);
  }

  /** Whose lines of the ledger the next ones are. */
  typedBy(by: string): void {
    this.#by = by;
  }

  /** Errors: CMS_OTHER_PERSON, CMS_LIVE_NUMBER, CMS_NO_REASON, CMS_NOTHING_TO_REISSUE, MIKEY_NUMBER_*. */
  add(text: string, name: string, grounds: TypedGrounds, by: string): string {
    const { rules } = this.#options.ports;
    const number = typedNumber(text, rules);
    const before = this.vault.find(number);
    requireSamePerson(before, name, rules);
    requireGrounds(number, before !== undefined, grounds, rules);
    this.typedBy(by);
    return before === undefined ? this.#added(number, name, grounds) : this.#reissued(before, name, grounds);
  }

  /** Makes a new update key for packages that are made from now on. */
  destroyKeys(user: VaultUser, by: string): string {
    const { ports, cms, custody, disk } = this.#options;
    const { number, name, credential } = user;
    const period = this.#options.period();
    const before = secretOfUpdateKey(number, credential.updateKeyOf(period));
    if (ports.rules.holds('cms.destroy-changes-update-key')) credential.rotateUpdateKey(period);
    user.changed = true;
    disk.updateKey(number, credential.updateKeyOf(period));
    const after = secretOfUpdateKey(number, credential.updateKeyOf(period));
    this.typedBy(by);
    this.note('update key changed', number);
    ports.trace.append('cms.keys-destroyed', cms, { user: name, number, updateKey: after });
    custody.replaced(before, after);
    return `The update key of ${name} ${number} is new. It protects packages made from now on: burn a disc and carry it.`;
  }

  /** Whose code is shown: as they are, unless the code was shown before and that promise is broken. */
  toShow(user: VaultUser): VaultUser {
    const { ports, ledger, period } = this.#options;
    const isSame = ports.rules.holds('cms.shows-same-credentials');
    if (isSame || ledger.count('QR code shown', user.number) === 0) return user;
    return this.vault.reissue(user, user.name, period()).user;
  }

  /** Compares the store with the ledger: each set has one line more of being issued than of being superseded. */
  compare(): readonly string[] {
    const { ports, cms, ledger } = this.#options;
    const { entries } = ledger;
    const sets = this.vault.issued.map(subjectOf);
    const open = (subject: string): number =>
      ledger.count('keys issued', subject) - ledger.count('keys superseded', subject);
    const withoutLine = sets.filter((subject) => open(subject) < 1);
    const lines = new Set(entries.filter(({ what }) => what === 'keys issued').map(({ subject }) => subject));
    const withoutSet = [...lines].filter((subject) => open(subject) > (sets.includes(subject) ? 1 : 0));
    const data = {
      sets: sets.length,
      superseded: entries.filter(({ what }) => what === 'keys superseded').length,
      withoutLine: withoutLine.length,
      withoutSet: withoutSet.length,
      withoutRequest: entries.filter(
        ({ what, request }) => what.startsWith('user added') && request === undefined,
      ).length,
    };
    ports.trace.append('cms.store-compared', cms, data);
    return [
      `${data.sets} sets in the store, ${data.superseded} superseded ones in the ledger, ${data.withoutRequest} users without a request`,
      ...withoutLine.map((subject) => `! without a line: ${subject}`),
      ...withoutSet.map((subject) => `! not in the store: ${subject}`),
    ];
  }

  /** Looks through the ledger for codes that nobody asked for. */
  audit(): readonly string[] {
    const { ports, cms, ledger } = this.#options;
    const { lines, unasked } = ledger.audited();
    ports.trace.append('cms.ledger-audited', cms, { lines, unasked, count: unasked.length });
    return [`${lines} lines`, ...unasked.map((number) => `! more codes than requests: ${number}`)];
  }

  /** Takes the last line about a number or disc out of the ledger. Errors: CMS_LEDGER_GROWS, CMS_NO_LINE. */
  strike(subject: string, by: string): string {
    const { ports, cms, ledger } = this.#options;
    const { what } = ledger.strike(subject);
    ports.trace.append('cms.ledger-struck', cms, { by, subject, what });
    return `The line '${what} ${subject}' is out of the ledger.`;
  }

  /** Writes a line of the ledger. */
  note(what: LedgerEntry['what'], subject: string, { reason, request }: LedgerGrounds = {}): void {
    const { ports, ledger } = this.#options;
    ledger.add({
      time: ports.clock.now(),
      by: this.#by,
      what,
      subject,
      ...(reason === undefined ? {} : { reason }),
      ...(request === undefined ? {} : { request }),
    });
  }

  #added(number: TelNumber, name: string, { request }: TypedGrounds): string {
    const user = this.vault.enrol(number, name, this.#options.period());
    this.note('user added', number, request === undefined ? {} : { request });
    this.#tell(user, { again: false, reason: null, request: request ?? null });
    return `${name} ${number} is added. The CRS learns of it from the next disc.`;
  }

  #reissued(before: VaultUser, name: string, { reason = '', request }: TypedGrounds): string {
    const { ports, cms, custody, disk } = this.#options;
    const { number } = before;
    const period = this.#options.period();
    const oldUpdateKey = before.credential.updateKeyOf(period);
    const { user, superseded } = this.vault.reissue(before, name, period);
    const grounds = { reason, ...(request === undefined ? {} : { request }) };
    this.note('user added again', number, grounds);
    for (const keys of superseded) {
      const [, ssk] = secretsOfKeys(keys);
      this.note('keys superseded', subjectOf(keys), grounds);
      disk.superseded(keys);
      if (ssk === undefined) continue;
      ports.trace.append('cms.keys-superseded', cms, {
        user: name,
        number,
        period: keys.period,
        ssk,
        reason,
      });
      custody.handOver('erased', [ssk], null);
    }
    this.#tell(user, { again: true, reason, request: request ?? null });
    const after = secretOfUpdateKey(number, user.credential.updateKeyOf(period));
    custody.replaced(secretOfUpdateKey(number, oldUpdateKey), after);
    const same = `The RSK of ${period} is the same as before.`;
    return `${name} ${number} has new credentials. ${same} The CRS learns of it from the next disc.`;
  }

  #tell(
    { name, number, credential }: VaultUser,
    grounds: { readonly again: boolean; readonly reason: string | null; readonly request: string | null },
  ): void {
    const { ports, cms, custody, payloadOf } = this.#options;
    const period = this.#options.period();
    const { rsk, ssk } = this.vault.keysOf(number, period);
    const owner = ownerOfMonth(number, period);
    const { again, reason, request } = grounds;
    ports.trace.append('cms.user-added', cms, {
      user: name,
      number,
      again,
      period,
      pskIdentity: credential.pskOf(period).identity,
      rsk: new Secret('RSK', owner, rsk),
      ssk: new Secret('SSK', owner, ssk),
      updateKey: secretOfUpdateKey(number, credential.updateKeyOf(period)),
      reason,
      request,
    });
    const user = this.vault.find(number);
    if (user !== undefined) custody.made(secretsOfQr(payloadOf(user)));
  }

  #issued(keys: UserKeys): void {
    const { ports, cms, disk } = this.#options;
    const { number, period, rsk, ssk } = keys;
    const user = this.vault.find(number);
    if (user !== undefined) disk.issued(keys, user);
    const owner = ownerOfMonth(number, period);
    if (ports.rules.holds('cms.ledgers-keys')) this.note('keys issued', subjectOf(keys));
    ports.trace.append('cms.keys-issued', cms, {
      user: user?.name ?? '',
      number,
      period,
      rsk: new Secret('RSK', owner, rsk),
      ssk: new Secret('SSK', owner, ssk),
    });
  }

  #promises({ deployment, rules }: Ports): VaultOptions {
    return {
      ratchetsUpdateKey: deployment['update-key'] === 'ratcheted',
      rotatesPsk: deployment['psk-rotation'] === 'monthly',
      randomPsks: rules.holds('cms.random-psks'),
      newCredentials: rules.holds('cms.new-credential'),
      newKeySets: rules.holds('cms.new-key-set'),
      newUpdateKeys:
        deployment['reissue-update-key'] === 'new' && rules.holds('cms.reissue-changes-update-key'),
      onIssued: (keys) => this.#issued(keys),
    };
  }
}

/** What a line of the ledger says of a set of keys. */
function subjectOf({ number, period }: Pick<UserKeys, 'number' | 'period'>): string {
  return `${number} ${period}`;
}
