/**
 * Reads what JSON says into values of a type, strictly. A *form* is a function that reads one value; small forms are put together
 * to larger ones, and the table of an object's fields is its documentation, its parser and its type at once:
 *
 *     const point = objectOf({ x: whole(), y: whole(), name: optional(text()) });
 *     type Point = ValueOf<typeof point>;                  // { x: number; y: number; name?: string }
 *     const points = readJson(content, listOf(point), { root: 'the file', refuse });
 *
 * A form knows no error codes. Whoever reads hands in how to refuse, and is told the place and what is wrong there:
 * `[3].x is not a whole number`. A field that is not in the table is refused, for it may be what somebody meant to say.
 *
 * Numbers, texts and lists have no bound of their own but those that are given: bound the text that they are read from.
 */
import { assert } from './errors.ts';

/** What is wrong, and where. */
export interface JsonProblem {
  /** `lines[3].time`; the name of the whole when that itself is wrong. */
  readonly place: string;
  /** The place and what is wrong with it, as a sentence without its full stop. */
  readonly message: string;
}

/** Makes the error of the format that is read. */
export type JsonRefusal = (problem: JsonProblem) => Error;

/** Reads the value that stands at a place. Throws {@link JsonPlace.problem}. */
export type JsonForm<Value> = (content: unknown, place: JsonPlace) => Value;

/** What a form reads. */
export type JsonValueOf<Form> = Form extends JsonForm<infer Value> ? Value : never;

/** An object of JSON whose fields were not looked at. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Characters of a key that somebody else chose, as far as messages repeat it */
const KEY_SHOWN_MAX = 64;

/** Where a value stands, and how to refuse it there. A place can be kept, to refuse later what is wrong in the whole only. */
class JsonPlace {
  readonly #refuse: JsonRefusal;
  readonly #key: string | number;
  readonly #parent: JsonPlace | undefined;

  /** The whole, called `key` in messages; or the value of `key` in `parent`. */
  constructor(refuse: JsonRefusal, key: string | number, parent?: JsonPlace) {
    this.#refuse = refuse;
    this.#key = key;
    this.#parent = parent;
  }

  /** The place of a field, or of an item of a list. */
  at(key: string | number): JsonPlace {
    return new JsonPlace(this.#refuse, key, this);
  }

  /** The error to throw. `detail` goes on where the place ends: `is not a whole number`. */
  problem(detail: string): Error {
    const place = this.toString();
    return this.#refuse({ place, message: `${place} ${detail}` });
  }

  toString(): string {
    return this.#parent === undefined ? String(this.#key) : this.#path().replace(/^\./, '');
  }

  /** `.lines[3].time` */
  #path(): string {
    if (this.#parent === undefined) return '';
    return `${this.#parent.#path()}${keyText(this.#key)}`;
  }
}

export type { JsonPlace };

function keyText(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_][\w-]*$/.test(key) && key.length <= KEY_SHOWN_MAX ? `.${key}` : `[${shown(key)}]`;
}

function shown(key: string): string {
  return JSON.stringify(key.slice(0, KEY_SHOWN_MAX));
}

/** Reads all of `content`, which messages call `root`. Throws what `refuse` makes. */
export function readJson<Value>(
  content: unknown,
  form: JsonForm<Value>,
  { root, refuse }: { readonly root: string; readonly refuse: JsonRefusal },
): Value {
  return form(content, new JsonPlace(refuse, root));
}

/** A value that `holds` takes for one of its type; `what` completes "is not". */
export function valueThat<Value>(
  what: string,
  holds: (content: unknown) => content is Value,
): JsonForm<Value> {
  return (content, place) => {
    if (holds(content)) return content;
    throw place.problem(`is not ${what}`);
  };
}

