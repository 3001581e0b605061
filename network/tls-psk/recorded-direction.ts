/** One direction of a recorded session: its records in order, its messages, and what is protected opened with the keys that are tried. */
import { equal } from '../../sim/octets.ts';
import { parseAlert } from './alert.ts';
import { ALERT, alertOf, tlsError } from './errors.ts';
import {
  HANDSHAKE,
  HandshakeReader,
  parseFinished,
  requireType,
  type HandshakeMessage,
} from './handshake.ts';
import type { TlsKeys, Transcript } from './keys.ts';
import { Opener } from './protection.ts';
import { CONTENT, RecordReader, type TlsRecord } from './record.ts';

/** How far one direction was read. */
export interface DirectionPlace {
  /** Octets of the whole records that were read. */
  readonly offset: number;
  /** Records that were opened. */
  readonly sequence: number;
  /** True behind the close_notify. */
  readonly ended: boolean;
}

/** One direction of a recording, read from its start to its end. */
export class RecordedDirection {
  readonly #sender: 'client' | 'server';
  readonly #records: RecordReader;
  readonly #handshake = new HandshakeReader();
  #opener: Opener | undefined;
  #ended = false;

  constructor(octets: Uint8Array, sender: 'client' | 'server', offset = 0) {
    this.#sender = sender;
    this.#records = new RecordReader(offset);
    this.#records.push(octets.subarray(offset));
  }

  /** A direction whose Finished was read, from that place on. */
  static at(
    octets: Uint8Array,
    sender: 'client' | 'server',
    keys: TlsKeys,
    { offset, sequence, ended }: DirectionPlace,
  ): RecordedDirection {
    const direction = new RecordedDirection(octets, sender, offset);
    direction.#opener = new Opener(keys[sender], keys.negotiated.encryptThenMac, sequence);
    direction.#ended = ended;
    return direction;
  }

  get place(): DirectionPlace {
    return { offset: this.#records.offset, sequence: this.#opener?.sequence ?? 0, ended: this.#ended };
  }

  /** The next handshake message; HelloRequest is no part of a handshake (RFC 5246 section 7.4.1.1). */
  message(): HandshakeMessage {
    const message = this.#messageOrChange();
    if (message === undefined)
      throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} changes keys early: a resumed session?`);
    return message;
  }

  /** Reads up to the ChangeCipherSpec. A ticket may come before it; it counts in the transcript. */
  changeCipherSpec(transcript: Transcript, opener: Opener): void {
    for (let message = this.#messageOrChange(); message !== undefined; message = this.#messageOrChange()) {
      requireType(message, HANDSHAKE.newSessionTicket, 'ChangeCipherSpec');
      transcript.add(message.octets);
    }
    if (!this.#handshake.isEmpty)
      throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} changes keys inside a message`);
    this.#opener = opener;
  }

  /** The Finished, when it is the expected one. Errors: TLS_PSK_WRONG, TLS_RECORDING_INCOMPLETE. */
  finished(expected: Uint8Array): HandshakeMessage {
    const message = this.#openedWithKeys(() => this.message());
    requireType(message, HANDSHAKE.finished, 'Finished');
    if (!equal(parseFinished(message.body), expected))
      throw tlsError('TLS_PSK_WRONG', `the Finished of the ${this.#sender} is not that of this key`);
    return message;
  }

  /** The application data of all whole records that follow. Handshake messages in it are refused renegotiations. */
  data(): Uint8Array[] {
    const data: Uint8Array[] = [];
    while (!this.#ended) {
      const record = this.#next();
      if (record === undefined) break;
      if (record.type === CONTENT.alert && parseAlert(record.fragment).description === ALERT.closeNotify)
        this.#ended = true;
      if (record.type === CONTENT.changeCipherSpec)
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} renegotiates keys`);
      if (record.type === CONTENT.applicationData && record.fragment.length > 0) data.push(record.fragment);
    }
    return data;
  }

  #messageOrChange(): HandshakeMessage | undefined {
    for (;;) {
      const message = this.#handshake.next();
      if (message !== undefined && message.type !== HANDSHAKE.helloRequest) return message;
      if (message !== undefined) continue;
      const record = this.#next();
      if (record === undefined || isEnd(record))
        throw tlsError('TLS_RECORDING_INCOMPLETE', `the ${this.#sender} never finished the handshake`);
      if (record.type === CONTENT.handshake) this.#handshake.push(record.fragment);
      else if (record.type === CONTENT.changeCipherSpec) return undefined;
      else if (record.type === CONTENT.applicationData)
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `the ${this.#sender} sends data in the handshake`);
    }
  }

  #openedWithKeys<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (thrown) {
      if (alertOf(thrown) !== ALERT.badRecordMac) throw thrown;
      throw tlsError('TLS_PSK_WRONG', `the key does not open what the ${this.#sender} sent`, {
        cause: thrown,
      });
    }
  }

  #next(): TlsRecord | undefined {
    const record = this.#records.next(this.#opener !== undefined);
    if (record === undefined || this.#opener === undefined) return record;
    return { ...record, fragment: this.#opener.open(record.type, record.fragment) };
  }
}

/** An alert that ends a session: fatal, or close_notify. */
function isEnd(record: TlsRecord): boolean {
  if (record.type !== CONTENT.alert) return false;
  const { level, description } = parseAlert(record.fragment);
  return level === 'fatal' || description === ALERT.closeNotify;
}
