/**
 * The first event that two traces do not share. They are aligned by cause: an event is the same as one of the other trace when type, device and data are,
 * and what led to it is. So one event more, near the beginning, does not make thousands of others differ that have only another number.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { DivergedEvent, Divergence } from './model.ts';

/** An event of a trace as it was read, of a type that this version need not know. */
export interface ComparedEvent {
  readonly n: number;
  readonly t: Micros;
  readonly type: string;
  readonly on: string;
  readonly cause: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Says which run it is, and counts the lines: neither is something that happened. */
const FRAME: ReadonlySet<string> = new Set(['trace.began', 'trace.ended']);
/** Characters of the data of an event that are shown. */
const DATA_MAX = 400;
/** Causes that are named, the nearest first. */
const CAUSES_MAX = 5;

/** What makes an event the same as another: a number for each kind, shared by both traces. */
class Kinds {
  readonly #ids = new Map<string, number>();

  of(key: string): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#ids.set(key, id);
    return id;
  }
}

/** An event with its kind, that of its cause, and the one of the other trace that it is. */
interface Aligned {
  readonly event: ComparedEvent;
  readonly kind: number;
  readonly causeKind: number;
  partner: Aligned | undefined;
}

/** Undefined where both have the same events at the same times. */
export function divergenceOf(
  before: readonly ComparedEvent[],
  after: readonly ComparedEvent[],
): Divergence | undefined {
  const kinds = new Kinds();
  const [old, now] = [alignable(before, kinds), alignable(after, kinds)];
  pair(old, now);
  const candidates = [
    old.find(({ partner }) => partner === undefined),
    now.find(({ partner }) => partner === undefined),
    old.find(({ event, partner }) => partner !== undefined && partner.event.t !== event.t),
  ].filter((each) => each !== undefined);
  const [first] = candidates.toSorted((a, b) => earliest(a) - earliest(b));
  if (first === undefined) return undefined;
  return described(first, old.includes(first), { old, now, before, after });
}

/** Of an event that came at another time, the earlier of both. */
function earliest({ event, partner }: Aligned): Micros {
  return Math.min(event.t, partner?.event.t ?? Infinity);
}

function alignable(events: readonly ComparedEvent[], kinds: Kinds): readonly Aligned[] {
  const kindOf: number[] = [0];
  return events.flatMap((event): Aligned[] => {
    const { n, type, on, cause, data } = event;
    const causeKind = kindOf[cause] ?? 0;
    const kind = kinds.of(JSON.stringify([type, on, causeKind, FRAME.has(type) ? {} : told(data, kindOf)]));
    kindOf[n] = kind;
    return FRAME.has(type) ? [] : [{ event, kind, causeKind, partner: undefined }];
  });
}

/** The data with the number of another event as that event's kind. */
function told(data: ComparedEvent['data'], kindOf: readonly number[]): ComparedEvent['data'] {
  const { event } = data;
  return typeof event === 'number' ? { ...data, event: kindOf[event] ?? 0 } : data;
}

/** The nth event of a kind is the nth of that kind in the other trace. */
function pair(old: readonly Aligned[], now: readonly Aligned[]): void {
  const waiting = new Map<number, Aligned[]>();
  for (const each of now) {
    const list = waiting.get(each.kind);
    if (list === undefined) waiting.set(each.kind, [each]);
    else list.push(each);
  }
  // From the end, so that each is taken from the end of its list.
  for (const list of waiting.values()) list.reverse();
  for (const each of old) {
    const partner = waiting.get(each.kind)?.pop();
    if (partner === undefined) continue;
    each.partner = partner;
    partner.partner = each;
  }
}

interface Both {
  readonly old: readonly Aligned[];
  readonly now: readonly Aligned[];
  readonly before: readonly ComparedEvent[];
  readonly after: readonly ComparedEvent[];
}

function described(first: Aligned, isOld: boolean, { old, now, before, after }: Both): Divergence {
  const moved = first.partner;
  const other = moved ?? likeness(first, isOld ? now : old);
  const [one, two] = isOld ? [first, other] : [other, first];
  const kind =
    moved !== undefined ? 'time' : other !== undefined ? 'changed' : isOld ? 'only-before' : 'only-after';
  return {
    kind,
    before: one === undefined ? null : divergedEvent(one.event, before),
    after: two === undefined ? null : divergedEvent(two.event, after),
    fields: kind === 'changed' ? fieldsThatDiffer(one?.event.data ?? {}, two?.event.data ?? {}) : [],
  };
}

/** What stands in its place in the other trace: of the same type, on the same device, by the same cause, and without a partner too. */
function likeness({ event, causeKind }: Aligned, others: readonly Aligned[]): Aligned | undefined {
  return others.find(
    (each) =>
      each.partner === undefined &&
      each.causeKind === causeKind &&
      each.event.type === event.type &&
      each.event.on === event.on,
  );
}

function fieldsThatDiffer(one: ComparedEvent['data'], other: ComparedEvent['data']): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
}

function divergedEvent(
  { n, t, type, on, cause, data }: ComparedEvent,
  events: readonly ComparedEvent[],
): DivergedEvent {
  const because: string[] = [];
  for (let at = events[cause - 1]; at !== undefined && because.length < CAUSES_MAX; at = events[at.cause - 1])
    because.push(`${at.type} on ${at.on}`);
  const written = JSON.stringify(data);
  return {
    ...{ n, t, type, on, because },
    data: written.length > DATA_MAX ? `${written.slice(0, DATA_MAX)}...` : written,
  };
}
