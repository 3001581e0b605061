/** Evidence that was tampered with: what shows that the second judge looks at all of it, and that its objections can be raised. */
import { amount, openedText, Unreadable, word, type JsonObject } from '../../cli/verify/judge/json-text.ts';

/** An event that may be changed. */
export interface LooseEvent {
  n: number;
  t: number;
  readonly type: string;
  readonly on: string;
  cause: number;
  data: JsonObject;
}

/** The trace with other events in it, put into the order of their times and numbered anew. */
export function doctored(
  trace: string,
  change: (events: readonly LooseEvent[]) => readonly LooseEvent[],
): string {
  const events = trace
    .trimEnd()
    .split('\n')
    .map((line, index): LooseEvent => {
      const read = openedText(line, `line ${index + 1}`);
      const { data } = read;
      return {
        n: amount(read, 'n'),
        t: amount(read, 't'),
        type: word(read, 'type'),
        on: word(read, 'on'),
        cause: amount(read, 'cause'),
        data: openedText(JSON.stringify(data), 'data'),
      };
    });
  // What was moved stands behind what happened at the same time.
  const changed = [...change(events)].sort((a, b) => a.t - b.t);
  const numbers = new Map(changed.map(({ n }, index) => [n, index + 1]));
  const lines = changed.map((event, index) => {
    const cause = numbers.get(event.cause) ?? 0;
    const data = event.type === 'trace.ended' ? { events: changed.length } : event.data;
    return JSON.stringify({ ...event, n: index + 1, cause: cause > index ? 0 : cause, data });
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** The trace without the events that `dropped` names; there must be some. */
export function without(trace: string, dropped: (event: LooseEvent) => boolean): string {
  return doctored(trace, (events) => {
    const left = events.filter((event) => !dropped(event));
    if (left.length === events.length) throw new Unreadable('there is nothing to drop');
    return left;
  });
}

/** The trace in which some events have other data or another time. */
export function altered(
  trace: string,
  which: (event: LooseEvent) => boolean,
  change: { readonly data?: JsonObject; readonly later?: number },
): string {
  return doctored(trace, (events) => {
    if (!events.some(which)) throw new Unreadable('there is nothing to change');
    return events.map((event) =>
      which(event)
        ? { ...event, t: event.t + (change.later ?? 0), data: { ...event.data, ...change.data } }
        : event,
    );
  });
}

/** A place in a JSON value. */
export type Path = readonly (string | number)[];

/** The value with something else at the place; undefined takes it away. */
export function replaced(value: unknown, [key, ...rest]: Path, make: (old: unknown) => unknown): unknown {
  if (key === undefined) return make(value);
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) => {
      const other = index === key ? replaced(each, rest, make) : each;
      return other === undefined ? [] : [other];
    });
  if (typeof value !== 'object' || value === null) throw new Unreadable(`${key}: there is no such place`);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]: [string, unknown]) => {
      const other = name === key ? replaced(each, rest, make) : each;
      return other === undefined ? [] : [[name, other]];
    }),
  );
}

/** Places of this form in `value`, from the first to the last; `*` stands for each entry of a list. */
export function placesIn(
  value: unknown,
  [step, ...rest]: readonly string[],
  path: Path = [],
): readonly Path[] {
  if (step === undefined) return [path];
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, each]) =>
    (typeof key === 'number' ? '*' : key) === step ? placesIn(each, rest, [...path, key]) : [],
  );
}

/** So many of them at the most, from the first to the last: what is tampered with is judged anew each time, and there are more with each scenario. */
export function evenly<Each>(all: readonly Each[], count: number): readonly Each[] {
  const step = Math.max(1, all.length / count);
  const chosen = new Set(Array.from({ length: count }, (_, at) => Math.floor(at * step)));
  return all.filter((_, at) => chosen.has(at));
}
