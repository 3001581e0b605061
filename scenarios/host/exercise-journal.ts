/**
 * The journal of an exercise: what was typed and how far time had come, an entry a line, each on disk before its answer is shown. So an
 * exercise whose process is killed, or whose machine goes dark, goes on where its person was.
 *
 * NDJSON, in UTF-8. The first line names the exercise, by the key of its order and the role; each other line is an entry:
 *
 *     {"format":"calldrill-exercise-journal","version":1,"runKey":"9f86d0...","role":"crs-admin"}
 *     {"time":5400000000,"on":"crs","line":"block-user +447700900001"}
 *     {"time":6000000000}
 *
 * Times are microseconds since the scenario began, and never fall. The journal lies in the folder where results are put together, never
 * among them.
 */
import { closeSync, fsyncSync, openSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LINE_LENGTH_MAX } from '../../devices/console/index.ts';
import type { CalldrillError } from '../../sim/errors.ts';
import { choice, objectOf, optional, readJson, text, whole, type JsonForm } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import type { ExerciseEntry } from '../exercises/index.ts';
import { hostError } from './errors.ts';
import { textOf } from './input-file.ts';

const JOURNAL_FORMAT = 'calldrill-exercise-journal';
const VERSION = 1;

/** Its name, in the folder where results are put together. */
export const JOURNAL_FILE = 'exercise.ndjson';

/** Octets of a journal that is read: as many entries as anybody types, and more. */
const JOURNAL_OCTETS_MAX = 64 * 1024 * 1024;

/** The first line: which exercise the lines that follow were typed in. */
export interface JournalHead {
  /** Of the order that the exercise was begun with, in which nothing is typed. */
  readonly runKey: string;
  readonly role: string;
}

/** All that was typed before the process ended, and where the next line goes. */
export interface ExerciseJournal extends JournalHead {
  readonly entries: readonly ExerciseEntry[];
  /** Octets up to the end of the last whole line; what follows was being written when the process ended. */
  readonly octets: number;
}

/** Writes entries into the journal in one folder, each to the disk before it returns. */
export class JournalWriter {
  readonly #file: string;
  readonly #head: JournalHead;
  #begun: boolean;

  /** `before`: what is there already, after which it goes on; what was cut off behind it goes. */
  constructor(folder: string, head: JournalHead, before?: ExerciseJournal) {
    this.#file = join(folder, JOURNAL_FILE);
    this.#head = head;
    this.#begun = before !== undefined;
    if (before !== undefined) truncateSync(this.#file, before.octets);
  }

  /** Throws what the file system refuses. The first entry brings the head with it. */
  add({ time, typed }: ExerciseEntry): void {
    const { runKey, role } = this.#head;
    const head = this.#begun ? [] : [{ format: JOURNAL_FORMAT, version: VERSION, runKey, role }];
    const lines = [...head, { time, ...typed }].map((line) => `${JSON.stringify(line)}\n`);
    const file = openSync(this.#file, 'a');
    try {
      writeSync(file, lines.join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#begun = true;
  }
}

const name = text({ pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, max: 64, what: 'a name' });
const HEAD = objectOf({
  format: choice(JOURNAL_FORMAT),
  version: choice(VERSION),
  runKey: text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' }),
  role: name,
});
const ENTRY = objectOf({
  time: whole(),
  on: optional(name),
  line: optional(text({ max: LINE_LENGTH_MAX })),
});

/**
 * Reads a journal. What follows the last newline is left out. Throws HOST_FILE_TOO_LARGE, HOST_FILE_NOT_TEXT, HOST_JOURNAL with the line
 * for what is no entry, or comes before the one before it.
 */
export function parseJournal(octets: Uint8Array, file: string): ExerciseJournal {
  if (octets.length > JOURNAL_OCTETS_MAX)
    throw hostError('HOST_FILE_TOO_LARGE', `${file} has ${octets.length} octets`, { where: { file } });
  const end = octets.lastIndexOf(0x0a) + 1;
  const [first, ...rest] = textOf(octets.subarray(0, end), file).split('\n').slice(0, -1);
  const refusal =
    (line: number) =>
    (detail: string): CalldrillError =>
      hostError('HOST_JOURNAL', detail, { where: { file, line } });
  if (first === undefined) throw refusal(1)('the journal is empty');
  const { runKey, role } = fieldsOf(first, HEAD, refusal(1));
  let before = 0;
  const entries = rest.map((line, index): ExerciseEntry => {
    const refuse = refusal(index + 2);
    const { time, on, line: typed } = fieldsOf(line, ENTRY, refuse);
    if (time < before) throw refuse('it is earlier than the one before it');
    before = time;
    if (on === undefined && typed === undefined) return { time };
    if (on === undefined || typed === undefined) throw refuse('a line has a console, and a console a line');
    return { time, typed: { on, line: typed } };
  });
  return { runKey, role, entries, octets: end };
}

function fieldsOf<Value>(
  line: string,
  form: JsonForm<Value>,
  refuse: (detail: string) => CalldrillError,
): Value {
  const content = parseJson(line, () => refuse('the line is not JSON'));
  return readJson(content, form, { root: 'the line', refuse: ({ message }) => refuse(message) });
}
