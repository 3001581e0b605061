/**
 * The kinds of words that commands take. A kind reads one word into a value, says in one phrase what it wants, and may
 * offer completions.
 */
import { formatDuration, parseDuration } from '../../sim/duration.ts';
import type { Micros } from '../../sim/clock.ts';

/** What one word of a line must be, and the value that it stands for. */
export interface Kind<Value> {
  /** What it wants: `a number such as +447700900001`. Follows "expected" in errors. */
  readonly wants: string;
  /** The value of a word, or undefined when it is not of this kind. May throw a more exact CalldrillError. */
  read(word: string): Value | undefined;
  /** Words that could stand here, for completion. */
  offers?(): readonly string[];
}

/** Any word at all, taken as it is. */
export const TEXT: Kind<string> = { wants: 'text', read: (word) => word };

/** A span of virtual time, read into microseconds: `40s`, `1m30s`. */
export const DURATION: Kind<Micros> = {
  wants: `a duration such as ${formatDuration(90_000_000)} or 40s`,
  read: parseDuration,
};

/** A whole number within bounds, both included. */
export function integer(min: number, max: number): Kind<number> {
  return {
    wants: `a whole number from ${min} to ${max}`,
    read: (word) => {
      if (!/^-?\d{1,15}$/.test(word)) return undefined;
      const value = Number(word);
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** One of a few words. */
export function choice<const Choice extends string>(...choices: readonly Choice[]): Kind<Choice> {
  return {
    wants: `one of ${choices.join(', ')}`,
    read: (word) => choices.find((each) => each === word),
    offers: () => choices,
  };
}

/** A name that must exist now: devices, contacts, things. */
export function nameOf<Value>(
  wants: string,
  names: () => readonly string[],
  find: (name: string) => Value | undefined,
): Kind<Value> {
  return { wants, read: find, offers: names };
}
