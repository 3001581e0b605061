/**
 * The fields that control messages are made of, each as the function that reads it: a value of its type, or undefined for what may
 * not stand there. A table of them is a message's form, its parser and its type at once.
 */

/** Reads the JSON of one field. */
export type FieldParser<Value> = (content: unknown) => Value | undefined;
export type FieldParsers = Readonly<Record<string, FieldParser<unknown>>>;
export type Read<Table extends FieldParsers> = {
  readonly [Name in keyof Table]: Exclude<ReturnType<Table[Name]>, undefined>;
};
type Content = Readonly<Record<string, unknown>>;

export function isRecord(content: unknown): content is Content {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

const MESSAGE_LIMITS = {
  /** Characters of a text in a control message */
  text: 262_144,
  /** Entries of a list or table in a control message */
  entries: 4_096,
};
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const text: FieldParser<string> = (content) =>
  typeof content === 'string' && content.length <= MESSAGE_LIMITS.text ? content : undefined;

const matching =
  (form: RegExp, most: number): FieldParser<string> =>
  (content) =>
    typeof content === 'string' && content.length <= most && form.test(content) ? content : undefined;

/** Of a device, person or link. */
export const name = matching(NAME, 64);
/** Name or address of a host. */
export const host = matching(/^[A-Za-z0-9.:_-]+$/, 96);
/** 32 octets. */
export const hex32 = matching(HEX, 64);
export const hex = matching(HEX, 1_024);
/** A datagram or segment. */
export const base64 = matching(BASE64, 100_000);
/** Name of a file in the exchange folder: never a path. */
export const fileName = matching(/^[a-z0-9][a-z0-9-]{0,63}\.(?:pgm|img)$/, 80);
export const flag: FieldParser<boolean> = (content) => (typeof content === 'boolean' ? content : undefined);
/** A whole number, 0 or more. */
export const whole: FieldParser<number> = (content) =>
  typeof content === 'number' && Number.isSafeInteger(content) && content >= 0 ? content : undefined;
export const integer: FieldParser<number> = (content) =>
  typeof content === 'number' && Number.isSafeInteger(content) ? content : undefined;
export const record: FieldParser<Content> = (content) => (isRecord(content) ? content : undefined);

export const choice =
  <const Choice extends string>(...choices: readonly Choice[]): FieldParser<Choice> =>
  (content) =>
    choices.find((each) => each === content);

/** Null stands for nothing. */
export const orNull =
  <Value>(field: FieldParser<Value>): FieldParser<Value | null> =>
  (content) =>
    content === null ? null : field(content);

export const listOf =
  <Value>(field: FieldParser<Value>): FieldParser<readonly Value[]> =>
  (content) => {
    if (!Array.isArray(content) || content.length > MESSAGE_LIMITS.entries) return undefined;
    const items: Value[] = [];
    for (const each of content) {
      const item = field(each);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  };

export const tableOf =
  <Value>(field: FieldParser<Value>): FieldParser<ReadonlyMap<string, Value>> =>
  (content) => {
    if (!isRecord(content) || Object.keys(content).length > MESSAGE_LIMITS.entries) return undefined;
    const table = new Map<string, Value>();
    for (const [key, each] of Object.entries(content)) {
      const value = field(each);
      if (value === undefined || text(key) === undefined) return undefined;
      table.set(key, value);
    }
    return table;
  };

/** An object with exactly these fields. */
export const objectOf =
  <Table extends FieldParsers>(table: Table): FieldParser<Read<Table>> =>
  (content) => {
    if (!isRecord(content) || Object.keys(content).length !== Object.keys(table).length) return undefined;
    const read: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(table)) {
      const value = Object.hasOwn(content, key) ? field(content[key]) : undefined;
      if (value === undefined) return undefined;
      read[key] = value;
    }
    // Each key of the table was read by its own field.
    return read as Read<Table>;
  };

/** Whether the value is one of those that a parameter of the deployment may have. */
export const scalar: FieldParser<string | number | boolean> = (content) =>
  flag(content) ?? integer(content) ?? text(content);
