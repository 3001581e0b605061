/**
 * One round of the fork check: a performance of a shipped variant, with forks taken of its world at random moments, in calls and in
 * handshakes too. A fork must have the trace and the state of its origin, and go on as it does when the same lines are typed in both: the
 * same events, the same octets on every link, the same state again. In between somebody types lines that the screenplay does not have.
 */
import { MINUTE, SECOND, type Micros } from '../../../sim/clock.ts';
import type { RandomSource } from '../../../sim/random.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { digestOfKept, type KeptValue } from '../../../sim/kept.ts';
import { handsetKind } from '../../../devices/handset/kind.ts';
import { lastLook, Performance, type PerformanceOptions } from '../../../scenarios/runs/index.ts';
import type { World } from '../../../scenarios/world/index.ts';
import { Handshakes, PacketDigest } from './packet-witness.ts';

/** One fork in so many is taken of an earlier moment. */
const EARLIER_EVERY = 3;

/** How long a fork and its origin are held against each other. */
const WINDOW_MIN: Micros = 5 * SECOND;
const WINDOW_MAX: Micros = 2 * MINUTE;

/** What one round performs, and how many forks it takes at moments that `random` chooses. */
export interface ForkRound {
  readonly performance: PerformanceOptions;
  readonly random: RandomSource;
  readonly forks: number;
  /** Makes a fork of now, or of an earlier time; what is to be tried, so that a test can make one that is another world. */
  readonly fork?: (world: World, time?: Micros) => World;
}

/** One fork that was held against its origin. */
export interface CheckedFork {
  readonly moment: Micros;
  /** What was under way when it was taken. */
  readonly inCall: boolean;
  readonly inHandshake: boolean;
  /** Whether it was taken up from this very moment, and not built from one before it. */
  readonly isQuiet: boolean;
  /** Whether the origin was taken up at an earlier moment, too, and held against itself. */
  readonly isRewound: boolean;
  /** Lines that were typed between the fork and the comparison. */
  readonly lines: number;
  /** Where it was another world; undefined when it was the same. */
  readonly difference: string | undefined;
}

interface Begun extends Omit<CheckedFork, 'lines' | 'difference'> {
  readonly fork: World;
  readonly until: Micros;
  /** Entries of the origin's log that the fork has had. */
  readonly entries: number;
  readonly originPackets: PacketDigest;
  readonly forkPackets: PacketDigest;
  readonly difference: string | undefined;
}

/** Takes the forks and compares them, in the order of their comparisons. */
export function checkForks(round: ForkRound): readonly CheckedFork[] {
  const { random } = round;
  const moments = momentsOf(round);
  const performance = new Performance(round.performance);
  const { world } = performance;
  const handshakes = new Handshakes(world.fabric.links);
  const begun: Begun[] = [];
  const checked: CheckedFork[] = [];
  let begins = 0;
  const compareUntil = (time: Micros): void => {
    for (const each of begun.filter(({ until }) => until <= time).sort((a, b) => a.until - b.until)) {
      begun.splice(begun.indexOf(each), 1);
      performance.advanceTo(each.until);
      checked.push(compared(performance, each));
    }
  };
  for (const moment of moments) {
    compareUntil(moment);
    performance.advanceTo(moment);
    if (performance.over) break;
    begun.push(begin(round, world, handshakes, begins++ % EARLIER_EVERY === 0));
    for (let n = random.below(3); n > 0; n--) {
      const { by, on, line } = pick(random, linesOf(world));
      performance.typeQuietly(by, on, line);
    }
  }
  compareUntil(Infinity);
  return checked;
}

function begin(round: ForkRound, world: World, handshakes: Handshakes, isRewound: boolean): Begun {
  const { random, fork: forkOf } = round;
  const isQuiet = world.unrest === undefined;
  const fork = forkOf?.(world) ?? world.fork();
  return {
    moment: world.now,
    inCall: [...world.ofKind(handsetKind).values()].some(({ line }) => line === 'inCall'),
    inHandshake: handshakes.open > 0,
    isQuiet,
    isRewound,
    fork,
    until: world.now + between(random, WINDOW_MIN, WINDOW_MAX),
    entries: world.log.length,
    originPackets: new PacketDigest(world.fabric.links),
    forkPackets: new PacketDigest(fork.fabric.links),
    difference:
      apart('at once', world, fork) ??
      (isQuiet ? apart('rebuilt', world.rebuild(), fork) : undefined) ??
      (isRewound ? rewoundApart(round, world) : undefined),
  };
}

/** Takes the origin up at an earlier moment, and lets it do again what it has done since. */
function rewoundApart(round: ForkRound, world: World): string | undefined {
  const time = between(round.random, 0, world.now);
  const fork = round.fork?.(world, time) ?? world.fork(time);
  const when = `rewound to ${time} us`;
  if (
    fork.now !== time ||
    fork.trace.events.length !== world.trace.events.filter(({ t }) => t <= time).length
  )
    return `${when}: ${fork.trace.events.length} events at ${fork.now} us`;
  fork.repeat(world.log.slice(fork.log.length), world.now);
  return apart(when, world, fork);
}

