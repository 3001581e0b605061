/** Times and traces of the sample runs. */
import { createHash } from 'node:crypto';
import { HOUR, MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';

/** A trace as events, as trace.ndjson, and its digest. */
export interface SampleTrace {
  readonly events: readonly AnyTraceEvent[];
  readonly text: string;
  readonly digest: string;
}

/** 2015-10-14 08:00 UTC in Unix milliseconds: when all runs of the sample begin. */
export const BEGINS = Date.UTC(2015, 9, 14, 8);

/** `at(8, 40)`: 08:40 on the first day. */
export function at(hour: number, minute: number, second = 0): Micros {
  return (hour - 8) * HOUR + minute * MINUTE + second * SECOND;
}

type Row = readonly [time: Micros, type: string, on: string, cause: number, data: unknown];

/** A trace as it is read back from trace.ndjson. */
export function traceOf(rows: readonly Row[]): {
  events: readonly AnyTraceEvent[];
  text: string;
  digest: string;
} {
  const lines = rows.map(([t, type, on, cause, data], index) =>
    JSON.stringify({ n: index + 1, t, type, on, cause, data }),
  );
  const text = lines.map((line) => `${line}\n`).join('');
  return {
    events: lines.map((line) => JSON.parse(line) as AnyTraceEvent),
    text,
    digest: createHash('sha256').update(text).digest('hex'),
  };
}
