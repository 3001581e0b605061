/**
 * The trace of a run as docs/formats.md describes it: one event a line, numbered from 1, never going back in time; `trace.began` is
 * the first, and `trace.ended`, which counts them, the last. A trace that is not so is not judged at all.
 */
import { amount, inner, openedText, Unreadable, word, type JsonObject } from './json-text.ts';

/** One event, as it is written: nothing of its data is known yet. */
export interface TraceLine {
  readonly n: number;
  readonly t: number;
  readonly type: string;
  readonly on: string;
  readonly cause: number;
  readonly data: JsonObject;
}

/** All that happened in a run. */
export interface Chronicle {
  readonly scenario: string;
  readonly variant: string;
  readonly all: readonly TraceLine[];
  /** When the run was over. */
  readonly end: number;
}

const VERSION = 2;
/** Reads `trace.ndjson`. */
export function chronicleOf(ndjson: string): Chronicle {
  const lines = ndjson.split('\n');
  if (lines.pop() !== '') throw new Unreadable('the trace does not end with a whole line');
  const all = lines.map((line, index): TraceLine => {
    const place = `line ${index + 1} of the trace`;
    const read = openedText(line, place);
    const event = {
      n: amount(read, 'n'),
      t: amount(read, 't'),
      type: word(read, 'type'),
      on: word(read, 'on'),
      cause: amount(read, 'cause'),
      data: inner(read, 'data'),
    };
    if (event.n !== index + 1) throw new Unreadable(`${place} is numbered ${event.n}`);
    if (event.cause >= event.n) throw new Unreadable(`${place} comes of what comes later`);
    return event;
  });
  for (const [index, { t, n }] of all.entries())
    if (t < (all[index - 1]?.t ?? 0)) throw new Unreadable(`event ${n} is before the one before it`);
  const [first, last] = [all[0], all.at(-1)];
  if (first?.type !== 'trace.began' || amount(first.data, 'version') !== VERSION)
    throw new Unreadable(`the trace does not begin as version ${VERSION} does`);
  if (last?.type !== 'trace.ended' || amount(last.data, 'events') !== all.length)
    throw new Unreadable('the trace was cut off');
  return { scenario: word(first.data, 'scenario'), variant: word(first.data, 'variant'), all, end: last.t };
}
