/** What is left in the hidden folder of a run or an exercise so that it can be gone on with: the words of its command line, and nothing of the machine. */
import { quoted } from '../../devices/console/index.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choice, listOf, objectOf, readJson, text } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { printable } from '../../reports/printable.ts';
import { cliError } from '../errors.ts';
import { hasJournal, RESUME_FILE } from '../staging.ts';

const VERSION = 1;
const WORDS_MAX = 10_000;
const FORM = objectOf({
  version: choice(VERSION),
  command: choice('run', 'play'),
  words: listOf(text(), { max: WORDS_MAX }),
});

/** A command whose work can be gone on with. */
export type ResumedCommand = 'run' | 'play';

/** The line that goes on with what is in the hidden folder `folder`. */
export function resumeLine(folder: string): string {
  return `calldrill ${hasJournal(folder) ? 'play' : 'run'} --resume ${quoted(folder)}`;
}

/** What is said of hidden folders that can be gone on with, each a line. */
export function cutOffNotes(folders: readonly string[]): string {
  return folders
    .map((folder) => {
      const what = hasJournal(folder) ? 'exercise' : 'run';
      return `${printable(`note: an earlier ${what} was cut off; go on with it by: ${resumeLine(folder)}`)}\n`;
    })
    .join('');
}

/** The text of the file for what was asked for by `words`, which stand behind the command. */
export function resumeFile(command: ResumedCommand, words: readonly string[]): string {
  return `${JSON.stringify({ version: VERSION, command, words })}\n`;
}

/** The words behind the command that was cut off in the hidden folder `folder`. Throws CLI_RESUME. */
export function resumedWords(folder: string, command: ResumedCommand): readonly string[] {
  let octets: Uint8Array;
  try {
    octets = readFileSync(join(folder, RESUME_FILE));
  } catch (cause) {
    throw refusal(folder, 'it is not what is left of a run', cause);
  }
  return parseResumeFile(octets, folder, command);
}

/** Reads what {@link resumeFile} writes; `folder` names it in errors. Throws CLI_RESUME, also for another command. */
export function parseResumeFile(
  octets: Uint8Array,
  folder: string,
  command: ResumedCommand,
): readonly string[] {
  const written = new TextDecoder().decode(octets);
  const content = parseJson(written, () => refusal(folder, 'what it says of its run is not JSON'));
  const read = readJson(content, FORM, {
    root: 'what it says of its run',
    refuse: ({ message }) => refusal(folder, message),
  });
  if (read.command !== command) throw refusal(folder, `it is of calldrill ${read.command}`);
  return read.words;
}

function refusal(folder: string, detail: string, cause?: unknown): Error {
  return cliError('CLI_RESUME', `${folder} cannot be gone on with: ${detail}`, {
    where: { file: folder },
    cause,
  });
}
