/**
 * Expectations against a trace. Each is decided as soon as the trace allows, and then stays as it is however long the trace
 * grows. Nothing passes because nothing happened: what must never happen passes where it could have, and did not.
 */
import { formatDuration } from '../../../sim/duration.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Expectation, Step } from '../../language/index.ts';
import { failed, inconclusive, passed, verdictOn, type CheckVerdict, type Finding } from './check.ts';
import { inWords, matches, passes, testsInWords } from './match.ts';
import type { Bindings } from './moment.ts';
import { opportunityOf, type Opportunity } from './opportunity.ts';
import type { Prefix } from './prefix.ts';
import { placeWindow } from './window.ts';

/** Events quoted as evidence of one verdict. */
const EVIDENCE_MAX = 20;

type Never = Extract<Expectation, { kind: 'never' }>;
type Windowed = Exclude<Expectation, { kind: 'order' }>;
type Counted = Extract<Expectation, { kind: 'see' }>;

/** Inconclusive, with a code, as long as the prefix does not decide it. */
export function judgeExpectation(
  expectation: Expectation,
  steps: readonly Step[],
  bindings: Bindings,
  prefix: Prefix,
): CheckVerdict {
  return verdictOn('expectation', expectation, () =>
    expectation.kind === 'order'
      ? judgeOrder(expectation.moments, bindings, prefix)
      : judgeWindowed(expectation, steps, bindings, prefix),
  );
}

function judgeWindowed(
  expectation: Windowed,
  steps: readonly Step[],
  bindings: Bindings,
  prefix: Prefix,
): Finding {
  const { span, missing } = placeWindow(expectation.window, bindings, prefix);
  if (span === undefined) return waitingFor(missing, prefix);
  if (span.empty) return inconclusive('SCENARIO_WINDOW_EMPTY', 'the window ends before it begins', true);
  const { pattern } = expectation;
  const events = (prefix.byType.get(pattern.type) ?? []).filter(
    (event) => span.contains(event) && matches(pattern, event),
  );
  const finding =
    expectation.kind === 'never'
      ? judgeNever(expectation, events, span.over, () =>
          opportunityOf(expectation.given, steps, span.contains, prefix),
        )
      : judgeEvents(expectation, events, span.over);
  if (finding !== undefined) return finding;
  const seen = `${inWords(pattern)} ${events.length === 0 ? 'was not seen' : `was seen ${count(events.length)}`} so far`;
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
): Finding | undefined {
  const what = inWords(expectation.pattern);
  switch (expectation.kind) {
    case 'see':
      return judgeTimes(expectation, what, events, over);
    case 'every': {
      const wrong = events.find((event) => !passes(expectation.has, event));
      const has = testsInWords(expectation.has);
      if (wrong !== undefined) return failed(`${what} ${when(wrong)} does not have ${has}`, [wrong]);
      if (!over) return undefined;
      if (events.length === 0)
        return inconclusive(
          'SCENARIO_NOTHING_CHECKED',
          `${what} was never seen, so nothing was checked`,
          true,
        );
      return passed(`${what} was seen ${count(events.length)}, each time with ${has}`, some(events));
    }
  }
}

/** Passes on an opportunity only: what could not have been seen was not shown to be kept out. */
function judgeNever(
  { pattern }: Never,
  [seen]: readonly AnyTraceEvent[],
  over: boolean,
  opportunity: () => Opportunity,
): Finding | undefined {
  const what = inWords(pattern);
  if (seen !== undefined) return failed(`${what} was seen ${when(seen)}`, [seen]);
  if (!over) return undefined;
  const { wanted, first } = opportunity();
  return first === undefined
    ? inconclusive(
        'SCENARIO_NO_OPPORTUNITY',
        `${what} was never seen, and nothing shows that it could have been: no ${wanted}`,
        true,
      )
    : passed(`${what} was never seen, though it could have been: ${first.type} ${when(first)}`, [first]);
}

function judgeTimes(
  { times: { atLeast, atMost = Infinity }, window }: Counted,
  what: string,
  events: readonly AnyTraceEvent[],
  over: boolean,
): Finding | undefined {
  const [first] = events;
  if (events.length > atMost) {
    const evidence = events.slice(0, atMost + 1);
    return failed(`${what} was seen more than ${count(atMost)}`, some(evidence));
  }
  // Without an upper bound the first events decide, so later ones must not appear in the evidence.
  if (atMost === Infinity && events.length >= atLeast && first !== undefined)
    return passed(
      atLeast === 1 ? `${what} was seen ${when(first)}` : `${what} was seen ${count(atLeast)} or more`,
      some(events.slice(0, atLeast)),
    );
  if (!over) return undefined;
  if (events.length >= atLeast) return passed(`${what} was seen ${count(events.length)}`, some(events));
  return failed(
    first === undefined
      ? `${what} was not seen${window.to === undefined ? '' : ' in time'}`
      : `${what} was seen only ${count(events.length)}, not ${count(atLeast)}`,
    some(events),
  );
}

/** Moments must come one after the other. Two in the wrong order fail at once, whatever the others do. */
function judgeOrder(moments: readonly string[], bindings: Bindings, prefix: Prefix): Finding {
  let previous: { readonly name: string; readonly event: AnyTraceEvent } | undefined;
  for (const name of moments) {
    const event = bindings.get(name);
    if (event === undefined) continue;
    if (previous !== undefined && previous.event.n >= event.n)
      return failed(`'${name}' came ${when(event)}, not after '${previous.name}' ${when(previous.event)}`, [
        event,
        previous.event,
      ]);
    previous = { name, event };
  }
  const missing = moments.filter((name) => !bindings.has(name));
  if (missing.length > 0) return waitingFor(missing, prefix);
  const events = moments.flatMap((name) => bindings.get(name) ?? []);
  return passed(moments.map((name) => `'${name}'`).join(', then '), events);
}

function waitingFor(missing: readonly string[], prefix: Prefix): Finding {
  const names = missing.map((name) => `'${name}'`).join(' and ');
  return prefix.ended
    ? inconclusive('SCENARIO_MOMENT_NEVER', `${names} never happened`, true)
    : inconclusive('SCENARIO_NOT_YET', `${names} has not happened yet`, false);
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
