/**
 * The log of finished runs, `runs.ndjson`: a summary a line, each appended as soon as its run is over, so that what was finished is known
 * even if the process is killed the moment after. It lies in the folder where results are put together, never among them.
 */
import { exposureForm } from '../evidence/parse-suite.ts';
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
  text,
  whole,
} from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { SUMMARY_VERSION, UNITS, VERDICTS, type RunSummary } from '../runs/index.ts';
import { hostError } from './errors.ts';
import { textOf } from './input-file.ts';

/** Its name, in the folder where results are put together. */
export const RUN_LOG_FILE = 'runs.ndjson';

/** Appends a summary to the log in `folder`. Throws what the file system refuses. */
export function logRun(folder: string, summary: RunSummary): void {
  appendFileSync(join(folder, RUN_LOG_FILE), `${JSON.stringify(summary)}\n`);
}

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const name = text({ min: 1 });

const SUMMARY = objectOf({
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

/** The runs that were over when the process that wrote the log ended. */
export interface RunLog {
  readonly summaries: readonly RunSummary[];
  /** True when the last line was cut off: its run is not among the summaries. */
  readonly torn: boolean;
}

/**
 * Reads a log. What follows the last newline was being written when the process ended, and is left out. Throws HOST_FILE_NOT_TEXT,
 * HOST_RUN_LOG with the line for anything else that is no summary.
 */
export function parseRunLog(octets: Uint8Array, file: string): RunLog {
  const end = octets.lastIndexOf(0x0a) + 1;
  const lines = textOf(octets.subarray(0, end), file).split('\n').slice(0, -1);
  const summaries = lines.map((line, index) => {
    const refuse = (detail: string): CalldrillError =>
      hostError('HOST_RUN_LOG', detail, { where: { file, line: index + 1 } });
    const content = parseJson(line, () => refuse('the line is not JSON'));
    return readJson(content, SUMMARY, {
      root: 'the line',
      refuse: ({ message }) => refuse(message),
    });
  });
  return { summaries, torn: end < octets.length };
}
