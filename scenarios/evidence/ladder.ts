/**
 * The ladder of messages: which events of a trace are drawn as arrows between whom. A user and the phone in their hand share a
 * lane, so that a call reads from left to right; what an attacker tries stays on the attacker's own. Which types are drawn, and
 * how, is a table of plain data: nothing here knows a device.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { LadderMessage } from './model.ts';

/**
 * How events of one type are drawn. In `from`, `to` and `label`, `{field}` stands for a field of the event's data, `{on}` for the device
 * it happened on and `{server}` for the server that this device is of by then; `{field|word}` is the word where the field is null.
 */
interface LadderArrow extends Pick<LadderMessage, 'from' | 'to' | 'label' | 'kind'> {
  /** Only events with these values are drawn. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
}

/** What is drawn, and how. */
export interface LadderTable {
  /** By type of event. */
  readonly arrows: Readonly<Record<string, LadderArrow | undefined>>;
  /** Types of events that say which server a device is of from now on, with the field that names it. */
  readonly servers: Readonly<Record<string, string>>;
}

/** The arrows of a trace, in its order. */
export function ladderOf(
  events: readonly AnyTraceEvent[],
  { arrows, servers }: LadderTable,
): readonly LadderMessage[] {
  const serverOf = new Map<string, string>();
  // A phone that was never seen to enrol is taken for one of the server that was named last.
  let named = 'unknown';
  return events.flatMap((event) => {
    const field = Object.hasOwn(servers, event.type) ? servers[event.type] : undefined;
    const arrow = Object.hasOwn(arrows, event.type) ? arrows[event.type] : undefined;
    if (field === undefined && arrow === undefined) return [];
    const data = new Map<string, unknown>(Object.entries(event.data));
    if (field !== undefined) serverOf.set(event.on, (named = String(data.get(field))));
    if (arrow === undefined) return [];
    const { from, to, label, kind, where = {} } = arrow;
    if (Object.entries(where).some(([name, value]) => data.get(name) !== value)) return [];
    data.set('on', event.on).set('server', serverOf.get(event.on) ?? named);
    const [source, target, text] = [from, to, label].map((form) => filled(form, data));
    return { from: source ?? '', to: target ?? '', label: text ?? '', kind, time: event.t, event: event.n };
  });
}

function filled(form: string, data: ReadonlyMap<string, unknown>): string {
  return form.replaceAll(/\{([^{}|]+)(?:\|([^{}]*))?\}/g, (_all, name: string, otherwise = 'unknown') => {
    const value = data.get(name);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? `${value}`
      : otherwise;
  });
}
