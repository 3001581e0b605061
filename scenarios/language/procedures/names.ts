/** The names that a procedure knows, and the texts of its file that may hold them: whatever braces hold must be one. */
import { isMap } from 'yaml';
import type { Item, Reading, TextLimits } from '../reading.ts';
import { USER_PROPERTIES, type PatternTemplate } from './procedure.ts';
import { hasStrayBrace, isInQuotes, placeholdersIn, textsIn } from './template.ts';
import { Fields } from '../fields.ts';

/** What stands for each of those in a `for-each`. */
export const EACH = 'each';

/** Names of parameters and roles, and whether each is a user, who has a number and a phone. */
export class ProcedureNames {
  readonly #reading: Reading;
  readonly #isUser = new Map<string, boolean>();
  /** Names of what was refused: they may be anything, so that one mistake is one problem. */
  readonly #refused: ReadonlySet<string>;

  constructor(
    reading: Reading,
    names: Iterable<readonly [string, boolean]> = [],
    refused: ReadonlySet<string> = new Set(),
  ) {
    this.#reading = reading;
    this.#refused = refused;
    for (const [name, isUser] of names) this.add(name, isUser);
  }

  add(name: string, isUser: boolean): void {
    this.#isUser.set(name, isUser);
  }

  /** Whether it is the name of something that was refused. */
  isRefused(name: string): boolean {
    return this.#refused.has(name);
  }

  has(name: string): boolean {
    return this.#isUser.has(name);
  }

  /** The same names, and `{each}`. */
  withEach(isUser: boolean): ProcedureNames {
    return new ProcedureNames(this.#reading, [...this.#isUser, [EACH, isUser]], this.#refused);
  }

  /** A text whose placeholders are known. */
  text(item: Item, limits?: TextLimits): string | undefined {
    const text = this.#reading.text(item, limits);
    return text === undefined || this.#holds(item, text) ? text : undefined;
  }

  /** A line that is typed. */
  line(item: Item, max: number): string | undefined {
    const line = this.text(item, { max });
    if (line === undefined || !isInQuotes(line)) return line;
    return this.#reading.problem(
      'PROCEDURE_PLACEHOLDER',
      item.where,
      'a placeholder stands in quotes',
      'Take the quotes out: what is put in is one word, and quoted where it has to be.',
    );
  }

  /** `{ see: crs.user-blocked, where: { user: "{user}" } }`. */
  pattern(item: Item): PatternTemplate | undefined {
    if (!isMap(item.node)) {
      this.#reading.problem(
        'SCENARIO_TYPE',
        item.where,
        `${item.what} must be a map`,
        'Write { see: <event> }.',
      );
      return undefined;
    }
    const fields = Fields.of(this.#reading, item);
    const pattern = fields && this.patternOf(fields);
    fields?.finish();
    return pattern;
  }

  /** `see` and `where` of fields that may hold others too. */
  patternOf(fields: Fields): PatternTemplate | undefined {
    const see = fields.required('see', (each) => (this.#reading.text(each) === undefined ? undefined : each));
    const where = fields.optional('where', (each) => (this.check(each) ? each : undefined));
    return see === undefined ? undefined : { see, ...(where === undefined ? {} : { where }) };
  }

  /** Whether all placeholders of a piece of the file are known; reports those that are not. */
  check(item: Item): boolean {
    return textsIn(item.node).every((text) => this.#holds(item, text));
  }

  #holds(item: Item, text: string): boolean {
    if (hasStrayBrace(text)) {
      this.#reading.problem('PROCEDURE_PLACEHOLDER', item.where, `a brace in '${text}' holds no name`);
      return false;
    }
    return placeholdersIn(text).every(({ name, property }) => {
      const isUser = this.#isUser.get(name);
      if (this.#refused.has(name)) return true;
      if (isUser === undefined) {
        const detail = `'{${name}}' is no parameter and no role`;
        this.#reading.known(item, name, 'PROCEDURE_PLACEHOLDER', this.#isUser.keys(), detail);
        return false;
      }
      if (property === undefined) return true;
      if (!isUser) {
        const detail = `'{${name}.${property}}' is a property, and only a user has some`;
        this.#reading.problem('PROCEDURE_PLACEHOLDER', item.where, detail);
        return false;
      }
      const detail = `a user has no property '${property}'`;
      return (
        this.#reading.known(item, property, 'PROCEDURE_PLACEHOLDER', USER_PROPERTIES, detail) !== undefined
      );
    });
  }
}
