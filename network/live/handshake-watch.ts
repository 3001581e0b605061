/**
 * Reads along one direction of a TLS handshake, below node:tls: what the ServerHello agreed to, and the alert that ended it. Node tells
 * neither whether encrypt-then-MAC and the extended master secret are in use, nor which alert it has sent itself.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { parseAlert } from '../tls-psk/alert.ts';
import { HANDSHAKE, HandshakeReader } from '../tls-psk/handshake.ts';
import { EXTENSION, hasFlag, parseServerHello } from '../tls-psk/hello.ts';
import { CONTENT, RecordReader } from '../tls-psk/record.ts';

export interface Agreed {
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
}

export class HandshakeWatch {
  readonly #records = new RecordReader();
  readonly #handshake = new HandshakeReader();
  /** Nothing that follows can be read. */
  #done = false;
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
    for (let record = this.#records.next(false); record !== undefined; record = this.#records.next(false)) {
      if (record.type === CONTENT.changeCipherSpec) {
        this.#done = true;
        return;
      }
      if (record.type === CONTENT.handshake) this.#handshake.push(record.fragment);
      if (record.type === CONTENT.alert) {
        const { level, description } = parseAlert(record.fragment);
        if (level === 'fatal') this.alert = description;
      }
      for (let message = this.#handshake.next(); message !== undefined; message = this.#handshake.next()) {
        if (message.type !== HANDSHAKE.serverHello) continue;
        const hello = parseServerHello(message.body);
        this.agreed = {
          encryptThenMac: hasFlag(hello, EXTENSION.encryptThenMac),
          extendedMasterSecret: hasFlag(hello, EXTENSION.extendedMasterSecret),
        };
      }
    }
  }
}
