/**
 * What an event makes of the progress of procedures, while it is worked out: the state is copied where it changes, and what there is to say of it is
 * collected. Nothing of it outlives the event.
 */
import { assert } from '../../../sim/errors.ts';
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber, TraceEvents } from '../../../sim/trace.ts';
import '../../world/procedures/events.ts';
import type { PlanInstance, PlanStep, ProcedurePlan } from './plan.ts';
import {
  deadlineOf,
  type InstanceProgress,
  type ProcedureState,
  type StepEnd,
  type StepProgress,
} from './progress.ts';

type ProcedureType = Extract<keyof TraceEvents, `procedure.${string}`>;

/** Something to say of a procedure, which becomes an event of the trace. */
export type ProcedureStatement = {
  readonly [Type in Exclude<ProcedureType, 'procedure.time-come'>]: {
    readonly type: Type;
    readonly data: TraceEvents[Type];
  };
}[Exclude<ProcedureType, 'procedure.time-come'>];

/** The state as it is becoming, at one event. */
export class Draft {
  readonly plan: ProcedurePlan;
  readonly n: EventNumber;
  readonly t: Micros;
  readonly says: ProcedureStatement[] = [];
  /** Grows with each change. */
  changes = 0;
  #state: ProcedureState;

  constructor(plan: ProcedurePlan, state: ProcedureState, { n, t }: AnyTraceEvent) {
    this.plan = plan;
    this.#state = state;
    this.n = n;
    this.t = t;
  }

  /** With the time of what comes next by the clock. */
  get state(): ProcedureState {
    if (this.changes === 0) return this.#state;
    const { plan } = this;
    const { steps, instances } = this.#state;
    const times = [
      ...steps.flatMap((each, at) => deadlineOf(plan, at, each) ?? []),
      ...instances.flatMap(({ waits, begun, how, begins }) =>
        waits > 0 && begun === 0 && how === '' ? begins : [],
      ),
    ];
    const alarm = times.length === 0 ? null : Math.min(...times);
    return alarm === this.#state.alarm ? this.#state : { ...this.#state, alarm };
  }

  get opened(): boolean {
    return this.#state.opened;
  }

  get line(): ProcedureState['line'] {
    return this.#state.line;
  }

  set(change: Partial<Pick<ProcedureState, 'opened' | 'line'>>): void {
    this.#state = { ...this.#state, ...change };
  }

  stepOf(at: number): PlanStep {
    const step = this.plan.steps[at];
    assert(step !== undefined, 'a step of the plan');
    return step;
  }

  instanceOf(at: number): PlanInstance {
    const instance = this.plan.instances[at];
    assert(instance !== undefined, 'an instance of the plan');
    return instance;
  }

  step(at: number): StepProgress {
    const step = this.#state.steps[at];
    assert(step !== undefined, 'progress of a step of the plan');
    return step;
  }

  instance(at: number): InstanceProgress {
    const instance = this.#state.instances[at];
    assert(instance !== undefined, 'progress of an instance of the plan');
    return instance;
  }

  setStep(at: number, change: Partial<StepProgress>): void {
    this.changes++;
    const steps = this.#state.steps.with(at, { ...this.step(at), ...change });
    this.#state = { ...this.#state, steps };
  }

  setInstance(at: number, change: Partial<InstanceProgress>): void {
    this.changes++;
    const instances = this.#state.instances.with(at, { ...this.instance(at), ...change });
    this.#state = { ...this.#state, instances };
  }

  /** Names of an instance, and of the step that something is said of. */
  namesOf(at: number): { readonly instance: string; readonly step: string } {
    const { of, instance } = this.stepOf(at);
    return { instance: this.instanceOf(instance).of.instance, step: of.id };
  }

  say(statement: ProcedureStatement): void {
    this.says.push(statement);
  }

  /** Somebody knows of a procedure: they were told, or did something of it. */
  learns(person: string, instance: number): void {
    const { root } = this.instanceOf(instance);
    const { knows } = this.instance(root);
    if (!knows.includes(person)) this.setInstance(root, { knows: [...knows, person] });
  }

  /** What is noted of a step that is settled now. */
  settled(how: StepEnd): Pick<StepProgress, 'how' | 'end' | 'endTime'> {
    return { how, end: this.n, endTime: this.t };
  }

  done(at: number, event: EventNumber, by: string | null): void {
    const { of, instance } = this.stepOf(at);
    const { ready, due, how } = this.step(at);
    const late = of.within !== undefined && ready > 0 && this.t > due + of.within;
    this.setStep(at, { done: event, ...(how === '' ? this.settled('done') : {}) });
    if (by !== null) this.learns(by, instance);
    this.say({ type: 'procedure.step-done', data: { ...this.namesOf(at), by, event, late } });
  }

  fail(at: number, reason: 'late' | 'refused' | 'needs', needs: string | null = null): void {
    this.setStep(at, this.settled('failed'));
    this.say({ type: 'procedure.step-failed', data: { ...this.namesOf(at), reason, needs } });
  }

  notApplicable(at: number, reason: string): void {
    this.setStep(at, this.settled('not-applicable'));
    this.say({ type: 'procedure.not-applicable', data: { ...this.namesOf(at), reason } });
  }
}
