/**
 * A file of typed lines: what a person typed in an exercise and when, with everything else that decides a run. The same lines at
 * the same virtual times give the same trace, octet for octet, so this small file is a whole exercise.
 *
 * JSON, in UTF-8:
 *
 *     { "format": "calldrill-typed-lines", "version": 1,
 *       "scenario": "client-compromise", "source": "client-compromise",   id, and what was named on the command line
 *       "variant": "block-wipe-destroy", "seed": "42",
 *       "parameters": { "skew-limit": 600000000 },                        durations in microseconds
 *       "roles": ["crs-admin"],
 *       "lines": [ { "time": 5400000000, "by": "crs-admin", "on": "crs", "line": "block-user +447700900001" } ],
 *       "ended": 7200000000,                                              absent when it ran to the screenplay's end
 *       "traceDigest": "9f86d0..." }                                      SHA-256 in hexadecimal
 *
 * Times are microseconds since the scenario began, and never fall.
 */
import { DEPLOYMENT_PARAMETERS, type DeploymentParameter } from '../../devices/deployment.ts';
import { LINE_LENGTH_MAX } from '../../devices/console/index.ts';
import type { Micros } from '../../sim/clock.ts';
import { LINES_MAX } from '../exercises/index.ts';
import type { PlayedLines, RunRequest } from '../runs/index.ts';
import type { TypedLine } from '../world/index.ts';
import { typedLinesError } from './typed-lines-errors.ts';

const TYPED_LINES_FORMAT = 'calldrill-typed-lines';
const VERSION = 1;

const TYPED_LINES_LIMITS = {
  fileOctets: 16 * 1024 * 1024,
  lines: LINES_MAX,
  roles: 64,
  name: 64,
  source: 4_096,
} as const;

export interface TypedLinesFile {
  readonly scenario: string;
  readonly source: string;
  readonly variant: string;
  readonly seed: string;
  readonly parameters: RunRequest['parameters'];
  readonly roles: readonly string[];
  readonly lines: readonly TypedLine[];
  readonly ended?: Micros;
  readonly traceDigest: string;
}

/** The file, ended by a newline: one line of text for each typed line, so that two exercises can be compared. */
export function writeTypedLines({ lines, ended, traceDigest, ...head }: TypedLinesFile): string {
  const fields = Object.entries({ format: TYPED_LINES_FORMAT, version: VERSION, ...head }).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const typed = lines.map((line) => `\n    ${JSON.stringify(line)}`).join(',');
  return `{\n${[
    ...fields,
    `  "lines": [${typed}${typed === '' ? '' : '\n  '}]`,
    ...(ended === undefined ? [] : [`  "ended": ${ended}`]),
    `  "traceDigest": ${JSON.stringify(traceDigest)}`,
  ].join(',\n')}\n}\n`;
}

/** True when the content of a JSON file says that it is a file of typed lines, of whichever version. */
export function isTypedLines(content: unknown): boolean {
  return isRecord(content) && content['format'] === TYPED_LINES_FORMAT;
}

/** Reads a file of typed lines. Throws HOST_TYPED_*, with the octet offset when the JSON itself is broken. */
export function parseTypedLines(octets: Uint8Array, file: string): TypedLinesFile {
  if (octets.length > TYPED_LINES_LIMITS.fileOctets)
    throw typedLinesError('HOST_TYPED_SIZE', `${file} has ${octets.length} octets`, { where: { file } });
  const content = jsonOf(octets, file);
  if (!isRecord(content) || !isTypedLines(content) || content['version'] !== VERSION)
    throw typedLinesError('HOST_TYPED_FORMAT', `${file} is not typed lines of version ${VERSION}`, {
      where: { file },
    });
  return new FileFields(content, file).typedLines();
}

/** What a run needs to repeat what was typed. */
export function playedLines({ roles, lines, ended }: TypedLinesFile): PlayedLines {
  return { roles, lines, ...(ended === undefined ? {} : { ended }) };
}

function jsonOf(octets: Uint8Array, file: string): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch (cause) {
    throw typedLinesError('HOST_TYPED_JSON', `${file} is not UTF-8 text`, { where: { file }, cause });
  }
  try {
    const content: unknown = JSON.parse(text);
    return content;
  } catch (cause) {
    const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const offset = Buffer.byteLength(text.slice(0, position === undefined ? text.length : Number(position)));
    throw typedLinesError('HOST_TYPED_JSON', `${file} is not JSON`, { where: { file, offset }, cause });
  }
}

type Content = Readonly<Record<string, unknown>>;

