/**
 * Groups of event types: what the types of {@link TraceEvents} that begin alike mean, and which fields they have. Types exist at compile
 * time only, so whoever declares some lists them once more here, for loaders and documentation; the compiler refuses a group that lacks
 * a type or a field, or has one that nobody declares.
 */
import type { TraceEvents, TraceType } from './trace.ts';

/** Types of events that begin with a prefix and a dot. */
type TypeOf<Prefix extends string> = Extract<TraceType, `${Prefix}.${string}`>;

/** Fields of the data of a type; none of data that has no names of its own. */
export type EventField<Type extends TraceType> = string extends keyof TraceEvents[Type]
  ? never
  : keyof TraceEvents[Type] & string;

/** What is known of one type. */
export interface EventWords {
  /** Names of its data, all of them. */
  readonly fields: readonly string[];
  /** What happened, for a reader who knows the device: `a user was blocked`. */
  readonly meaning: string;
}

/** The types with one prefix. */
export interface EventGroup<Prefix extends string = string> {
  readonly prefix: Prefix;
  /** Heading of their table. */
  readonly title: string;
  /** Which device, person or link they happen on, as a sentence. */
  readonly where: string;
  readonly events: Readonly<Record<string, EventWords>>;
}

type WordsOf<Type extends TraceType> = {
  readonly fields: readonly EventField<Type>[];
  readonly meaning: string;
};

/** Refuses fields that are missing, and types of other groups. */
type Complete<Prefix extends string, Table> = {
  readonly [Type in keyof Table]: Type extends TypeOf<Prefix>
    ? Table[Type] extends { readonly fields: readonly (infer Given)[] }
      ? [Exclude<EventField<Type>, Given>] extends [never]
        ? unknown
        : { readonly missing: Exclude<EventField<Type>, Given> }
      : never
    : never;
};

/** A group, with every type that is declared with its prefix and every field of each. */
export function eventGroup<
  const Prefix extends string,
  const Table extends { readonly [Type in TypeOf<Prefix>]: WordsOf<Type> },
>(
  prefix: Prefix,
  group: {
    readonly title: string;
    readonly where: string;
    readonly events: Table & Complete<Prefix, Table>;
  },
): EventGroup<Prefix> {
  return { prefix, ...group };
}
