/**
 * The rendezvous server: TLS sessions of users, registration, calls between them through its relay, key packages, blocks and
 * the audit log. It never holds a key of a call (clauses para-11, para-12, para-17, para-27, para-28, para-32).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import { toAscii, toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment, SecureStream, StreamHandlers } from '../../network/fabric.ts';
import {
  canonicalNumber,
  nextPeriod,
  parsePeriod,
  periodOf,
  periodStart,
  type Period,
  type TelNumber,
} from '../../network/mikey/index.ts';
import {
  addressOf,
  fromOf,
  newCallId,
  newTag,
  SDP_TYPE,
  telUri,
  withTag,
  type SipRequest,
} from '../../network/sip/index.ts';
import { DiscDrive, Flash, RealTimeClock } from '../hardware/index.ts';
import { parseUpdateDisc } from '../media/index.ts';
import type { Console } from '../console/index.ts';
import type { Physical } from '../physical.ts';
import type { Ports } from '../ports.ts';
import { MONTH_TYPE, PACKAGE_TYPE, SIPS_PORT } from '../signalling/packages.ts';
import { Accounts } from './accounts.ts';
import { Admission } from './admission.ts';
import { AuditLog, isUnexpected, type AuditKind } from './audit-log.ts';
import { crsConsole } from './console.ts';
import { crsError } from './errors.ts';
import './events.ts';
import { answerWithAnotherSuite } from './other-suite.ts';
import { CrsSession } from './session.ts';
import { Switchboard, type PassingOffer } from './switchboard.ts';

export interface CrsOptions {
  readonly name: string;
  readonly attachment: Attachment;
  /** The name of a number's user, for the trace; the number itself when unknown. */
  nameOf(number: string): string;
}

export class Crs implements Physical {
  readonly name: string;
  readonly console: Console;
  readonly drive: DiscDrive;
  readonly accounts = new Accounts();
  readonly log = new AuditLog();
  /** Whoever controls the server hands out what they like: octets for who asks and the month asked for, or undefined to let it be. */
  packageTamper: ((number: TelNumber, asked: Period) => Uint8Array | undefined) | undefined;
  readonly #ports: Ports;
  readonly #options: CrsOptions;
  readonly #random: RandomSource;
  readonly #clock: RealTimeClock;
  /** What is on its disk and in its memory, as octets. */
  readonly #disk: Flash;
  readonly #sessions = new Set<CrsSession>();
  readonly #registered = new Map<TelNumber, CrsSession>();
  readonly #admission: Admission;
  readonly #switchboard: Switchboard;
  /** The log was read since the last disc was loaded. */
  #logChecked = false;

