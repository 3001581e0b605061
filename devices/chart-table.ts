/**
 * A statechart as a table, which fills as it is used: what XState answers for a state, an event and the outcomes of the guards that it
 * asks for is the same each time, so it is asked once. A row holds what comes next as a tree of guards: they are asked anew each time, in
 * XState's order, and so are the functions that say how long a delay is. What a chart of this machine does hangs on nothing else, as
 * its guards, actions and delays have names and its context never changes.
 *
 * XState remains the one that decides. A random walk in the test beside `statechart.ts` holds the two equal.
 */
import {
  createEmptyActor,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  type ExecutableActionObject,
} from 'xstate';
import { assert } from '../sim/errors.ts';

/** The states that a chart is in: a name, or names by region. What is kept of it. */
export type ChartValue = string | { readonly [region: string]: ChartValue };

/** One thing that a chart does on its way to its next state: an action, a delay that begins, or one that is given up. */
type ChartStep<Milliseconds = number | DelayFunction> =
  | {
      readonly kind: 'act';
      readonly act: (info: ChartInfo, params: unknown) => void;
      readonly params: unknown;
    }
  | { readonly kind: 'wait'; readonly delay: string; readonly milliseconds: Milliseconds }
  | { readonly kind: 'cancel'; readonly delay: string };

/** The same when it is known how long the delay is. */
export type DecidedStep = ChartStep<number>;

/** What XState hands to guards, actions and delays. */
export interface ChartInfo {
  readonly context: object;
  readonly event: EventObject;
}

type DelayFunction = (info: ChartInfo, params: unknown) => number;
type GuardFunction = (info: ChartInfo, params: unknown) => boolean;

/** A state of a machine with what is known of the events that come in it; one for all charts. */
export interface ChartState {
  readonly value: ChartValue;
  /** False where it has come to an end. */
  readonly active: boolean;
  readonly moves: Map<string, Answers<ChartMove>>;
  readonly takes: Map<string, Answers<boolean>>;
}

/** Where an event leads, and what is done on the way. */
export interface ChartMove {
  readonly to: ChartState;
  readonly steps: readonly ChartStep[];
}

/** What is done on the way, with the lengths of its delays as they are now: nothing of it has been done yet. */
export function decidedSteps({ steps }: ChartMove, info: ChartInfo): readonly DecidedStep[] {
  return steps.every(isDecided) ? steps : steps.map((step) => decidedStep(step, info));
}

function isDecided(step: ChartStep): step is DecidedStep {
  return step.kind !== 'wait' || typeof step.milliseconds === 'number';
}

function decidedStep(step: ChartStep, info: ChartInfo): DecidedStep {
  if (step.kind !== 'wait') return step;
  const { milliseconds } = step;
  return {
    ...step,
    milliseconds: typeof milliseconds === 'number' ? milliseconds : milliseconds(info, undefined),
  };
}

/** What is known of one question: it hangs on no guard, or on one and then on what is known of either outcome. */
interface Answers<Answer> {
  answer?: { readonly is: Answer };
  asks?: { readonly guard: GuardFunction; readonly params: unknown };
  yes?: Answers<Answer>;
  no?: Answers<Answer>;
}

/** A guard that XState has asked for, and what it said. */
interface Asked {
  readonly guard: GuardFunction;
  readonly params: unknown;
  readonly said: boolean;
}

/** What XState hands to actions beside the context; ours use none of it. (One of its own would be an actor for each transition.) */
const NOBODY = createEmptyActor();

/** One for all machines: a question is answered before the next is put. */
let decided: ExecutableActionObject[] = [];
let asked: Asked[] = [];

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

const tables = new WeakMap<AnyStateMachine, ChartTable>();

/** What is known of a machine. */
export class ChartTable {
  readonly #machine: AnyStateMachine;
  readonly #states = new Map<string, ChartState>();

  private constructor(machine: AnyStateMachine) {
    const { context: _, ...config } = machine.config;
    assert(isPlain(config), 'guards, actions and delays have names');
    const guards = Object.entries(machine.implementations.guards ?? {}).map(([name, guard]) => [
      name,
      noted(guard as GuardFunction),
    ]);
    this.#machine = machine.provide({ guards: Object.fromEntries(guards) });
  }

  /** That of a machine; one for all its charts. */
  static of(machine: AnyStateMachine): ChartTable {
    let table = tables.get(machine);
    if (table === undefined) tables.set(machine, (table = new ChartTable(machine)));
    return table;
  }

  /** Where a chart begins. */
  first(input: unknown): ChartMove {
    return this.#moved(() => this.#machine.getInitialSnapshot(SCOPE, input));
  }

  /** The state of this value. Throws what XState throws where the machine has none. */
  state(value: ChartValue): ChartState {
    const name = JSON.stringify(value);
    let state = this.#states.get(name);
    if (state === undefined) {
      const { value: states, status } = this.#snapshot(value, {});
      state = { value: states, active: status === 'active', moves: new Map(), takes: new Map() };
      this.#states.set(name, state);
    }
    return state;
  }

  /** Where an event leads. Throws what a guard throws. */
  move({ value, moves }: ChartState, info: ChartInfo): ChartMove {
    return answered(moves, info, () =>
      this.#moved(() => this.#machine.transition(this.#snapshot(value, info.context), info.event, SCOPE)),
    );
  }

  /** Whether an event would change anything. */
  takes({ value, takes }: ChartState, info: ChartInfo): boolean {
    return answered(takes, info, () => this.#snapshot(value, info.context).can(info.event));
  }

  #snapshot(value: ChartValue, context: object): AnyMachineSnapshot {
    return this.#machine.resolveState({ value, context });
  }

  #moved(decide: () => AnyMachineSnapshot): ChartMove {
    decided = [];
    const next = decide();
    if (next.status === 'error') throw next.error;
    const steps = decided.map((action) => this.#stepOf(action));
    decided = [];
    return { to: this.state(next.value), steps };
  }

  #stepOf({ type, params, exec }: ExecutableActionObject): ChartStep {
    if (isDelay(type, params)) {
      assert(params.id === params.event.type, 'the event of a delay has its name');
      const { delays } = this.#machine.implementations;
      const named = delays[params.id.split('.')[2] ?? ''];
      return {
        kind: 'wait',
        delay: params.id,
        milliseconds: (named as DelayFunction | undefined) ?? params.delay,
      };
    }
    if (isCancel(type, params)) return { kind: 'cancel', delay: params.sendId };
    assert(exec !== undefined, 'what a chart does is an action of its machine');
    return { kind: 'act', act: exec as (info: ChartInfo, params: unknown) => void, params };
  }
}

/** The answer that is known, or that which is found now and known from then on. */
function answered<Answer>(known: Map<string, Answers<Answer>>, info: ChartInfo, find: () => Answer): Answer {
  const { type } = info.event;
  let at = known.get(type);
  while (at?.asks !== undefined) at = at.asks.guard(info, at.asks.params) ? at.yes : at.no;
  if (at?.answer !== undefined) return at.answer.is;
  asked = [];
  const answer = find();
  let node = known.get(type);
  if (node === undefined) known.set(type, (node = {}));
  for (const { guard, params, said } of asked) {
    node.asks ??= { guard, params };
    node = said ? (node.yes ??= {}) : (node.no ??= {});
  }
  node.answer = { is: answer };
  return answer;
}

/** The guard, which notes what it says. */
function noted(guard: GuardFunction): GuardFunction {
  return (info, params) => {
    const said = guard(info, params);
    asked.push({ guard, params, said });
    return said;
  };
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'function') return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isPlain);
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
