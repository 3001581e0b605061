/**
 * What an exercise cost those who wanted to call: the times in which they could not, beside those of the screenplay's own run, and to whom
 * each is put down. A service that is dead cannot be attacked, so without these numbers doing nothing would look like doing well.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { OutageTime, ScoredLine, ScoredOutage } from './model.ts';
import { cutOffs, type CutOff } from './service.ts';

/** A run, as far as it can be seen who could call in it. */
export interface ServedRun {
  readonly events: readonly AnyTraceEvent[];
  readonly ends: Micros;
}

/** Whose outages are looked at, in which runs, and to whom they can be put down: those who were played, and their lines. */
export interface OutageQuestion {
  readonly run: ServedRun;
  readonly own: ServedRun;
  readonly since: Micros;
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly lines: readonly ScoredLine[];
}

/** Users who could not call for any time, here or in the screenplay's own run. */
export function outagesOf(question: OutageQuestion): readonly ScoredOutage[] {
  const { run, own, since, users } = question;
  const here = cutOffs(run.events, users, { since, ends: run.ends });
  const there = cutOffs(own.events, users, { since, ends: own.ends });
  return users.flatMap((user) => {
    const times = (here.get(user) ?? []).map((cut) => timeOf(cut, there.get(user) ?? [], question));
    const outage = {
      user,
      cutOff: sum((here.get(user) ?? []).map(({ from, to }) => to - from)),
      own: sum((there.get(user) ?? []).map(({ from, to }) => to - from)),
      beyond: sum(times.map(({ beyond }) => beyond)),
      times,
    };
    return outage.cutOff + outage.own > 0 ? [outage] : [];
  });
}

function timeOf(cut: CutOff, there: readonly CutOff[], { run, roles, lines }: OutageQuestion): OutageTime {
  const { from, to, lasts, event, why } = cut;
  const beyond = to - from - sum(there.map((other) => overlap(cut, other)));
  const by = typist(run.events, event);
  // What somebody did is put down to that, and not to what they left undone meanwhile.
  const undone = beyond > 0 && (by === null || !roles.includes(by));
  const line = undone ? lateMeanwhile(lines, cut, run.ends) : undefined;
  return {
    from,
    ...(lasts ? {} : { to }),
    beyond,
    event,
    why,
    by,
    ...(line === undefined ? {} : { line: line.step }),
  };
}

/** Of the lines that were due before it was over, and not typed before it began, the first that was due. */
function lateMeanwhile(lines: readonly ScoredLine[], cut: CutOff, ends: Micros): ScoredLine | undefined {
  return lines
    .filter(({ due, typed = ends }) => due !== undefined && due < cut.to && typed > cut.from && typed > due)
    .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0))[0];
}

/** Who typed the line that led to an event. */
function typist(events: readonly AnyTraceEvent[], number: EventNumber): string | null {
  for (let event = events[number - 1]; event !== undefined; event = events[event.cause - 1])
    if (event.type === 'console.typed') return event.data.by;
  return null;
}

function overlap(one: Pick<CutOff, 'from' | 'to'>, other: Pick<CutOff, 'from' | 'to'>): Micros {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

function sum(lengths: readonly Micros[]): Micros {
  return lengths.reduce((all, each) => all + each, 0);
}