/** Whether a value of JSON is an object: not null, and not a list. */
export function isJsonRecord(content: unknown): content is JsonRecord {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

/** Any object: for content that another version may have added to. */
export const record: JsonForm<JsonRecord> = valueThat('an object', isJsonRecord);

/** Whatever stands there: for what is looked at later, with its own place and error. */
export const anything: JsonForm<unknown> = (content) => content;

/** `true` or `false`. */
export const flag: JsonForm<boolean> = valueThat(
  'true or false',
  (content): content is boolean => typeof content === 'boolean',
);

/** Smallest and largest number, both allowed. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
}

/** Any number within the bounds, a fraction too. */
export function number(bounds: NumberBounds = {}): JsonForm<number> {
  return valueThat(
    `a number${boundsText(bounds)}`,
    (content): content is number =>
      typeof content === 'number' && Number.isFinite(content) && within(content, bounds),
  );
}

/** A number without a fraction that a `number` holds exactly. */
export function integer(bounds: NumberBounds = {}): JsonForm<number> {
  return valueThat(
    `a whole number${boundsText(bounds)}`,
    (content): content is number =>
      typeof content === 'number' && Number.isSafeInteger(content) && within(content, bounds),
  );
}

/** A count, a time or a size: an integer of 0 or more. */
export function whole({ max }: Pick<NumberBounds, 'max'> = {}): JsonForm<number> {
  return integer(boundsOf(0, max));
}

function boundsOf(min: number | undefined, max: number | undefined): NumberBounds {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function within(value: number, { min = -Infinity, max = Infinity }: NumberBounds): boolean {
  return value >= min && value <= max;
}

function boundsText({ min, max }: NumberBounds): string {
  if (min === undefined) return max === undefined ? '' : ` of at most ${max}`;
  return max === undefined ? ` of at least ${min}` : ` of ${min} to ${max}`;
}

/** What a text must be. Lengths count UTF-16 code units, as `length` does. */
export interface TextForm {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** Completes "is not" in place of the pattern: `a name`. */
  readonly what?: string;
}

/** A text of `min` to `max` characters that matches the pattern. */
export function text({ min, max, pattern, what }: TextForm = {}): JsonForm<string> {
  const form = pattern === undefined ? 'a text' : `a text of the form ${pattern.source}`;
  const lengths = boundsOf(min, max);
  const length = min === undefined && max === undefined ? '' : `${boundsText(lengths)} characters`;
  return valueThat(
    `${what ?? form}${length}`,
    (content): content is string =>
      typeof content === 'string' && within(content.length, lengths) && (pattern?.test(content) ?? true),
  );
}

/** One of a closed set of texts or numbers; with one choice, a constant. */
export function choice<const Choice extends string | number>(
  ...choices: readonly Choice[]
): JsonForm<Choice> {
  const what = choices.length === 1 ? JSON.stringify(choices[0]) : `one of ${choices.map(String).join(', ')}`;
  return valueThat(what, (content): content is Choice => choices.some((each) => each === content));
}

/** A form that takes null as well, and reads anything else by `form`. */
export function orNull<Value>(form: JsonForm<Value>): JsonForm<Value | null> {
  return (content, place) => (content === null ? null : form(content, place));
}

/** A list of at most `max` items. */
export function listOf<Value>(
  form: JsonForm<Value>,
  { max = Infinity }: { readonly max?: number } = {},
): JsonForm<readonly Value[]> {
  return (content, place) => {
    if (!Array.isArray(content) || content.length > max)
      throw place.problem(`is not a list${max === Infinity ? '' : ` of at most ${max}`}`);
    return content.map((item, index) => form(item, place.at(index)));
  };
}

/** An object of at most `max` fields whose keys are data: a map of them, in their order. */
export function tableOf<Value>(
  form: JsonForm<Value>,
  { key = text(), max = Infinity }: { readonly key?: JsonForm<string>; readonly max?: number } = {},
): JsonForm<ReadonlyMap<string, Value>> {
  return (content, place) => {
    const entries = Object.entries(record(content, place));
    if (entries.length > max) throw place.problem(`has more than ${max} entries`);
    return new Map(
      entries.map(([name, each]) => {
        const here = place.at(name);
        return [key(name, here), form(each, here)];
      }),
    );
  };
}

/** A field that may be missing. It is never null and never undefined: it is there, or it is not. */
export interface OptionalField<Value> {
  readonly optional: JsonForm<Value>;
}

/** For the table of an object: a field that may be missing, and is read by `form` when it is there. */
export function optional<Value>(form: JsonForm<Value>): OptionalField<Value> {
  return { optional: form };
}

/** The fields of an object, by name. */
export type JsonFields = Readonly<Record<string, JsonForm<unknown> | OptionalField<unknown>>>;

/** The object that a table of fields reads. */
export type ObjectOf<Fields extends JsonFields> = Flat<
  {
    readonly [
      Name in keyof Fields as Fields[Name] extends OptionalField<unknown> ? never : Name
    ]: JsonValueOf<Fields[Name]>;
  } & {
    readonly [
      Name in keyof Fields as Fields[Name] extends OptionalField<unknown> ? Name : never
    ]?: Fields[Name] extends OptionalField<infer Value> ? Value : never;
  }
>;

/** An intersection as one object, so that it reads well in editors. */
type Flat<Whole> = { [Name in keyof Whole]: Whole[Name] };

/** An object with these fields and no others. */
export function objectOf<const Fields extends JsonFields>(fields: Fields): JsonForm<ObjectOf<Fields>> {
  const entries = Object.entries(fields);
  return (content, place) => {
    const given = record(content, place);
    const read: Record<string, unknown> = {};
    for (const [name, field] of entries) {
      if (Object.hasOwn(given, name))
        read[name] = (typeof field === 'function' ? field : field.optional)(given[name], place.at(name));
      else if (typeof field === 'function') throw place.problem(`has no ${shown(name)}`);
    }
    for (const name of Object.keys(given))
      if (!Object.hasOwn(fields, name)) throw place.problem(`has a field ${shown(name)} that is not known`);
    // Each field of the table was read by its own form, and no other is there.
    return read as ObjectOf<Fields>;
  };
}

/** The objects that a table of tables reads: a union told apart by the field `Tag`. */
export type TaggedOf<Tag extends string, Tables extends Readonly<Record<string, JsonFields>>> = {
  [Kind in keyof Tables & string]: Flat<{ readonly [Name in Tag]: Kind } & ObjectOf<Tables[Kind]>>;
}[keyof Tables & string];

/** An object whose field `tag` says which of the tables its other fields are those of. */
export function taggedBy<const Tag extends string, const Tables extends Readonly<Record<string, JsonFields>>>(
  tag: Tag,
  tables: Tables,
): JsonForm<TaggedOf<Tag, Tables>> {
  const forms = new Map(
    Object.entries(tables).map(([kind, fields]) => [kind, objectOf({ [tag]: choice(kind), ...fields })]),
  );
  const kindOf = choice(...forms.keys());
  return (content, place) => {
    const given = record(content, place);
    if (!Object.hasOwn(given, tag)) throw place.problem(`has no ${shown(tag)}`);
    const form = forms.get(kindOf(given[tag], place.at(tag)));
    assert(form !== undefined, 'each kind that is read has a form');
    // The form is that of the table of this kind.
    return form(content, place) as TaggedOf<Tag, Tables>;
  };
}
