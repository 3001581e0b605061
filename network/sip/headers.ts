/**
 * The headers of a message: an ordered list that never changes. A name is found in any case and in its compact form; an
 * element of a comma list is an entry of its own, so that `Via: a, b` and two Via lines are the same. Content-Length is not
 * among them: it is the length of the body and nothing else.
 */
import { assert } from '../../sim/errors.ts';
import { sipError } from './errors.ts';
import { isOne, ruleOf, splitList, type HeaderMeaning } from './header-rule.ts';
import { isText, isToken, trimSpace } from './scanner.ts';

/** One header of a message: its name, and its value as text. */
export interface SipHeader {
  /** RFC 3261's spelling for a header it has; otherwise as it was written. */
  readonly name: string;
  /** Folds are single spaces; none at either end. */
  readonly value: string;
}

/** The headers of a message in their order; names are compared without regard to case and short forms (RFC 3261 section 7.3). */
export class SipHeaders {
  readonly entries: readonly SipHeader[];
  readonly #meaning: HeaderMeaning;

  private constructor(entries: readonly SipHeader[], meaning: HeaderMeaning = {}) {
    this.entries = entries;
    this.#meaning = meaning;
  }

  /**
   * Headers from names and values, in order.
   * @throws SIP_HEADER_LINE for a name or value that no header line can hold, SIP_HEADER_VALUE for a broken list.
   */
  static of(pairs: Iterable<readonly [name: string, value: string]>): SipHeaders {
    const entries: SipHeader[] = [];
    for (const [name, value] of pairs) addTo(entries, name, value);
    return new SipHeaders(entries);
  }

  /**
   * The headers of a message that was read, each value checked and trimmed, each name as its rule has it.
   * @param meaning what some of these values were read as.
   */
  static asRead(entries: readonly SipHeader[], meaning: HeaderMeaning): SipHeaders {
    return new SipHeaders(entries, meaning);
  }

  /** What was read of these headers so far: whoever reads one of them leaves it here for the next. */
  get meaning(): HeaderMeaning {
    return this.#meaning;
  }

  /** The first value of that name. */
  get(name: string): string | undefined {
    const { name: wanted } = ruleOf(name);
    return this.entries.find((entry) => sameName(entry.name, wanted))?.value;
  }

  /** All values of that name, in order. */
  all(name: string): readonly string[] {
    const { name: wanted } = ruleOf(name);
    const values: string[] = [];
    for (const entry of this.entries) if (sameName(entry.name, wanted)) values.push(entry.value);
    return values;
  }

  /** These headers and then one more. */
  with(name: string, value: string): SipHeaders {
    const entries = [...this.entries];
    addTo(entries, name, value);
    return new SipHeaders(entries);
  }

  /** These headers but those of that name. */
  without(name: string): SipHeaders {
    const { name: unwanted } = ruleOf(name);
    return new SipHeaders(this.entries.filter((entry) => !sameName(entry.name, unwanted)));
  }
}

function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

/** Adds a header, which for a list is one for each element. */
function addTo(entries: SipHeader[], name: string, value: string): void {
  const rule = ruleOf(name);
  assert(rule.name !== 'Content-Length', 'Content-Length follows from the body');
  if (!isToken(name)) throw sipError('SIP_HEADER_LINE', `${JSON.stringify(name)} is not a header name`);
  if (!isText(value)) {
    throw sipError('SIP_HEADER_LINE', `${rule.name} holds a character that a header cannot carry`);
  }
  if (!rule.list || isOne(value)) entries.push({ name: rule.name, value: trimSpace(value) });
  else
    for (const { text } of splitList(value, rule.name, 0))
      entries.push({ name: rule.name, value: trimSpace(text) });
}
