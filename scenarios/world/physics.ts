/**
 * What a world stands on: time, chance, keys and a network. A simulation makes its own, from two seeds; a live run hands in the clock of the
 * machine, the operating system's randomness and real sockets, and the same devices and people stand on them.
 */
import { VirtualClock, type Clock, type ClockState, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import {
  SeededRandom,
  type ForeseenStreams,
  type RandomState,
  type RandomStreams,
} from '../../sim/random.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Attachment } from '../../network/fabric.ts';
import { SimulatedFabric, type FabricState, type LinkParameters } from '../../network/simulated/index.ts';
import type { TappableLink } from '../../network/tap.ts';

/** A clock whose events somebody runs. */
export interface WorldClock extends Clock {
  /** Deadline of the next event, or undefined when nothing is scheduled. */
  next(): Micros | undefined;
  /** Runs the next event; false when there is none. */
  step(): boolean;
  /** Runs every event up to and including `time`, then stands at `time`. */
  runUntil(time: Micros): void;
}

/** Hosts and the links between them. */
export interface WorldNetwork {
  attach(host: string): Attachment;
  /** A network that lies outside the testbed takes no notice of the parameters, from `a` to `b` and `back`. */
  link(name: string, a: string, b: string, parameters: LinkParameters, back: LinkParameters): TappableLink;
  linkNamed(name: string): TappableLink | undefined;
  readonly links: readonly TappableLink[];
  /** A key log of the sessions with an ephemeral key exchange: the examiner's. */
  readonly sessionKeys: readonly string[];
  unplug(host: string): void;
  plug(host: string): void;
  /** Puts what it has counted into the trace. Called once, when the run ends. */
  flush?(): void;
}

/** Handed to one world only: its parts are used up by it. */
export interface Physics {
  readonly clock: WorldClock;
  readonly random: RandomStreams;
  /** What its CMSs make keys and credentials from. */
  readonly keys: ForeseenStreams;
  /** Called once. */
  network(trace: Trace): WorldNetwork;
  /** Called once, before the trace is closed: what there is to say of it. */
  ending?(trace: Trace): void;
  /** Called once, when the trace of this process is closed: that of all processes there are. */
  merged?(trace: Trace): Trace;
}

/** Where the chance and the keys of a simulation come from: equal seeds, equal draws. */
export interface Seeds {
  /** Of this run: derived from the suite's seed and the scenario. */
  readonly seed: string;
  /** Of the suite: the CMSs of all its runs have the same keys. */
  readonly keySeed: string;
}

/** A simulation at rest as a plain value. */
export type PhysicsState = {
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly keys: RandomState;
  readonly network: FabricState;
};

/** Virtual time, chance and keys from seeds, and links with the parameters that they are given. */
export class SimulatedPhysics implements Physics, Kept<PhysicsState> {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly keys: SeededRandom;
  readonly #kept: PhysicsState | undefined;
  #fabric: SimulatedFabric | undefined;

  constructor({ seed, keySeed }: Seeds, kept?: PhysicsState) {
    this.#kept = kept;
    this.clock = new VirtualClock(kept?.clock);
    this.random = new SeededRandom(seed, kept?.random);
    // The seed of a run has no colon: chance and keys share no stream, whatever the seeds are.
    this.keys = new SeededRandom(`keys:${keySeed}`, kept?.keys);
  }

  network(trace: Trace): SimulatedFabric {
    const { clock, random } = this;
    this.#fabric = new SimulatedFabric({ clock, random, trace }, this.#kept?.network);
    return this.#fabric;
  }

  /** Everything stands again: what is left of the network comes back, and every timer that was kept is somebody's. */
  complete(): void {
    this.#fabric?.complete();
    const { unclaimed } = this.clock;
    assert(unclaimed.length === 0, `the timers of ${unclaimed.join(', ')} are claimed`);
  }

  /** Why it cannot be kept now; undefined when nothing is under way. */
  get unrest(): string | undefined {
    return this.clock.passing > 0 ? 'something is under way' : this.#fabric?.unrest;
  }

  /** At rest only. */
  save(): PhysicsState {
    assert(this.#fabric !== undefined, 'a simulation has a network');
    const [clock, network] = [this.clock.save(), this.#fabric.save()];
    return { clock, random: this.random.save(), keys: this.keys.save(), network };
  }
}
