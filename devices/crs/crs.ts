/**
 * The rendezvous server: TLS sessions of users, registration, calls between them through its relay, key packages, blocks and
 * the audit log. It never holds a key of a call (clauses para-11, para-12, para-17, para-27, para-28, para-32).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import { fromAscii, toAscii, toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Attachment, SecureStream, StreamHandlers } from '../../network/fabric.ts';
import {
  canonicalNumber,
  claimedSender,
  nextPeriod,
  parseMessage,
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
import { readOffer } from '../signalling/session-description.ts';
import { Accounts, type CrsCredential } from './accounts.ts';
import { AuditLog, isUnexpected, type AuditKind } from './audit-log.ts';
import { crsConsole } from './console.ts';
import { crsError } from './errors.ts';
import './events.ts';
import { answerWithAnotherSuite } from './other-suite.ts';
import { RoutedCall } from './routed-call.ts';
import { CrsSession } from './session.ts';

export interface CrsOptions {
  readonly name: string;
  readonly attachment: Attachment;
  /** The name of a number's user, for the trace; the number itself when unknown. */
  nameOf(number: string): string;
}

/** An offer on its way from caller to callee, as somebody in control of the server sees it. */
export interface PassingOffer {
  readonly from: TelNumber;
  readonly to: TelNumber;
  /** The session description with its I_MESSAGE. */
  readonly body: Uint8Array;
}

export class Crs implements Physical {
  readonly name: string;
  readonly console: Console;
  readonly drive: DiscDrive;
  readonly accounts = new Accounts();
  readonly log = new AuditLog();
  readonly #ports: Ports;
  readonly #options: CrsOptions;
  readonly #random: RandomSource;
  readonly #clock: RealTimeClock;
  /** What is on its disk and in its memory, as octets. */
  readonly #disk: Flash;
  readonly #sessions = new Set<CrsSession>();
  readonly #registered = new Map<TelNumber, CrsSession>();
  readonly #calls = new Set<RoutedCall>();
  #callsRouted = 0;
  /** The log was read since the last disc was loaded. */
  #logChecked = false;
  /** Set by an attacker who controls the server. */
  tamper: ((offer: PassingOffer) => Uint8Array) | undefined;

