/** The procedures of a run, as reports have them: what was to be done, and what really happened. Plain data; times are microseconds since the scenario began. */
import type { Micros } from '../../../sim/clock.ts';
import type { EventNumber } from '../../../sim/trace.ts';

/** What became of a step, from best to worst. Not needed: it stands in for another step, which was done. Open: it was never settled. */
export const STEP_OUTCOMES = [
  'done',
  'not-applicable',
  'not-needed',
  'skipped',
  'abandoned',
  'late',
  'failed',
  'open',
] as const;
/** One of these. */
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** One performance of one procedure. */
export interface ProcedureResult {
  /** `recovery`, `recovery.reissue`, `round[alice]`. */
  readonly instance: string;
  readonly procedure: string;
  readonly title: string;
  /** The instance that performs it. */
  readonly parent?: string;
  readonly clauses: readonly string[];
  readonly began: Micros | null;
  /** When everything of it was settled, or what was left was given up. */
  readonly ended: Micros | null;
  /** The step or procedure with which the rest was given up. */
  readonly abandonedAfter?: string;
  /** Why it is not performed at all. */
  readonly leftOut?: string;
  readonly steps: readonly ProcedureStepResult[];
  /** What was not as it was to be: something that was given, the order. */
  readonly deviations: readonly string[];
}

/** A line or a wait of a procedure: who was to do it and when, and what really became of it. */
export interface ProcedureStepResult {
  /** `recovery.wipe` */
  readonly step: string;
  readonly by: string;
  readonly on: string;
  /** Null: nothing is typed, and an event is waited for. */
  readonly line: string | null;
  /** The event by which it is done, in words. */
  readonly until: string;
  readonly clauses: readonly string[];
  /** Why it is hidden: what the text of the document does not say. */
  readonly hidden?: string;
  /** The step in whose place it is done when that is not done. */
  readonly insteadOf?: string;
  readonly outcome: StepOutcome;
  /** Why it failed, or was left out; empty where there is nothing to say. */
  readonly why: string;
  /** When it was to be done, and when it was; null where that never came. */
  readonly due: Micros | null;
  readonly done: Micros | null;
  /** Who typed what did it; null when it came by itself, or never. */
  readonly doneBy: string | null;
  /** The number of the event that did it. */
  readonly event: EventNumber | null;
}
