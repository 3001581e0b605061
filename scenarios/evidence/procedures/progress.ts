/** How far the procedures of a plan have come: plain values, so that a world can be kept and taken up again in the midst of one. */
import type { Micros } from '../../../sim/clock.ts';
import type { EventNumber } from '../../../sim/trace.ts';
import type { ProcedurePlan } from './plan.ts';

/** How a step was settled; empty while it is open. Not needed: what it was to stand in for was done. */
export type StepEnd = '' | 'done' | 'failed' | 'skipped' | 'not-applicable' | 'abandoned' | 'not-needed';

/** How far one step has come. Numbers of events are 0 where there is none. */
export type StepProgress = {
  /** The event by which all that it waits for was there, and when it is to be done. */
  readonly ready: EventNumber;
  readonly due: Micros;
  /** Whether the screenplay has typed it. */
  readonly typed: boolean;
  /** Whether its performer has noticed what it is typed for, and what it is not typed for. */
  readonly noticed: boolean;
  readonly barred: boolean;
  readonly how: StepEnd;
  /** The event by which it was settled, and when. */
  readonly end: EventNumber;
  readonly endTime: Micros;
  /** The event that did it: what has failed can be done later. */
  readonly done: EventNumber;
};

/** How an instance came to its end; empty while it has not. Failed: it never began, for what it needs is not there. */
export type InstanceEnd = '' | 'ended' | 'abandoned' | 'skipped' | 'not-applicable' | 'failed';

/** How far one instance has come. */
export type InstanceProgress = {
  /** The event by which a nested one may begin, and when it does. */
  readonly waits: EventNumber;
  readonly begins: Micros;
  readonly begun: EventNumber;
  readonly how: InstanceEnd;
  /** The event by which it was over, and when that or its beginning was. */
  readonly over: EventNumber;
  readonly time: Micros;
  /** Of each thing that is given, whether it was seen. */
  readonly given: readonly boolean[];
  /** Of a root: those who were told or brought something since it began, or did a step of it. */
  readonly knows: readonly string[];
};

/** A line that is being carried out: what happens meanwhile is seen by whoever typed it. */
type OpenLine = {
  readonly n: EventNumber;
  readonly by: string;
  readonly on: string;
  readonly line: string;
};

/** How far all of them have come, in the order of the plan. */
export type ProcedureState = {
  /** Whether the opening is over. */
  readonly opened: boolean;
  readonly line: OpenLine | null;
  /** When the first of what waits by the clock comes. */
  readonly alarm: Micros | null;
  readonly instances: readonly InstanceProgress[];
  readonly steps: readonly StepProgress[];
};

const OPEN_STEP: StepProgress = {
  ...{ ready: 0, due: 0, typed: false, noticed: false, barred: false },
  ...{ how: '', end: 0, endTime: 0, done: 0 },
};

/** Before the first event. */
export function progressAtFirst({ instances, steps }: ProcedurePlan): ProcedureState {
  return {
    opened: false,
    line: null,
    alarm: null,
    instances: instances.map(({ of }) => ({
      ...{ waits: 0, begins: 0, begun: 0, how: '', over: 0, time: 0, knows: [] },
      given: of.given.map(() => false),
    })),
    steps: steps.map(() => OPEN_STEP),
  };
}

/** The end of the time in which a step that is due is to be done; undefined when it has no such time, or is settled. */
export function deadlineOf(
  { steps }: ProcedurePlan,
  step: number,
  progress: StepProgress | undefined,
): Micros | undefined {
  const within = steps[step]?.of.within;
  if (within === undefined || progress === undefined || progress.ready === 0 || progress.how !== '')
    return undefined;
  return progress.due + within;
}
