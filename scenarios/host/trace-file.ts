/**
 * Reads a trace as it lies on disk: NDJSON, one event a line, in order. Strict, because a verdict rests on it: the first line
 * says what the trace is of, numbers count from 1, times never fall, a cause is an earlier event.
 *
 * A trace may be cut off (a run that was interrupted): `complete` says whether its last line is there.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CalldrillError, Where } from '../../sim/errors.ts';
import { integer, objectOf, readJson, record, text } from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { TRACE_VERSION, type AnyTraceEvent } from '../../sim/trace.ts';
import { hostError, type HOST_CODES } from './errors.ts';
import { textOf } from './input-file.ts';

/** The events of a trace that this process has just written. Precondition: the file is one of `Trace.toNdjson`. */
export function readOwnTrace(path: string): readonly AnyTraceEvent[] {
  return ownTrace(readFileSync(path));
}

/** The same, of the octets themselves. */
export function ownTrace(octets: Uint8Array): readonly AnyTraceEvent[] {
  return new TextDecoder()
    .decode(octets)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): AnyTraceEvent => JSON.parse(line));
}

/** An event of a type that this version need not know. */
export interface FiledEvent {
  readonly n: number;
  readonly t: number;
  readonly type: string;
  readonly on: string;
  readonly cause: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A trace that was read whole and found in order, with the digest of exactly what was read. */
export interface FiledTrace {
  readonly events: readonly FiledEvent[];
  /** SHA-256 of the lines, as reports state it: hexadecimal. */
  readonly digest: string;
  /** True when the last line says that nothing was cut off. */
  readonly complete: boolean;
}

/** Characters of one line; the longest event is a key message of some thousand octets. */
const LINE_MAX = 1 << 20;

/**
 * Reads the octets of a trace file. Throws HOST_FILE_NOT_TEXT, HOST_TRACE_LINE, HOST_TRACE_ORDER, HOST_TRACE_VERSION, with
 * the line.
 */
export function parseTrace(octets: Uint8Array, file: string): FiledTrace {
  const lines = textOf(octets, file).split('\n');
  // What follows the last newline: nothing, in a file that was written to its end.
  const rest = lines.pop();
  if (rest !== '')
    throw refusal('HOST_TRACE_LINE', 'the last line is cut off', { file, line: lines.length + 1 });
  if (lines.length === 0) throw refusal('HOST_TRACE_VERSION', 'the file is empty', { file, line: 1 });
  const events: FiledEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const where = { file, line: index + 1 };
    const event = eventOf(line, where);
    checkOrder(event, events.at(-1), where);
    events.push(event);
  }
  const digest = createHash('sha256').update(octets).digest('hex');
  return { events, digest, complete: isEnd(events.at(-1), events.length) };
}

const EVENT = objectOf({
  n: integer(),
  t: integer(),
  type: text(),
  on: text(),
  cause: integer(),
  data: record,
});

function eventOf(line: string, where: Where): FiledEvent {
  if (line.length > LINE_MAX)
    throw refusal('HOST_TRACE_LINE', `the line has ${line.length} characters`, where);
  const content = parseJson(line, (offset) =>
    refusal('HOST_TRACE_LINE', `the line is not JSON from its octet ${offset} on`, where),
  );
  return readJson(content, EVENT, {
    root: 'the event',
    refuse: ({ message }) => refusal('HOST_TRACE_LINE', message, where),
  });
}

function checkOrder(event: FiledEvent, before: FiledEvent | undefined, where: Where): void {
  const n = (before?.n ?? 0) + 1;
  if (event.n !== n)
    throw refusal('HOST_TRACE_ORDER', `event ${event.n} stands where event ${n} should`, where);
  const t = before?.t ?? 0;
  if (event.t < t) throw refusal('HOST_TRACE_ORDER', `event ${n} is before the one above it`, where);
  if (event.cause < 0 || event.cause >= n)
    throw refusal(
      'HOST_TRACE_ORDER',
      `the cause of event ${n} is ${event.cause}, which is no earlier event`,
      where,
    );
  if (before !== undefined) return;
  if (event.type !== 'trace.began')
    throw refusal('HOST_TRACE_VERSION', `the first event is ${event.type}, not trace.began`, where);
  const { version } = event.data;
  if (version !== TRACE_VERSION)
    throw refusal(
      'HOST_TRACE_VERSION',
      `the trace is of version ${String(version)}, not ${TRACE_VERSION}`,
      where,
    );
}

/** Whether the event is the one that ends a trace of `length` events. */
function isEnd(event: FiledEvent | undefined, length: number): boolean {
  return event?.type === 'trace.ended' && event.data['events'] === length;
}

function refusal(code: keyof typeof HOST_CODES, detail: string, where: Where): CalldrillError {
  return hostError(code, detail, { where });
}
