/**
 * A file of typed lines: what a person typed in an exercise and when, with everything else that decides a run. The same lines at
 * the same virtual times give the same trace, octet for octet, so this small file is a whole exercise.
 *
 * JSON, in UTF-8:
 *
 *     { "format": "calldrill-typed-lines", "version": 2,
 *       "scenario": "client-compromise", "source": "client-compromise",   id, and what was named on the command line
 *       "variant": "block-wipe-destroy", "seed": "42", "keySeed": "42",
 *       "parameters": { "skew-limit": 600000000 },                        durations in microseconds
 *       "deployment": { "file": "ours.yaml", "sha256": "9f86d0..." },     absent when there was none
 *       "asOf": "2015-12-01",                                             absent when it was that of the file
 *       "roles": ["crs-admin"],
 *       "lines": [ { "time": 5400000000, "by": "crs-admin", "on": "crs", "line": "block-user +447700900001" } ],
 *       "left": 7200000000,                                               absent when the person stayed to the end
 *       "traceDigest": "9f86d0..." }                                      SHA-256 in hexadecimal
 *
 * Times are microseconds since the scenario began, and never fall.
 */
import { LINE_LENGTH_MAX } from '../../devices/console/index.ts';
import type { Micros } from '../../sim/clock.ts';
import {
  anything,
  choice,
  isJsonRecord,
  listOf,
  objectOf,
  optional,
  readJson,
  tableOf,
  text,
  whole,
  type JsonProblem,
} from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { LINES_MAX } from '../exercises/index.ts';
import { settingsOf, type PlayedLines, type RunParameters } from '../runs/index.ts';
import type { TypedLine } from '../world/index.ts';
import { typedLinesError, type TYPED_LINES_CODES } from './typed-lines-errors.ts';

const TYPED_LINES_FORMAT = 'calldrill-typed-lines';
/** Raised when a reader of the last form would misread a file: in version 1 the exercise ended when the person left. */
const VERSION = 2;

const TYPED_LINES_LIMITS = {
  fileOctets: 16 * 1024 * 1024,
  lines: LINES_MAX,
  roles: 64,
  name: 64,
  source: 4_096,
} as const;

/** Its content; times are microseconds since the scenario began, and `left` is there when the person left early. */
export interface TypedLinesFile {
  readonly scenario: string;
  readonly source: string;
  readonly variant: string;
  readonly seed: string;
  readonly keySeed: string;
  readonly parameters: RunParameters;
  /** The deployment file that it was played with, by its text. */
  readonly deployment?: { readonly file: string; readonly sha256: string };
  readonly asOf?: string;
  readonly roles: readonly string[];
  readonly lines: readonly TypedLine[];
  readonly left?: Micros;
  readonly traceDigest: string;
}

/** The file, ended by a newline: one line of text for each typed line, so that two exercises can be compared. */
export function writeTypedLines({ lines, left, traceDigest, ...head }: TypedLinesFile): string {
  const fields = Object.entries({ format: TYPED_LINES_FORMAT, version: VERSION, ...head }).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const typed = lines.map((line) => `\n    ${JSON.stringify(line)}`).join(',');
  return `{\n${[
    ...fields,
    `  "lines": [${typed}${typed === '' ? '' : '\n  '}]`,
    ...(left === undefined ? [] : [`  "left": ${left}`]),
    `  "traceDigest": ${JSON.stringify(traceDigest)}`,
  ].join(',\n')}\n}\n`;
}

/** True when the content of a JSON file says that it is a file of typed lines, of whichever version. */
export function isTypedLines(content: unknown): boolean {
  return isJsonRecord(content) && content['format'] === TYPED_LINES_FORMAT;
}

const name = text({
  pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  max: TYPED_LINES_LIMITS.name,
  what: 'a name',
});

const seedText = text({ pattern: /^\w[\w.-]{0,63}$/, what: 'a seed' });

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });

const FILE = objectOf({
  format: choice(TYPED_LINES_FORMAT),
  version: choice(VERSION),
  scenario: name,
  source: text({ min: 1, max: TYPED_LINES_LIMITS.source }),
  variant: name,
  seed: seedText,
  keySeed: seedText,
  parameters: tableOf(anything),
  deployment: optional(objectOf({ file: text({ min: 1, max: TYPED_LINES_LIMITS.source }), sha256: digest })),
  asOf: optional(text({ pattern: /^\d{4}-\d{2}-\d{2}$/, what: 'a day' })),
  roles: listOf(name, { max: TYPED_LINES_LIMITS.roles }),
  lines: listOf(
    objectOf({ time: whole(), by: name, on: name, line: text({ min: 1, max: LINE_LENGTH_MAX }) }),
    { max: TYPED_LINES_LIMITS.lines },
  ),
  left: optional(whole()),
  traceDigest: digest,
});

/** Makes the error of one file. */
type LinesRefusal = (code: keyof typeof TYPED_LINES_CODES, detail: string) => Error;

/** Reads a file of typed lines. Throws HOST_TYPED_*, with the octet offset when the JSON itself is broken. */
export function parseTypedLines(octets: Uint8Array, file: string): TypedLinesFile {
  const refuse: LinesRefusal = (code, detail) =>
    typedLinesError(code, `${file}: ${detail}`, { where: { file } });
  if (octets.length > TYPED_LINES_LIMITS.fileOctets)
    throw refuse('HOST_TYPED_SIZE', `it has ${octets.length} octets`);
  const content = jsonOf(octets, file);
  if (!isJsonRecord(content) || !isTypedLines(content) || content['version'] !== VERSION)
    throw refuse('HOST_TYPED_FORMAT', `this is not typed lines of version ${VERSION}`);
  const {
    format: _format,
    version: _version,
    parameters,
    ...read
  } = readJson(content, FILE, {
    root: 'the file',
    refuse: ({ message }: JsonProblem) => refuse('HOST_TYPED_FIELD', message),
  });
  checkOrder(read, refuse);
  const settings = settingsOf(parameters, (setting) =>
    refuse('HOST_TYPED_PARAMETER', `'${setting.slice(0, 64)}' cannot be set like this`),
  );
  return { ...read, parameters: settings };
}

/** What a run needs to repeat what was typed. */
export function playedLines({ roles, lines, left }: TypedLinesFile): PlayedLines {
  return { roles, lines, ...(left === undefined ? {} : { left }) };
}

function jsonOf(octets: Uint8Array, file: string): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch (cause) {
    throw typedLinesError('HOST_TYPED_JSON', `${file} is not UTF-8 text`, { where: { file }, cause });
  }
  return parseJson(text, (offset, cause) =>
    typedLinesError('HOST_TYPED_JSON', `${file} is not JSON`, { where: { file, offset }, cause }),
  );
}

/** Times never fall, everybody who types is played, and nobody types who has left. */
function checkOrder(
  { roles, lines, left }: Pick<TypedLinesFile, 'roles' | 'lines' | 'left'>,
  refuse: LinesRefusal,
): void {
  let before = 0;
  for (const [index, { time, by }] of lines.entries()) {
    if (time < before) throw refuse('HOST_TYPED_ORDER', `lines[${index}] is earlier than the one before it`);
    if (!roles.includes(by)) throw refuse('HOST_TYPED_ROLE', `lines[${index}] is by '${by}'`);
    before = time;
  }
  if (left !== undefined && left < before)
    throw refuse('HOST_TYPED_ORDER', 'the person left before their last line was typed');
}
