/** A lineage while it is read: the places of one secret, found by who has it. */
import type { Lineage, LineageMoment, LineagePlace } from './model.ts';

/** A secret as the label in a trace names it. */
export interface SecretName {
  readonly label: string;
  readonly kind: string;
  readonly owner: string;
  readonly fingerprint: string;
}

/** A place whose story is not over. */
export interface PlaceDraft {
  readonly place: Pick<LineagePlace, 'holder' | 'how' | 'event' | 'time' | 'by' | 'typed'>;
  at: string | undefined;
  readonly leak: boolean;
  readonly breaks: string[];
  uses: number;
  lastUse: LineageMoment | undefined;
  readonly notes: LineageMoment[];
  until: LineageMoment | undefined;
  readonly children: PlaceDraft[];
}

/** All places of one secret so far. */
export class LineageDraft {
  readonly #name: SecretName;
  readonly #aliases = new Set<string>();
  readonly #roots: PlaceDraft[] = [];
  /** Oldest first. */
  readonly #places: PlaceDraft[] = [];
  /** The last place of a name, whether it still has the secret or not. */
  readonly #byHolder = new Map<string, PlaceDraft>();
  #broken: number | undefined;

  constructor(name: SecretName) {
    this.#name = name;
  }

  get owner(): string {
    return this.#name.owner;
  }

  calledToo(label: string): void {
    if (label !== this.#name.label) this.#aliases.add(label);
  }

  /** Who has it now under a name of its own: a device, a thing, an attacker. */
  having(holder: string): PlaceDraft | undefined {
    const place = this.#byHolder.get(holder);
    return place?.until === undefined ? place : undefined;
  }

  /** The place that somebody gets it from: who has that name, then what is there, then whoever had that name, then where it was born. */
  source(from: string | null): PlaceDraft | undefined {
    if (from === null) return this.#roots[0];
    return (
      this.having(from) ??
      this.#places.findLast(({ at, until }) => at === from && until === undefined) ??
      this.#byHolder.get(from) ??
      this.#roots[0]
    );
  }

  /** It comes to another place, from `source`, or into being. */
  comes(
    place: PlaceDraft['place'],
    { source, leak, at }: { source: PlaceDraft | undefined; leak: boolean; at?: string | undefined },
  ): PlaceDraft {
    const fresh: PlaceDraft = {
      ...{ place, at, leak: leak || source?.leak === true, breaks: [], notes: [], children: [] },
      ...{ uses: 0, lastUse: undefined, until: undefined },
    };
    (source?.children ?? this.#roots).push(fresh);
    this.#places.push(fresh);
    this.#byHolder.set(place.holder, fresh);
    return fresh;
  }

  breaks(event: number, holder: string, invariant: string, said: number): void {
    this.#broken ??= said;
    const there = this.#places.filter(({ place }) => place.event === event);
    for (const each of there.length > 0 ? there : [this.source(holder)])
      if (each !== undefined && !each.breaks.includes(invariant)) each.breaks.push(invariant);
  }

  finished(): Lineage {
    const open = this.#places.filter(({ until }) => until === undefined);
    const { label, kind, owner, fingerprint } = this.#name;
    const died =
      open.length > 0
        ? undefined
        : this.#places.map(({ until }) => until).reduce((last, until) => later(last, until), undefined);
    return {
      ...{ secret: label, kind, owner, fingerprint },
      aliases: [...this.#aliases],
      roots: this.#roots.map(placeOf),
      holders: [
        ...new Set(
          open.map(({ place, at }) => (at === undefined ? place.holder : `${place.holder} (at ${at})`)),
        ),
      ],
      uses: this.#places.reduce((sum, { uses }) => sum + uses, 0),
      leaks: leaksBelow(this.#roots, false),
      ...(this.#broken === undefined ? {} : { broken: this.#broken }),
      ...(died === undefined ? {} : { died }),
    };
  }
}

function later(one: LineageMoment | undefined, other: LineageMoment | undefined): LineageMoment | undefined {
  return one === undefined || (other !== undefined && other.event > one.event) ? other : one;
}

function placeOf(draft: PlaceDraft): LineagePlace {
  const { place, at, leak, breaks, uses, lastUse, notes, until, children } = draft;
  return {
    ...place,
    ...(at === undefined ? {} : { at }),
    ...{ leak, breaks, uses },
    ...(lastUse === undefined ? {} : { lastUse }),
    notes,
    ...(until === undefined ? {} : { until }),
    children: children.map(placeOf),
  };
}

/** Leaks out of places that were meant to have it; what a thief hands on is no further one. */
function leaksBelow(places: readonly PlaceDraft[], within: boolean): number {
  return places.reduce(
    (sum, { leak, children }) => sum + (leak && !within ? 1 : 0) + leaksBelow(children, leak),
    0,
  );
}
