/**
 * The world of one run: a clock, a network, the devices and the people, and one way to make anything happen: type a line.
 *
 * A world is a pure function of its options, those who watch it among them, and of its log: the lines typed and the events noted,
 * at their times. So a fork is not a copy: it is built anew and the log is repeated, and it behaves as this one would have.
 */
import type { Micros } from '../../sim/clock.ts';
import { assert, CalldrillError } from '../../sim/errors.ts';
import { Trace, TRACE_VERSION, type EventNumber } from '../../sim/trace.ts';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';
import type { Console, Reply } from '../../devices/console/index.ts';
import { Contacts } from '../../devices/contacts.ts';
import { deploymentOf, type Deployment } from '../../devices/deployment.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';
import { handsetInUse, handsetKind } from '../../devices/handset/kind.ts';
import type { Declared, DeviceKind, Premises } from '../../devices/kind.ts';
import type { Physical } from '../../devices/physical.ts';
import type { Ports } from '../../devices/ports.ts';
import { Rules, type RuleName } from '../../devices/rules.ts';
import { personConsole } from './people/person.ts';
import { Things } from './people/things.ts';
import { body } from './things/device.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import { answerPhones } from './answering.ts';
import type { Assets } from './assets.ts';
import { declaredOf, everyDeclaredOf, officesOf } from './declared.ts';
import type { Listen } from './earpiece.ts';
import { worldError } from './errors.ts';
import type { LogEntry, Noted } from './log.ts';
import { simulatedPhysics, type Physics, type Seeds, type WorldClock, type WorldNetwork } from './physics.ts';
import { premisesOf, StandingDevices } from './premises.ts';
import { Topology } from './topology.ts';
import { typeQuietly } from './type-quietly.ts';
import { Witnesses, type PlainValue, type Witness } from './witness.ts';

/** Everything that a world is a function of, but for what is typed in it. */
export interface WorldOptions extends Seeds {
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  readonly tool: string;
  /** Rules that a planted violation breaks. */
  readonly broken: readonly RuleName[];
  /** People whose lines are typed from outside: the world does not answer the phone for them. */
  readonly played: readonly string[];
  /** What it stands on; a simulation under the seeds when left out. A world on anything else cannot be forked. */
  readonly physics?: Physics;
  /** Who watches it, and its forks; nobody when left out. */
  readonly witnesses?: readonly Witness[];
  /** Listens to what is heard of calls. Not in forks: what is tried in them was heard by nobody. */
  readonly listen?: Listen | undefined;
}

/** Lines are typed at its consoles, time passes by its clock, and all that happens is in its trace. */
export class World {
  readonly options: WorldOptions;
  readonly clock: WorldClock;
  readonly trace: Trace;
  readonly fabric: WorldNetwork;
  readonly deployment: Deployment;
  readonly things = new Things();
  readonly contacts: Contacts;
  /** The place where its devices stand. */
  readonly premises: Premises;
  readonly #ports: Ports;
  readonly #devices = new StandingDevices();
  readonly #consoles = new Map<string, Console>();
  readonly #physical = new Map<string, Physical>();
  readonly #log: LogEntry[] = [];
  readonly #witnesses: Witnesses;
  readonly #topology: Topology;
  #record: Trace;
  /** Who answers their phone only when somebody types it. */
  #played: readonly string[];

