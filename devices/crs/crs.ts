/**
 * The rendezvous server: TLS sessions of users, registration, calls between them through its relay, key packages, blocks and
 * the audit log. It never holds a key of a call (clauses para-11, para-12, para-17, para-27, para-28, para-32). This is the
 * machine and what its administrator can do to it; all that it knows of users is in its accounts.
 */
import type { Kept } from '../../sim/kept.ts';
import { fromAscii, toHex } from '../../sim/octets.ts';
import type { Attachment } from '../../network/fabric.ts';
import { canonicalNumber, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { DiscDrive, RealTimeClock, type DiskKind } from '../hardware/index.ts';
import { parseUpdateDisc, secretsOfDisc } from '../media/index.ts';
import type { DiskBay, Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import { linesOf, type AuditLog } from './audit-log.ts';
import { crsError } from './errors.ts';
import './events.ts';
import { Exchange } from './exchange.ts';
import { Insider } from './insider.ts';
import { Memory } from './memory.ts';
import { Months } from './months.ts';
import type { PackageTamper } from './requests.ts';
import type { RunningCrsState } from './running-state.ts';
import type { CrsStorage } from './storage.ts';
import type { PassingOffer } from './switchboard.ts';

/** Where a server stands, what it calls its users in the trace, and what keeps it. */
export interface CrsOptions {
  readonly name: string;
  readonly attachment: Attachment;
  /** The name of a number's user, for the trace; the number itself when unknown. */
  nameOf(number: string): string;
  /** The country whose addresses somebody comes from, as it can be looked up; undefined of those at home. */
  countryOf?(host: string): string | undefined;
  /** Keeps it over a restart of its process; a server without one knows nothing when it begins. */
  readonly storage?: CrsStorage;
  /** Parts per million by which its clock runs fast. */
  readonly clockDriftPpm?: number;
  readonly kept?: RunningCrsState | undefined;
  /** What its disk is made of; flash when left out. */
  readonly disk?: DiskKind;
}

/** The machine behind the administrator's console. Methods do one act each, trace it, and say in one sentence what they did. */
export class Crs implements Physical, Kept<RunningCrsState> {
  readonly name: string;
  readonly drive: DiscDrive;
  readonly accounts: Accounts;
  readonly log: AuditLog;
  /** What only somebody who has the whole server does. */
  readonly insider: Insider;
  readonly #ports: Ports;
  readonly #options: CrsOptions;
  readonly #memory: Memory;
  readonly #clock: RealTimeClock;
  readonly #months: Months;
  readonly #exchange: Exchange;

  /** Errors: CRS_STATE_DAMAGED, CRS_STATE_VERSION for what its storage holds, and what the storage throws. */
  constructor(ports: Ports, options: CrsOptions) {
    const { name, attachment, storage, clockDriftPpm = 0, kept } = options;
    this.name = name;
    this.#ports = ports;
    this.#options = options;
    const random = ports.random.stream(`crs:${name}`);
    const memory = new Memory(ports, { name, storage, disk: options.disk }, kept?.memory);
    this.#memory = memory;
    this.accounts = memory.accounts;
    this.log = memory.log;
    this.drive = new DiscDrive(name, undefined, kept?.drive);
    const right = { beginsUnixMs: ports.begins, driftPpm: clockDriftPpm };
    const clock = new RealTimeClock(ports.clock, right, kept?.clock);
    this.#clock = clock;
    this.#exchange = new Exchange({
      ...{ ports, device: name, random, attachment, clock, memory },
      nameOf: (number) => this.nameOf(number),
      countryOf: (host) => options.countryOf?.(host),
      period: () => this.period,
      lockOut: (number) => void this.blockUser(number, 'lock-out'),
      kept: kept?.exchange,
    });
    this.#months = new Months({
      ports,
      device: name,
      clock,
      accounts: memory.accounts,
      sanitise: (pattern) => memory.sanitise(pattern),
      note: (kind, subject, detail) => memory.note(kind, subject, detail),
      onMonthEnd: () => this.#exchange.endMonth(),
    });
    this.insider = new Insider(memory, this.#exchange);
    if (memory.isRestored) this.#restored();
    this.#exchange.listen();
    if (kept === undefined) this.#months.awaitEnd();
  }

  save(): RunningCrsState {
    return {
      memory: this.#memory.save(),
      drive: this.drive.save(),
      clock: this.#clock.save(),
      exchange: this.#exchange.save(),
    };
  }

  /** Why it cannot be kept now; undefined when nothing is under way. */
  get unrest(): string | undefined {
    return this.#exchange.unrest;
  }

  get period(): Period {
    return this.#months.current;
  }

  nameOf(number: string): string {
    return this.#options.nameOf(number);
  }

  extract(): Uint8Array {
    return this.#memory.disk.image();
  }

  logLines(): readonly string[] {
    return linesOf(this.log, []);
  }

  get disk(): DiskBay {
    return this.#memory;
  }

  get registered(): readonly TelNumber[] {
    return this.#exchange.registered;
  }

  // What its administrator can do.

  createAccount(name: string): string {
    this.accounts.create(name);
    this.#ports.trace.append('crs.account-created', this.name, { account: name });
    this.#memory.keep();
    return `Account ${name} is there.`;
  }

  deleteAccount(name: string): string {
    const users = this.accounts.delete(name, this.#ports.rules.holds('crs.deletes-credentials'));
    this.#ports.trace.append('crs.account-deleted', this.name, { account: name, users });
    this.#exchange.cut((number) => !this.accounts.has(number), 'account deleted');
    this.#memory.keep();
    return `Account ${name} is gone, with ${users} users.`;
  }

  loadDisc(): string {
    const inserted = this.drive.inserted;
    if (inserted === undefined) throw crsError('CRS_NO_DISC', 'there is no disc in the drive');
    const disc = parseUpdateDisc(inserted.disc.read());
    this.accounts.load(disc.account, toHex(disc.kmsFingerprint), disc.period, disc.users);
    for (const { number, psk, package: octets } of disc.users) {
      this.#memory.disk.write(`identity/${disc.period}/${number}`, fromAscii(psk.identity));
      this.#memory.disk.write(`psk/${disc.period}/${number}`, psk.psk);
      this.#memory.disk.write(`package/${disc.period}/${number}`, octets);
    }
    const logChecked = this.#memory.logChecked;
    this.#memory.logChecked = false;
    this.#ports.trace.append('crs.disc-loaded', this.name, {
      disc: inserted.name,
      period: disc.period,
      users: disc.users.length,
      logChecked,
    });
    const secrets = secretsOfDisc(disc);
    if (secrets.length > 0)
      this.#ports.trace.append('custody.loaded', this.name, { secrets, from: inserted.name, to: this.name });
    this.#memory.note('disc loaded', disc.period, `${disc.users.length} users`);
    this.#months.trim();
    this.#memory.keep();
    return `${inserted.name}: ${disc.users.length} users, ${disc.period}.${logChecked ? '' : ' The log was not checked before (para-28).'}`;
  }

  checkLog(): readonly string[] {
    this.#memory.logChecked = true;
    const { entries, unexpected } = this.log;
    this.#ports.trace.append('crs.log-checked', this.name, {
      entries: entries.length,
      unexpected: unexpected.length,
    });
    const missing = this.#memory.compareLog();
    this.#memory.keep();
    return linesOf(this.log, missing);
  }

  blockUser(number: string, by: string): string {
    const tel = canonicalNumber(number);
    this.accounts.block(tel, this.#ports.deployment['block-subject']);
    const exact = this.#ports.rules.holds('crs.block-is-exact');
    const isAffected = (each: TelNumber): boolean => each === tel || !exact;
    const affected = this.#exchange.sessions.filter((session) => isAffected(session.number));
    const ends =
      this.#ports.deployment['block-ends-sessions'] && this.#ports.rules.holds('crs.block-ends-sessions');
    const event = this.#ports.trace.append('crs.user-blocked', this.name, {
      user: this.nameOf(tel),
      number: tel,
      by,
      sessionsEnded: ends ? affected.length : 0,
    });
    this.#memory.note('user blocked', tel, `by ${by}`);
    this.#memory.keep();
    this.#ports.trace.because(event, () => {
      if (ends) this.#exchange.cut(isAffected, 'blocked', true);
    });
    return `${this.nameOf(tel)} ${tel} is blocked${ends ? `, ${affected.length} sessions ended` : ''}.`;
  }

  unblockUser(number: string, by: string): string {
    const tel = canonicalNumber(number);
    const oldKeys = this.accounts.unblock(tel);
    this.#ports.trace.append('crs.user-unblocked', this.name, { user: this.nameOf(tel), number: tel, by });
    this.#memory.note(oldKeys ? 'unblocked without new keys' : 'user unblocked', tel, `by ${by}`);
    this.#memory.keep();
    return `${this.nameOf(tel)} ${tel} is not blocked any more.`;
  }

  removeMonth(period: Period): string {
    this.#months.remove(period);
    this.#memory.keep();
    return `Nothing of ${period} is held any more.`;
  }

  /** Moves its clock, by which it lets in and removes months. Errors: HARDWARE_CLOCK_RANGE. */
  setClock(byMs: number): string {
    this.#months.clockSet(() => this.#clock.step(byMs));
    const { period } = this;
    this.#ports.trace.append('crs.clock-set', this.name, { bySeconds: byMs / 1000, period });
    this.#memory.note('clock set', `${byMs / 1000} s`, period);
    this.#memory.keep();
    return `The clock is ${Math.abs(byMs) / 1000} s ${byMs < 0 ? 'behind' : 'ahead of'} what it was. The month is ${period}.`;
  }

  reinstall(): string {
    const keep = this.#ports.deployment['blocks-survive-reinstall'];
    const users = this.accounts.numbers.length;
    this.#exchange.cut(() => true, 'reinstalled');
    const { secrets } = this.accounts;
    this.accounts.clear(keep);
    this.#memory.disk.wipe();
    this.#memory.clearLog();
    this.#ports.trace.append('crs.reinstalled', this.name, { users, blocks: this.accounts.blocked.length });
    if (secrets.length > 0)
      this.#ports.trace.append('custody.erased', this.name, { secrets, from: this.name, to: null });
    this.#memory.keep();
    return `The server is new: no accounts, ${this.accounts.blocked.length} blocks.`;
  }

  screen(): readonly string[] {
    return [
      `month ${this.period}, holds ${this.accounts.months.join(', ') || 'nothing'}`,
      `${this.accounts.numbers.length} users, ${this.registered.length} registered, ${this.#exchange.calls} calls`,
      `blocked: ${this.accounts.blocked.map((number) => this.nameOf(number)).join(', ') || 'nobody'}`,
      `log: ${this.log.unexpected.length} unexpected lines`,
    ];
  }

  /** As {@link Exchange.inviteDirectly}: what only somebody in control of the server does. */
  inviteDirectly(...invitation: Parameters<Exchange['inviteDirectly']>): void {
    this.#exchange.inviteDirectly(...invitation);
  }

  /** Puts somebody in control of the server between its callers and callees; undefined takes them out again. */
  set tamper(tamper: ((offer: PassingOffer) => Uint8Array) | undefined) {
    this.#exchange.tamper = tamper;
  }

  /** Whoever controls the server hands out what they like; undefined takes them out again. */
  set packageTamper(tamper: PackageTamper | undefined) {
    this.#exchange.packageTamper = tamper;
  }

  /** Whoever controls the server lets in whom they like, with keys of their own making; undefined takes them out again. */
  set letIn(letIn: Exchange['letIn']) {
    this.#exchange.letIn = letIn;
  }

  /** All that survives a restart of its process, as octets: see `parseCrsState`. */
  get state(): Uint8Array {
    return this.#memory.state;
  }

  /** What a month's end had made superfluous while it was down goes now. */
  #restored(): void {
    const { accounts } = this;
    this.#ports.trace.append('crs.restored', this.name, {
      accounts: accounts.names.length,
      users: accounts.numbers.length,
      blocked: accounts.blocked.length,
      months: accounts.months,
    });
    this.#months.trim();
  }
}
