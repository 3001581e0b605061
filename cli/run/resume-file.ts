/** What is left in the hidden folder of a run so that it can be gone on with: the words of its command line, and nothing of the machine. */
import { quoted } from '../../devices/console/index.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choice, listOf, objectOf, readJson, text } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { cliError } from '../errors.ts';
import { RESUME_FILE } from '../staging.ts';

const VERSION = 1;
const WORDS_MAX = 10_000;
const FORM = objectOf({ version: choice(VERSION), words: listOf(text(), { max: WORDS_MAX }) });

/** The line that goes on with a run whose hidden folder is `folder`. */
export function resumeLine(folder: string): string {
  return `calldrill run --resume ${quoted(folder)}`;
}

/** The text of the file for a run that was asked for by `words`, which stand behind `calldrill run`. */
export function resumeFile(words: readonly string[]): string {
  return `${JSON.stringify({ version: VERSION, words })}\n`;
}

/** The words of the run that was cut off in the hidden folder `folder`. Throws CLI_RESUME. */
export function resumedWords(folder: string): readonly string[] {
  const refuse = (detail: string, cause?: unknown): Error =>
    cliError('CLI_RESUME', `${folder} cannot be gone on with: ${detail}`, { where: { file: folder }, cause });
  let written: string;
  try {
    written = readFileSync(join(folder, RESUME_FILE), 'utf8');
  } catch (cause) {
    throw refuse('it is not what is left of a run', cause);
  }
  const content = parseJson(written, () => refuse('what it says of its run is not JSON'));
  return readJson(content, FORM, {
    root: 'what it says of its run',
    refuse: ({ message }) => refuse(message),
  }).words;
}
