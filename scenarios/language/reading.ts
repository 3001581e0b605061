/**
 * Reading a scenario file: one place that collects every problem, so that an author mends a file in one go, and the readers
 * of single values. A reader gives `undefined` for a value it refused and has reported.
 */
import { isMap, isScalar, isSeq, type Node, type Scalar as YamlScalar } from 'yaml';
import { parseDuration } from '../../sim/duration.ts';
import type { Micros } from '../../sim/clock.ts';
import { CalldrillError, type Where } from '../../sim/errors.ts';
import { nearest } from '../../devices/console/index.ts';
import { scenarioError, type ScenarioCode } from './errors.ts';
import { LIMITS } from './limits.ts';
import { parseName } from './name.ts';
import type { Scalar } from './screenplay.ts';
import { isMisread } from './yaml-1-1.ts';

/** A value of the file, with what it is called in messages: `'at'`, `entry 2 of 'steps'`. */
export interface Item {
  readonly node: Node | null;
  readonly where: Where;
  readonly what: string;
  /** The place of its key, for a value of a map. */
  readonly key?: Where;
}

const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
/** Controls, and the marks that reorder text on a screen; a line break is a control too. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

/** What a text may be where it stands. */
export interface TextLimits {
  readonly max: number;
  /** True for prose that may have line breaks. */
  readonly lines?: boolean;
  /** True where a bare date is meant as text. */
  readonly date?: boolean;
}

/** Reads the values of one file; every problem found on the way is kept, with its place. */
export class Reading {
  readonly problems: CalldrillError[];
  readonly #whereAt: (offset: number) => Where;

  constructor(whereAt: (offset: number) => Where, problems: readonly CalldrillError[] = []) {
    this.#whereAt = whereAt;
    this.problems = [...problems];
  }

  problem(code: ScenarioCode, where: Where, detail: string, fix?: string): undefined {
    this.problems.push(scenarioError(code, detail, fix === undefined ? { where } : { where, fix }));
  }

  /** The name that was probably meant. Not looked for in long words, nor when there are problems enough already. */
  near(name: string, names: readonly string[]): string | undefined {
    if (name.length > LIMITS.name || this.problems.length >= LIMITS.problems) return undefined;
    return nearest(name, names);
  }