/** Lets a fork do what its origin has done since, and compares them. */
function compared({ world, over, artefacts }: Performance, begun: Begun): CheckedFork {
  const { moment, inCall, inHandshake, isQuiet, isRewound } = begun;
  const { fork, entries, originPackets, forkPackets } = begun;
  const since = world.log.slice(entries);
  fork.repeat(since, world.now);
  if (over) fork.end((devices) => lastLook(fork, devices, [...artefacts]));
  const packets =
    originPackets.hex === forkPackets.hex ? undefined : `other octets on the links by ${world.now} us`;
  const difference = begun.difference ?? apart('later', world, fork) ?? packets;
  const lines = since.filter((entry) => 'line' in entry).length;
  return { moment, inCall, inHandshake, isQuiet, isRewound, lines, difference };
}

function apart(when: string, origin: World, fork: World): string | undefined {
  return eventsApart(when, origin, fork) ?? statesApart(when, origin, fork);
}

function eventsApart(when: string, origin: World, fork: World): string | undefined {
  if (origin.trace.digest() === fork.trace.digest()) return undefined;
  const [was, is] = [origin.trace.events, fork.trace.events];
  const at = Array.from({ length: Math.max(was.length, is.length) }, (_, n) => n).find(
    (n) => textOf(was[n]) !== textOf(is[n]),
  );
  return `${when}, event ${(at ?? 0) + 1}: origin ${textOf(was[at ?? 0])}, fork ${textOf(is[at ?? 0])}`;
}

/** The same has happened in both; what both are now is compared where it can be kept. */
function statesApart(when: string, origin: World, fork: World): string | undefined {
  if (origin.unrest !== fork.unrest)
    return `${when}: origin is ${origin.unrest ?? 'quiet'}, fork ${fork.unrest ?? 'quiet'}`;
  const [was, is] = [origin.checkpoint()?.state, fork.checkpoint()?.state];
  if (was === undefined || is === undefined || digestOfKept(was) === digestOfKept(is)) return undefined;
  const parts = Object.keys(was).filter(
    (part) => digestOfKept(partOf(was, part)) !== digestOfKept(partOf(is, part)),
  );
  return `${when}: other states of ${parts.join(', ')}`;
}

function textOf(event: AnyTraceEvent | undefined): string {
  return event === undefined ? 'has none' : JSON.stringify(event);
}

/**
 * Moments of a performance, in order: a third of them anywhere, a third in calls, a third in handshakes, as far as there are any. A
 * run without its probes is the same run, and shows when they are.
 */
function momentsOf({ performance: options, random, forks }: ForkRound): readonly Micros[] {
  const scout = new Performance({ ...options, screenplay: { ...options.screenplay, probes: [] } });
  const handshakes = new Handshakes(scout.world.fabric.links);
  scout.finish();
  const whole = [{ begins: 0, ends: scout.now }];
  const kinds = [whole, callsOf(scout.world.trace.events), handshakes.past];
  return Array.from({ length: forks }, (_, n) => {
    const stretches = kinds[n % kinds.length] ?? whole;
    const { begins, ends } = pick(random, stretches.length > 0 ? stretches : whole);
    return between(random, begins, ends);
  }).sort((a, b) => a - b);
}

function callsOf(events: readonly AnyTraceEvent[]): { begins: Micros; ends: Micros }[] {
  return events.flatMap(({ type, t: begins, data }) => {
    if (type !== 'handset.call-connected') return [];
    const ended = events.find((event) => event.type === 'handset.call-ended' && event.data.csb === data.csb);
    return ended === undefined ? [] : [{ begins, ends: ended.t }];
  });
}

/** Lines that anybody might type in this world: those of its screenplay, whenever they are due there, and calls. */
function linesOf(
  world: World,
): readonly { readonly by: string; readonly on: string; readonly line: string }[] {
  const { steps } = world.options.screenplay;
  const phones = [...world.ofKind(handsetKind).values()];
  return [
    ...steps.map(({ by, on, type }) => ({ by, on: on ?? by, line: type })),
    ...phones.flatMap(({ name, user }) => [
      { by: user, on: name, line: 'hang-up' },
      ...phones
        .filter((peer) => peer.user !== user)
        .map((peer) => ({ by: user, on: name, line: `call ${peer.user} --for 9s` })),
    ]),
  ];
}

function pick<Item>(random: RandomSource, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item;
}

/** A whole number from `least` to below `most`. */
function between(random: RandomSource, least: number, most: number): number {
  return least + Math.floor(random.fraction() * (most - least));
}

function partOf(state: { readonly [part: string]: KeptValue }, part: string): KeptValue {
  return state[part];
}
