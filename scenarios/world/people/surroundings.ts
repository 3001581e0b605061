/** The part of the world that people's hands reach, and the words by which a person names what is in it. */
import type { CustodyVerb, HandOver } from '../../../sim/custody.ts';
import type { Trace } from '../../../sim/trace.ts';
import { nameOf, type Kind } from '../../../devices/console/index.ts';
import type { QrReader } from '../../../devices/hardware/index.ts';
import type { Physical } from '../../../devices/physical.ts';
import type { RandomSource } from '../../../sim/random.ts';
import type { Rules } from '../../../devices/rules.ts';
import { peopleError } from './errors.ts';
import type { Things } from './things.ts';

/** What somebody with hands has around them. */
export interface Surroundings {
  readonly trace: Trace;
  readonly things: Things;
  readonly people: readonly string[];
  readonly rules: Rules;
  /** The number of a user; undefined of who has none. */
  readonly numberOf: (user: string) => string | undefined;
  readonly devices: ReadonlyMap<string, Physical>;
  /** The devices that a person looks after or has in hand. */
  readonly near: (person: string) => readonly string[];
  /** What the screen of a device shows; nothing of what has none. */
  readonly screenOf: (device: string) => readonly string[];
  /** Chance in somebody's hands, by what they hold: each name is a stream of its own. */
  readonly chance: (name: string) => RandomSource;
  readonly readQr: QrReader;
  /** Those of the people whom nobody would give anything: attackers. */
  readonly strangers: readonly string[];
  /** How media may be treated, by medium, as far as the deployment declares it. */
  readonly disposal: ReadonlyMap<string, readonly string[]>;
  /** Called with the storage octets of a device that `person` seized. */
  readonly onSeized: (person: string, device: Physical, octets: Uint8Array) => void;
}

/** Somebody hands over what is on a thing, if there is any secret on it. */
export function handOver(
  { trace }: Surroundings,
  person: string,
  verb: CustodyVerb,
  {
    secrets = [],
    from,
    to,
  }: Omit<HandOver, 'secrets'> & { readonly secrets: HandOver['secrets'] | undefined },
): void {
  if (secrets.length > 0) trace.append(`custody.${verb}`, person, { secrets, from, to });
}

/** What is destroyed cannot be had any more; that somebody came too late is in the trace. Errors: PEOPLE_DESTROYED. */
export function refuseDestroyed({ trace, things }: Surroundings, person: string, what: string): void {
  if (things.names.includes(what)) return;
  const isGone = trace.events.some(({ type, data }) => type === 'person.destroyed' && data.thing === what);
  if (!isGone) return;
  trace.append('person.came-too-late', person, { by: person, thing: what });
  throw peopleError('PEOPLE_DESTROYED', `${what} was destroyed`);
}

/** A word that names somebody. */
export function personWord({ people }: Surroundings): Kind<string> {
  return nameOf(
    'a person of the scenario',
    () => people,
    (word) => people.find((each) => each === word),
  );
}

/** A word that should name a thing; whether there is one is for whoever takes it in hand to find out. */
export function thingWord({ things }: Surroundings): Kind<string> {
  return nameOf(
    'a thing',
    () => things.names,
    (word) => word,
  );
}

/** A word that names a device that hands can reach; its name is completed, and the value is the device itself. */
export function deviceWord({ devices }: Surroundings): Kind<Physical> {
  return nameOf(
    'a device',
    () => [...devices.keys()],
    (word) => devices.get(word),
  );
}

/** Puts a network cable into a device that must not have one, or takes it out. Errors: PEOPLE_NOT_POSSIBLE. */
export function plugCable(person: string, { trace }: Surroundings, into: Physical, plugged: boolean): void {
  if (into.plugCable === undefined)
    throw peopleError('PEOPLE_NOT_POSSIBLE', `${into.name} has no socket that stands empty`);
  const event = trace.append('person.plugged', person, { by: person, device: into.name, plugged });
  trace.because(event, () => into.plugCable?.(plugged, person));
}
