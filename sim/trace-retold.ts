/** A trace that begins with another first event, and is the same from the second on. */
import { createHash } from 'node:crypto';
import { assert } from './errors.ts';
import type { AnyTraceEvent, TracePrefix, TraceType, TraceEvents } from './trace.ts';

/** Prefixes of one trace, in the order of their lengths, each with other data in its first event. They share what they have in common. */
export function retold<Type extends TraceType>(
  prefixes: readonly TracePrefix[],
  type: Type,
  data: TraceEvents[Type],
): readonly TracePrefix[] {
  const longest = prefixes.at(-1);
  const told = longest?.events[0];
  if (longest === undefined || told === undefined) return prefixes;
  assert(told.type === type, 'the first event stays one of its type');
  const first = { ...told, data } as AnyTraceEvent;
  const events = [first, ...longest.events.slice(1, longest.length)];
  const lines = [JSON.stringify(first), ...longest.lines.slice(1, longest.length)];
  const hash = createHash('sha256');
  let hashed = 0;
  return prefixes.map(({ length }) => {
    assert(length >= hashed, 'the shorter one comes first');
    for (const line of lines.slice(hashed, length)) hash.update(line).update('\n');
    hashed = length;
    return { length, events, lines, hash: hash.copy() };
  });
}
