/**
 * The one interpreter of the devices' statecharts. A chart stays a machine of XState, the model that is drawn and reviewed; what runs it
 * here is XState's pure transition, with a scope that collects actions and executes none. Its `after` delays are named timers of the clock, and all that it is at a moment is the
 * value of its state: the context holds the body, which is kept by itself. An actor of XState is not used, for one that is
 * restored has lost its delays.
 *
 * Events are handled one at a time, in the order in which they are sent, those that an action sends among them; the actions of a
 * transition run in their order, after all of it has been decided: no guard or delay sees what an action of the same transition did.
 */
import {
  createEmptyActor,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventFromLogic,
  type ExecutableActionObject,
  type InputFrom,
  type SnapshotFrom,
} from 'xstate';
import { MILLISECOND, type Clock, type TimerId, type TimerOwner } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import type { Kept } from '../sim/kept.ts';

/** The states that a chart is in: a name, or names by region. What is kept of it. */
export type ChartValue = string | { readonly [region: string]: ChartValue };

/** The states that a chart of this machine can be in. */
type ValueOf<Machine extends AnyStateMachine> =
  SnapshotFrom<Machine> extends { readonly value: infer Value } ? Value : never;

/** What a chart runs on, and what it moves. */
export interface StatechartOptions<Machine extends AnyStateMachine> {
  readonly clock: Clock;
  /** Names its timers; unique in a world. */
  readonly name: string;
  readonly input: InputFrom<Machine>;
  /** Where one stood that was kept, which is not started again. */
  readonly kept?: ChartValue | undefined;
}

const NOBODY = createEmptyActor();

/** What the chart does next that is being asked for a transition: one for all, since a transition is decided before the next is asked for. */
let decided: ExecutableActionObject[] = [];

/** What XState hands to actions beside the context; ours use none of it. (One of its own would be an actor for each transition.) */
const SCOPE: AnyActorScope = {
  self: NOBODY,
  id: NOBODY.id,
  sessionId: NOBODY.sessionId,
  system: NOBODY.system,
  logger: () => undefined,
  defer: () => undefined,
  emit: () => undefined,
  stopChild: () => undefined,
  actionExecutor: (action) => void decided.push(action),
};

/** A statechart that is under way. */
export class Statechart<Machine extends AnyStateMachine> implements TimerOwner, Kept<ChartValue> {
  readonly timerName: string;
  readonly #machine: Machine;
  readonly #clock: Clock;
  /** Timers of delays that it waits for, by XState's name of the delay. */
  readonly #delays = new Map<string, TimerId>();
  readonly #events: EventFromLogic<Machine>[] = [];
  #snapshot: AnyMachineSnapshot;
  /** What its first states make it do, until it is started. */
  #entry: readonly ExecutableActionObject[] = [];
  #busy = false;
  #stopped = false;

  constructor(machine: Machine, { clock, name, input, kept }: StatechartOptions<Machine>) {
    this.timerName = name;
    this.#machine = machine;
    this.#clock = clock;
    if (kept === undefined) {
      this.#snapshot = machine.getInitialSnapshot(SCOPE, input);
      this.#entry = takeDecided();
      return;
    }
    this.#snapshot = machine.resolveState({ value: kept, context: contextOf(machine, input) });
    for (const { id, action } of clock.claim(this)) this.#delays.set(action, id);
  }

  /** Does what its first states say. Once, and not when it was kept. */
  start(): this {
    const entry = this.#entry;
    this.#entry = [];
    this.#handle(() => this.#run(entry));
    return this;
  }

  /** The states that it is in. While actions run, those from before them. */
  get value(): ValueOf<Machine> {
    return this.#snapshot.value;
  }

  /** Whether it has come to an end: nothing that is sent changes it any more. */
  get done(): boolean {
    return this.#stopped || this.#snapshot.status !== 'active';
  }

  /** Whether an event would change anything now. */
  can(event: EventFromLogic<Machine>): boolean {
    return this.#snapshot.can(event);
  }

  /** Something happened. Handled at once, or after what is being handled. */
  send(event: EventFromLogic<Machine>): void {
    this.#take(event);
  }

  /** For good. */
  stop(): void {
    for (const timer of this.#delays.values()) this.#clock.cancel(timer);
    this.#delays.clear();
    this.#stopped = true;
  }

  save(): ChartValue {
    return this.#snapshot.value;
  }

  timerFired(delay: string): void {
    this.#delays.delete(delay);
    // An event of XState's own, which is no part of what a chart declares; it has the name of its delay.
    this.#take({ type: delay } as EventFromLogic<Machine>);
  }

  #take(event: EventFromLogic<Machine>): void {
    this.#events.push(event);
    if (!this.#busy) this.#handle(() => undefined);
  }

  #handle(first: () => void): void {
    this.#busy = true;
    try {
      first();
      for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
        if (this.done) continue;
        const next: AnyMachineSnapshot = this.#machine.transition(this.#snapshot, event, SCOPE);
        if (next.status === 'error') throw next.error;
        this.#run(takeDecided());
        if (!this.done) this.#snapshot = next;
      }
    } finally {
      this.#busy = false;
    }
  }

  #run(actions: readonly ExecutableActionObject[]): void {
    for (const { type, params, exec, info } of actions) {
      if (isDelay(type, params)) {
        assert(params.id === params.event.type, 'the event of a delay has its name');
        this.#disarm(params.id);
        this.#delays.set(params.id, this.#clock.arm(params.delay * MILLISECOND, this, params.id));
      } else if (isCancel(type, params)) this.#disarm(params.sendId);
      else exec?.(info, params);
    }
  }

  #disarm(delay: string): void {
    const timer = this.#delays.get(delay);
    if (timer !== undefined) this.#clock.cancel(timer);
    this.#delays.delete(delay);
  }
}

/** The actions of the transition that was just asked for. */
function takeDecided(): readonly ExecutableActionObject[] {
  const actions = decided;
  decided = [];
  return actions;
}

/** What XState says of an `after` that begins: milliseconds, and the event that comes then. */
interface Delay {
  readonly id: string;
  readonly delay: number;
  readonly event: { readonly type: string };
}

function isDelay(type: string, params: unknown): params is Delay {
  return type === 'xstate.raise' && typeof params === 'object' && params !== null && 'delay' in params;
}

function isCancel(type: string, params: unknown): params is { readonly sendId: string } {
  return type === 'xstate.cancel' && typeof params === 'object' && params !== null && 'sendId' in params;
}

/** What a chart moves: our machines have their input for a context, or none. */
function contextOf<Machine extends AnyStateMachine>(machine: Machine, input: InputFrom<Machine>): object {
  return machine.config.context === undefined ? {} : input;
}
