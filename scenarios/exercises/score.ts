/**
 * The score: what the exercise was worth, computed from the trace by the same functions that judge a suite. For each line that
 * the screenplay has for the role: how late it was, which deadline it missed, and which exposure lasted longer for it. What
 * "longer" means is not guessed: the screenplay's own run, same seed and nobody played, is the measure.
 */
import type { Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';
import type { CheckResult, ExposureBar, VariantResult } from '../runs/index.ts';
import type { Step } from '../language/index.ts';
import { matches } from '../evidence/verdicts/match.ts';
import { acceptedLines, answersOf, type Answer } from './answers.ts';
import { blamedFor } from './blame.ts';
import type { Rehearsal } from './rehearsal.ts';

/** How one role did; times are microseconds since the scenario began. */
export interface Score {
  readonly role: string;
  readonly checks: readonly CheckResult[];
  readonly cues: readonly CueScore[];
  readonly exposure: readonly ExposureScore[];
  /** When the exercise ended. */
  readonly ends: Micros;
}

/** One line of the screenplay for the role, and what came of how late it was typed. */
export interface CueScore {
  readonly step: Step;
  /** When the screenplay has it; absent when it was not due before the end. */
  readonly due: Micros | undefined;
  /** When it was typed; absent when it never was. */
  readonly typed: Micros | undefined;
  /** Negative when it was early. */
  readonly late: Micros | undefined;
  /** Deadlines of expectations that the line met or missed. */
  readonly deadlines: readonly Deadline[];
  /** Exposures that lasted longer than in the screenplay's own run because of this line; each is put down to one. */
  readonly exposed: readonly ExposureScore[];
}

/** A time limit of an expectation, by the id of its check, and how it was kept. */
export interface Deadline {
  readonly check: string;
  readonly time: Micros;
  /** How long after the deadline what was expected was seen; negative when before. */
  readonly late: Micros;
}

/** How long an exposure lasted, as two bounds, and how long it would have by the screenplay. */
export interface ExposureScore {
  readonly bar: ExposureBar;
  /** The exposure that is proven: from the first success to the last. */
  readonly atLeast: Micros;
  /** The exposure that cannot be excluded: from the refusal before to the refusal after, or to the end. */
  readonly atMost: Micros;
  /** The same of the screenplay's own run; absent when there is no such exposure in it. */
  readonly reference:
    { readonly bar: ExposureBar; readonly atLeast: Micros; readonly atMost: Micros } | undefined;
}

/** Scores a rehearsal that is over. `reference` is the screenplay's own run of the same seed and parameters. */
export function scoreOf(
  rehearsal: Rehearsal,
  result: VariantResult,
  reference: Pick<VariantResult, 'exposure' | 'ends'>,
): Score {
  const { role, joined, performance } = rehearsal;
  const { screenplay } = performance.world.options;
  const { events } = performance.world.trace;
  const due = new Map(performance.cued.map(({ step, time }) => [step, time]));
  const planned = screenplay.steps
    .filter(({ by }) => by === role)
    .map((step) => ({ step, due: due.get(step) }));
  const exposure = exposureScores(result, reference);
  const cues = answersOf(planned, acceptedLines(events, role, joined)).map((answer) =>
    cueScore(answer, deadlinesOf(rehearsal, result, answer)),
  );
  const blamed = new Map(
    exposure
      .filter((each) => each.atMost > (each.reference?.atMost ?? 0))
      .map((each) => [each, blamedFor({ bar: each.bar, own: each.reference?.bar }, cues, result.ends)]),
  );
  return {
    role,
    checks: result.checks,
    exposure,
    ends: result.ends,
    cues: cues.map((cue) => ({ ...cue, exposed: exposure.filter((each) => blamed.get(each) === cue) })),
  };
}

function cueScore({ step, due, typed }: Answer, deadlines: readonly Deadline[]): Omit<CueScore, 'exposed'> {
  const late = due === undefined || typed === undefined ? undefined : typed.t - due;
  return { step, due, typed: typed?.t, late, deadlines };
}

/** The deadlines that what a line led to is measured against, whether or not they were met. */
function deadlinesOf(rehearsal: Rehearsal, result: VariantResult, { typed }: Answer): readonly Deadline[] {
  if (typed === undefined) return [];
  const { screenplay } = rehearsal.performance.world.options;
  const consequences = consequencesOf(rehearsal.performance.world.trace.events, typed.n);
  return screenplay.expect.flatMap((expectation) => {
    if (expectation.kind !== 'see' || !expectation.window.toIncluded) return [];
    const { pattern, window } = expectation;
    const seen = consequences.find((event) => matches(pattern, event));
    const time = timeOf(window.to, result);
    return seen === undefined || time === undefined
      ? []
      : [{ check: expectation.id, time, late: seen.t - time }];
  });
}

function timeOf(when: Step['when'] | undefined, { moments }: VariantResult): Micros | undefined {
  if (when === undefined || when.kind === 'at') return when?.t;
  const moment = moments[when.moment];
  return moment === undefined || moment === null ? undefined : moment.time + when.delay;
}

/** The event and all that it led to. */
function consequencesOf(events: readonly AnyTraceEvent[], cause: EventNumber): readonly AnyTraceEvent[] {
  const numbers = new Set([cause]);
  return events.filter((event) => {
    if (event.n !== cause && !numbers.has(event.cause)) return false;
    numbers.add(event.n);
    return true;
  });
}

function exposureScores(
  result: Pick<VariantResult, 'exposure' | 'ends'>,
  reference: Pick<VariantResult, 'exposure' | 'ends'>,
): readonly ExposureScore[] {
  const own = new Map<string, ExposureBar[]>();
  for (const bar of reference.exposure) own.set(keyOf(bar), [...(own.get(keyOf(bar)) ?? []), bar]);
  return result.exposure.map((bar) => {
    // An exposure that returns is a bar of its own: the first is compared with the first.
    const same = own.get(keyOf(bar))?.shift();
    return {
      bar,
      ...lengthOf(bar, result.ends),
      reference: same === undefined ? undefined : { bar: same, ...lengthOf(same, reference.ends) },
    };
  });
}

function lengthOf(
  { from, fromEarliest, lastSuccess, firstFailure }: ExposureBar,
  ends: Micros,
): { readonly atLeast: Micros; readonly atMost: Micros } {
  return { atLeast: lastSuccess - from, atMost: (firstFailure ?? ends) - fromEarliest };
}

function keyOf({ asset, capability, attacker, attack, route, needs }: ExposureBar): string {
  return JSON.stringify([asset, capability, attacker, attack, route, needs]);
}
