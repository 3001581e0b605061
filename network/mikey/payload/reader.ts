/**
 * Reads the fields of a payload in order and refuses to read past the end. Each field is named as it is read, so that a
 * reader which was asked to can also list them: what `describe` prints is what the parser saw, at the offset where it saw it.
 */
import { toHex } from '../../../sim/octets.ts';
import { mikeyError } from '../message-errors.ts';

/** One field of a message, as people read it. */
export interface MessageField {
  /** 0-based octet offset in the message. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  /** Payload and field: `HDR version`. */
  readonly name: string;
  /** Decimal for numbers, hexadecimal for octet strings and identifiers, text for text. */
  readonly value: string;
  /** What the value means. */
  readonly note?: string;
}

/** What a value means, or undefined when there is nothing to add. */
type NoteOn<Value> = (value: Value) => string | undefined;

export class Reader {
  /** The payload being read: the first part of each field's name. */
  payload = 'HDR';
  readonly octets: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  readonly #fields: MessageField[] | undefined;
  #at: number;

  /** Reads `octets` from `start` to `end`, and appends each field to `fields` when they are wanted. */
  constructor(octets: Uint8Array, fields?: MessageField[], start = 0, end: number = octets.length) {
    this.octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.#fields = fields;
    this.#at = start;
    this.#end = end;
  }

  /** Offset of the next field. */
  get offset(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  uint8(name: string, note?: NoteOn<number>): number {
    return this.#number(name, 1, this.#view.getUint8.bind(this.#view), note);
  }

  uint16(name: string, note?: NoteOn<number>): number {
    return this.#number(name, 2, this.#view.getUint16.bind(this.#view), note);
  }

  uint32(name: string, note?: NoteOn<number>): number {
    return this.#number(name, 4, this.#view.getUint32.bind(this.#view), note);
  }

  /** A number of 4 octets that people know by its hexadecimal form. */
  identifier(name: string, note?: NoteOn<number>): number {
    const offset = this.#take(name, 4);
    const value = this.#view.getUint32(offset);
    this.#list(offset, 4, name, () => value.toString(16).padStart(8, '0'), value, note);
    return value;
  }

  /** The next `length` octets, as a view of the message. */
  bytes(name: string, length: number, show: (octets: Uint8Array) => string = toHex): Uint8Array {
    const offset = this.#take(name, length);
    const value = this.octets.subarray(offset, offset + length);
    if (length > 0) this.#list(offset, length, name, () => show(value), value, undefined);
    return value;
  }

  /** A reader of the next `length` octets alone; this one goes on behind them. */
  within(name: string, length: number): Reader {
    const offset = this.#take(name, length);
    const inner = new Reader(this.octets, this.#fields, offset, offset + length);
    inner.payload = this.payload;
    return inner;
  }

  #number(
    name: string,
    length: 1 | 2 | 4,
    read: (offset: number) => number,
    note: NoteOn<number> | undefined,
  ): number {
    const offset = this.#take(name, length);
    const value = read(offset);
    this.#list(offset, length, name, String, value, note);
    return value;
  }

  #take(name: string, length: number): number {
    const offset = this.#at;
    if (length > this.remaining) {
      throw mikeyError(
        'MIKEY_TRUNCATED',
        `${this.payload} ${name} takes ${length} octets at offset ${offset}, ${this.remaining} are left`,
        { where: { offset } },
      );
    }
    this.#at += length;
    return offset;
  }

  #list<Value>(
    offset: number,
    length: number,
    name: string,
    show: (value: Value) => string,
    value: Value,
    noteOn: NoteOn<Value> | undefined,
  ): void {
    if (this.#fields === undefined) return;
    const note = noteOn?.(value);
    const field = { offset, length, name: `${this.payload} ${name}`, value: show(value) };
    this.#fields.push(note === undefined ? field : { ...field, note });
  }
}
