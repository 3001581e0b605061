/**
 * The world of one run: a clock, a network, the devices and the people, and one way to make anything happen: type a line.
 *
 * A world is a pure function of its options and of the lines typed at their times. So a fork is not a copy: it is built anew
 * from the log of lines, and behaves as this one would have.
 */
import type { Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { Trace, TRACE_VERSION } from '../../sim/trace.ts';
import { canonicalNumber } from '../../network/mikey/index.ts';
import { speech } from '../../network/rtp/index.ts';
import { SimulatedFabric, type Link } from '../../network/simulated/index.ts';
import type { Attachment } from '../../network/fabric.ts';
import { Attacker } from '../../devices/attacker/index.ts';
import { Cms } from '../../devices/cms/index.ts';
import { Crs, type ReachedCrs } from '../../devices/crs/index.ts';
import type { Console, Reply } from '../../devices/console/index.ts';
import { deploymentOf, type Deployment } from '../../devices/deployment.ts';
import { Firewall } from '../../devices/firewall/index.ts';
import { Contacts, Handset, type HandsetOptions, type ReachedHandset } from '../../devices/handset/index.ts';
import { Mdm } from '../../devices/mdm/index.ts';
import type { Physical } from '../../devices/physical.ts';
import type { Ports } from '../../devices/ports.ts';
import { Rules, type RuleName } from '../../devices/rules.ts';
import { SIPS_PORT } from '../../devices/signalling/packages.ts';
import { personConsole } from './people/person.ts';
import { Things } from './people/things.ts';
import { FIREWALL, type ResolvedScreenplay } from '../language/index.ts';
import { answerPhones } from './answering.ts';
import type { Assets } from './assets.ts';
import type { Listen } from './earpiece.ts';
import { worldError } from './errors.ts';
import { CallNames } from './call-names.ts';
import { networkConsole } from './network-console.ts';
import { phonesOf, voiceOf, type Phone } from './phones.ts';
import {
  simulatedPhysics,
  type Elsewhere,
  type Physics,
  type WorldClock,
  type WorldNetwork,
} from './physics.ts';
import { stageOf } from './stage.ts';
import {
  ACCOUNT,
  ADMINISTRATOR,
  CMS,
  CRS,
  MDM,
  MDM_ADMINISTRATOR,
  NET,
  NET_ADMINISTRATOR,
  OPERATOR,
} from '../language/standing.ts';
import { Topology } from './topology.ts';
import { typeQuietly } from './type-quietly.ts';

export interface WorldOptions {
  readonly screenplay: ResolvedScreenplay;
  /** Of this run: derived from the suite's seed, the scenario and the variant. */
  readonly seed: string;
  readonly assets: Assets;
  readonly tool: string;
  /** Rules that a planted violation breaks. */
  readonly broken: readonly RuleName[];
  /** People whose lines are typed from outside: the world does not answer the phone for them. */
  readonly played: readonly string[];
  /** What it stands on; a simulation under `seed` when left out. A world on anything else cannot be forked. */
  readonly physics?: Physics;
  /** Listens to what is heard of calls. Not in forks: what is tried in them was heard by nobody. */
  readonly listen?: Listen | undefined;
}

/** A line as it was typed. */
export interface TypedLine {
  readonly time: Micros;
  readonly by: string;
  /** The console; the person's own when it is the same as `by`. */
  readonly on: string;
  readonly line: string;
}

export class World {
  readonly options: WorldOptions;
  readonly clock: WorldClock;
  readonly trace: Trace;
  readonly fabric: WorldNetwork;
  readonly deployment: Deployment;
  readonly things = new Things();
  readonly contacts: Contacts;
  readonly cms: Cms;
  readonly crs: ReachedCrs;
  readonly handsets = new Map<string, ReachedHandset>();
  readonly attackers = new Map<string, Attacker>();
  readonly #ports: Ports;
  readonly #consoles = new Map<string, Console>();
  readonly #physical = new Map<string, Physical>();
  readonly #log: TypedLine[] = [];
  readonly #topology: Topology;
  readonly #callNames = new CallNames();
  readonly #elsewhere: Elsewhere | undefined;
  #record: Trace;
  /** Who answers their phone only when somebody types it. */
  #played: readonly string[];

  constructor(options: WorldOptions) {
    this.options = options;
    this.#played = options.played;
    const { screenplay, seed, tool, broken, physics = simulatedPhysics(seed) } = options;
    this.clock = physics.clock;
    this.trace = new Trace(this.clock);
    this.#record = this.trace;
    this.trace.append('trace.began', 'world', {
      version: TRACE_VERSION,
      tool,
      scenario: screenplay.id,
      variant: screenplay.variant.name,
      seed,
      begins: new Date(screenplay.begins).toISOString(),
    });
    this.deployment = deploymentOf(screenplay.parameters);
    this.#ports = {
      clock: this.clock,
      random: physics.random,
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
    const { firewall } = screenplay.world.topology;
    // Before anything behind it listens (para-20). Real sockets would not pass it, so they have none: see docs/live.md.
    if (firewall !== undefined && this.fabric instanceof SimulatedFabric) {
      const device = new Firewall(this.#ports, { name: FIREWALL, ...firewall });
      this.#topology.addFirewall(firewall.protects, (packet) => device.passes(packet));
      this.#addDevice(device);
    }
    this.#elsewhere = physics.elsewhere;
    this.crs =
      this.#elsewhere?.crs(CRS, this.trace) ??
      new Crs(this.#ports, {
        name: CRS,
        attachment: this.fabric.attach(CRS),
        nameOf: (number) => this.contacts.nameOf(number),
      });
    this.cms = new Cms(this.#ports, {
      name: CMS,
      account: ACCOUNT,
      crs: { host: CRS, port: SIPS_PORT },
      printed: (paper) => this.things.add({ kind: 'paper', name: paper.label, paper }, OPERATOR),
    });
    this.#addDevice(this.crs);
    this.#addDevice(this.cms);
    this.#buildPhones();
    this.#buildAttackers();
    // Sockets carry what the machine's network carries: only a simulated one can be told what to do.
    if (this.fabric instanceof SimulatedFabric)
      this.#consoles.set(NET, networkConsole(this.fabric, this.trace));
    this.#buildPeople();
    answerPhones(this, () => this.#played);
  }

  get now(): Micros {
    return this.clock.now();
  }

  /** Everybody who types lines. */
  get people(): readonly string[] {
    const { users, people, devices } = this.options.screenplay.world;
    const attackers = devices.filter(({ kind }) => kind === 'attacker').map(({ name }) => name);
    return [
      ...new Set([
        ...users.map(({ name }) => name),
        OPERATOR,
        ADMINISTRATOR,
        MDM_ADMINISTRATOR,
        NET_ADMINISTRATOR,
        ...people,
        ...attackers,
      ]),
    ];
  }

  get consoles(): ReadonlyMap<string, Console> {
    return this.#consoles;
  }

  /** The lines typed so far; what the world types by itself is not among them. */
  get log(): readonly TypedLine[] {
    return this.#log;
  }

  /** Takes lines out of the log that changed nothing: a fork need not type them. */
  forgetLinesFrom(index: number): void {
    this.#log.splice(index);
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
    this.#log.push({ time: this.now, by, on, line });
    return this.console(on).type(line, by);
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
    const world = new World({ ...this.options, listen: undefined });
    world.retype(this.#log, this.now);
    world.#played = [];
    return world;
  }

  /** Types the lines of a log at their times, then runs on to `until`. A line that was refused is refused again. */
  retype(log: readonly TypedLine[], until: Micros): void {
    for (const { time, by, on, line } of log) {
      this.runUntil(time);
      typeQuietly(this, by, on, line);
    }
    this.runUntil(until);
  }

  /** The phone that a user has in hand and uses; the last one that they were given. */
  handsetInUse(user: string): ReachedHandset | undefined {
    return [...this.handsets.values()].findLast(
      (phone) =>
        phone.user === user && this.things.placeOf(phone.name) === user && phone.number !== undefined,
    );
  }

  /** The simulated link of a phone, with all that can be done to one; undefined in a live run. */
  linkOfPhone(phone: string): Link | undefined {
    return this.#topology.linkOfPhone(phone);
  }

  /** A place on the network for an attacker, with a link to each CRS. */
  attachAttacker(name: string): Attachment {
    const attachment = this.fabric.attach(name);
    this.#topology.joinStranger(name);
    return attachment;
  }

  /** Puts one more phone into the world, in an attacker's hands: its storage is what the attacker made of it. */
  addClone(
    name: string,
    user: string,
    flash: NonNullable<HandsetOptions['flash']>,
    attachment: Attachment,
  ): Handset {
    return new Handset(this.#ports, {
      ...this.#handsetOptions(name, user, attachment),
      platform: 'android',
      version: '5.1',
      flash,
    });
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
    this.#record = this.#elsewhere?.merged(this.trace) ?? this.trace;
  }

  #addDevice(device: Physical & { readonly console: Console }): void {
    this.#physical.set(device.name, device);
    this.#consoles.set(device.name, device.console);
    this.things.add({ kind: 'device', name: device.name }, 'its-place');
  }

  #buildPhones(): void {
    const phones = phonesOf(this.options.screenplay);
    const mdmAttachment = this.fabric.attach(MDM);
    for (const declared of phones) {
      const { name, owner } = declared;
      const phone = this.#elsewhere?.handset(name, owner, this.trace) ?? this.#phone(declared);
      if (this.#elsewhere !== undefined) this.#topology.joinPhone(declared);
      this.handsets.set(name, phone);
      this.#topology.placePhone(name);
      this.#addDevice(phone);
      this.things.add({ kind: 'device', name }, owner);
    }
    this.#addDevice(
      new Mdm(
        MDM,
        this.#ports,
        mdmAttachment,
        phones.map(({ name }) => name),
      ),
    );
  }

  #phone(declared: Phone): Handset {
    const { name, owner, handset, otherVoip } = declared;
    const attachment = this.fabric.attach(name);
    this.#topology.joinPhone(declared);
    return new Handset(this.#ports, {
      ...this.#handsetOptions(name, owner, attachment),
      platform: handset.platform,
      version: handset.version,
      clockOffsetMs: handset.clock / 1000,
      ...(otherVoip === '' ? {} : { otherVoip }),
    });
  }

  #handsetOptions(
    name: string,
    user: string,
    attachment: Attachment,
  ): Omit<HandsetOptions, 'platform' | 'version'> {
    const { assets, screenplay, listen } = this.options;
    const voice = assets.speech[voiceOf(screenplay, user, assets.speech.length)];
    return {
      name,
      user,
      attachment,
      contacts: this.contacts,
      readQr: assets.readQr,
      nextCall: (from, to) => this.#callNames.next(from, to),
      roam: (site) => this.#topology.move(name, site),
      shield: (shielded) => (shielded ? this.fabric.unplug(name) : this.fabric.plug(name)),
      ...(voice === undefined ? {} : { talk: speech(voice) }),
      ...(listen === undefined ? {} : { listen: (csb) => listen({ device: name, user, csb }) }),
    };
  }

  #buildAttackers(): void {
    for (const device of this.options.screenplay.world.devices) {
      if (device.kind !== 'attacker') continue;
      const attacker = new Attacker(this.#ports, {
        name: device.name,
        taps: device.taps.flatMap((name) => this.fabric.linkNamed(name) ?? []),
        controlsCrs: device.settings['controls'] === CRS,
        colludes: typeof device.settings['colludes'] === 'string' ? device.settings['colludes'] : undefined,
        stage: stageOf(this),
      });
      this.attackers.set(device.name, attacker);
      this.#consoles.set(device.name, attacker.console);
    }
  }

  #buildPeople(): void {
    for (const name of this.people) {
      const console = personConsole(name, {
        trace: this.trace,
        things: this.things,
        people: this.people,
        rules: this.#ports.rules,
        devices: this.#physical,
        onSeized: (person, _device, octets) => this.attackers.get(person)?.seized(octets),
      });
      // An attacker's console has the commands of its hands too.
      const attacker = this.attackers.get(name);
      if (attacker === undefined) this.#consoles.set(name, console);
      else attacker.console.add(console.commands);
    }
  }
}
