/**
 * The one interpreter of the devices' statecharts. A chart stays a machine of XState, the model that is drawn and reviewed; what runs it
 * here is what XState's pure transition says, remembered in a {@link ChartTable}. Its `after` delays are named timers of the clock, and
 * all that it is at a moment is the value of its state: the context holds the body, which is kept by itself. An actor of XState is not
 * used, for one that is restored has lost its delays.
 *
 * Events are handled one at a time, in the order in which they are sent, those that an action sends among them; the actions of a
 * transition run in their order, after all of it has been decided: no guard or delay sees what an action of the same transition did.
 */
import type { AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import { MILLISECOND, type Clock, type Micros, type TimerId, type TimerOwner } from '../sim/clock.ts';
import type { Kept } from '../sim/kept.ts';
import {
  ChartTable,
  decidedSteps,
  type ChartInfo,
  type ChartState,
  type ChartValue,
  type DecidedStep,
} from './chart-table.ts';

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

/** A delay that a chart waits for, by XState's name of it. */
interface Waiting {
  readonly delay: string;
  readonly timer: TimerId;
}

/** A statechart that is under way. */
export class Statechart<Machine extends AnyStateMachine> implements TimerOwner, Kept<ChartValue> {
  readonly timerName: string;
  readonly #table: ChartTable;
  readonly #context: object;
  readonly #clock: Clock;
  /** Delays that it waits for, one or two at a time. */
  #delays: readonly Waiting[] = [];
  /** What was sent while something was being handled. */
  #events: EventFromLogic<Machine>[] | undefined;
  #state: ChartState;
  /** What its first states make it do, until it is started. */
  #entry: readonly DecidedStep[] = [];
  #busy = false;
  #stopped = false;

  constructor(machine: Machine, { clock, name, input, kept }: StatechartOptions<Machine>) {
    this.timerName = name;
    this.#table = ChartTable.of(machine);
    this.#context = contextOf(machine, input);
    this.#clock = clock;
    if (kept === undefined) {
      const first = this.#table.first(input);
      this.#state = first.to;
      this.#entry = decidedSteps(first, this.#info(FIRST));
      return;
    }
    this.#state = this.#table.state(kept);
    this.#delays = clock.claim(this).map(({ id, action }) => ({ delay: action, timer: id }));
  }

  /** Does what its first states say. Once, and not when it was kept. */
  start(): this {
    const entry = this.#entry;
    this.#entry = [];
    this.#handle(() => this.#run(entry, this.#info(FIRST)));
    return this;
  }

  /** The states that it is in. While actions run, those from before them. */
  get value(): ValueOf<Machine> {
    // What XState's own type says of a machine's values is not to be had at run time.
    return this.#state.value as ValueOf<Machine>;
  }

  /** Whether it has come to an end: nothing that is sent changes it any more. */
  get done(): boolean {
    return this.#stopped || !this.#state.active;
  }

  /** Whether an event would change anything now. */
  can(event: EventFromLogic<Machine>): boolean {
    return this.#table.takes(this.#state, this.#info(event));
  }

  /** Something happened. Handled at once, or after what is being handled. */
  send(event: EventFromLogic<Machine>): void {
    this.#take(event);
  }

  /** For good. */
  stop(): void {
    for (const { timer } of this.#delays) this.#clock.cancel(timer);
    this.#delays = [];
    this.#stopped = true;
  }

  save(): ChartValue {
    return this.#state.value;
  }

  timerFired(delay: string): void {
    this.#forget(delay);
    // An event of XState's own, which is no part of what a chart declares; it has the name of its delay.
    this.#take({ type: delay } as EventFromLogic<Machine>);
  }

  #info(event: ChartInfo['event']): ChartInfo {
    return { context: this.#context, event };
  }

  #take(event: EventFromLogic<Machine>): void {
    if (this.#busy) (this.#events ??= []).push(event);
    else this.#handle(() => this.#move(event));
  }

  #handle(first: () => void): void {
    this.#busy = true;
    try {
      first();
      for (let event = this.#events?.shift(); event !== undefined; event = this.#events?.shift())
        this.#move(event);
      this.#events = undefined;
    } finally {
      this.#busy = false;
    }
  }

  #move(event: EventFromLogic<Machine>): void {
    if (this.done) return;
    const info = this.#info(event);
    const move = this.#table.move(this.#state, info);
    this.#run(decidedSteps(move, info), info);
    if (!this.done) this.#state = move.to;
  }

  #run(steps: readonly DecidedStep[], info: ChartInfo): void {
    for (const step of steps) {
      if (step.kind === 'act') step.act(info, step.params);
      else {
        this.#disarm(step.delay);
        if (step.kind === 'wait') this.#await(step.delay, step.milliseconds * MILLISECOND);
      }
    }
  }

  #disarm(delay: string): void {
    const waiting = this.#delays.find((each) => each.delay === delay);
    if (waiting === undefined) return;
    this.#clock.cancel(waiting.timer);
    this.#forget(delay);
  }

  #await(delay: string, micros: Micros): void {
    this.#delays = this.#delays.concat({ delay, timer: this.#clock.arm(micros, this, delay) });
  }

  #forget(delay: string): void {
    this.#delays = this.#delays.filter((each) => each.delay !== delay);
  }
}

/** What the first states are entered by. */
const FIRST = { type: 'xstate.init' };

/** What a chart moves: our machines have their input for a context, or none. */
function contextOf<Machine extends AnyStateMachine>(machine: Machine, input: InputFrom<Machine>): object {
  return machine.config.context === undefined ? {} : input;
}