  constructor(options: WorldOptions) {
    this.options = options;
    this.#played = options.played;
    const { screenplay, broken, physics = simulatedPhysics(options), assets, listen } = options;
    this.clock = physics.clock;
    this.trace = new Trace(this.clock);
    this.#record = this.trace;
    this.#witnesses = new Witnesses(this.trace, options.witnesses ?? [], {
      storageOf: (device) => storageOf(this.ofKind(handsetKind).get(device)),
    });
    this.#begin();
    this.deployment = deploymentOf(screenplay.parameters);
    this.#ports = {
      clock: this.clock,
      random: physics.random,
      keys: physics.keys,
      trace: this.trace,
      deployment: this.deployment,
      rules: new Rules(broken),
      begins: screenplay.begins,
    };
    this.fabric = physics.network(this.trace);
    this.contacts = new Contacts(
      new Map(screenplay.world.users.map(({ name, number }) => [name, canonicalNumber(number)])),
    );
    this.#topology = new Topology(this.fabric, screenplay, this.deployment);
    this.premises = premisesOf({
      ...{ screenplay, assets, listen, ports: this.#ports, contacts: this.contacts, fabric: this.fabric },
      ...{ topology: this.#topology, things: this.things, consoles: this.#consoles, devices: this.#devices },
    });
    for (const kind of assets.kinds)
      for (const declared of declaredOf(kind, screenplay)) this.#stand(kind, declared);
    for (const name of this.people) this.#enter(name);
    answerPhones(this, () => this.#played);
    this.#witnesses.tap(this.fabric.links);
  }

  get now(): Micros {
    return this.clock.now();
  }

  /** Everybody who types lines. */
  get people(): readonly string[] {
    const { assets, screenplay } = this.options;
    const { users, people } = screenplay.world;
    return [
      ...new Set([
        ...users.map(({ name }) => name),
        ...this.offices.keys(),
        ...people,
        ...everyDeclaredOf(assets.kinds, screenplay).flatMap(({ kind, name }) => (kind.attacks ? name : [])),
      ]),
    ];
  }

  /** The people who look after a device, each with its name. */
  get offices(): ReadonlyMap<string, string> {
    return officesOf(this.options.assets.kinds, this.options.screenplay);
  }

  /** The devices of a kind, by name, in the order in which they were built. */
  ofKind<Device>(kind: DeviceKind<Device>): ReadonlyMap<string, Device> {
    return this.#devices.ofKind(kind);
  }

  get consoles(): ReadonlyMap<string, Console> {
    return this.#consoles;
  }

  /** What was done to it so far; what the world does by itself is not among it. */
  get log(): readonly LogEntry[] {
    return this.#log;
  }

  /** What one of those who watch it knows by now. */
  stateOf<State extends PlainValue>(witness: Witness<State>): State {
    return this.#witnesses.stateOf(witness);
  }

  /** The console of a device or person. Errors: WORLD_NO_CONSOLE. */
  console(name: string): Console {
    const console = this.#consoles.get(name);
    if (console === undefined) {
      throw worldError('WORLD_NO_CONSOLE', `there is no device or person '${name}'`, {
        fix: `There are: ${[...this.#consoles.keys()].join(', ')}.`,
      });
    }
    return console;
  }

  /** Types a line now. Throws what the console throws. */
  type(by: string, on: string, line: string): Reply {
    this.#settle();
    this.#log.push({ time: this.now, by, on, line });
    return this.console(on).type(line, by);
  }

  /** Puts an event into the trace that nothing in the world has led to. */
  note(noted: Noted): EventNumber {
    this.#settle();
    this.#log.push({ ...noted, time: this.now });
    return this.trace.append<Noted['type']>(noted.type, noted.on, noted.data);
  }

  /**
   * Tries a line that disturbs nothing, now, and leaves no mark: the log does not have it, and what is written of it is no part of
   * the trace. Throws what the console throws.
   */
  attempt(by: string, on: string, line: string): Reply {
    const console = this.console(on);
    assert(console.commandOf(line)?.disturbs === false, 'only what does not disturb leaves no mark');
    return this.trace.aside(() => console.type(line, by));
  }

  runUntil(time: Micros): void {
    this.clock.runUntil(time);
  }

  /** Whether it is a simulation: a function of its options and its log. */
  get canFork(): boolean {
    return this.options.physics === undefined;
  }

  /**
   * The same world again, at the same moment. What happens in one of them does not touch the other. Nobody sits at a fork, so
   * from that moment on its phones are answered whoever is played.
   */
  fork(): World {
    assert(this.canFork, 'only a simulation can be built again');
    this.#settle();
    const world = new World({ ...this.options, listen: undefined });
    world.repeat(this.#log, this.now);
    world.#played = [];
    return world;
  }

  /** Does what a log says, at its times, then runs on to `until`. A line that was refused is refused again. */
  repeat(log: readonly LogEntry[], until: Micros): void {
    for (const entry of log) {
      this.runUntil(entry.time);
      if ('line' in entry) typeQuietly(this, entry.by, entry.on, entry.line);
      else this.note(entry);
    }
    this.runUntil(until);
  }

  /** The phone that a user has in hand and uses; the last one that they were given. */
  handsetInUse(user: string): ReachedHandset | undefined {
    return handsetInUse(this.premises, user);
  }

  /** The trace that the run is judged by: that of all processes, once it is closed. */
  get record(): Trace {
    return this.#record;
  }

  /** Closes the trace. */
  end(): void {
    this.fabric.flush?.();
    this.options.physics?.ending?.(this.trace);
    this.trace.append('trace.ended', 'world', { events: this.trace.events.length + 1 });
    this.#record = this.options.physics?.merged?.(this.trace) ?? this.trace;
  }

  /** Lets everything happen that is due by now: before what is done from outside, and so before it is done again. */
  #settle(): void {
    if (this.canFork) this.runUntil(this.now);
  }

  #begin(): void {
    const { screenplay, seed, keySeed, tool } = this.options;
    this.trace.append('trace.began', 'world', {
      version: TRACE_VERSION,
      tool,
      scenario: screenplay.id,
      variant: screenplay.variant.name,
      seed,
      keySeed,
      begins: new Date(screenplay.begins).toISOString(),
    });
  }

  /** Builds a device and puts it into its place, or into the hand of who has it. */
  #stand(kind: DeviceKind, declared: Declared): void {
    const standing = kind.build(this.premises, declared);
    if (standing === undefined) return;
    const { name } = declared;
    this.#devices.add(kind, name, standing);
    this.#consoles.set(name, standing.console);
    if (standing.physical === undefined) return;
    this.#physical.set(name, standing.physical);
    this.things.add(body(name), standing.holder ?? 'its-place');
  }

  /** Gives somebody hands. A device that acts by itself has them too: its console takes their commands. */
  #enter(name: string): void {
    const hands = personConsole(name, {
      trace: this.trace,
      things: this.things,
      people: this.people,
      rules: this.#ports.rules,
      devices: this.#physical,
      onSeized: (person, { name: device }, octets) =>
        this.ofKind(attackerKind).get(person)?.seized(octets, device),
    });
    const own = this.#consoles.get(name);
    if (own === undefined) this.#consoles.set(name, hands);
    else own.add(hands.commands);
  }
}

/** The storage of a phone; nothing of one that is a process of its own, and is gone by now. */
function storageOf(phone: ReachedHandset | undefined): Uint8Array | undefined {
  try {
    return phone?.extract();
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
