/**
 * Reads the fields of a payload in order and refuses to read past the end. Each field is named as it is read, so that a
 * reader which was asked to can also list them: what `describe` prints is what the parser saw, at the offset where it saw it.
 */
import type { CalldrillError } from '../../../sim/errors.ts';
import { OctetReader } from '../../../sim/octet-reader.ts';
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

/** What a reader that is asked to shows beside the message: its fields, and all that it must be refused for. */
export interface MessageNotes {
  readonly fields: MessageField[];
  readonly objections: CalldrillError[];
}

/** Reads the named fields of payloads; errors and lists of fields say the payload before the name. Errors: MIKEY_TRUNCATED. */
export class Reader {
  /** The payload being read: the first part of each field's name. */
  payload = 'HDR';
  readonly #octets: OctetReader;
  readonly #notes: MessageNotes | undefined;

  /** Reads all of `octets`; with `notes` it appends to them each field, and what it would refuse and can read on behind. */
  constructor(octets: Uint8Array | OctetReader, notes?: MessageNotes) {
    this.#notes = notes;
    this.#octets =
      octets instanceof OctetReader
        ? octets
        : new OctetReader(octets, {
            refuse: ({ field, offset, needed, end }) =>
              mikeyError(
                'MIKEY_TRUNCATED',
                `${field} takes ${needed} octets at offset ${offset}, ${end - offset} are left`,
                { where: { offset } },
              ),
          });
  }

  /** Offset of the next field. */
  get offset(): number {
    return this.#octets.offset;
  }

  get remaining(): number {
    return this.#octets.remaining;
  }

  uint8(name: string, note?: NoteOn<number>): number {
    const { offset } = this;
    return this.#list(offset, 1, name, String, this.#octets.u8(this.#named(name)), note);
  }

  uint16(name: string, note?: NoteOn<number>): number {
    const { offset } = this;
    return this.#list(offset, 2, name, String, this.#octets.u16(this.#named(name)), note);
  }

  uint32(name: string, note?: NoteOn<number>): number {
    const { offset } = this;
    return this.#list(offset, 4, name, String, this.#octets.u32(this.#named(name)), note);
  }

  /** A number of 4 octets that people know by its hexadecimal form. */
  identifier(name: string, note?: NoteOn<number>): number {
    const { offset } = this;
    const show = (value: number) => value.toString(16).padStart(8, '0');
    return this.#list(offset, 4, name, show, this.#octets.u32(this.#named(name)), note);
  }

  /** The next `length` octets, as a view of the message. */
  bytes(name: string, length: number, show: (octets: Uint8Array) => string = toHex): Uint8Array {
    const { offset } = this;
    const value = this.#octets.view(length, this.#named(name));
    return length === 0 ? value : this.#list(offset, length, name, show, value, undefined);
  }

  /** A reader of the next `length` octets alone; this one goes on behind them. */
  within(name: string, length: number): Reader {
    const inner = new Reader(this.#octets.within(length, this.#named(name)), this.#notes);
    inner.payload = this.payload;
    return inner;
  }

  /** Refuses the message, unless it is only looked at: then it notes why, and what follows is read too. */
  object(refusal: CalldrillError): void {
    if (this.#notes === undefined) throw refusal;
    this.#notes.objections.push(refusal);
  }

  /** As errors and lists of fields say it: `HDR version`. */
  #named(name: string): string {
    return `${this.payload} ${name}`;
  }

  /** Lists the field, when fields are wanted; returns its value. */
  #list<Value>(
    offset: number,
    length: number,
    name: string,
    show: (value: Value) => string,
    value: Value,
    noteOn: NoteOn<Value> | undefined,
  ): Value {
    if (this.#notes === undefined) return value;
    const note = noteOn?.(value);
    const field = { offset, length, name: this.#named(name), value: show(value) };
    this.#notes.fields.push(note === undefined ? field : { ...field, note });
    return value;
  }
}