  /** Runs a parser of text; what it throws becomes a problem at the item. */
  attempt<Value>(item: Item, parse: () => Value): Value | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.problems.push(error.at(item.where));
      return undefined;
    }
  }

  /** An item for a node; `fallback` is the place when the node is empty. */
  item(node: Node | null, what: string, fallback: Where): Item {
    const offset = node?.range?.[0];
    return { node, what, where: offset === undefined ? fallback : this.#whereAt(offset) };
  }

  /** One of a set of names that are known. */
  known(
    item: Item,
    name: string,
    code: ScenarioCode,
    names: Iterable<string>,
    detail: string,
  ): string | undefined {
    const all = [...names];
    if (all.includes(name)) return name;
    const near = this.near(name, all);
    return this.problem(code, item.where, detail, near === undefined ? undefined : `Did you mean '${near}'?`);
  }

  text(item: Item, limits: TextLimits = { max: LIMITS.title }): string | undefined {
    const scalar = this.#scalar(item, 'text');
    if (scalar === undefined) return undefined;
    const { value, source = '' } = scalar;
    const plain = scalar.type === 'PLAIN';
    if (value === null && source === '')
      return this.problem('SCENARIO_TYPE', item.where, `${item.what} is empty, but it must be text`);
    if (typeof value !== 'string' || (plain && isMisread(source, limits.date === true)))
      return this.#unquoted(item, source);
    if (value === '')
      return this.problem('SCENARIO_VALUE', item.where, `${item.what} is an empty text`, 'Write a text.');
    if (value.length > limits.max)
      return this.problem(
        'SCENARIO_TEXT',
        item.where,
        `${item.what} has ${value.length} characters, more than ${limits.max}`,
      );
    if (UNPRINTABLE.test(limits.lines === true ? value.replaceAll('\n', '') : value))
      return this.problem('SCENARIO_TEXT', item.where, `${item.what} holds a character that does not print`);
    return value;
  }

  name(item: Item): string | undefined {
    const text = this.text(item);
    return text === undefined ? undefined : this.attempt(item, () => parseName(text));
  }

  choice<Choice extends string>(item: Item, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(item);
    if (text === undefined) return undefined;
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    const near = this.near(text, choices);
    return this.problem(
      'SCENARIO_VALUE',
      item.where,
      `${item.what} cannot be '${text}'`,
      `${near === undefined ? '' : `Did you mean '${near}'? `}Write one of: ${choices.join(', ')}.`,
    );
  }

  boolean(item: Item): boolean | undefined {
    const scalar = this.#scalar(item, 'true or false');
    if (scalar === undefined || typeof scalar.value === 'boolean')
      return scalar?.value as boolean | undefined;
    return this.problem(
      'SCENARIO_TYPE',
      item.where,
      `${item.what} is ${described(scalar)}, but it must be true or false`,
      'Write true or false: YAML 1.2 knows no yes, no, on or off.',
    );
  }

  /** A decimal number within bounds, both included. */
  number(
    item: Item,
    bounds: { readonly min?: number; readonly max?: number; readonly whole: boolean },
  ): number | undefined {
    const wanted = bounds.whole ? 'a whole number' : 'a number';
    const scalar = this.#scalar(item, wanted);
    if (scalar === undefined) return undefined;
    const { value, source = '' } = scalar;
    if (typeof value !== 'number')
      return this.problem(
        'SCENARIO_TYPE',
        item.where,
        `${item.what} is ${described(scalar)}, but it must be ${wanted}`,
      );
    if (!PLAIN_DECIMAL.test(source) || (bounds.whole && !Number.isInteger(value)))
      return this.problem(
        'SCENARIO_VALUE',
        item.where,
        `${item.what} is '${source}', which is not ${wanted} in plain decimal`,
        'Write digits only, without a plus sign, leading zeros or an exponent.',
      );
    const { min = -Infinity, max = Infinity } = bounds;
    if (value >= min && value <= max) return value;
    const range = max === Infinity ? `${min} or more` : `from ${min} to ${max}`;
    return this.problem(
      'SCENARIO_VALUE',
      item.where,
      `${item.what} is ${value}`,
      `Write ${wanted}, ${range}.`,
    );
  }

  duration(item: Item): Micros | undefined {
    if (isScalar(item.node) && typeof item.node.value === 'number')
      return this.problem(
        'SCENARIO_DURATION',
        item.where,
        `${item.what} has no unit`,
        `Write a unit: ${item.node.source ?? ''}s, for seconds.`,
      );
    const text = this.text(item);
    if (text === undefined) return undefined;
    const duration = parseDuration(text);
    if (duration !== undefined) return duration;
    return this.problem(
      'SCENARIO_DURATION',
      item.where,
      `${item.what} is '${text}', which is not a duration`,
    );
  }

  /** `+2m` or `-1h`: how far a clock is ahead or behind. */
  offset(item: Item): Micros | undefined {
    const text = this.text(item);
    if (text === undefined) return undefined;
    const duration = parseDuration(text.slice(1));
    if (duration !== undefined && text.startsWith('+')) return duration;
    // 0 - x, because -0 would print differently from 0.
    if (duration !== undefined && text.startsWith('-')) return 0 - duration;
    return this.problem(
      'SCENARIO_DURATION',
      item.where,
      `${item.what} is '${text}', which is not a signed duration`,
      'Write "+2m" for a clock that is ahead, "-1h" for one that is behind.',
    );
  }

  /** A value that an event's field is compared with. */
  scalar(item: Item): Scalar | undefined {
    const scalar = this.#scalar(item, 'a single value');
    if (scalar === undefined) return undefined;
    const { value, source = '' } = scalar;
    if (typeof value === 'boolean' || (value === null && source !== '')) return value;
    if (typeof value !== 'number') return this.text(item, { max: LIMITS.title });
    return PLAIN_DECIMAL.test(source) ? value : this.#unquoted(item, source);
  }

  /** The entries of a list. */
  list(item: Item): readonly Item[] | undefined {
    const { node, where, what } = item;
    if (!isSeq<Node | null>(node))
      return this.problem(
        'SCENARIO_TYPE',
        where,
        `${what} is ${described(node)}, but it must be a list`,
        isScalar(node) && typeof node.value === 'string' ? `Write [${node.value}].` : undefined,
      );
    if (!this.#fits(item, node.items.length)) return undefined;
    return node.items.map((entry, index) => this.item(entry, `entry ${index + 1} of ${what}`, where));
  }

  /** The pairs of a map. Reports keys that are not words and keys that are given twice. */
  pairs(item: Item): ReadonlyMap<string, Item> | undefined {
    const { node, where, what } = item;
    if (!isMap<Node, Node | null>(node))
      return this.problem('SCENARIO_TYPE', where, `${what} is ${described(node)}, but it must be a map`);
    if (!this.#fits(item, node.items.length)) return undefined;
    const pairs = new Map<string, Item>();
    for (const { key, value } of node.items) {
      const place = this.item(key, what, where).where;
      // `on` is a key of the language, so the traps of YAML 1.1 do not apply to keys.
      const word = isScalar(key) && typeof key.value === 'string' && key.value !== '' ? key.value : undefined;
      if (word === undefined) {
        this.problem('SCENARIO_KEY', place, `a key of ${what} is ${described(key)}, but it must be a word`);
        continue;
      }
      if (word.length > LIMITS.title) {
        this.problem('SCENARIO_TEXT', place, `a key of ${what} has ${word.length} characters`);
        continue;
      }
      const first = pairs.get(word);
      if (first === undefined) pairs.set(word, { ...this.item(value, `'${word}'`, place), key: place });
      else this.problem('SCENARIO_DUPLICATE_KEY', place, `'${word}' is given twice`);
    }
    return pairs;
  }

  /** Reads a map from names to things; an absent one is empty. */
  named<Thing>(
    item: Item | undefined,
    read: (name: string, item: Item) => Thing | undefined,
  ): readonly Thing[] {
    const pairs = item === undefined ? undefined : this.pairs(item);
    return [...(pairs ?? [])].flatMap(([key, each]) => {
      const name = this.attempt({ ...each, where: each.key ?? each.where }, () => parseName(key));
      return (name === undefined ? undefined : read(name, each)) ?? [];
    });
  }

  #fits({ where, what }: Item, length: number): boolean {
    if (length <= LIMITS.entries) return true;
    this.problem('SCENARIO_TOO_LARGE', where, `${what} has ${length} entries, more than ${LIMITS.entries}`);
    return false;
  }

  #scalar({ node, where, what }: Item, wanted: string): YamlScalar | undefined {
    if (isScalar(node)) return node;
    return this.problem('SCENARIO_TYPE', where, `${what} is ${described(node)}, but it must be ${wanted}`);
  }

  #unquoted({ where, what }: Item, source: string): undefined {
    return this.problem(
      'SCENARIO_QUOTE',
      where,
      `${what} is text, but YAML readers take ${source} for something else`,
      `Quote it: "${source}".`,
    );
  }
}

/** What a node is, in words. */
function described(node: unknown): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'empty';
  return typeof node.value === 'string' ? 'text' : `a ${typeof node.value}`;
}
