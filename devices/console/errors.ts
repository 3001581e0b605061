/** What can be wrong with a typed line. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which a line is refused for its form, before a device sees it. */
export const CONSOLE_CODES = {
  CONSOLE_EMPTY: { summary: 'The line is empty.', fix: 'Type a command; `help` lists them.' },
  CONSOLE_QUOTE: {
    summary: 'A quote was opened and never closed.',
    fix: 'Close the quote, or leave it out.',
  },
  CONSOLE_UNKNOWN_COMMAND: {
    summary: 'The console has no such command.',
    fix: 'Type `help` to see the commands of this console.',
  },
  CONSOLE_MISSING: {
    summary: 'A command lacks something it needs.',
    fix: 'Type `help <command>` to see its form.',
  },
  CONSOLE_TOO_MANY: {
    summary: 'A command was given more words than it takes.',
    fix: 'Quote a text that has spaces.',
  },
  CONSOLE_UNKNOWN_OPTION: {
    summary: 'A command has no such option.',
    fix: 'Type `help <command>` to see its options.',
  },
  CONSOLE_VALUE: {
    summary: 'A word is not of the kind the command takes.',
    fix: 'Type `help <command>` to see its form.',
  },
  CONSOLE_LINE_TOO_LONG: { summary: 'The line has more than 4,096 characters.', fix: 'Type a shorter line.' },
} as const;

/** Makes the typed error of one of these codes. */
export const consoleError = errorsOf(CONSOLE_CODES);
