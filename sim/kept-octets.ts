/**
 * A kept value as octets, so that another process can take it up. Each value begins with a character that says what it is:
 *
 *     u                       undefined
 *     n                       null
 *     t  f                    true, false
 *     d  number (8)           IEEE 754; -0 and NaN stay what they are
 *     b  length (4)  digits   a bigint in hexadecimal, `-` before it when it is negative
 *     s  length (4)  text     UTF-8
 *     w  length (4)  text     UTF-16, lowest octet first: a text with half a surrogate pair, which UTF-8 cannot say
 *     o  length (4)  octets
 *     l  count (4)            that many values follow
 *     r  count (4)            that many fields follow: each a text, its name, and its value
 *     x                       a secret follows: two texts, its kind and its owner, and its octets
 *
 * Numbers are big-endian. Fields keep their order: what is made again of them goes through them in the order in which it was saved. Secrets
 * are not kept values; they are in the data of events only, and are read only where the reader says so.
 *
 * Node's own serializer is not used: its form hangs on the version of Node, and it is not made for octets that somebody else may have written.
 */
import { assert } from './errors.ts';
import { isPlainOctets, isPlainRecord, type KeptValue } from './kept.ts';
import { OctetReader } from './octet-reader.ts';
import { Secret, SECRET_KINDS } from './secret.ts';

/** What can be written: a kept value, in which secrets may be. */
export type KeptContent =
  KeptValue | Secret | readonly KeptContent[] | { readonly [key: string]: KeptContent };

/** Makes the error of the format that is read; the offset is that of the first octet of what is wrong. */
export type KeptRefusal = (detail: string, offset: number) => Error;

/** Lists and records inside each other in a kept value that is read from octets */
const KEPT_DEPTH_MAX = 64;
/** What would be no field of a record, but change what the record is. */
const PROTOTYPE = '__proto__';
const HALF_A_PAIR = /\p{Surrogate}/u;
const HEXADECIMAL = /^(?:0|-?[1-9a-f][0-9a-f]*)$/;

/** Octets that grow: twice as many when they are full. */
class KeptWriter {
  #octets = Buffer.alloc(4096);
  #length = 0;

  get written(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#octets.subarray(0, this.#length));
  }

  value(value: KeptContent): void {
    switch (typeof value) {
      case 'undefined':
        return this.#kind('u');
      case 'boolean':
        return this.#kind(value ? 't' : 'f');
      case 'number':
        return this.#double(value);
      case 'bigint':
        return this.#sized('b', Buffer.from(value.toString(16), 'latin1'));
      case 'string':
        return this.#text(value);
      default:
        return this.#object(value);
    }
  }

  #object(value: KeptContent & (object | null)): void {
    if (value === null) return this.#kind('n');
    if (value instanceof Uint8Array) {
      assert(isPlainOctets(value), 'octets that are kept are no view of another kind');
      return this.#sized('o', value);
    }
    if (value instanceof Secret) return this.#secret(value);
    if (isList(value)) {
      this.#counted('l', value.length);
      for (const item of value) this.value(item);
      return;
    }
    assert(isPlainRecord(value), 'what is kept is plain');
    const entries = Object.entries(value);
    this.#counted('r', entries.length);
    for (const [key, item] of entries) {
      assert(key !== PROTOTYPE, 'no field is called as a prototype is');
      this.#text(key);
      this.value(item);
    }
  }

  #double(value: number): void {
    this.#kind('d');
    const at = this.#room(8);
    this.#octets.writeDoubleBE(value, at);
  }

  #secret(secret: Secret): void {
    this.#kind('x');
    this.#text(secret.kind);
    this.#text(secret.owner);
    this.#sized('o', secret.reveal());
  }

  #text(text: string): void {
    if (HALF_A_PAIR.test(text)) this.#sized('w', Buffer.from(text, 'utf16le'));
    else this.#sized('s', Buffer.from(text, 'utf8'));
  }

  #sized(kind: string, octets: Uint8Array): void {
    this.#counted(kind, octets.length);
    const at = this.#room(octets.length);
    this.#octets.set(octets, at);
  }

  #counted(kind: string, count: number): void {
    this.#kind(kind);
    const at = this.#room(4);
    this.#octets.writeUInt32BE(count, at);
  }

  #kind(kind: string): void {
    const at = this.#room(1);
    this.#octets[at] = kind.charCodeAt(0);
  }

  /** Offset of `count` octets more. */
  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#octets.length) {
      const more = Buffer.alloc(2 * this.#length);
      more.set(this.#octets);
      this.#octets = more;
    }
    return at;
  }
}

/** The octets of a value. Precondition: it is plain, but for its secrets. */
export function keptOctets(value: KeptContent): Uint8Array<ArrayBuffer> {
  const writer = new KeptWriter();
  writer.value(value);
  return writer.written;
}

/** Values in octets, one after the other. What is read shares no octets with what it was read from, and nothing of it is but plain. */
export class KeptReader {
  readonly #reader: OctetReader;
  readonly #refuse: KeptRefusal;
  /** Of a list or record: values inside it must have room in what is left. */
  #depth = 0;

