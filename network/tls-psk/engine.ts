/**
 * What both ends of a TLS session share: records in and out, alerts, the order of closing. Octets in, octets out: no socket,
 * no clock, and no chance but what the owner hands in. What is said in the handshake is the business of a {@link Role}.
 *
 * The engine is safe to call from its own callbacks and between two engines wired back to back: whatever is called while it
 * works is queued, a flight leaves in one `send`, and `onClose` is the last thing that happens. Octets of the peer never make
 * `receive` throw; they end in an alert and `onClose`. What the owner's sink throws passes through. There are no timers here:
 * a peer that falls silent is the transport's business.
 *
 * Closing: `close()` takes effect when the handshake is over and what was written has been sent. It sends close_notify, goes
 * on delivering until the peer's close_notify, and then the session is `closed`. A transport that ends without close_notify
 * cut the session off: `insecure`, without an alert.
 */
import type { RandomSource } from '../../sim/random.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { concat } from '../../sim/octets.ts';
import type { Security } from '../fabric.ts';
import { encodeAlert, parseAlert, type Alert } from './alert.ts';
import { ALERT, alertOf, codeOf, tlsError } from './errors.ts';
import { encodeHandshake, HandshakeReader, parseEmpty, type HandshakeMessage } from './handshake.ts';
import type { DirectionKeys } from './keys.ts';
import { Opener, Sealer } from './protection.ts';
import type { EngineState, KeptSession } from './engine-state.ts';
import { openRole, type Role } from './role.ts';
import {
  CONTENT,
  encodeRecord,
  FRAGMENT_OCTETS_MAX,
  RecordReader,
  TLS_1_2,
  type ContentType,
  type TlsRecord,
} from './record.ts';
import type { TlsClose, TlsSession, TlsSink } from './sink.ts';

/** Records in a row that may carry nothing: empty ones, warnings, refused renegotiations. */
export const FRUITLESS_RECORDS_MAX = 32;

/**
 * One end of a session, whichever: it cuts records, keeps order, seals, opens and closes. What is said in the handshake is its
 * role's.
 */
export class Engine implements TlsSession, Kept<EngineState> {
  readonly #sink: TlsSink;
  #role: Role;
  readonly #records: RecordReader;
  readonly #handshake = new HandshakeReader();
  #state: 'handshake' | 'open' | 'closing' | 'closed' = 'handshake';
  #opener: Opener | undefined;
  #sealer: Sealer | undefined;
  /** Demanded of records once it is agreed. */
  #version: number | undefined;
  /** Written by the owner before the session was open. */
  #pending: Uint8Array[] | undefined;
  #isCloseWanted = false;
  #outbox: Uint8Array[] | undefined;
  #isTransportClosed = false;
  #isBusy = false;
  #fruitless = 0;
  /** What the owner is told about the record just read: outside the `try` that turns errors of the peer into alerts. */
  #delivery: (() => void) | undefined;
  #close: TlsClose | undefined;
  /** The alert of a handshake that failed, and what this end found wrong. */
  #refusal: readonly [alert: number, code: string | undefined] | undefined;

  /** `kept`: a session that was open and goes on; `random` is for the IVs of its records. */
  constructor(sink: TlsSink, role: Role, kept?: KeptSession) {
    this.#sink = sink;
    this.#role = role;
    this.#records = new RecordReader(kept?.state.read);
    if (kept === undefined) return;
    const { sealer, opener, fruitless } = kept.state;
    this.#state = 'open';
    this.#version = TLS_1_2;
    this.#sealer = new Sealer(sealer, sealer.encryptThenMac, kept.random, sealer.sequence);
    this.#opener = new Opener(opener, opener.encryptThenMac, opener.sequence);
    this.#fruitless = fruitless;
  }

  /** Open, with nothing half read and nothing to be sent. */
  get isAtRest(): boolean {
    const isIdle = this.#records.waiting === 0 && this.#handshake.isEmpty && !this.#isBusy;
    return this.#state === 'open' && isIdle && !this.#isCloseWanted;
  }

