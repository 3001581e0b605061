/**
 * Why a verdict is inconclusive. These are not thrown: a verdict carries the code, so that a report can say what to do
 * about it.
 */
import type { CodeTable } from '../../../sim/errors.ts';

/** The codes of inconclusive verdicts, each with what it means and what would make the check decidable. */
export const VERDICT_CODES = {
  SCENARIO_NOT_YET: {
    summary: 'The trace so far does not decide the check.',
    fix: 'Let the run go on.',
  },
  SCENARIO_MOMENT_NEVER: {
    summary: 'A moment that the check counts from never happened.',
    fix: 'Look whether the step that leads to it was typed, or mark the check not-applicable in this variant.',
  },
  SCENARIO_WINDOW_OPEN: {
    summary: 'The run ended before the window of the check was over.',
    fix: 'Let the scenario end later.',
  },
  SCENARIO_WINDOW_EMPTY: {
    summary: 'The window of the check ends before it begins.',
    fix: 'Look at the order of the moments that bound it.',
  },
  SCENARIO_NOTHING_CHECKED: {
    summary: 'No event happened that the check could be made on.',
    fix: 'Make the scenario produce such an event: a rule that was never exercised has not held.',
  },
  SCENARIO_NO_OPPORTUNITY: {
    summary: 'What must never be seen was not seen, and nothing in the window shows that it could have been.',
    fix: 'Let somebody try within the window, or name what shows that they could: given.',
  },
  SCENARIO_ONLY_IN_OPENING: {
    summary:
      'What the check counts from happened only while the world got its keys, which happens whatever a scenario does.',
    fix: 'Wait for something that the scenario brings about, or count the opening: opening: included.',
  },
  SCENARIO_STEP_UNTYPED: {
    summary: 'A step of the screenplay was never typed, so the run drilled less than it says.',
    fix: 'Look whether the moment that it waits for happened; where it is not to be typed, let the step or the variant say why: untyped.',
  },
  SCENARIO_PROBE_NEVER: {
    summary: 'A probe was never made.',
    fix: 'Look whether the moment that it waits for happened.',
  },
  SCENARIO_PROBE_CONTROL: {
    summary:
      'A control of a probe misbehaved or could not be tried, so the outcome of the probe says nothing.',
    fix: 'Read why: the right key must open it and a wrong one must not. Some controls need one more user, enrolled and not blocked.',
  },
  SCENARIO_PROBE_UNCLEAR: {
    summary: 'A probe came to no outcome.',
    fix: 'Look at the events that the probe caused.',
  },
  SCENARIO_RUN_LATE: {
    summary: 'A run on real sockets came too late against its schedule, so nothing that it shows counts.',
    fix: 'Run it again when less else runs on the machine, or with another --lag-bound.',
  },
} as const satisfies CodeTable;

/** One of the reasons for which a check may be inconclusive. */
export type VerdictCode = keyof typeof VERDICT_CODES;
