/**
 * The last look of a run: all octets that its world has when it ends are searched for every secret that was ever in it. One that is found where custody
 * says that it is, or on a medium that had it and was not sanitised since, is explained; any other find is a stray, told with the first event after
 * which it was there. A look that could not see everything says so, and shows nothing.
 */
import { Secret } from '../../sim/secret.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import type { Physical } from '../../devices/physical.ts';
import { lineagesOf } from '../evidence/custody/index.ts';
import { placesOf, TRACE_PLACE, type Places, type ScannedPlace } from '../world/scan/places.ts';
import { SecretFinder } from '../world/scan/secret-finder.ts';
import type { Statement } from '../world/witness.ts';
import type { World } from '../world/world.ts';
import { CustodyAtEnd, nameOfSecret } from './custody-at-end.ts';
import { firstSeen } from './first-seen.ts';

/** Strays that are told one by one; all are counted. */
const STRAYS_MAX = 20;

/** Places whose first event is looked for by going back to earlier moments: each takes a dozen of them. */
const FIRSTS_MAX = 3;

/** A package is wrapped, and meant to be seen by those who cannot open it. */
const SEALED: Secret['kind'] = 'key package';

/** A find that nothing explains. */
export interface Stray {
  readonly place: ScannedPlace;
  /** Its secret, by kind and fingerprint, and as the trace calls it. */
  readonly name: string;
  readonly label: string;
  readonly encoding: string;
  readonly at: number;
}

/** What a search came to. */
export interface Searched {
  readonly strays: readonly Stray[];
  readonly secrets: number;
  readonly explained: number;
  readonly remnants: number;
  /** Devices that have keys as custody has it, and in whose storage none was found. */
  readonly blind: readonly string[];
}

/** What there is to say of a world that is about to end: what strayed, and one count; `files` are what the run hands out beside its trace. */
export function lastLook(
  world: World,
  devices: ReadonlyMap<string, Physical>,
  files: readonly (readonly [name: string, octets: Uint8Array | undefined])[],
): readonly Statement[] {
  const { events } = world.trace;
  const seen = placesOf(world, devices);
  const outward = files.flatMap(([name, octets]): readonly ScannedPlace[] =>
    octets === undefined ? [] : [{ kind: 'file', name, holder: null, octets }],
  );
  const found = searched([...seen.places, ...outward], events);
  return [...straysTold(world, found.strays), countOf(seen, found)];
}

/** Searches places for all secrets of a trace. */
export function searched(places: readonly ScannedPlace[], events: readonly AnyTraceEvent[]): Searched {
  const { secrets, finder } = soughtIn(events);
  const custody = new CustodyAtEnd(events, lineagesOf(events));
  const strays = new Map<string, Stray>();
  const [seen, read] = [new Set<string>(), new Set<string>()];
  let [explained, remnants] = [0, 0];
  for (const place of places) {
    if (place.kind === 'medium') read.add(place.holder ?? '');
    for (const { label: name, encoding, at } of finder.foundIn(place.octets)) {
      const meaning = custody.meaningOf(place, name);
      if (meaning === 'held') explained++;
      else if (meaning === 'remnant') remnants++;
      if (meaning !== 'stray') seen.add(place.holder ?? '');
      const key = `${place.name}\0${name}\0${encoding}`;
      if (meaning === 'stray' && !strays.has(key))
        strays.set(key, { place, name, label: secrets.get(name)?.label ?? name, encoding, at });
    }
  }
  const blind = [...custody.keepers()].filter((holder) => read.has(holder) && !seen.has(holder));
  return { strays: [...strays.values()], secrets: secrets.size, explained, remnants, blind };
}

/** The labels of all secrets of a trace that stand in a text which is made of it: a report, before anybody gets it. */
export function secretsInText(text: string, events: readonly AnyTraceEvent[]): readonly string[] {
  const { secrets, finder } = soughtIn(events);
  return finder.foundIn(Buffer.from(text)).map(({ label }) => secrets.get(label)?.label ?? label);
}

/** What is looked for, by kind and fingerprint, and who finds it. */
interface SoughtSecrets {
  readonly secrets: ReturnType<typeof secretsOf>;
  readonly finder: SecretFinder;
}

/** By the events of a trace that is over: its report is searched for the same as its world. */
const sought = new WeakMap<readonly AnyTraceEvent[], SoughtSecrets>();

function soughtIn(events: readonly AnyTraceEvent[]): SoughtSecrets {
  let those = sought.get(events);
  if (those === undefined) {
    const secrets = secretsOf(events);
    those = {
      secrets,
      finder: new SecretFinder([...secrets].map(([label, { octets }]) => ({ label, octets }))),
    };
    sought.set(events, those);
  }
  return those;
}

/** Every secret that the trace names, by kind and fingerprint. */
function secretsOf(
  events: readonly AnyTraceEvent[],
): ReadonlyMap<string, { readonly label: string; readonly octets: Uint8Array }> {
  const known = new Map<string, { readonly label: string; readonly octets: Uint8Array }>();
  const told = new Set<Secret>();
  const tell = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(tell);
    if (!(value instanceof Secret) || value.kind === SEALED || told.has(value)) return;
    told.add(value);
    const name = nameOfSecret(value);
    if (!known.has(name)) known.set(name, { label: value.label, octets: value.reveal() });
  };
  for (const { data } of events) for (const value of Object.values(data)) tell(value);
  return known;
}

/** What was looked at; files of the run are left out, which must not change what its trace says. */
function countOf({ places, unread }: Places, found: Searched): Statement {
  const { secrets, explained, remnants, strays, blind } = found;
  const missed = [...unread, ...blind];
  if (missed.length > 0) return { type: 'audit.not-scanned', data: { missed } };
  const octets = places.reduce((sum, place) => sum + place.octets.length, 0);
  const counts = { places: places.length, octets, secrets, explained, remnants, strays: strays.length };
  return { type: 'audit.scanned', data: counts };
}

function straysTold(world: World, strays: readonly Stray[]): readonly Statement[] {
  const firsts = new Map<string, EventNumber | null>();
  return strays.slice(0, STRAYS_MAX).map((stray) => {
    const { place, label: secret, encoding } = stray;
    if (!firsts.has(place.name) && firsts.size < FIRSTS_MAX) firsts.set(place.name, firstOf(world, stray));
    return {
      type: 'audit.stray',
      data: { place: place.name, secret, encoding, event: firsts.get(place.name) ?? null },
    };
  });
}

const LINE_END = 10;

/** The first event after which it was there. Of the trace that is the event in whose line it is; of a file nobody asks. */
function firstOf(world: World, { place, name, at }: Stray): EventNumber | null {
  if (place.kind === 'file') return null;
  if (place.name === TRACE_PLACE) {
    return place.octets.subarray(0, at).reduce((n, octet) => n + (octet === LINE_END ? 1 : 0), 1);
  }
  return firstSeen(world, place.device ?? '', (then, devices) => {
    const there = placesOf(then, devices).places.filter((each) => each.name === place.name);
    return searched(there, then.trace.events).strays.some((each) => each.name === name);
  });
}
