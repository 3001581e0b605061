/** How runs on real sockets kept to their schedule, in the words of every report. A simulated run is always on time. */
import { SECOND } from '../sim/clock.ts';
import { formatDuration, toMilliseconds } from '../sim/duration.ts';
import type { Schedule, SuiteResult } from '../scenarios/evidence/model.ts';

/** Of the runs on real sockets, one as a rule. */
export function schedulesOf(suite: SuiteResult): readonly Schedule[] {
  return suite.scenarios.flatMap(({ variants }) => variants.flatMap(({ schedule }) => schedule ?? []));
}

/** Median, 99th percentile and maximum in milliseconds, and how many events were timed. */
export function lagText({ p50, p99, max, events }: Schedule): string {
  return `p50 ${toMilliseconds(p50)} ms, p99 ${toMilliseconds(p99)} ms, max ${toMilliseconds(max)} ms, of ${events} events against the schedule`;
}

/** Whole seconds: what was skipped is not measured. */
export function skippedText({ skipped }: Schedule): string {
  return `${formatDuration(Math.floor(skipped / SECOND) * SECOND)} of idle time skipped`;
}

/** Why a run is not valid, as half a sentence; undefined for one that is. */
export function notValidText({ valid, bound }: Schedule): string | undefined {
  return valid ? undefined : `the 99th percentile of the lag is above ${toMilliseconds(bound)} ms`;
}

/** A whole sentence, to stand behind the reason why a run is not valid. */
export const NOT_VALID_MEANS =
  'This machine was too slow or too busy, and what was measured is the machine: nothing of it counts, for or against.';
