/**
 * Expectations against a trace. Each is decided as soon as the trace allows, and then stays as it is however long the trace
 * grows. Nothing passes because nothing happened: what must never happen passes where it could have, and did not.
 */
import { assert } from '../../../sim/errors.ts';
import { formatDuration } from '../../../sim/duration.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Expectation, Moment, ResolvedScreenplay } from '../../language/index.ts';
import { performedLines } from '../procedures/lines.ts';
import {
  failed,
  inconclusive,
  notTested,
  passed,
  verdictOn,
  type CheckVerdict,
  type Finding,
} from './check.ts';
import { causedBy, playedStep } from './caused-by.ts';
import { judgeCompared } from './compared.ts';
import { inWords, matches, passes, testsInWords } from './match.ts';
import type { Bindings } from './moment.ts';
import { opportunityOf, type Opportunity } from './opportunity.ts';
import { eventsOf, type Prefix } from './prefix.ts';
import { judgeProcedures } from './procedures.ts';
import { judgeSteps } from './steps.ts';
import { whyNoResult } from './unmade-probe.ts';
import { windowInWords } from './window-words.ts';
import { placeWindow } from './window.ts';

/** Events quoted as evidence of one verdict. */
const EVIDENCE_MAX = 20;

/** The part of a screenplay that expectations name. */
type Excerpt = Pick<ResolvedScreenplay, 'steps' | 'moments'> & Partial<Pick<ResolvedScreenplay, 'performs'>>;

type Never = Extract<Expectation, { kind: 'never' }>;
type Windowed = Extract<Expectation, { kind: 'see' | 'never' | 'every' }>;
type Counted = Extract<Expectation, { kind: 'see' }>;

/** Inconclusive, with a code, as long as the prefix does not decide it. */
export function judgeExpectation(
  expectation: Expectation,
  told: Excerpt,
  bindings: Bindings,
  prefix: Prefix,
): CheckVerdict {
  return verdictOn('expectation', expectation, () => {
    if (expectation.kind === 'steps')
      return judgeSteps(told.steps, prefix, performedLines(told.performs ?? []));
    if (expectation.kind === 'procedures') {
      assert(told.performs !== undefined, 'who judges procedures knows which are performed');
      return judgeProcedures(told.performs, prefix);
    }
    if (expectation.kind === 'order') return judgeOrder(expectation.moments, told, bindings, prefix);
    if ('field' in expectation) {
      const { moments } = expectation;
      const [first, second] = moments.map((name) => bindings.get(name));
      if (first !== undefined && second !== undefined) return judgeCompared(expectation, first, second);
      const missing = moments.filter((name) => !bindings.has(name));
      return waitingFor(missing, told, prefix);
    }
    return judgeWindowed(expectation, told, bindings, prefix);
  });
}

function judgeWindowed(expectation: Windowed, told: Excerpt, bindings: Bindings, prefix: Prefix): Finding {
  const notMade = whyNoResult(expectation.pattern, prefix);
  if (notMade !== undefined)
    return notTested(`it rests on the probe ${notMade.data.id}: ${notMade.data.reason}`, [notMade]);
  const played = playedStep(expectation.causedBy, told.steps, prefix);
  if (played !== undefined)
    return notTested(`it looks at what '${played.id}' leads to, and a person plays ${played.by}`, []);
  const { target, to } = expectation.window;
  if (target !== undefined && to === undefined) return notTested(`no target declared: targets.${target}`, []);
  const { span, missing } = placeWindow(expectation.window, bindings, prefix);
  if (span === undefined) return waitingFor(missing, told, prefix);
  if (span.empty) return inconclusive('SCENARIO_WINDOW_EMPTY', 'the window ends before it begins', true);
  const { pattern } = expectation;
  const isCaused = causedBy(expectation.causedBy, told.steps, prefix);
  const isLookedAt = (event: AnyTraceEvent): boolean => span.contains(event) && isCaused(event);
  const matching = eventsOf(prefix, pattern.type).filter(
    (event) => isLookedAt(event) && matches(pattern, event),
  );
  // What the opening does happens whatever a scenario does.
  const skips = expectation.kind === 'see' && !expectation.opening;
  const events = skips ? matching.filter((event) => isAfterOpening(event, prefix)) : matching;
  const finding =
    expectation.kind === 'never'
      ? judgeNever(expectation, events, span.over, () =>
          opportunityOf(expectation.given, told.steps, isLookedAt, prefix),
        )
      : judgeEvents(expectation, events, span.over, matching.length - events.length);
  if (finding !== undefined) return finding;
  const seen = `${inWords(pattern)} ${events.length === 0 ? 'was not seen' : `was seen ${count(events.length)}`}${windowInWords(expectation.window)} so far`;
  return prefix.ended
    ? inconclusive(
        'SCENARIO_WINDOW_OPEN',
        `${seen}, and the run ended before the window was over`,
        true,
        some(events),
      )
    : inconclusive('SCENARIO_NOT_YET', seen, false, some(events));
}

