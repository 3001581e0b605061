/**
 * Reads along one direction of a TLS session, below node:tls: what the ServerHello agreed to, the alert that ended the handshake, and
 * whether the last word was an alert. Node tells neither whether encrypt-then-MAC and the extended master secret are in use,
 * nor which alert it has sent itself, nor whether the peer said goodbye before its connection ended.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { KeyExchange } from '../fabric.ts';
import { parseAlert } from '../tls-psk/alert.ts';
import { HANDSHAKE, HandshakeReader } from '../tls-psk/handshake.ts';
import { EXTENSION, hasFlag, parseServerHello } from '../tls-psk/hello.ts';
import { CONTENT, RecordReader, type TlsRecord } from '../tls-psk/record.ts';
import { keyExchangeOf } from '../tls-psk/suites.ts';

/** What both ends of a session have agreed on; Node does not tell. */
export interface Agreed {
  readonly keyExchange: KeyExchange;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
}

/** Follows the records of one direction as they pass, for what Node keeps to itself; it changes nothing. */
export class SessionWatch {
  readonly #records = new RecordReader();
  readonly #handshake = new HandshakeReader();
  /** What follows is encrypted. */
  #isProtected = false;
  /** It is no TLS. */
  #done = false;
  /** The last record is an alert: encrypted, but OpenSSL has checked it, and of those that are no failure only close_notify is in use. */
  endsInAlert = false;
  /** From the ServerHello, when this is the server's direction. */
  agreed: Agreed | undefined;
  /** A fatal alert that was sent in clear. */
  alert: number | undefined;

  push(octets: Uint8Array): void {
    if (this.#done) return;
    try {
      this.#records.push(octets);
      this.#read();
    } catch (error) {
      // What is not TLS is OpenSSL's to refuse.
      if (!(error instanceof CalldrillError)) throw error;
      this.#done = true;
    }
  }

  #read(): void {
    for (let record = this.#next(); record !== undefined; record = this.#next()) {
      this.endsInAlert = record.type === CONTENT.alert;
      if (record.type === CONTENT.changeCipherSpec) this.#isProtected = true;
      if (this.#isProtected) continue;
      if (record.type === CONTENT.handshake) this.#handshake.push(record.fragment);
      if (record.type === CONTENT.alert) {
        const { level, description } = parseAlert(record.fragment);
        if (level === 'fatal') this.alert = description;
      }
      for (let message = this.#handshake.next(); message !== undefined; message = this.#handshake.next()) {
        if (message.type !== HANDSHAKE.serverHello) continue;
        const hello = parseServerHello(message.body);
        this.agreed = {
          keyExchange: keyExchangeOf(hello.cipherSuite) ?? 'psk',
          encryptThenMac: hasFlag(hello, EXTENSION.encryptThenMac),
          extendedMasterSecret: hasFlag(hello, EXTENSION.extendedMasterSecret),
        };
      }
    }
  }

  #next(): TlsRecord | undefined {
    return this.#records.next(this.#isProtected);
  }
}