  constructor(
    octets: Uint8Array,
    refuse: KeptRefusal,
    part: { readonly start?: number; readonly end?: number } = {},
  ) {
    this.#refuse = refuse;
    this.#reader = new OctetReader(octets, {
      ...part,
      refuse: ({ field, offset }) => refuse(`the octets end in ${field}`, offset),
    });
  }

  get offset(): number {
    return this.#reader.offset;
  }

  /** Octets that are left. */
  get remaining(): number {
    return this.#reader.remaining;
  }

  /** The next value, which has no secrets in it. Throws what `refuse` makes. */
  value(): KeptValue {
    return this.#value(() => {
      throw this.#refuse('there is a secret where none belongs', this.offset - 1);
    });
  }

  /** The next value, with whatever secrets are in it. Throws what `refuse` makes. */
  content(): KeptContent {
    return this.#value<Secret>(() => this.#secret());
  }

  #value<Held extends Secret = never>(secret: () => Held): ReadContent<Held> {
    const at = this.offset;
    const kind = String.fromCharCode(this.#reader.u8('the kind of a value'));
    switch (kind) {
      case 'u':
        return undefined;
      case 'n':
        return null;
      case 't':
        return true;
      case 'f':
        return false;
      case 'd':
        return this.#double();
      case 'b':
        return this.#bigint(at);
      case 's':
      case 'w':
        return this.#textOf(kind, at);
      case 'o':
        return this.#octets();
      case 'l':
        return this.#within(at, 1, (count) => Array.from({ length: count }, () => this.#value(secret)));
      case 'r':
        return this.#within(at, 2, (count) => this.#record(count, secret));
      case 'x':
        return secret();
      default:
        throw this.#refuse('there is no such kind of value', at);
    }
  }

  /** Reads what is in a list or record, of which each takes so many octets at the least. */
  #within<Value>(at: number, octetsMin: number, read: (count: number) => Value): Value {
    const count = this.#reader.u32('a count');
    if (count * octetsMin > this.remaining) throw this.#refuse('there are less values than it says', at);
    if (++this.#depth > KEPT_DEPTH_MAX) throw this.#refuse('values are too deep inside each other', at);
    const value = read(count);
    this.#depth--;
    return value;
  }

  #record<Held extends Secret>(
    count: number,
    secret: () => Held,
  ): Readonly<Record<string, ReadContent<Held>>> {
    const fields = new Map<string, ReadContent<Held>>();
    for (let n = 0; n < count; n++) {
      const at = this.offset;
      const key = this.#text('the name of a field');
      if (key === PROTOTYPE) throw this.#refuse('no field is called as a prototype is', at);
      if (fields.has(key)) throw this.#refuse('a field is there twice', at);
      fields.set(key, this.#value(secret));
    }
    return Object.fromEntries(fields);
  }

  #secret(): Secret {
    const at = this.offset;
    const said = this.#text('the kind of a secret');
    const kind = SECRET_KINDS.find((each) => each === said);
    if (kind === undefined) throw this.#refuse('there is no such kind of secret', at);
    const owner = this.#text('the owner of a secret');
    const octetsAt = this.offset;
    if (this.#reader.u8('a secret') !== 0x6f) throw this.#refuse('a secret is no octets', octetsAt);
    return new Secret(kind, owner, this.#octets());
  }

  #text(what: string): string {
    const at = this.offset;
    const kind = String.fromCharCode(this.#reader.u8(what));
    if (kind !== 's' && kind !== 'w') throw this.#refuse(`${what} is no text`, at);
    return this.#textOf(kind, at);
  }

  #textOf(kind: 's' | 'w', at: number): string {
    const octets = Buffer.from(this.#octets());
    if (kind === 'w') {
      const text = octets.toString('utf16le');
      if (octets.length % 2 === 0 && HALF_A_PAIR.test(text)) return text;
      throw this.#refuse('a text is no UTF-16 that needs to be', at);
    }
    const text = octets.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(octets)) return text;
    throw this.#refuse('a text is not UTF-8', at);
  }

  #bigint(at: number): bigint {
    const digits = Buffer.from(this.#octets()).toString('latin1');
    if (!HEXADECIMAL.test(digits)) throw this.#refuse('a bigint is not hexadecimal', at);
    return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
  }

  #double(): number {
    const octets = this.#reader.view(8, 'a number');
    return new DataView(octets.buffer, octets.byteOffset).getFloat64(0);
  }

  #octets(): Uint8Array<ArrayBuffer> {
    return this.#reader.octets(this.#reader.u32('a length'), 'octets');
  }
}

/** What is read, with values of `Held` in it. */
type ReadContent<Held> =
  | Exclude<KeptValue, readonly KeptValue[] | { readonly [key: string]: KeptValue }>
  | Held
  | readonly ReadContent<Held>[]
  | { readonly [key: string]: ReadContent<Held> };

function isList(value: object): value is readonly KeptContent[] {
  return Array.isArray(value);
}
