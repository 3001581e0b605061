/**
 * The world of one run: a clock, a network, the devices and the people, and one way to make anything happen: type a line.
 *
 * A world is a pure function of its options, those who watch it among them, and of its log: the lines typed and the events noted,
 * at their times. So a fork is not a copy: it is built anew and the log is repeated, and it behaves as this one would have.
 */
import type { Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { Trace, type EventNumber, type TraceType } from '../../sim/trace.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';
import type { Console, Reply } from '../../devices/console/index.ts';
import { Contacts } from '../../devices/contacts.ts';
import type { Deployment } from '../../devices/deployment.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';
import { handsetInUse, handsetKind } from '../../devices/handset/kind.ts';
import type { Declared, DeviceKind, Premises } from '../../devices/kind.ts';
import type { Physical } from '../../devices/physical.ts';
import { personConsole } from './people/person.ts';
import type { Things } from './people/things.ts';
import { body } from './things/device.ts';
import { giveSims } from './things/sim.ts';
import { answerPhones } from './answering.ts';
import { tellBeginning } from './beginning.ts';
import type { Checkpoint, WorldState } from './checkpoint.ts';
import { declaredOf, officesOf, peopleOf } from './declared.ts';
import { groundOf, type Ground } from './ground.ts';
import { consoleNamed } from './console-named.ts';
import { KeptMoments } from './kept-moments.ts';
import type { LogEntry, Noted } from './log.ts';
import type { WorldClock, WorldNetwork } from './physics.ts';
import { premisesOf, StandingDevices } from './premises.ts';
import { sightIn } from './sight.ts';
import { typeQuietly } from './type-quietly.ts';
import { Witnesses, type PlainValue, type Statement, type Witness } from './witness.ts';
import type { WorldOptions } from './world-options.ts';

/** Lines are typed at its consoles, time passes by its clock, and all that happens is in its trace. */
export class World {
  readonly options: WorldOptions;
  readonly clock: WorldClock;
  readonly trace: Trace;
  readonly fabric: WorldNetwork;
  readonly deployment: Deployment;
  readonly things: Things;
  readonly contacts: Contacts;
  /** Everybody who types lines. */
  readonly people: readonly string[];
  /** The place where its devices stand. */
  readonly premises: Premises;
  readonly #devices = new StandingDevices();
  readonly #consoles = new Map<string, Console>();
  readonly #physical = new Map<string, Physical>();
  readonly #log: LogEntry[];
  readonly #witnesses: Witnesses;
  readonly #ground: Ground;
  readonly #moments: KeptMoments;
  #record: Trace;
  /** Who answers their phone only when somebody types it. */
  #played: readonly string[];

  /** `from`: a moment that it is taken up from, of a world with the same options; `moments`: earlier ones that it has as well. */
  constructor(options: WorldOptions, from?: Checkpoint, moments = new KeptMoments()) {
    const { screenplay, assets, listen, played, witnesses = [] } = options;
    const kept = from?.state;
    const ground = groundOf(options, from);
    const { ports, topology } = ground;
    this.options = options;
    this.people = peopleOf(assets.kinds, screenplay);
    this.#ground = ground;
    this.#moments = moments;
    this.#played = played;
    this.#log = [...(from?.log ?? [])];
    this.clock = ground.clock;
    this.trace = ports.trace;
    this.#record = this.trace;
    this.fabric = ground.fabric;
    this.deployment = ports.deployment;
    this.things = ground.things;
    this.contacts = ground.contacts;
    const sight = sightIn((name) => this.ofKind(handsetKind).get(name), this.things, assets.readQr);
    this.#witnesses = new Witnesses(this.trace, witnesses, sight, kept?.witnesses);
    if (kept === undefined) tellBeginning(this.trace, options);
    this.premises = premisesOf({
      ...{ screenplay, assets, listen, ports, topology, contacts: this.contacts, fabric: this.fabric },
      ...{ things: this.things, calls: ground.calls, consoles: this.#consoles, devices: this.#devices },
    });
    for (const kind of assets.kinds)
      for (const declared of declaredOf(kind, screenplay)) this.#stand(kind, declared, kept);
    if (kept === undefined) giveSims(this.things, screenplay);
    for (const name of this.people) this.#enter(name);
    answerPhones(this, () => this.#played);
    this.#witnesses.tap(this.fabric.links);
    if (kept !== undefined) ground.simulated?.complete();
  }

  get now(): Micros {
    return this.clock.now();
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
    return consoleNamed(this.#consoles, name);
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
    return this.#ground.simulated !== undefined;
  }

  /**
   * The same world again as it is now, or as it was at an earlier time, after everything that had happened by then: taken up from the nearest
   * moment that was kept, with what the log has since. What happens in one of them does not touch the other. Nobody sits at a
   * fork, so from that moment on its phones are answered whoever is played.
   */
  fork(time: Micros = this.now): World {
    const here = time === this.now ? this.checkpoint() : undefined;
    if (here !== undefined) this.#moments.remember(here);
    return this.#again(time, this.#moments.before(time));
  }

  /** The same, built from the first line on: what {@link fork} has to be equal to. */
  rebuild(time: Micros = this.now): World {
    return this.#again(time, undefined);
  }

  #again(time: Micros, from: Checkpoint | undefined): World {
    assert(this.canFork, 'only a simulation can be built again');
    assert(time <= this.now, 'what is built again has happened');
    this.#settle();
    const world = new World({ ...this.options, listen: undefined }, from, this.#moments.until(time));
    const since = this.#log.slice(world.#log.length).filter((entry) => entry.time <= time);
    world.repeat(since, time);
    world.#played = [];
    return world;
  }

  /** Why this moment is none to be taken up from; undefined when it is quiet. */
  get unrest(): string | undefined {
    return this.canFork ? (this.#ground.simulated?.unrest ?? this.#devices.unrest) : 'it is no simulation';
  }

  /** This moment, to be taken up from; undefined when it is not quiet. */
  checkpoint(): Checkpoint | undefined {
    this.#settle();
    const { simulated, topology, calls } = this.#ground;
    if (simulated === undefined || this.unrest !== undefined) return undefined;
    return {
      time: this.now,
      trace: this.trace.prefix(),
      log: [...this.#log],
      state: {
        physics: simulated.save(),
        topology: topology.save(),
        devices: this.#devices.save(),
        things: this.things.save(),
        calls: calls.save(),
        witnesses: this.#witnesses.save(),
      },
    };
  }

  /** Keeps this moment, to be taken up from as long as there is room; false when it is not quiet. */
  keep(): boolean {
    const checkpoint = this.checkpoint();
    if (checkpoint !== undefined) this.#moments.add(checkpoint);
    return checkpoint !== undefined;
  }

  /** Those that {@link keep} has kept, as far as there is room. */
  get moments(): KeptMoments {
    return this.#moments;
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

  /** Closes the trace, after what `look` has to say of the devices that hands can reach, as they are then. */
  end(look: (devices: ReadonlyMap<string, Physical>) => readonly Statement[] = () => []): void {
    this.fabric.flush?.();
    for (const { type, data } of look(this.#physical)) this.trace.append<TraceType>(type, 'examiner', data);
    this.options.physics?.ending?.(this.trace);
    this.trace.append('trace.ended', 'world', { events: this.trace.events.length + 1 });
    this.#record = this.options.physics?.merged?.(this.trace) ?? this.trace;
  }

  /** Lets everything happen that is due by now: before what is done from outside, and so before it is done again. */
  #settle(): void {
    if (this.canFork) this.runUntil(this.now);
  }

  /** Builds a device and puts it into its place, or into the hand of who has it. */
  #stand(kind: DeviceKind, declared: Declared, kept: WorldState | undefined): void {
    const standing = kind.build(this.premises, declared, kept?.devices[declared.name]);
    if (standing === undefined) return;
    const { name } = declared;
    this.#devices.add(kind, name, standing);
    this.#consoles.set(name, standing.console);
    if (standing.physical === undefined) return;
    this.#physical.set(name, standing.physical);
    if (kept === undefined) this.things.add(body(name), standing.holder ?? 'its-place');
    else this.things.giveBackTo(standing.physical);
  }

  /** The device that somebody looks after, and those in their hands. */
  #near(person: string): readonly string[] {
    const office = this.offices.get(person);
    const held = this.things.at(person).filter((name) => this.#consoles.has(name));
    return [...new Set([...(office === undefined ? [] : [office]), ...held])];
  }

  /** Gives somebody hands. A device that acts by itself has them too: its console takes their commands. */
  #enter(name: string): void {
    const hands = personConsole(name, {
      ...{ trace: this.trace, things: this.things, people: this.people, devices: this.#physical },
      rules: this.#ground.ports.rules,
      numberOf: (user) => this.contacts.known(user),
      near: (person) => this.#near(person),
      chance: (stream) => this.#ground.ports.random.stream(`hands:${name}:${stream}`),
      readQr: this.options.assets.readQr,
      strangers: [...this.ofKind(attackerKind).keys()],
      disposal: this.options.screenplay.disposal ?? new Map(),
      screenOf: (device) => this.#consoles.get(device)?.screen() ?? [],
      onSeized: (person, { name: device }, octets) =>
        this.ofKind(attackerKind).get(person)?.seized(octets, device),
    });
    const own = this.#consoles.get(name);
    if (own === undefined) this.#consoles.set(name, hands);
    else own.add(hands);
  }
}