/** What the matching events in the window say; undefined while they decide nothing. */
function judgeEvents(
  expectation: Exclude<Windowed, Never>,
  events: readonly AnyTraceEvent[],
  over: boolean,
  inOpening: number,
): Finding | undefined {
  const what = inWords(expectation.pattern);
  const during = windowInWords(expectation.window);
  switch (expectation.kind) {
    case 'see':
      return judgeTimes(expectation, what, events, over, inOpening);
    case 'every': {
      const wrong = events.find((event) => !passes(expectation.has, event));
      const has = testsInWords(expectation.has);
      if (wrong !== undefined) return failed(`${what} ${when(wrong)} does not have ${has}`, [wrong]);
      if (!over) return undefined;
      if (events.length === 0)
        return inconclusive(
          'SCENARIO_NOTHING_CHECKED',
          `${what} was never seen${during}, so nothing was checked`,
          true,
        );
      return passed(`${what} was seen ${count(events.length)}${during}, each time with ${has}`, some(events));
    }
  }
}

/** Passes on an opportunity only: what could not have been seen was not shown to be kept out. */
function judgeNever(
  { pattern, window }: Never,
  [seen]: readonly AnyTraceEvent[],
  over: boolean,
  opportunity: () => Opportunity,
): Finding | undefined {
  const what = inWords(pattern);
  const during = windowInWords(window);
  if (seen !== undefined)
    return failed(`${what} was seen${during === '' ? '' : `${during}:`} ${when(seen)}`, [seen]);
  if (!over) return undefined;
  const { wanted, first } = opportunity();
  return first === undefined
    ? inconclusive(
        'SCENARIO_NO_OPPORTUNITY',
        `${what} was never seen${during}, and nothing shows that it could have been: no ${wanted}`,
        true,
      )
    : passed(`${what} was never seen${during}, though it could have been: ${first.type} ${when(first)}`, [
        first,
      ]);
}

function judgeTimes(
  { times: { atLeast, atMost = Infinity }, window }: Counted,
  what: string,
  events: readonly AnyTraceEvent[],
  over: boolean,
  inOpening: number,
): Finding | undefined {
  const during = windowInWords(window);
  if (events.length > atMost) {
    const evidence = events.slice(0, atMost + 1);
    return failed(`${what} was seen more than ${count(atMost)}${during}`, some(evidence));
  }
  // Without an upper bound the first events decide, so later ones must not appear in the evidence.
  const enough = events[atLeast - 1];
  if (atMost === Infinity && enough !== undefined)
    return passed(
      atLeast === 1
        ? `${what} was seen${during === '' ? '' : `${during}:`} ${when(enough)}`
        : `${what} was seen ${count(atLeast)} or more${during}`,
      some(events.slice(0, atLeast)),
    );
  if (!over) return undefined;
  if (events.length >= atLeast)
    return passed(`${what} was seen ${count(events.length)}${during}`, some(events));
  const opening = inOpening === 0 ? '' : `; ${count(inOpening)} in the opening, which does not count`;
  return failed(
    events.length === 0
      ? `${what} was not seen${during}${opening}`
      : `${what} was seen only ${count(events.length)}${during}, not ${count(atLeast)}${opening}`,
    some(events),
  );
}

/** Moments must come one after the other. Two in the wrong order fail at once, whatever the others do. */
function judgeOrder(moments: readonly string[], told: Excerpt, bindings: Bindings, prefix: Prefix): Finding {
  const came: { readonly name: string; readonly event: AnyTraceEvent }[] = [];
  for (const name of moments) {
    const event = bindings.get(name);
    if (event === undefined) continue;
    const previous = came.at(-1);
    if (previous !== undefined && previous.event.n >= event.n)
      return failed(`'${name}' came ${when(event)}, not after '${previous.name}' ${when(previous.event)}`, [
        event,
        previous.event,
      ]);
    came.push({ name, event });
  }
  const missing = moments.filter((name) => !bindings.has(name));
  if (missing.length > 0) return waitingFor(missing, told, prefix);
  return passed(
    came.map(({ name }) => `'${name}'`).join(', then '),
    came.map(({ event }) => event),
  );
}

function waitingFor(missing: readonly string[], { moments }: Excerpt, prefix: Prefix): Finding {
  const early = missing.find((name) =>
    moments.some((moment) => moment.name === name && isEarly(moment, prefix)),
  );
  if (prefix.ended && early !== undefined)
    return inconclusive(
      'SCENARIO_ONLY_IN_OPENING',
      `'${early}' would have happened with the events of the opening, which do not count`,
      true,
    );
  const names = missing.map((name) => `'${name}'`).join(' and ');
  return prefix.ended
    ? inconclusive('SCENARIO_MOMENT_NEVER', `${names} never happened`, true)
    : inconclusive('SCENARIO_NOT_YET', `${names} has not happened yet`, false);
}

/** Whether a moment would have come if the opening counted. */
function isEarly({ pattern, occurrence }: Moment, prefix: Prefix): boolean {
  const seen = eventsOf(prefix, pattern.type).filter((event) => matches(pattern, event)).length;
  return seen >= (occurrence === 'last' ? 1 : occurrence);
}

/** Whether it came after everybody who begins with keys had them. */
function isAfterOpening({ n }: AnyTraceEvent, { opened }: Prefix): boolean {
  return opened !== undefined && n > opened.n;
}

function some(events: readonly AnyTraceEvent[]): readonly AnyTraceEvent[] {
  return events.slice(0, EVIDENCE_MAX);
}

function when({ n, t }: AnyTraceEvent): string {
  return `at +${formatDuration(t)} (event ${n})`;
}

function count(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
