/**
 * The score: what an exercise was worth, computed from the trace by the same functions that judge a suite. For each line that the
 * screenplay has for those who were played: whether it was typed, how late, which deadline it missed; and what an attacker could do, and
 * who could not call, for longer than by the book. What "longer" means is not guessed: the screenplay's own run, same seed and nobody
 * played, is the measure.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { ResolvedScreenplay, Step, When } from '../../language/index.ts';
import type { ExposureBar, VariantResult } from '../model.ts';
import { linesOf } from '../procedures/lines.ts';
import type { ProcedureStepResult } from '../procedures/model.ts';
import { matches } from '../verdicts/match.ts';
import { eventsOf, prefixOf } from '../verdicts/prefix.ts';
import { answersOf, playedLines, type Answer, type LineSplitter } from './answers.ts';
import { blamedFor } from './blame.ts';
import type { ExerciseScore, ScoredDeadline, ScoredExposure, ScoredLength, ScoredLine } from './model.ts';
import { outagesOf } from './outage.ts';

/** A run as it is scored, or measured against. */
export interface ScoredRun {
  readonly events: readonly AnyTraceEvent[];
  readonly result: Pick<VariantResult, 'exposure' | 'ends' | 'moments' | 'procedures'>;
}

/**
 * Scores a run of `screenplay` in which somebody was played; undefined when nobody was, or when it ended before they took over. `own` is
 * the screenplay's own run of the same seed and parameters.
 */
export function scoreOf(
  screenplay: Pick<ResolvedScreenplay, 'steps' | 'performs' | 'expect' | 'world' | 'probes'>,
  { run, own, wordsOf }: { readonly run: ScoredRun; readonly own: ScoredRun; readonly wordsOf: LineSplitter },
): ExerciseScore | undefined {
  const { events, result } = run;
  const prefix = prefixOf(events);
  if (prefix.opened === undefined || prefix.opened.data.played.length === 0) return undefined;
  const { played: roles } = prefix.opened.data;
  const joined = prefix.opened.t;
  const attacks = screenplay.probes.some(({ by }) => roles.includes(by));
  const [left] = eventsOf(prefix, 'exercise.left');
  const written = new Set(screenplay.steps);
  const performed = new Map(
    (result.procedures ?? []).flatMap(({ steps }) => steps.map((each) => [each.step, each] as const)),
  );
  const planned = linesOf(screenplay)
    .filter(({ by }) => roles.includes(by))
    .map((step) => ({
      step,
      due: written.has(step) ? dueIn(step, result) : (performed.get(step.id)?.due ?? undefined),
    }));
  const lines = answersOf(planned, playedLines(events, roles, joined), wordsOf).map((answer) =>
    doneOtherwise(lineOf(answer, deadlinesOf(screenplay, run, answer)), performed.get(answer.step.id)),
  );
  return {
    roles,
    joined,
    ...(left === undefined ? {} : { left: left.t }),
    lines,
    // What the examiner tries in the name of an attacker is nothing that whoever plays one is to blame for.
    exposure: exposuresOf(result, own.result, attacks ? [] : lines),
    outage: outagesOf({
      run: { events, ends: result.ends },
      own: { events: own.events, ends: own.result.ends },
      since: joined,
      users: screenplay.world.users.map(({ name }) => name),
      ...{ roles, lines },
    }),
  };
}

/** When a step was due in a run; undefined when that would have been after its end, or never. */
function dueIn(step: Step, result: ScoredRun['result']): Micros | undefined {
  const time = timeOf(step.when, result);
  return time === undefined || time > result.ends ? undefined : time;
}

/** A step of a procedure that was done in another way, or by somebody else, is not left undone. */
function doneOtherwise(line: ScoredLine, performed: ProcedureStepResult | undefined): ScoredLine {
  if (line.typed !== undefined || performed === undefined) return line;
  const { done, event } = performed;
  return done === null || event === null ? line : { ...line, verdict: 'pass', typed: done, event };
}

function lineOf({ step, due, typed }: Answer, deadlines: readonly ScoredDeadline[]): ScoredLine {
  const { id, by, on = by, type: line } = step;
  return {
    ...{ step: id, by, on, line },
    verdict: verdictOn(step, due, typed !== undefined),
    ...(due === undefined ? {} : { due }),
    ...(typed === undefined ? {} : { typed: typed.t, event: typed.n }),
    deadlines,
  };
}

function verdictOn({ scenery }: Step, due: Micros | undefined, typed: boolean): ScoredLine['verdict'] {
  if (typed) return 'pass';
  if (due === undefined) return 'not-tested';
  return scenery === undefined ? 'fail' : 'not-applicable';
}

/** The deadlines that what a line led to is measured against, whether or not they were met. */
function deadlinesOf(
  { expect }: Pick<ResolvedScreenplay, 'expect'>,
  { events, result }: ScoredRun,
  { typed }: Answer,
): readonly ScoredDeadline[] {
  if (typed === undefined) return [];
  const consequences = consequencesOf(events, typed.n);
  return expect.flatMap((expectation) => {
    if (expectation.kind !== 'see' || !expectation.window.toIncluded) return [];
    const { pattern, window } = expectation;
    const seen = consequences.find((event) => matches(pattern, event));
    const time = timeOf(window.to, result);
    return seen === undefined || time === undefined
      ? []
      : [{ check: expectation.id, time, late: seen.t - time }];
  });
}

function timeOf(when: When | undefined, { moments }: ScoredRun['result']): Micros | undefined {
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

function exposuresOf(
  result: ScoredRun['result'],
  reference: ScoredRun['result'],
  lines: readonly ScoredLine[],
): readonly ScoredExposure[] {
  const same = new Map<string, ExposureBar[]>();
  for (const bar of reference.exposure) same.set(keyOf(bar), [...(same.get(keyOf(bar)) ?? []), bar]);
  return result.exposure.map((bar) => {
    // An exposure that returns is a bar of its own: the first is compared with the first.
    const ownBar = same.get(keyOf(bar))?.shift();
    const length = lengthOf(bar, result.ends);
    const own = ownBar === undefined ? undefined : lengthOf(ownBar, reference.ends);
    const line =
      length.atMost > (own?.atMost ?? 0) ? blamedFor({ bar, own: ownBar }, lines, result.ends) : undefined;
    const { asset, capability, attacker, audioSeconds, from, firstFailure } = bar;
    return {
      ...{ asset, capability, attacker, audioSeconds, from },
      ...(firstFailure === undefined ? {} : { firstFailure }),
      ...length,
      ...(own === undefined ? {} : { own }),
      ...(line === undefined ? {} : { line: line.step }),
    };
  });
}

function lengthOf(
  { from, fromEarliest, lastSuccess, firstFailure }: ExposureBar,
  ends: Micros,
): ScoredLength {
  return { atLeast: lastSuccess - from, atMost: (firstFailure ?? ends) - fromEarliest };
}

function keyOf({ asset, capability, attacker, attack, route, needs }: ExposureBar): string {
  return JSON.stringify([asset, capability, attacker, attack, route, needs]);
}
