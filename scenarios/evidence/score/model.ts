/**
 * The score of an exercise, as reports have it: what those who were played did, and what it cost, beside the screenplay's own run of the
 * same seed in which nobody was played. Plain data; times are microseconds since the scenario began.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { EventNumber } from '../../../sim/trace.ts';

/** What an exercise came to beside its checks. */
export interface ExerciseScore {
  /** Who was played. */
  readonly roles: readonly string[];
  /** When they took over. */
  readonly joined: Micros;
  /** When they left, if that was before the end: the rest was played on without them. */
  readonly left?: Micros;
  readonly lines: readonly ScoredLine[];
  readonly exposure: readonly ScoredExposure[];
  readonly outage: readonly ScoredOutage[];
}

/** One line that the screenplay has for those who were played. */
export interface ScoredLine {
  /** Id of the step. */
  readonly step: string;
  readonly by: string;
  readonly on: string;
  readonly line: string;
  /** A line that was due and never typed is a fail, however well it went without it. */
  readonly verdict: 'pass' | 'fail' | 'not-tested' | 'not-applicable';
  /** When the screenplay has it; absent when it was not due before the end. */
  readonly due?: Micros;
  /** When it was typed, and the event that says so; absent when it never was. */
  readonly typed?: Micros;
  readonly event?: EventNumber;
  readonly deadlines: readonly ScoredDeadline[];
}

/** A time limit of an expectation, by the id of its check, and how it was kept. */
export interface ScoredDeadline {
  readonly check: string;
  readonly time: Micros;
  /** How long after the deadline what was expected was seen; negative when before. */
  readonly late: Micros;
}

/** How long something lasted, as two bounds: what is proven, and what cannot be excluded. */
export interface ScoredLength {
  readonly atLeast: Micros;
  readonly atMost: Micros;
}

/** An entry of the exposure ledger of the same run, in its order, and how long it would have lasted by the screenplay. */
export interface ScoredExposure extends ScoredLength {
  readonly asset: string;
  readonly capability: string;
  readonly attacker: string;
  readonly audioSeconds: number;
  readonly from: Micros;
  readonly firstFailure?: Micros;
  /** The same of the screenplay's own run; absent when there is no such exposure in it. */
  readonly own?: ScoredLength;
  /** The step whose line it is put down to that it lasted longer; absent when it did not, or no line was late meanwhile. */
  readonly line?: string;
}

/** How long a user could not call. */
export interface ScoredOutage {
  readonly user: string;
  /** In all. */
  readonly cutOff: Micros;
  /** In the screenplay's own run. */
  readonly own: Micros;
  /** While they could have called in the screenplay's own run: what the exercise cost them. */
  readonly beyond: Micros;
  readonly times: readonly OutageTime[];
}

/** One time in which a user could not call, though by the screenplay they could have for `beyond` of it. */
export interface OutageTime {
  readonly from: Micros;
  /** Absent when it lasted to the end. */
  readonly to?: Micros;
  readonly beyond: Micros;
  /** The event that it began with, and what that was in words. */
  readonly event: EventNumber;
  readonly why: string;
  /** Who typed the line that led to it; null when no line did. */
  readonly by: string | null;
  /** The step whose line it is put down to: one that was due, and was not typed while it lasted; absent where there is none. */
  readonly line?: string;
}