function isRecord(content: unknown): content is Content {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const SEED = /^\w[\w.-]{0,63}$/;
const DIGEST = /^[0-9a-f]{64}$/;

const REQUIRED = [
  'format',
  'version',
  'scenario',
  'source',
  'variant',
  'seed',
  'parameters',
  'roles',
  'lines',
  'traceDigest',
];
const LINE_FIELDS = ['time', 'by', 'on', 'line'];

/** The fields of one file, read one by one; a problem names the field. */
class FileFields {
  readonly #content: Content;
  readonly #file: string;

  constructor(content: Content, file: string) {
    this.#content = content;
    this.#file = file;
  }

  typedLines(): TypedLinesFile {
    const content = this.#content;
    this.#checkKeys(content, REQUIRED, ['ended'], 'the file');
    const roles = this.#list(content['roles'], 'roles', TYPED_LINES_LIMITS.roles).map((role, index) =>
      this.#name(role, `roles[${index}]`),
    );
    const lines = this.#list(content['lines'], 'lines', TYPED_LINES_LIMITS.lines).map((line, index) =>
      this.#line(line, `lines[${index}]`),
    );
    this.#checkLines(lines, roles);
    const ended = content['ended'] === undefined ? undefined : this.#time(content['ended'], 'ended');
    if (ended !== undefined && ended < (lines.at(-1)?.time ?? 0))
      throw this.#problem('HOST_TYPED_ORDER', 'the exercise ended before its last line was typed');
    return {
      scenario: this.#name(content['scenario'], 'scenario'),
      source: this.#text(content['source'], 'source', TYPED_LINES_LIMITS.source),
      variant: this.#name(content['variant'], 'variant'),
      seed: this.#matching(content['seed'], 'seed', SEED),
      parameters: this.#parameters(content['parameters']),
      roles,
      lines,
      ...(ended === undefined ? {} : { ended }),
      traceDigest: this.#matching(content['traceDigest'], 'traceDigest', DIGEST),
    };
  }

  #line(content: unknown, path: string): TypedLine {
    if (!isRecord(content)) throw this.#field(path, 'an object');
    this.#checkKeys(content, LINE_FIELDS, [], path);
    return {
      time: this.#time(content['time'], `${path}.time`),
      by: this.#name(content['by'], `${path}.by`),
      on: this.#name(content['on'], `${path}.on`),
      line: this.#text(content['line'], `${path}.line`, LINE_LENGTH_MAX),
    };
  }

  #checkLines(lines: readonly TypedLine[], roles: readonly string[]): void {
    let before = 0;
    for (const [index, { time, by }] of lines.entries()) {
      if (time < before)
        throw this.#problem('HOST_TYPED_ORDER', `lines[${index}] is earlier than the one before it`);
      if (!roles.includes(by)) throw this.#problem('HOST_TYPED_ROLE', `lines[${index}] is by '${by}'`);
      before = time;
    }
  }

  #parameters(content: unknown): RunRequest['parameters'] {
    if (!isRecord(content)) throw this.#field('parameters', 'an object');
    const table: Readonly<Record<string, DeploymentParameter>> = DEPLOYMENT_PARAMETERS;
    return Object.fromEntries(
      Object.entries(content).map(([name, value]) => {
        const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
        const read = parameter === undefined ? undefined : valueOf(parameter, value);
        if (read === undefined)
          throw this.#problem('HOST_TYPED_PARAMETER', `'${name.slice(0, 64)}' cannot be set like this`);
        return [name, read];
      }),
    );
  }

  #list(content: unknown, path: string, most: number): readonly unknown[] {
    if (!Array.isArray(content) || content.length > most)
      throw this.#field(path, `a list of at most ${most}`);
    return content;
  }

  #name(content: unknown, path: string): string {
    const name = this.#matching(content, path, NAME);
    if (name.length > TYPED_LINES_LIMITS.name)
      throw this.#field(path, `a name of at most ${TYPED_LINES_LIMITS.name} characters`);
    return name;
  }

  #matching(content: unknown, path: string, form: RegExp): string {
    if (typeof content !== 'string' || !form.test(content))
      throw this.#field(path, `of the form ${form.source}`);
    return content;
  }

  #text(content: unknown, path: string, most: number): string {
    if (typeof content !== 'string' || content === '' || content.length > most)
      throw this.#field(path, `a text of 1 to ${most} characters`);
    return content;
  }

  #time(content: unknown, path: string): Micros {
    if (typeof content !== 'number' || !Number.isSafeInteger(content) || content < 0)
      throw this.#field(path, 'a whole number of microseconds');
    return content;
  }

  #checkKeys(content: Content, required: readonly string[], optional: readonly string[], path: string): void {
    for (const key of required)
      if (!Object.hasOwn(content, key)) throw this.#problem('HOST_TYPED_FIELD', `${path} has no '${key}'`);
    for (const key of Object.keys(content))
      if (!required.includes(key) && !optional.includes(key))
        throw this.#problem(
          'HOST_TYPED_FIELD',
          `${path} has a field '${key.slice(0, 64)}' that is not known`,
        );
  }

  #field(path: string, expected: string) {
    return this.#problem('HOST_TYPED_FIELD', `${path} is not ${expected}`);
  }

  #problem(
    code: 'HOST_TYPED_FIELD' | 'HOST_TYPED_ORDER' | 'HOST_TYPED_ROLE' | 'HOST_TYPED_PARAMETER',
    detail: string,
  ) {
    const file = this.#file;
    return typedLinesError(code, `${file}: ${detail}`, { where: { file } });
  }
}

function valueOf(parameter: DeploymentParameter, value: unknown): string | number | boolean | undefined {
  switch (parameter.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'choice':
      return parameter.choices.find((choice) => choice === value);
    case 'integer':
    case 'duration':
      return typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= parameter.min &&
        value <= parameter.max
        ? value
        : undefined;
  }
}
