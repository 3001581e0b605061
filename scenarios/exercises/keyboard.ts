/**
 * The keyboard of a person who has several consoles before them: which one a line is for, what it could be completed to, and
 * which command was meant.
 */
import { nearest, type Console } from '../../devices/console/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { EXERCISE_COMMANDS, exerciseHelp, isExerciseCommand } from './command-list.ts';
import { rehearsalError } from './errors.ts';

/** A line as one console gets it, without the `@name` that may have led it there. */
export interface Addressed {
  readonly console: Console;
  readonly line: string;
}

/**
 * The console that a line is for, and the line without its address. The first console is the main one: it gets what nobody knows
 * too, so that a mistake is answered, and remembered, where it was made. Throws REHEARSAL_OUT_OF_REACH.
 */
export function addressed(consoles: readonly Console[], line: string): Addressed {
  const [, name, rest] = /^\s*@(\S*)\s*(.*)$/s.exec(line) ?? [];
  if (name !== undefined) return { console: consoleNamed(consoles, name), line: rest ?? '' };
  const word = firstWord(line);
  const console = consoles.find((each) => knows(each, word)) ?? consoles[0];
  if (console === undefined) throw rehearsalError('REHEARSAL_OUT_OF_REACH', 'there is nothing in your reach');
  return { console, line };
}

/** Throws REHEARSAL_OUT_OF_REACH. */
export function consoleNamed(consoles: readonly Console[], name: string): Console {
  const console = consoles.find(({ owner }) => owner === name);
  if (console !== undefined) return console;
  const names = consoles.map(({ owner }) => owner);
  const near = nearest(name, names);
  throw rehearsalError('REHEARSAL_OUT_OF_REACH', `you cannot reach a console '${name}'`, {
    fix: near === undefined ? `You can reach: ${names.join(', ')}.` : `Did you mean '@${near}'?`,
  });
}

/** What the last word of an unfinished line could become, and that word; of what a console offers only what the person knows of. */
export function completed(
  consoles: readonly Console[],
  line: string,
  isKnown: (console: Console, offer: string) => boolean,
): { readonly offers: readonly string[]; readonly word: string } {
  const word = /\S*$/.exec(line)?.[0] ?? '';
  return { offers: [...new Set(offersFor({ consoles, isKnown }, line, word))], word };
}

interface Keyboard {
  readonly consoles: readonly Console[];
  readonly isKnown: (console: Console, offer: string) => boolean;
}

function offersFor({ consoles, isKnown }: Keyboard, line: string, word: string): readonly string[] {
  const offered = (console: Console | undefined, text: string): readonly string[] =>
    console?.complete(text).filter((offer) => isKnown(console, offer)) ?? [];
  const starting = (words: readonly string[]): readonly string[] =>
    words.filter((each) => each.startsWith(word));
  const owners = consoles.map(({ owner }) => owner);
  const [, name, rest] = /^\s*@(\S*)(?:\s+(.*))?$/s.exec(line) ?? [];
  if (name !== undefined) {
    if (rest === undefined) return starting(owners.map((owner) => `@${owner}`));
    return offered(
      consoles.find(({ owner }) => owner === name),
      rest,
    );
  }
  const first = firstWord(line);
  if (first === word) return starting([...Object.keys(EXERCISE_COMMANDS), ...commandNames(consoles)]);
  if (first === 'help') return starting([...Object.keys(EXERCISE_COMMANDS), ...commandNames(consoles)]);
  if (first === 'screen') return starting(owners);
  if (isExerciseCommand(first)) return [];
  return offered(
    consoles.find((each) => knows(each, first)),
    line,
  );
}

/** The refusal of an unknown command, with the command that was meant when another console or the exercise has it. */
export function withSuggestion(
  error: CalldrillError,
  consoles: readonly Console[],
  { console, line }: Addressed,
): CalldrillError {
  // Its own fix names all things that there are, which is for whoever writes a scenario.
  if (error.code === 'PEOPLE_NO_THING')
    return new CalldrillError(error.code, error.message, 'Type look to see what there is.', {
      where: error.where,
    });
  if (error.code !== 'CONSOLE_UNKNOWN_COMMAND') return error;
  const word = firstWord(line);
  const own = console.commands.map(({ name }) => name);
  if (nearest(word, own) !== undefined) return error;
  const near = nearest(word, [...Object.keys(EXERCISE_COMMANDS), ...commandNames(consoles)]);
  if (near === undefined) return error;
  return new CalldrillError(error.code, error.message, `Did you mean '${near}'?`, { where: error.where });
}

/** Each name once, in the order in which the consoles have them. */
function commandNames(consoles: readonly Console[]): readonly string[] {
  return [...new Set(consoles.flatMap(({ commands }) => commands.map(({ name }) => name)))];
}

/** What stands before the first blank, leading blanks aside; the empty text for a blank line. */
export function firstWord(line: string): string {
  return /\S+/.exec(line)?.[0] ?? '';
}

/** Whether the console itself has a command of exactly this name. */
function knows(console: Console, word: string): boolean {
  return console.commands.some(({ name }) => name === word);
}

/** Help on everything that can be typed, or on the command of this name. Throws REHEARSAL_FORM. */
export function helpOf(consoles: readonly Console[], name: string): readonly string[] {
  if (name === '') return [...exerciseHelp(), ...consoles.flatMap((console) => console.help())];
  if (isExerciseCommand(name)) return exerciseHelp().filter((line) => line.startsWith(`  ${name} `));
  const to = consoles.find((console) => knows(console, name));
  if (to !== undefined) return to.help(name);
  const near = nearest(name, commandNames(consoles));
  throw rehearsalError('REHEARSAL_FORM', `there is no command '${name}'`, {
    ...(near === undefined ? {} : { fix: `Did you mean '${near}'?` }),
  });
}
