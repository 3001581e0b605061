/**
 * What is told of a device beyond its own folder: the types of events it puts into the trace, what of them somebody notices who cannot
 * read the trace, and which of them are drawn as messages. Arrows are plain data, because whoever draws them knows no device.
 */
import type { EventField, EventGroup } from '../sim/event-group.ts';
import type { TraceEvents, TraceType } from '../sim/trace.ts';

/** Who notices: whoever has the device in hand, who looks after it, or the device itself, if it acts by itself. */
type Audience = 'holder' | 'office' | 'itself';

/** What somebody notices of events of one type. */
export interface Notice<Type extends TraceType> {
  readonly by: Audience;
  /** What shows; undefined when nothing does. */
  text(data: TraceEvents[Type], on: string): string | undefined;
}

/** What is noticed, by type of event. */
export type NoticeTable = { readonly [Type in TraceType]?: Notice<Type> };

/**
 * How events of one type are drawn. In `from`, `to` and `label`, `{field}` stands for a field of the event's data, `{on}` for the device
 * it happened on and `{server}` for the server that this device is of by then; `{field|word}` is the word where the field is null.
 */
export interface DrawnArrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: 'signalling' | 'media' | 'people' | 'attack';
  /** Only events with these values are drawn. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
}

/** Arrows by type of event. */
export type ArrowTable = { readonly [Type in TraceType]?: DrawnArrow };

/** Everything that is told of a kind of device. */
export interface Told {
  readonly events: readonly EventGroup[];
  readonly notices?: NoticeTable;
  readonly arrows?: ArrowTable;
  /** Types of events that say which server a device is of from now on, with the field that names it. */
  readonly servers?: Readonly<Record<string, string>>;
}

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Field}|${string}` ? Field : Name) | Placeholders<Rest>
  : never;

type Known<Type> = (Type extends TraceType ? EventField<Type> : never) | 'on' | 'server';

/** Refuses types that nobody declares, and names that are no fields of theirs. */
type Drawable<Table> = {
  readonly [Type in keyof Table]: Table[Type] extends DrawnArrow
    ? [Exclude<Placeholders<Table[Type]['from' | 'to' | 'label']>, Known<Type>>] extends [never]
      ? Type extends TraceType
        ? unknown
        : never
      : { readonly 'no field': Exclude<Placeholders<Table[Type]['from' | 'to' | 'label']>, Known<Type>> }
    : never;
};

/** A table of arrows whose names are fields of their events. */
export function arrows<const Table extends ArrowTable>(table: Table & Drawable<Table>): ArrowTable {
  return table;
}
