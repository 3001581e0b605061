/**
 * The log of finished runs, `runs.ndjson`: a run a line, with its summary, what it came to and its files, each appended as soon as its run
 * is over, so that what was finished can be taken up again even if the process is killed the moment after. It lies in the folder where
 * results are put together, never among them.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalldrillError } from '../../sim/errors.ts';
import {
  choice,
  listOf,
  number,
  objectOf,
  optional,
  orNull,
  readJson,
  tableOf,
  text,
  whole,
  type JsonForm,
} from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { exposureForm, variantForm } from '../evidence/parse-suite.ts';
import { SUMMARY_VERSION, UNITS, VERDICTS, type FinishedRun, type RunSummary } from '../runs/index.ts';
import { hostError } from './errors.ts';
import { textOf } from './input-file.ts';

/** Raised when a reader of the last form would misread a line. */
const LOG_VERSION = 4;

/** Its name, in the folder where results are put together. */
export const RUN_LOG_FILE = 'runs.ndjson';

/** A finished run, and the files that it left: all that is needed to take it up again. */
export interface LoggedRun extends FinishedRun {
  /** Where its files are, relative to the folder of the log. */
  readonly below: string;
  /** Its files by their paths there. */
  readonly files: ReadonlyMap<string, LoggedFile>;
}

/** A file as it was written. */
interface LoggedFile {
  /** Hexadecimal. */
  readonly sha256: string;
  /** In octets. */
  readonly size: number;
}

/** Appends a run to the log in `folder`. Throws what the file system refuses. */
export function logRun(folder: string, run: LoggedRun): void {
  const { summary, result, below, files } = run;
  const line = { version: LOG_VERSION, summary, result, below, files: Object.fromEntries(files) };
  appendFileSync(join(folder, RUN_LOG_FILE), `${JSON.stringify(line)}\n`);
}

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const name = text({ min: 1 });

const SUMMARY: JsonForm<RunSummary> = objectOf({
  version: choice(SUMMARY_VERSION),
  runKey: digest,
  scenario: name,
  variant: name,
  seed: name,
  keySeed: name,
  plant: optional(name),
  verdicts: listOf(objectOf({ check: name, verdict: choice(...VERDICTS) })),
  exposures: listOf(exposureForm),
  measures: listOf(objectOf({ name, value: orNull(number()), unit: choice(...UNITS) })),
  traceDigest: digest,
  traceEvents: whole(),
});

/** A path that stays inside: not from the root, no `..`, no backslash. */
const path = text({
  pattern: /^(?!\/)(?!(?:.*\/)?\.\.?(?:\/|$))[^\\]+$/,
  what: 'a path that stays inside',
});

const FINISHED = { summary: SUMMARY, result: variantForm };

/** A finished run, whichever place it was made in. */
export const finishedRunForm: JsonForm<FinishedRun> = objectOf(FINISHED);

const LINE = objectOf({
  version: choice(LOG_VERSION),
  ...FINISHED,
  below: path,
  files: tableOf(objectOf({ sha256: digest, size: whole() }), { key: path }),
});

/** The runs that were over when the process that wrote the log ended. */
export interface RunLog {
  readonly runs: readonly LoggedRun[];
  /** True when the last line was cut off: its run is not among them. */
  readonly torn: boolean;
}

/**
 * Reads a log. What follows the last newline was being written when the process ended, and is left out. Throws HOST_FILE_NOT_TEXT,
 * HOST_RUN_LOG with the line for anything else that is no summary.
 */
export function parseRunLog(octets: Uint8Array, file: string): RunLog {
  const end = octets.lastIndexOf(0x0a) + 1;
  const lines = textOf(octets.subarray(0, end), file).split('\n').slice(0, -1);
  const runs = lines.map((line, index): LoggedRun => {
    const refuse = (detail: string): CalldrillError =>
      hostError('HOST_RUN_LOG', detail, { where: { file, line: index + 1 } });
    const content = parseJson(line, () => refuse('the line is not JSON'));
    const { version: _version, ...run } = readJson(content, LINE, {
      root: 'the line',
      refuse: ({ message }) => refuse(message),
    });
    return run;
  });
  return { runs, torn: end < octets.length };
}
