/**
 * Who may have which secret when a run ends, as its trace has it: whoever has it by custody, and a medium that had it once, which keeps what was deleted or
 * replaced until somebody wipes or sanitises it. A disk that was taken out of a computer has all that the computer had until then.
 */
import type { Secret } from '../../sim/secret.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import type { Lineage, LineagePlace } from '../evidence/custody/index.ts';
import type { PlaceKind, ScannedPlace } from '../world/scan/places.ts';

/** What a find is: where custody has it, what a medium kept of what it had, or neither. */
export type FindMeaning = 'held' | 'remnant' | 'stray';

/** From when to when something had a secret. */
interface Stay {
  readonly from: EventNumber;
  readonly until: EventNumber;
  /** Whether it was written: what a phone scans, it may refuse and forget. */
  readonly written: boolean;
}

/** Kinds of secrets that a device writes where they stay. */
const WRITTEN: ReadonlySet<string> = new Set<Secret['kind']>([
  'RSK',
  'SSK',
  'PSK',
  'update key',
  'KSAK',
  'z_T',
]);

/** What is done with what is written. */
const WRITES: ReadonlySet<string> = new Set(['made', 'loaded', 'installed']);

/** Where what is not there any more may still stand. */
const KEEPS_REMNANTS: ReadonlySet<PlaceKind> = new Set<PlaceKind>(['medium', 'remnant']);

/** A secret, whatever its owner is called. */
export function nameOfSecret({ kind, fingerprint }: Pick<Secret, 'kind' | 'fingerprint'>): string {
  return `${kind} ${fingerprint}`;
}

/** What the events of a run say of it, once it is over. */
export class CustodyAtEnd {
  readonly #stays = new Map<string, ReadonlyMap<string, readonly Stay[]>>();
  /** By loose disk: the computer that it was in, and when it was taken out. */
  readonly #outOf = new Map<string, { readonly device: string; readonly event: EventNumber }>();
  /** When a medium was cleared last. */
  readonly #cleared = new Map<string, EventNumber>();

  constructor(events: readonly AnyTraceEvent[], lineages: readonly Lineage[]) {
    for (const event of events) {
      if (event.type === 'person.replaced-disk') {
        const { device, disk } = event.data;
        this.#outOf.set(disk, { device, event: event.n });
      } else if (event.type === 'person.sanitised') this.#cleared.set(event.data.thing, event.n);
      else if (event.type === 'handset.wiped') this.#cleared.set(event.on, event.n);
    }
    for (const lineage of lineages)
      this.#stays.set(`${lineage.kind} ${lineage.fingerprint}`, staysOf(lineage));
  }

  /** What it means that a secret stands in a place. */
  meaningOf({ holder, kind }: Pick<ScannedPlace, 'holder' | 'kind'>, name: string): FindMeaning {
    if (holder === null) return 'stray';
    const stays = this.#staysOf(name, holder);
    if (stays.some(({ until }) => until === Infinity)) return 'held';
    return KEEPS_REMNANTS.has(kind) && stays.length > 0 ? 'remnant' : 'stray';
  }

  /** Everybody who still has the key that they wrote last: nothing can have replaced it since, so it has to be found. */
  keepers(): ReadonlySet<string> {
    const last = new Map<string, Stay>();
    for (const [name, byHolder] of this.#stays)
      if (WRITTEN.has(name.slice(0, name.lastIndexOf(' '))))
        for (const holder of byHolder.keys())
          for (const stay of this.#staysOf(name, holder))
            if (stay.written && stay.from >= (last.get(holder)?.from ?? 0)) last.set(holder, stay);
    return new Set([...last].flatMap(([holder, { until }]) => (until === Infinity ? [holder] : [])));
  }

  #staysOf(name: string, holder: string): readonly Stay[] {
    const byHolder = this.#stays.get(name);
    const own = byHolder?.get(holder) ?? [];
    const out = this.#outOf.get(holder);
    const before = out === undefined ? [] : (byHolder?.get(out.device) ?? []);
    // What it had when it was taken out it has until it is cleared, whatever becomes of the computer.
    const inherited = before.flatMap((stay) => {
      const taken = out?.event ?? 0;
      if (stay.from > taken) return [];
      return [{ ...stay, until: stay.until > taken ? Infinity : stay.until }];
    });
    const cleared = this.#cleared.get(holder) ?? 0;
    return [...own, ...inherited].filter(({ from }) => from > cleared);
  }
}

function staysOf({ roots }: Lineage): ReadonlyMap<string, readonly Stay[]> {
  const stays = new Map<string, Stay[]>();
  const visit = ({ holder, how, event, until, notes, children }: LineagePlace): void => {
    const own = stays.get(holder) ?? [];
    own.push({
      from: event,
      until: until?.event ?? Infinity,
      written: [how, ...notes.map(({ what }) => what)].some((what) => WRITES.has(what)),
    });
    stays.set(holder, own);
    children.forEach(visit);
  };
  roots.forEach(visit);
  return stays;
}
