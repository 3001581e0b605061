/**
 * The rendezvous server: TLS sessions of users, registration, calls between them through its relay, key packages, blocks and
 * the audit log. It never holds a key of a call (clauses para-11, para-12, para-17, para-27, para-28, para-32). This is the
 * machine and what its administrator can do to it; all that it knows of users is in its accounts.
 */
import { toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment } from '../../network/fabric.ts';
import { canonicalNumber, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { addressOf, newCallId, newTag, SDP_TYPE, telUri, withTag } from '../../network/sip/index.ts';
import { DiscDrive, Flash, RealTimeClock } from '../hardware/index.ts';
import { parseUpdateDisc } from '../media/index.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import { Accounts } from './accounts.ts';
import { Admission } from './admission.ts';
import { Allowance } from './allowance.ts';
import { AuditLog, isUnexpected, type AuditKind } from './audit-log.ts';
import { crsError } from './errors.ts';
import './events.ts';
import { Months } from './months.ts';
import { Requests, type PackageTamper } from './requests.ts';
import { Registrar } from './registrar.ts';
import { Sessions } from './sessions.ts';
import { encodeCrsState, parseCrsState } from './state.ts';
import { Keeping, type CrsStorage } from './storage.ts';
import { Switchboard, type PassingOffer } from './switchboard.ts';

/** Where a server stands, what it calls its users in the trace, and what keeps it. */
export interface CrsOptions {
  readonly name: string;
  readonly attachment: Attachment;
  /** The name of a number's user, for the trace; the number itself when unknown. */
  nameOf(number: string): string;
  /** Keeps it over a restart of its process; a server without one knows nothing when it begins. */
  readonly storage?: CrsStorage;
}

/** The machine behind the administrator's console. Methods do one act each, trace it, and say in one sentence what they did. */
export class Crs implements Physical {
  readonly name: string;
  readonly drive: DiscDrive;
  readonly accounts: Accounts;
  readonly log: AuditLog;
  readonly #ports: Ports;
  readonly #options: CrsOptions;
  readonly #random: RandomSource;
  /** What is on its disk and in its memory, as octets. */
  readonly #disk: Flash;
  readonly #months: Months;
  readonly #requests: Requests;
  readonly #registrar: Registrar;
  readonly #sessions: Sessions;
  readonly #switchboard: Switchboard;
  readonly #keeping: Keeping;
  /** The log was read since the last disc was loaded. */
  #logChecked: boolean;

  /** Errors: CRS_STATE_DAMAGED, CRS_STATE_VERSION for what its storage holds, and what the storage throws. */
  constructor(ports: Ports, options: CrsOptions) {
    const { name, attachment } = options;
    this.name = name;
    this.#ports = ports;
    this.#options = options;
    this.#random = ports.random.stream(`crs:${name}`);
    const octets = options.storage?.load();
    const kept = octets === undefined ? undefined : parseCrsState(octets);
    this.accounts = new Accounts(kept?.accounts);
    this.log = new AuditLog(kept?.log);
    this.#logChecked = kept?.logChecked ?? false;
    const diskKeys = ports.random.stream(`crs:${name}:disk`);
    this.#disk = kept === undefined ? new Flash(diskKeys) : Flash.restore(diskKeys, kept.disk);
    this.#keeping = new Keeping(options.storage, ports.clock, () => this.state);
    this.drive = new DiscDrive(name);
    const clock = new RealTimeClock(ports.clock, { beginsUnixMs: ports.begins });
    const shared = {
      ports,
      device: name,
      random: this.#random,
      attachment,
      accounts: this.accounts,
      nameOf: (number: string) => this.nameOf(number),
      note: (kind: AuditKind, subject: string, detail: string) => this.#note(kind, subject, detail),
    };
    const allowance = new Allowance({
      ...shared,
      cut: (session, reason) => this.#sessions.cut(session, reason),
    });
    const admission = new Admission(ports, this.accounts, clock, (number) => allowance.isOpenTo(number));
    this.#months = new Months({
      ...shared,
      clock,
      disk: this.#disk,
      onMonthEnd: () => {
        for (const session of this.#sessions.open)
          if (!admission.isInMonth(session.credential)) this.#sessions.cut(session, 'month ended');
      },
    });
    this.#registrar = new Registrar(ports.clock, ({ user, number }) => {
      ports.trace.append('crs.registration-ended', name, { user, number, reason: 'not renewed' });
      this.#note('registration ended', number, 'not renewed');
    });
    this.#switchboard = new Switchboard({
      ...shared,
      find: (number) => this.#registrar.at(number) ?? this.#absent(number),
      keep: (record, octets) => {
        this.#disk.write(record, octets);
        this.#keeping.soon();
      },
    });
    this.#sessions = new Sessions({
      ...shared,
      admission,
      allowance,
      registrar: this.#registrar,
      onRequest: (session, request) => this.#requests.answer(session, request),
      onEnded: (session, blocked) => this.#switchboard.lost(session, blocked),
    });
    this.#requests = new Requests({
      ...shared,
      registrar: this.#registrar,
      switchboard: this.#switchboard,
      period: () => this.period,
    });
    if (kept !== undefined) this.#restored();
    this.#sessions.listen();
    this.#months.awaitEnd();
  }

  get period(): Period {
    return this.#months.current;
  }

  nameOf(number: string): string {
    return this.#options.nameOf(number);
  }

  extract(): Uint8Array {
    return this.#disk.image();
  }

  get registered(): readonly TelNumber[] {
    return this.#registrar.numbers;
  }

  // What its administrator can do.

  createAccount(name: string): string {
    this.accounts.create(name);
    this.#ports.trace.append('crs.account-created', this.name, { account: name });
    this.#keeping.now();
    return `Account ${name} is there.`;
  }

  deleteAccount(name: string): string {
    const users = this.accounts.delete(name);
    this.#ports.trace.append('crs.account-deleted', this.name, { account: name, users });
    for (const session of this.#sessions.open)
      if (!this.accounts.has(session.number)) this.#sessions.cut(session, 'account deleted');
    this.#keeping.now();
    return `Account ${name} is gone, with ${users} users.`;
  }

  loadDisc(): string {
    const inserted = this.drive.inserted;
    if (inserted === undefined) throw crsError('CRS_NO_DISC', 'there is no disc in the drive');
    const disc = parseUpdateDisc(inserted.disc.read());
    this.accounts.load(disc.account, toHex(disc.kmsFingerprint), disc.period, disc.users);
    for (const { number, psk, package: octets } of disc.users) {
      this.#disk.write(`psk/${disc.period}/${number}`, psk.psk);
      this.#disk.write(`package/${disc.period}/${number}`, octets);
    }
    const logChecked = this.#logChecked;
    this.#logChecked = false;
    this.#ports.trace.append('crs.disc-loaded', this.name, {
      disc: inserted.name,
      period: disc.period,
      users: disc.users.length,
      logChecked,
    });
    this.#note('disc loaded', disc.period, `${disc.users.length} users`);
    this.#months.trim();
    this.#keeping.now();
    return `${inserted.name}: ${disc.users.length} users, ${disc.period}.${logChecked ? '' : ' The log was not checked before (para-28).'}`;
  }

  checkLog(): readonly string[] {
    this.#logChecked = true;
    const { entries, unexpected, dropped } = this.log;
    this.#ports.trace.append('crs.log-checked', this.name, {
      entries: entries.length,
      unexpected: unexpected.length,
    });
    this.#keeping.now();
    return [
      `${entries.length} lines, ${unexpected.length} unexpected${dropped > 0 ? `, ${dropped} made room` : ''}`,
      ...entries.map(
        ({ kind, subject, detail, count }) =>
          `${isUnexpected(kind) ? '!' : ' '} ${kind}: ${subject} ${detail} (${count} times)`,
      ),
    ];
  }

  blockUser(number: string, by: string): string {
    const tel = canonicalNumber(number);
    this.accounts.block(tel, this.#ports.deployment['block-subject']);
    const exact = this.#ports.rules.holds('crs.block-is-exact');
    const affected = this.#sessions.open.filter((session) => session.number === tel || !exact);
    const ends =
      this.#ports.deployment['block-ends-sessions'] && this.#ports.rules.holds('crs.block-ends-sessions');
    const event = this.#ports.trace.append('crs.user-blocked', this.name, {
      user: this.nameOf(tel),
      number: tel,
      by,
      sessionsEnded: ends ? affected.length : 0,
    });
    this.#note('user blocked', tel, `by ${by}`);
    this.#keeping.now();
    this.#ports.trace.because(event, () => {
      if (ends) for (const session of affected) this.#sessions.cut(session, 'blocked', true);
    });
    return `${this.nameOf(tel)} ${tel} is blocked${ends ? `, ${affected.length} sessions ended` : ''}.`;
  }

  unblockUser(number: string, by: string): string {
    const tel = canonicalNumber(number);
    this.accounts.unblock(tel);
    this.#ports.trace.append('crs.user-unblocked', this.name, { user: this.nameOf(tel), number: tel, by });
    this.#note('user unblocked', tel, `by ${by}`);
    this.#keeping.now();
    return `${this.nameOf(tel)} ${tel} is not blocked any more.`;
  }

  removeMonth(period: Period): string {
    this.#months.remove(period);
    this.#keeping.now();
    return `Nothing of ${period} is held any more.`;
  }

  reinstall(): string {
    const keep = this.#ports.deployment['blocks-survive-reinstall'];
    const users = this.accounts.numbers.length;
    for (const session of this.#sessions.open) this.#sessions.cut(session, 'reinstalled');
    this.accounts.clear(keep);
    this.#disk.wipe();
    this.log.clear();
    this.#ports.trace.append('crs.reinstalled', this.name, { users, blocks: this.accounts.blocked.length });
    this.#keeping.now();
    return `The server is new: no accounts, ${this.accounts.blocked.length} blocks.`;
  }

  screen(): readonly string[] {
    return [
      `month ${this.period}, holds ${this.accounts.months.join(', ') || 'nothing'}`,
      `${this.accounts.numbers.length} users, ${this.registered.length} registered, ${this.#switchboard.calls} calls`,
      `blocked: ${this.accounts.blocked.map((number) => this.nameOf(number)).join(', ') || 'nobody'}`,
      `log: ${this.log.unexpected.length} unexpected lines`,
    ];
  }

  /**
   * Invites a registered user straight from the server, as somebody in control of it can: any From, any offer. `done` gets the
   * first telling status (180 or later), or undefined when none came or the user is not registered. Ending the call is the
   * caller's business.
   */
  inviteDirectly(
    to: TelNumber,
    from: TelNumber,
    body: Uint8Array,
    done: (status: number | undefined) => void,
  ): void {
    const session = this.#registrar.at(to);
    if (session === undefined) return done(undefined);
    const { host } = this.#options.attachment;
    const callId = newCallId(this.#random, host);
    const local = withTag(addressOf(telUri(from)), newTag(this.#random));
    session.conversation.request(
      {
        method: 'INVITE',
        uri: telUri(to),
        from: local,
        to: addressOf(telUri(to)),
        callId,
        sequence: 1,
        contact: session.contact,
        body: { type: SDP_TYPE, octets: body },
      },
      (response) => {
        if (response === undefined || response.status >= 180) done(response?.status);
      },
    );
  }

  /** Puts somebody in control of the server between its callers and callees; undefined takes them out again. */
  set tamper(tamper: ((offer: PassingOffer) => Uint8Array) | undefined) {
    this.#switchboard.tamper = tamper;
  }

  /** Whoever controls the server hands out what they like; undefined takes them out again. */
  set packageTamper(tamper: PackageTamper | undefined) {
    this.#requests.packageTamper = tamper;
  }

  /** All that survives a restart of its process, as octets: see `parseCrsState`. */
  get state(): Uint8Array {
    const { accounts, log } = this;
    return encodeCrsState({
      logChecked: this.#logChecked,
      disk: this.#disk.image(),
      accounts: accounts.state,
      log: log.state,
    });
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

  #absent(number: string): 'unknown' | undefined {
    return this.accounts.numbers.some((each) => each === number) ? undefined : 'unknown';
  }

  #note(kind: AuditKind, subject: string, detail: string): void {
    const isNew = this.log.add(kind, subject, detail, this.#ports.clock.now());
    this.#keeping.soon();
    if (isNew && isUnexpected(kind))
      this.#ports.trace.append('crs.unexpected', this.name, { kind, subject, detail });
  }
}
