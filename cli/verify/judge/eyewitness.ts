/**
 * What must be seen, and whether it was: moments, spans of the run, and the forms of expectations of docs/scenario-language.md, computed
 * from the trace alone.
 */
import type { Chronicle, TraceLine } from './chronicle.ts';
import type { Description } from './condition.ts';
import type {
  Landmark,
  NamedMoment,
  Playbill,
  ScriptLine,
  Glimpse,
  Instigation,
  ToSee,
  ToType,
} from './declaration.ts';
import { discharged } from './errands.ts';
import { words } from './json-text.ts';

type Likeness = Extract<ToSee, { form: 'same' | 'differs' }>;

/** What a check came to. */
export type Ruling = 'pass' | 'fail' | 'inconclusive' | 'not-tested';

/** The event of each moment that came. */
export type Moments = ReadonlyMap<string, TraceLine>;

/** The events that the names of a playbill mean in this run. */
export function momentsOf({ moments }: Playbill, { all }: Chronicle): Moments {
  return new Map(
    moments.flatMap(({ name, what, place, opening }: NamedMoment) => {
      const seen = all.filter((event) => fits(event, what) && (opening || event.n > openingIn(all)));
      const found = place === Infinity ? seen.at(-1) : seen[place - 1];
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

/** Whether what had to be seen was seen. */
export function sighted(what: ToSee, run: Chronicle, moments: Moments): Ruling | 'not-applicable' {
  if (what.form === 'steps') return asWritten(what.lines, run);
  if (what.form === 'procedures') return discharged(what.errands, run, fits);
  if (what.form === 'order') return inOrder(what.moments.map((name) => moments.get(name)));
  if ('field' in what) return alike(what, moments);
  if (isOfProbeLeftOut(what.what, run)) return 'not-tested';
  if (what.span.undeclared) return 'not-tested';
  const span = spanIn(run, what.span, moments);
  if (span === undefined) return 'inconclusive';
  const seen = seenIn(what, span, run);
  // What the rest of the window could still bring.
  const unless = (settled: Ruling): Ruling => (span.whole ? settled : 'inconclusive');
  switch (what.form) {
    case 'see':
      if (seen.length > what.most) return 'fail';
      if (seen.length < what.least) return unless('fail');
      return what.most === Infinity ? 'pass' : unless('pass');
    case 'every':
      if (seen.some((event) => !passes(event, what.has))) return 'fail';
      return seen.length === 0 ? 'inconclusive' : unless('pass');
    case 'never': {
      if (seen.length > 0) return 'fail';
      const { chances } = what;
      const chance = (event: TraceLine): boolean =>
        !wasRefused(event, run) &&
        ('typed' in chances ? wasTyped(event, chances.typed) : chances.some((each) => fits(event, each)));
      return run.all.some((event) => span.holds(event) && chance(event) && isOf(event, what.cause, run))
        ? unless('pass')
        : 'inconclusive';
    }
  }
}

/** The event that says most of what was seen or not: the first one that is looked for, or else the moment that came first. */
export function pointedAt(what: ToSee, run: Chronicle, moments: Moments): number | undefined {
  if (what.form === 'steps' || what.form === 'procedures') return undefined;
  if ('moments' in what) return moments.get(what.moments[0] ?? '')?.n;
  const span = spanIn(run, what.span, moments);
  const seen = span === undefined ? [] : seenIn(what, span, run);
  const odd = what.form === 'every' ? seen.find((event) => !passes(event, what.has)) : undefined;
  return (odd ?? seen[0])?.n;
}

/** All that is looked for, and counts. */
function seenIn(
  what: Extract<ToSee, { readonly what: Description }>,
  span: { readonly holds: (event: TraceLine) => boolean },
  run: Chronicle,
): readonly TraceLine[] {
  const first = what.form === 'see' && !what.opening ? openingIn(run.all) : 0;
  return run.all.filter(
    (event) => span.holds(event) && fits(event, what.what) && event.n > first && isOf(event, what.cause, run),
  );
}

/** The number of the last event of the opening: before it nothing that a scenario means can have happened. */
function openingIn(all: readonly TraceLine[]): number {
  return all.find(({ type }) => type === 'opening.ended')?.n ?? Infinity;
}

/** Whether each line was typed, and taken or refused as its step says; those of people who are played are not looked at. */
function asWritten(lines: readonly ScriptLine[], { all }: Chronicle): Ruling | 'not-applicable' {
  const opening = all.find(({ type }) => type === 'opening.ended');
  if (opening === undefined) return 'inconclusive';
  const ours = lines.filter(({ by }) => !words(opening.data, 'played').includes(by));
  if (ours.length === 0) return 'not-applicable';
  const told = ours.map(({ id, refused, silent }) => {
    const typed = all.find(({ type, data }) => type === 'step.typed' && data['step'] === id);
    if (typed === undefined) return silent ? 'pass' : 'inconclusive';
    return !silent && typed.data['refused'] === (refused ?? null) ? 'pass' : 'fail';
  });
  return told.includes('fail') ? 'fail' : told.includes('inconclusive') ? 'inconclusive' : 'pass';
}

/** A field of two events, set side by side. */
function alike({ form, field, moments: [one = '', other = ''] }: Likeness, moments: Moments): Ruling {
  const [first, second] = [moments.get(one), moments.get(other)];
  if (first === undefined || second === undefined || first.n === second.n) return 'inconclusive';
  const [before, after] = [first, second].map(({ on, data }) =>
    JSON.stringify(unlabelled(field === 'on' ? on : data[field])),
  );
  if (before === undefined || after === undefined) return 'inconclusive';
  return (before === after) === (form === 'same') ? 'pass' : 'fail';
}

/** A secret without whose it is and of which month: only its kind and its fingerprint make it the same one. */
function unlabelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unlabelled);
  return typeof value === 'string' ? value.replace(/^([^()]+)\(.*\)(?=#[0-9a-f]{8}$)/, '$1') : value;
}

/** Whether something is said of the result of one probe, and that one was left out on purpose. */
function isOfProbeLeftOut({ type, conditions }: Description, { all }: Chronicle): boolean {
  const named = conditions.find(([field]) => field === 'id')?.[1];
  if (type !== 'probe.result' || named === undefined) return false;
  return all.some((event) => event.type === 'probe.not-made' && named(event.data['id']));
}

/** Whether an event is the line of the step, or a chain of causes leads back to it. */
function isOf(event: TraceLine, instigation: Instigation | undefined, { all }: Chronicle): boolean {
  if (instigation === undefined) return true;
  const { step, typed } = instigation;
  const noted = all.find(({ type, data }) => type === 'step.typed' && data['step'] === step);
  const line = all.findLast((each) => each.n < (noted?.n ?? 0) && wasTyped(each, typed));
  if (line === undefined) return false;
  let { n } = event;
  while (n > line.n) n = all.find((each) => each.n === n)?.cause ?? 0;
  return n === line.n;
}

function inOrder(events: readonly (TraceLine | undefined)[]): Ruling {
  const numbers = events.flatMap((event) => (event === undefined ? [] : [event.n]));
  // Two in the wrong order stay so, whatever else is still to come.
  if (numbers.some((n, index) => n <= (numbers[index - 1] ?? 0))) return 'fail';
  return numbers.length < events.length ? 'inconclusive' : 'pass';
}

/** Whether an event is of a pattern. */
export function fits(event: TraceLine, { type, conditions }: Description): boolean {
  return event.type === type && passes(event, conditions);
}

function passes(event: TraceLine, conditions: Description['conditions']): boolean {
  return conditions.every(([field, holds]) => holds(field === 'on' ? event.on : event.data[field]));
}

function wasTyped(event: TraceLine, typed: ToType | 'omitted'): boolean {
  return (
    typed !== 'omitted' &&
    event.type === 'console.typed' &&
    event.on === typed.on &&
    event.data['by'] === typed.by &&
    event.data['line'] === typed.line
  );
}

/** A line that its console refused gave nobody a chance. */
function wasRefused({ n }: TraceLine, { all }: Chronicle): boolean {
  return all.some(({ type, cause }) => type === 'console.refused' && cause === n);
}

/** A place between events: a moment is a place in the order of the trace, everything else is an instant. */
type Place = { readonly n: number; readonly t: number } | { readonly n?: undefined; readonly t: number };

/** The part of a run that a check looks at; undefined when one of its moments never came, or it ends before it begins. */
function spanIn(
  { end }: Chronicle,
  { opens, closes, closesAfter }: Glimpse,
  moments: Moments,
): { readonly holds: (event: TraceLine) => boolean; readonly whole: boolean } | undefined {
  const from = opens && placeOf(opens, moments);
  // A deadline is a time, also when it leaves none.
  const to = closes && placeOf(closes, moments, closesAfter);
  if ((opens && !from) || (closes && !to)) return undefined;
  const begun = ({ n, t }: TraceLine): boolean =>
    from === undefined || (from.n === undefined ? t >= from.t : n > from.n);
  const notOver = ({ n, t }: TraceLine): boolean =>
    to === undefined || (to.n === undefined ? t < to.t || (closesAfter && t === to.t) : n < to.n);
  if (from !== undefined && to !== undefined && endsFirst(from, to, closesAfter)) return undefined;
  const whole = end >= (from?.t ?? 0) && (to === undefined || end >= to.t);
  return { holds: (event) => begun(event) && notOver(event), whole };
}

/** Whether there can be nothing between two places: the one is the other, or behind it. */
function endsFirst(from: Place, to: Place, closesAfter: boolean): boolean {
  if (from.n !== undefined && to.n !== undefined) return to.n <= from.n;
  return to.n !== undefined || closesAfter ? to.t < from.t : to.t <= from.t;
}

function placeOf(bound: Landmark, moments: Moments, asTime = false): Place | undefined {
  if ('time' in bound) return { t: bound.time };
  const event = moments.get(bound.moment);
  if (event === undefined) return undefined;
  return bound.later === 0 && !asTime ? { n: event.n, t: event.t } : { t: event.t + bound.later };
}
