/** What the server answers to a user's requests: registrations and key packages itself, calls at its switchboard. */
import { CalldrillError } from '../../sim/errors.ts';
import { toAscii, toHex } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { parsePeriod, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { contactsOf, expiresOf, fromOf, newTag, toOf, type SipRequest } from '../../network/sip/index.ts';
import { secretsOfCarriedPackage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { Reason } from '../reason.ts';
import { MONTH_TYPE, PACKAGE_TYPE } from '../signalling/packages.ts';
import type { Accounts } from './accounts.ts';
import type { Note } from './audit-log.ts';
import type { Registrar } from './registrar.ts';
import type { CrsSession } from './session.ts';
import type { Switchboard } from './switchboard.ts';

/** Octets for who asks and the month asked for, or undefined to let it be. */
export type PackageTamper = (number: TelNumber, asked: Period) => Uint8Array | undefined;

/** The parts of the server that answer, and the month that it is. */
export interface RequestsOptions {
  readonly ports: Ports;
  readonly device: string;
  readonly random: RandomSource;
  readonly accounts: Accounts;
  readonly registrar: Registrar;
  readonly switchboard: Switchboard;
  readonly note: Note;
  /** The country that a session comes from, where its address says so. */
  readonly countryOf: (host: string) => string | undefined;
  /** The month it is on the server's clock. */
  readonly period: () => Period;
}

/** Gives each request in a session its answer, or hands it to the switchboard. */
export class Requests {
  readonly #options: RequestsOptions;
  /** Set by an attacker who controls the server. */
  packageTamper: PackageTamper | undefined;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  answer(session: CrsSession, request: SipRequest): void {
    const { switchboard } = this.#options;
    switch (request.method) {
      case 'REGISTER':
        return this.#register(session, request);
      case 'MESSAGE':
        return this.#servePackage(session, request);
      case 'INVITE':
        return switchboard.route(session, request);
      case 'BYE':
      case 'CANCEL':
        return switchboard.end(session, request);
      case 'ACK':
        return;
      case 'OPTIONS':
        session.conversation.respond(request, 200, { toTag: newTag(this.#options.random) });
    }
  }

  /** RFC 3261 section 10.3: binds the user to this session, ends that (`Expires: 0`), or tells what is bound (no Contact). */
  #register(session: CrsSession, request: SipRequest): void {
    const { random, registrar } = this.#options;
    const { number } = session;
    const toTag = newTag(random);
    // Who registers somebody else: a third party, which no user here is (RFC 3261 section 10.2).
    const isOwn = [fromOf(request), toOf(request)].every(
      ({ uri }) => uri.scheme === 'tel' && uri.number === number,
    );
    if (!isOwn) return session.conversation.respond(request, 403, { toTag });
    const contacts = contactsOf(request);
    const [contact] = contacts === '*' ? [] : contacts;
    const seconds = expiresOf(request, contact);
    if (contacts === '*' && seconds !== 0) return session.conversation.respond(request, 400, { toTag });
    if (seconds === 0) this.#unregister(session);
    else if (contact !== undefined) {
      this.#admit(session, request.headers.get('User-Agent'));
      registrar.bind(session, contact, seconds);
    }
    const bound = registrar.contactOf(number);
    session.conversation.respond(request, 200, {
      toTag,
      ...(bound === undefined ? {} : { headers: [['Contact', bound]] }),
    });
    // After the answer: what it may now be told, it hears in this order.
    if (contact !== undefined && seconds !== 0) this.#options.switchboard.cameIn(session);
  }

  #unregister(session: CrsSession): void {
    const { ports, device, registrar, note } = this.#options;
    const { user, number } = session;
    if (registrar.at(number) !== session) return;
    registrar.unbind(session);
    ports.trace.append('crs.registration-ended', device, { user, number, reason: 'asked for' });
    note('registration ended', number, 'asked for');
  }

  #admit(session: CrsSession, agent = ''): void {
    const { ports, device, registrar, note, countryOf } = this.#options;
    const { user, number } = session;
    const instance = /instance (\w+)/.exec(agent)?.[1] ?? 'unknown';
    const before = registrar.at(number);
    if (before !== undefined && before !== session && before.instance !== instance)
      note('two devices, one user', number, `${before.instance ?? 'unknown'} and ${instance}`);
    session.instance = instance;
    ports.trace.append('crs.registered', device, { user, number, instance });
    const key = ports.rules.holds('crs.logs-no-keys') ? '' : ` with ${toHex(session.credential.psk)}`;
    note('registered', number, `${instance}${key}`);
    const country = countryOf(session.remote);
    if (country === undefined) return;
    ports.trace.append('crs.registered-abroad', device, { user, number, country });
    note('registered from abroad', number, country);
  }

  #servePackage(session: CrsSession, request: SipRequest): void {
    const { ports, device, random, accounts, note } = this.#options;
    const { user, number } = session;
    const toTag = newTag(random);
    const text = toAscii(request.body);
    const refuse = (status: number, reason: string, code: Reason | null = null): void => {
      const period = text.slice(0, 16);
      const { remote: host } = session;
      ports.trace.append('crs.package-refused', device, { user, number, host, period, reason, code });
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
      accounts.packageOf(number, period) ??
      this.#anyPackageOf(number);
    if (octets === undefined) return refuse(404, 'not held', 'not-on-crs');
    ports.trace.append('crs.package-served', device, { user, number, period });
    ports.trace.append('custody.served', device, {
      secrets: secretsOfCarriedPackage(number, octets),
      from: device,
      to: session.remote,
    });
    note('package served', number, period);
    session.conversation.respond(request, 200, { toTag, body: { type: PACKAGE_TYPE, octets } });
  }

  /** The planted violation of `crs.serves-asked-month`. */
  #anyPackageOf(number: TelNumber): Uint8Array | undefined {
    const { ports, accounts, period } = this.#options;
    if (ports.rules.holds('crs.serves-asked-month')) return undefined;
    return accounts.packageOf(number, period());
  }
}
