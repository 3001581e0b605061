/**
 * What is kept of a golden report: what was found, and a digest of the trace from which all else follows. A whole report says most of it again in
 * other forms and in prose, and would be ten times as long in the history of every change.
 */
import type { Json } from './difference.ts';

/** Keys of a report that follow from the trace and the scenario, or are prose. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['ladder', 'calls', 'typed', 'moments', 'facts', 'procedures', 'parameters', 'setBy', 'evidence'],
  ...['because', 'positiveBecause', 'negativeBecause', 'prediction', 'title', 'why', 'source', 'line'],
  ...['replay', 'text'],
]);

/** A report without them, however deep they are. */
export function keptOf(report: Json): Json {
  if (Array.isArray(report)) return report.map(keptOf);
  if (typeof report !== 'object' || report === null) return report;
  return Object.fromEntries(
    Object.entries(report).flatMap(([key, value]) =>
      value === undefined || LEFT_OUT.has(key) ? [] : [[key, keptOf(value)]],
    ),
  );
}

/** As a file: each check and each entry of a ledger on a line of its own, so that a change can be read. */
export function writtenOut(value: Json, depth = 0): string {
  const isOpen = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!isOpen || JSON.stringify(value).length < 400) return JSON.stringify(value);
  const inner = '\n'.padEnd(depth + 2);
  const outer = '\n'.padEnd(depth + 1);
  if (Array.isArray(value))
    return `[${value.map((each: Json) => inner + writtenOut(each, depth + 1)).join(',')}${outer}]`;
  const lines = Object.entries(value).map(
    ([key, each]) => `${inner}${JSON.stringify(key)}: ${writtenOut(each as Json, depth + 1)}`,
  );
  return `{${lines.join(',')}${outer}}`;
}
