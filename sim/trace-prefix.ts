/** A trace up to a moment, made again from its events alone: what is remembered of it beside them follows from them. */
import { createHash } from 'node:crypto';
import type { AnyTraceEvent, TracePrefix } from './trace.ts';

/** The prefix that had these events, its lines written and its hash taken anew. */
export function tracePrefixOf(events: readonly AnyTraceEvent[]): TracePrefix {
  const lines = events.map((event) => JSON.stringify(event));
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return { length: events.length, events, lines, hash };
}
