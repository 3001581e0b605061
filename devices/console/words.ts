/**
 * A typed line as words: split at blanks, with single or double quotes around a word that has blanks. There is no escape
 * character, no variable and no substitution: a line means what it says.
 */
import { consoleError } from './errors.ts';

/** Characters that a typed line may have. */
export const LINE_LENGTH_MAX = 4096;

/** A word with where it began in the line (columns count from 1), so that an error can point at it. */
export interface Word {
  readonly text: string;
  /** 1-based column of its first character. */
  readonly column: number;
  /** Quoted words are values, never options. */
  readonly quoted: boolean;
}

/** Splits a line. Throws CONSOLE_QUOTE or CONSOLE_LINE_TOO_LONG. */
export function wordsOf(line: string): readonly Word[] {
  if (line.length > LINE_LENGTH_MAX)
    throw consoleError('CONSOLE_LINE_TOO_LONG', `the line has ${line.length} characters`);
  const words: Word[] = [];
  for (let at = 0; at < line.length;) {
    if (isBlank(line.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let text = '';
    let quoted = false;
    while (at < line.length && !isBlank(line.charAt(at))) {
      const character = line.charAt(at);
      if (character !== '"' && character !== "'") {
        text += character;
        at++;
        continue;
      }
      const end = line.indexOf(character, at + 1);
      if (end < 0)
        throw consoleError('CONSOLE_QUOTE', `the quote opened in column ${at + 1} is not closed`, {
          where: { column: at + 1 },
        });
      text += line.slice(at + 1, end);
      quoted = true;
      at = end + 1;
    }
    words.push({ text, column: start + 1, quoted });
  }
  return words;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}