  constructor(ports: Ports, options: CrsOptions) {
    this.name = options.name;
    this.#ports = ports;
    this.#options = options;
    this.#random = ports.random.stream(`crs:${options.name}`);
    this.#disk = new Flash(ports.random.stream(`crs:${options.name}:disk`));
    this.#clock = new RealTimeClock(ports.clock, { beginsUnixMs: ports.begins });
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
      if (!this.accounts.has(session.number)) this.#cut(session, 'account deleted', true);
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
    for (const session of [...this.#sessions]) this.#cut(session, 'reinstalled', true);
    this.accounts.clear(keep);
    this.#disk.wipe();
    this.log.clear();
    this.#ports.trace.append('crs.reinstalled', this.name, { users, blocks: this.accounts.blocked.length });
    return `The server is new: no accounts, ${this.accounts.blocked.length} blocks.`;
  }

  screen(): readonly string[] {
    return [
      `month ${this.period}, holds ${this.accounts.months.join(', ') || 'nothing'}`,
      `${this.accounts.numbers.length} users, ${this.#registered.size} registered, ${this.#calls.size} calls`,
      `blocked: ${this.accounts.blocked.map((number) => this.nameOf(number)).join(', ') || 'nobody'}`,
      `log: ${this.log.unexpected.length} unexpected lines`,
    ];
  }

  /**
   * Invites a registered user straight from the server, as somebody in control of it can: any From, any offer. `done` gets the
   * final status of the invitation, or undefined when none came; then the call is ended.
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
        psk: (identity) =>
          this.#refusalOf(identity) === undefined ? this.accounts.credential(identity)?.psk : undefined,
        unknownIdentity: rules.holds('crs.masks-strangers') ? deployment['unknown-identity'] : 'alert',
        encryptThenMac: deployment['encrypt-then-mac'],
        extendedMasterSecret: deployment['extended-master-secret'],
        onRefused: ({ identity, alert }) => this.#refused(identity, alert),
      },
      (stream) => this.#accept(stream),
    );
  }

  /** Why an identity may not connect now, or undefined when it may. */
  #refusalOf(identity: string): string | undefined {
    const credential = this.accounts.credential(identity);
    if (credential === undefined) return 'unknown identity';
    if (
      this.#ports.rules.holds('crs.block-refuses-handshake') &&
      this.#isBlocked(credential.number, identity)
    )
      return 'blocked';
    return this.#isInMonth(credential) ? undefined : 'not this month';
  }

  #isBlocked(number: TelNumber, identity: string): boolean {
    if (!this.#ports.rules.holds('crs.block-is-exact')) return this.accounts.blocked.length > 0;
    return this.accounts.isBlocked(number, identity);
  }

  #isInMonth({ period }: CrsCredential): boolean {
    if (this.#ports.deployment['psk-rotation'] === 'static') return true;
    const now = this.#clock.unixMs();
    return (
      now >= periodStart(period) - this.#skewLimitMs &&
      now < periodStart(nextPeriod(period)) + this.#skewLimitMs
    );
  }

  #refused(identity: string | undefined, alert: number): void {
    const number = identity === undefined ? undefined : this.accounts.credential(identity)?.number;
    const reason = identity === undefined ? 'no identity' : (this.#refusalOf(identity) ?? 'wrong key');
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
    for (const call of [...this.#calls]) if (call.involves(session)) call.lost(session, blocked);
  }

  // Requests.

  #request(session: CrsSession, request: SipRequest): void {
    switch (request.method) {
      case 'REGISTER':
        return this.#register(session, request);
      case 'MESSAGE':
        return this.#servePackage(session, request);
      case 'INVITE':
        return this.#route(session, request);
      case 'BYE':
      case 'CANCEL': {
        const call = [...this.#calls].find((each) => each.owns(session, request));
        if (call === undefined) session.conversation.respond(request, 481, { toTag: newTag(this.#random) });
        else call.ended(session, request);
        return;
      }
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
    const octets = this.accounts.packageOf(number, period) ?? this.#anyPackageOf(number);
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

  #route(session: CrsSession, invite: SipRequest): void {
    const { rules, trace } = this.#ports;
    const target = invite.uri.scheme === 'tel' ? invite.uri.number : '';
    const refuse = (status: number, reason: string) => {
      trace.append('crs.call-refused', this.name, {
        from: session.user,
        to: this.nameOf(target),
        status,
        reason,
      });
      this.#note('call refused', session.number, reason);
      session.conversation.respond(invite, status, { toTag: newTag(this.#random) });
    };
    const from = fromOf(invite).uri;
    if (from.scheme !== 'tel' || from.number !== session.number)
      return refuse(403, 'From is not the user of this session');
    try {
      const { iMessage } = readOffer(invite);
      const message = parseMessage(iMessage);
      const signed = claimedSender(message);
      const checked =
        this.#ports.deployment['identity-check'] === 'required' && rules.holds('crs.identity-check');
      if (checked && signed !== session.number) {
        this.#note('signed identity differs', session.number, signed ?? 'none');
        return refuse(403, 'the signed identity is not the user of this session');
      }
      const number = [...this.#registered.keys()].find((each) => each === target);
      if (number === undefined)
        return this.accounts.numbers.some((each) => each === target)
          ? refuse(480, 'not registered')
          : refuse(404, 'no such user');
      const callee = this.#registered.get(number);
      if (callee === undefined) return refuse(480, 'not registered');
      session.conversation.respond(invite, 100);
      this.#disk.write(`call/${this.#callsRouted + 1}`, invite.body);
      this.#connect(session, callee, invite);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      refuse(488, error.code);
    }
  }

  #connect(caller: CrsSession, callee: CrsSession, invite: SipRequest): void {
    const call = new RoutedCall({
      number: ++this.#callsRouted,
      ports: this.#ports,
      device: this.name,
      random: this.#random,
      attachment: this.#options.attachment,
      caller,
      callee,
      invite,
      offerFor: (body) => this.#offerFor({ from: caller.number, to: callee.number, body }),
      onEnded: (ended) => this.#calls.delete(ended),
    });
    this.#calls.add(call);
    this.#ports.trace.append('crs.call-routed', this.name, {
      call: call.number,
      from: caller.user,
      to: callee.user,
    });
    this.#note('call routed', `${caller.number} ${callee.number}`, `call ${call.number}`);
    call.start();
  }

  #offerFor(offer: PassingOffer): Uint8Array {
    const passed = this.tamper?.(offer) ?? offer.body;
    if (this.#ports.rules.holds('crs.key-mgmt-untouched')) return passed;
    return withBrokenKeyMessage(passed);
  }

  // Months.

  #awaitMonthEnd(): void {
    const over = this.period;
    this.#clock.at(periodStart(nextPeriod(over)) + this.#skewLimitMs, () => {
      for (const session of [...this.#sessions])
        if (!this.#isInMonth(session.credential)) this.#cut(session, 'month ended', false);
      this.#dropMonths();
      this.#awaitMonthEnd();
    });
  }

  /** Keeps this month and as many following ones as the deployment allows. */
  #dropMonths(): void {
    const keep = this.#ports.deployment['crs-months'];
    const held = this.accounts.months;
    if (this.#ports.rules.holds('crs.month-window')) {
      const past = held.filter((period) => period < this.period);
      const future = held.filter((period) => period >= this.period);
      for (const period of [
        ...past.slice(0, Math.max(0, past.length + future.length - keep)),
        ...(keep <= 2 ? past : []),
      ])
        this.#remove(period);
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

/** The planted violation of `crs.key-mgmt-untouched`: one character of the base64 changes on the way. */
function withBrokenKeyMessage(body: Uint8Array): Uint8Array {
  const text = toAscii(body);
  const at = text.indexOf('key-mgmt:mikey ') + 'key-mgmt:mikey '.length + 60;
  return fromAscii(`${text.slice(0, at)}${text.charAt(at) === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
}