  /** At rest only. */
  save(): EngineState {
    const [sealer, opener] = [this.#sealer, this.#opener];
    assert(this.isAtRest && sealer !== undefined && opener !== undefined, 'a session is kept at rest');
    const [read, fruitless] = [this.#records.offset, this.#fruitless];
    return { sealer: sealer.save(), opener: opener.save(), read, fruitless };
  }

  receive(octets: Uint8Array): void {
    if (this.#state === 'closed') return;
    this.#records.push(octets);
    this.pump();
  }

  write(octets: Uint8Array): void {
    if (this.#isCloseWanted || octets.length === 0) return;
    if (this.#state === 'handshake') (this.#pending ??= []).push(Uint8Array.from(octets));
    else if (this.#state === 'open') this.#sendData(octets);
    this.pump();
  }

  close(): void {
    this.#isCloseWanted = true;
    if (this.#state === 'open') this.#sayGoodbye();
    this.pump();
  }

  transportClosed(): void {
    this.#isTransportClosed = true;
    this.pump();
  }

  /** For the role. Sends one handshake message and returns its octets. */
  sendMessage(type: number, body?: Uint8Array, recordVersion?: number): Uint8Array {
    const octets = encodeHandshake(type, body);
    this.#send(CONTENT.handshake, octets, recordVersion);
    return octets;
  }

  /** For the role. Changes to its own keys. */
  sendChangeCipherSpec(keys: DirectionKeys, encryptThenMac: boolean, random: RandomSource): void {
    this.#send(CONTENT.changeCipherSpec, Uint8Array.of(1));
    this.#sealer = new Sealer(keys, encryptThenMac, random);
  }

  /** For the role. From the hello messages on every record is one of TLS 1.2. */
  agreeVersion(): void {
    this.#version = TLS_1_2;
  }

  /** For the role. A HelloRequest, which a client in its handshake ignores (RFC 5246 section 7.4.1.1). */
  ignoreHelloRequest(message: HandshakeMessage): void {
    parseEmpty(message.body, 'HelloRequest');
    this.#countFruitless();
  }

  /** For the role. Both Finished messages are right: the role is over. */
  secured(security: Security): void {
    this.#state = 'open';
    this.#role = openRole(this.#role.renegotiation);
    for (const octets of this.#pending ?? []) this.#sendData(octets);
    this.#pending = undefined;
    this.#delivery = () => {
      this.#sink.onSecure(security, this);
      if (this.#isCloseWanted) this.close();
    };
  }

  /** Reads and sends until nothing is left to do. Called again while it works, it does nothing: the outer call goes on. */
  pump(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      this.#readAll();
      for (let records = this.#outbox; records !== undefined; records = this.#outbox) {
        this.#outbox = undefined;
        this.#sink.send(concat(...records));
        this.#readAll();
      }
      if (this.#isTransportClosed) this.#end({ reason: this.#state === 'closing' ? 'closed' : 'insecure' });
      this.#tellEnd();
    } finally {
      this.#isBusy = false;
    }
  }

  #readAll(): void {
    while (this.#state !== 'closed' && this.#readRecord()) {
      const deliver = this.#delivery;
      this.#delivery = undefined;
      deliver?.();
    }
  }

  /** Reads one record; false when none is there whole. */
  #readRecord(): boolean {
    try {
      const record = this.#records.next(this.#opener !== undefined, this.#version);
      if (record !== undefined) this.#onRecord(record);
      return record !== undefined;
    } catch (thrown) {
      const alert = alertOf(thrown);
      if (alert === undefined) throw thrown;
      this.#fail(alert, codeOf(thrown));
      return true;
    }
  }

  #onRecord(record: TlsRecord): void {
    const content = this.#opener?.open(record.type, record.fragment) ?? record.fragment;
    switch (record.type) {
      case CONTENT.handshake:
        return this.#onHandshake(content);
      case CONTENT.changeCipherSpec:
        return this.#onChangeCipherSpec(content);
      case CONTENT.alert:
        return this.#onAlert(parseAlert(content));
      case CONTENT.applicationData:
        return this.#onApplicationData(content);
    }
  }

  #onHandshake(content: Uint8Array): void {
    if (content.length === 0) throw tlsError('TLS_UNEXPECTED_MESSAGE', 'an empty handshake record');
    this.#handshake.push(content);
    for (let message = this.#handshake.next(); message !== undefined; message = this.#handshake.next()) {
      if (message.type === this.#role.renegotiation && this.#state !== 'handshake')
        this.#refuseRenegotiation();
      else if (this.#state === 'handshake') this.#role.onMessage(message);
      else throw tlsError('TLS_UNEXPECTED_MESSAGE', `handshake message ${message.type} in an open session`);
    }
  }

  #refuseRenegotiation(): void {
    this.#countFruitless();
    if (this.#state === 'open') this.#sendAlert({ level: 'warning', description: ALERT.noRenegotiation });
  }

  #onChangeCipherSpec(content: Uint8Array): void {
    if (content.length !== 1 || content[0] !== 1)
      throw tlsError('TLS_MALFORMED', 'a ChangeCipherSpec is one octet 1');
    if (this.#state !== 'handshake' || !this.#handshake.isEmpty)
      throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a ChangeCipherSpec in an open session or inside a message');
    const { keys, encryptThenMac } = this.#role.onChangeCipherSpec();
    this.#opener = new Opener(keys, encryptThenMac);
  }

  #onAlert(alert: Alert): void {
    if (alert.description === ALERT.closeNotify) {
      if (this.#state !== 'closing') this.#sayGoodbye();
      this.#end({ reason: 'closed' });
    } else if (alert.level === 'fatal') {
      this.#end({ reason: 'insecure', alert: alert.description, remote: true });
    } else {
      this.#countFruitless();
    }
  }

  #onApplicationData(content: Uint8Array): void {
    if (this.#state === 'handshake')
      throw tlsError('TLS_UNEXPECTED_MESSAGE', 'application data in the handshake');
    if (content.length === 0) return this.#countFruitless();
    this.#fruitless = 0;
    this.#delivery = () => this.#sink.onData(content);
  }

  #countFruitless(): void {
    if (++this.#fruitless > FRUITLESS_RECORDS_MAX)
      throw tlsError(
        'TLS_FRUITLESS_RECORDS',
        `more than ${FRUITLESS_RECORDS_MAX} records in a row carry nothing`,
      );
  }

  #sendData(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; at += FRAGMENT_OCTETS_MAX)
      this.#send(CONTENT.applicationData, octets.subarray(at, at + FRAGMENT_OCTETS_MAX));
  }

  #sendAlert(alert: Alert): void {
    this.#send(CONTENT.alert, encodeAlert(alert));
  }

  #send(type: ContentType, content: Uint8Array, version = TLS_1_2): void {
    (this.#outbox ??= []).push(encodeRecord(type, this.#sealer?.seal(type, content) ?? content, version));
  }

  #sayGoodbye(): void {
    this.#state = 'closing';
    this.#sendAlert({ level: 'warning', description: ALERT.closeNotify });
  }

  /** Tells the peer and ends. After close_notify nothing may be sent any more, not even this. */
  #fail(alert: number, code: string | undefined): void {
    if (this.#state !== 'closing') this.#sendAlert({ level: 'fatal', description: alert });
    this.#end({ reason: 'insecure', alert }, code);
  }

  #end(close: TlsClose, code?: string): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'handshake' && close.alert !== undefined) this.#refusal = [close.alert, code];
    this.#state = 'closed';
    this.#close = close;
  }

  #tellEnd(): void {
    const close = this.#close;
    if (close === undefined) return;
    this.#close = undefined;
    if (this.#refusal !== undefined) this.#role.onRefused?.(...this.#refusal);
    this.#sink.onClose(close);
  }
}