  constructor(ports: Ports, options: CrsOptions) {
    this.name = options.name;
    this.#ports = ports;
    this.#options = options;
    this.#random = ports.random.stream(`crs:${options.name}`);
    this.#disk = new Flash(ports.random.stream(`crs:${options.name}:disk`));
    this.#clock = new RealTimeClock(ports.clock, { beginsUnixMs: ports.begins });
    this.#admission = new Admission(ports, this.accounts, this.#clock);
    this.#switchboard = new Switchboard({
      ports,
      device: options.name,
      random: this.#random,
      attachment: options.attachment,
      nameOf: (number) => this.nameOf(number),
      find: (number) => this.#find(number),
      note: (kind, subject, detail) => this.#note(kind, subject, detail),
      keep: (name, octets) => this.#disk.write(name, octets),
    });
    this.drive = new DiscDrive(options.name);
    this.console = crsConsole(this, ports.trace);
    this.#listen();
    this.#awaitMonthEnd();
  }

  get period(): Period {
    return periodOf(this.#clock.unixMs());
  }

  nameOf(number: string): string {
    return this.#options.nameOf(number);
  }

  extract(): Uint8Array {
    return this.#disk.image();
  }

  get registered(): readonly TelNumber[] {
    return [...this.#registered.keys()];
  }

  // What its administrator can do.

  createAccount(name: string): string {
    this.accounts.create(name);
    this.#ports.trace.append('crs.account-created', this.name, { account: name });
    return `Account ${name} is there.`;
  }

  deleteAccount(name: string): string {
    const users = this.accounts.delete(name);
    this.#ports.trace.append('crs.account-deleted', this.name, { account: name, users });
    for (const session of [...this.#sessions])
      if (!this.accounts.has(session.number)) this.#cut(session, 'account deleted', false);
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
    this.#dropMonths();
    return `${inserted.name}: ${disc.users.length} users, ${disc.period}.${logChecked ? '' : ' The log was not checked before (para-28).'}`;
  }

  checkLog(): readonly string[] {
    this.#logChecked = true;
    const { entries, unexpected, dropped } = this.log;
    this.#ports.trace.append('crs.log-checked', this.name, {
      entries: entries.length,
      unexpected: unexpected.length,
    });
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
    const affected = [...this.#sessions].filter((session) => session.number === tel || !exact);
    const ends =
      this.#ports.deployment['block-ends-sessions'] && this.#ports.rules.holds('crs.block-ends-sessions');
    const event = this.#ports.trace.append('crs.user-blocked', this.name, {
      user: this.nameOf(tel),
      number: tel,
      by,
      sessionsEnded: ends ? affected.length : 0,
    });
    this.#note('user blocked', tel, `by ${by}`);
    this.#ports.trace.because(event, () => {
      if (ends) for (const session of affected) this.#cut(session, 'blocked', true);
    });
    return `${this.nameOf(tel)} ${tel} is blocked${ends ? `, ${affected.length} sessions ended` : ''}.`;
  }

  unblockUser(number: string, by: string): string {
    const tel = canonicalNumber(number);
    this.accounts.unblock(tel);
    this.#ports.trace.append('crs.user-unblocked', this.name, { user: this.nameOf(tel), number: tel, by });
    this.#note('user unblocked', tel, `by ${by}`);
    return `${this.nameOf(tel)} ${tel} is not blocked any more.`;
  }

  removeMonth(period: Period): string {
    this.#remove(period);
    this.#reportMonths();
    return `Nothing of ${period} is held any more.`;
  }

  reinstall(): string {
    const keep = this.#ports.deployment['blocks-survive-reinstall'];
    const users = this.accounts.numbers.length;
    for (const session of [...this.#sessions]) this.#cut(session, 'reinstalled', false);
    this.accounts.clear(keep);
    this.#disk.wipe();
    this.log.clear();
    this.#ports.trace.append('crs.reinstalled', this.name, { users, blocks: this.accounts.blocked.length });
    return `The server is new: no accounts, ${this.accounts.blocked.length} blocks.`;
  }

  screen(): readonly string[] {
    return [
      `month ${this.period}, holds ${this.accounts.months.join(', ') || 'nothing'}`,
      `${this.accounts.numbers.length} users, ${this.#registered.size} registered, ${this.#switchboard.calls} calls`,
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
    const session = this.#registered.get(to);
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

  // Sessions.

  #listen(): void {
    const { deployment, rules } = this.#ports;
    if (!rules.holds('crs.one-suite')) {
      this.#options.attachment.listen(SIPS_PORT, (stream) => answerWithAnotherSuite(stream));
      return;
    }
    this.#options.attachment.listenSecure(
      SIPS_PORT,
      {
        psk: (identity) => this.#admission.pskOf(identity),
        unknownIdentity: rules.holds('crs.masks-strangers') ? deployment['unknown-identity'] : 'alert',
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
        onRefused: ({ identity, alert }) => this.#refused(identity, alert),
      },
      (stream) => this.#accept(stream),
    );
  }

  #refused(identity: string | undefined, alert: number): void {
    const number = identity === undefined ? undefined : this.accounts.credential(identity)?.number;
    const reason =
      identity === undefined ? 'no identity' : (this.#admission.refusalOf(identity) ?? 'wrong key');
    const user = number === undefined ? null : this.nameOf(number);
    this.#ports.trace.append('crs.handshake-refused', this.name, {
      user,
      identity: identity ?? null,
      alert,
      reason,
    });
    this.#note(
      reason === 'blocked' ? 'blocked user tried' : 'handshake refused',
      number ?? 'unknown',
      reason,
    );
  }

  #accept(stream: SecureStream): StreamHandlers {
    const identity = stream.security?.pskIdentity ?? '';
    const credential = this.accounts.credential(identity);
    if (credential === undefined) {
      stream.reset();
      return { onData: () => undefined, onClose: () => undefined };
    }
    const { clock, trace } = this.#ports;
    const user = this.nameOf(credential.number);
    const session: CrsSession = new CrsSession(stream, credential, user, clock, this.#random, {
      onRequest: (request) => this.#request(session, request),
      onUnreadable: (error) => this.#note('unreadable message', credential.number, error.code),
    });
    this.#sessions.add(session);
    trace.append('crs.session-opened', this.name, { user, number: credential.number, identity });
    return {
      onData: (octets) => session.conversation.receive(octets),
      onClose: ({ reason }) => {
        session.conversation.ended();
        this.#forget(session, reason, false);
      },
    };
  }

  /** Ends a session from this side. */
  #cut(session: CrsSession, reason: string, blocked: boolean): void {
    this.#forget(session, reason, blocked);
    session.cut();
  }

  #forget(session: CrsSession, reason: string, blocked: boolean): void {
    if (!this.#sessions.delete(session)) return;
    if (this.#registered.get(session.number) === session) this.#registered.delete(session.number);
    this.#ports.trace.append('crs.session-closed', this.name, {
      user: session.user,
      number: session.number,
      reason,
    });
    this.#note('session ended', session.number, reason);
    this.#switchboard.lost(session, blocked);
  }

  #find(number: string): CrsSession | 'unknown' | undefined {
    for (const [registered, session] of this.#registered) if (registered === number) return session;
    return this.accounts.numbers.some((each) => each === number) ? undefined : 'unknown';
  }

  // Requests.

  #request(session: CrsSession, request: SipRequest): void {
    switch (request.method) {
      case 'REGISTER':
        return this.#register(session, request);
      case 'MESSAGE':
        return this.#servePackage(session, request);
      case 'INVITE':
        return this.#switchboard.route(session, request);
      case 'BYE':
      case 'CANCEL':
        return this.#switchboard.end(session, request);
      case 'ACK':
        return;
      case 'OPTIONS':
        session.conversation.respond(request, 200, { toTag: newTag(this.#random) });
    }
  }

  #register(session: CrsSession, request: SipRequest): void {
    const from = fromOf(request).uri;
    const toTag = newTag(this.#random);
    if (from.scheme !== 'tel' || from.number !== session.number)
      return session.conversation.respond(request, 403, { toTag });
    const instance = /instance (\w+)/.exec(request.headers.get('User-Agent') ?? '')?.[1] ?? 'unknown';
    const before = this.#registered.get(session.number);
    if (before !== undefined && before !== session && before.instance !== instance) {
      this.#note('two devices, one user', session.number, `${before.instance ?? 'unknown'} and ${instance}`);
    }
    session.instance = instance;
    this.#registered.set(session.number, session);
    this.#ports.trace.append('crs.registered', this.name, {
      user: session.user,
      number: session.number,
      instance,
    });
    this.#note('registered', session.number, instance);
    session.conversation.respond(request, 200, {
      toTag,
      headers: [['Expires', request.headers.get('Expires') ?? '3600']],
    });
  }

  #servePackage(session: CrsSession, request: SipRequest): void {
    const toTag = newTag(this.#random);
    const { trace } = this.#ports;
    const { user, number } = session;
    const text = toAscii(request.body);
    const refuse = (status: number, reason: string) => {
      trace.append('crs.package-refused', this.name, { user, number, period: text.slice(0, 16), reason });
      session.conversation.respond(request, status, { toTag });
    };
    if (request.headers.get('Content-Type') !== MONTH_TYPE) return refuse(415, 'not a request for a month');
    let period: Period;
    try {
      period = parsePeriod(text);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      return refuse(400, 'not a month');
    }
    const octets =
      this.packageTamper?.(number, period) ??
      this.accounts.packageOf(number, period) ??
      this.#anyPackageOf(number);
    if (octets === undefined) return refuse(404, 'not held');
    trace.append('crs.package-served', this.name, { user, number, period });
    this.#note('package served', number, period);
    session.conversation.respond(request, 200, { toTag, body: { type: PACKAGE_TYPE, octets } });
  }

  /** The planted violation of `crs.serves-asked-month`. */
  #anyPackageOf(number: TelNumber): Uint8Array | undefined {
    if (this.#ports.rules.holds('crs.serves-asked-month')) return undefined;
    return this.accounts.packageOf(number, this.period);
  }

  // Months.

  #awaitMonthEnd(): void {
    const over = this.period;
    this.#clock.at(periodStart(nextPeriod(over)) + this.#skewLimitMs, () => {
      for (const session of [...this.#sessions])
        if (!this.#admission.isInMonth(session.credential)) this.#cut(session, 'month ended', false);
      this.#dropMonths();
      this.#awaitMonthEnd();
    });
  }

  /** Keeps as many months as the deployment allows, this one first. */
  #dropMonths(): void {
    if (this.#ports.rules.holds('crs.month-window')) {
      const last = lastOf(this.period, this.#ports.deployment['crs-months']);
      for (const period of this.accounts.months)
        if (period < this.period || period > last) this.#remove(period);
    }
    this.#reportMonths();
  }

  #remove(period: Period): void {
    if (!this.accounts.months.includes(period)) return;
    this.accounts.removeMonth(period);
    for (const name of this.#disk.names()) if (name.includes(`/${period}/`)) this.#disk.sanitise(name);
    this.#ports.trace.append('crs.month-removed', this.name, { period });
    this.#note('month removed', period, '');
  }

  #reportMonths(): void {
    const { months } = this.accounts;
    const beyond = months.filter((period) => period !== this.period && period !== nextPeriod(this.period));
    this.#ports.trace.append('crs.months-held', this.name, {
      months,
      count: months.length,
      beyond: beyond.length,
      current: this.period,
    });
  }

  get #skewLimitMs(): number {
    return this.#ports.deployment['skew-limit'] / MILLISECOND;
  }

  #note(kind: AuditKind, subject: string, detail: string): void {
    const isNew = this.log.add(kind, subject, detail, this.#ports.clock.now());
    if (isNew && isUnexpected(kind))
      this.#ports.trace.append('crs.unexpected', this.name, { kind, subject, detail });
  }
}

/** The last of `count` months that begin with `first`. */
function lastOf(first: Period, count: number): Period {
  let last = first;
  for (let n = 1; n < count; n++) last = nextPeriod(last);
  return last;
}
