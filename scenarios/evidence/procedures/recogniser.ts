/**
 * The recogniser of procedures: a fold over the trace, the same for a suite run, a rehearsal, a replay and a live run. It knows what is performed and
 * sees what happens, and from that alone it says which steps are done, failed or left out: a step is done when its event is seen after its
 * procedure began, whoever typed what led to it.
 *
 * What it knows also says when lines are due; see `facts.ts`. Time itself is no event: whoever performs the screenplay notes that a time has come, and
 * what happens later shows it, too.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import '../../world/events.ts';
import type { PerformedStep } from '../../language/index.ts';
import { actOf, type LineSplitter } from '../score/answers.ts';
import { matches } from '../verdicts/match.ts';
import { Draft, type ProcedureStatement } from './draft.ts';
import type { PlanNeed, ProcedurePlan } from './plan.ts';
import { deadlineOf, type ProcedureState } from './progress.ts';
import { begin, isMet, settle } from './settling.ts';

/** What the trace alone does not say: how lines are read, and whom a device shows something. */
export interface RecogniserEyes {
  readonly wordsOf: LineSplitter;
  /** Who notices such an event on a device by itself; undefined when nobody does. */
  readonly shows: (event: AnyTraceEvent) => string | undefined;
}

/** What an event makes of it. */
export interface Recognised {
  readonly state: ProcedureState;
  readonly says: readonly ProcedureStatement[];
}

/** After one more event: a pure function. The state itself when the event is none of a procedure, as nearly all are. */
export function recognised(
  plan: ProcedurePlan,
  state: ProcedureState,
  event: AnyTraceEvent,
  eyes: RecogniserEyes,
): Recognised {
  if (plan.instances.length === 0 || isOwn(event)) return { state, says: [] };
  const rings = state.alarm !== null && event.t > state.alarm && !isWitnessed(event);
  if (!rings && !plan.types.has(event.type)) return { state, says: [] };
  const draft = new Draft(plan, state, event);
  if (rings) ring(draft, (time) => time < event.t);
  heed(draft, event, eyes);
  // What nothing has changed was settled when something had.
  if (draft.changes > 0) settle(draft);
  return { state: draft.state, says: draft.says };
}

/** What it says itself. */
function isOwn({ type }: AnyTraceEvent): boolean {
  return type.startsWith('procedure.') && type !== 'procedure.time-come';
}

/** What other witnesses say of an event, which may come before or after it is seen here. */
function isWitnessed({ type }: AnyTraceEvent): boolean {
  return type.startsWith('audit.') || type.startsWith('invariant.');
}

/** Times have come: nested procedures begin, and steps that are not done are late. */
function ring(draft: Draft, hasCome: (time: Micros) => boolean): void {
  for (const at of draft.plan.instances.keys()) {
    const { waits, begun, how, begins } = draft.instance(at);
    if (waits > 0 && begun === 0 && how === '' && hasCome(begins)) begin(draft, at);
  }
  for (const at of draft.plan.steps.keys()) {
    const deadline = deadlineOf(draft.plan, at, draft.step(at));
    if (deadline !== undefined && hasCome(deadline)) draft.fail(at, 'late');
  }
}

function heed(draft: Draft, event: AnyTraceEvent, eyes: RecogniserEyes): void {
  if (event.type === 'opening.ended') draft.set({ opened: true });
  if (event.type === 'procedure.time-come') return timeCome(draft, event);
  if (event.type === 'console.typed') {
    const { by, line } = event.data;
    draft.set({ line: { n: event.n, by, on: event.on, line } });
  }
  notice(draft, event, eyes);
  doneBy(draft, event);
  if (event.type === 'step.typed') return scripted(draft, event);
  if (event.type !== 'console.answered' && event.type !== 'console.refused') return;
  if (draft.line !== null && draft.line.on === event.on) {
    doneByLine(draft, event, eyes.wordsOf);
    draft.set({ line: null });
  }
}

/** The time that was noted is looked at, and not believed. */
function timeCome(draft: Draft, { data: { instance, step }, t }: TraceEvent<'procedure.time-come'>): void {
  const at = draft.plan.instances.findIndex(({ of }) => of.instance === instance);
  if (at < 0) return;
  const { begun, how } = draft.instance(at);
  if (step === null && draft.instanceOf(at).parent === undefined && begun === 0 && how === '')
    begin(draft, at);
  else ring(draft, (time) => time <= t);
}

/** Whoever is told something or brought a thing knows of it, and of what their own lines and devices show them. */
function notice(draft: Draft, event: AnyTraceEvent, { shows }: RecogniserEyes): void {
  const { plan } = draft;
  const told = event.type === 'person.told' || event.type === 'person.carried' ? event.data.to : undefined;
  const noticers = [told, shows(event), draft.line?.by];
  const isNoticedBy = (person: string): boolean => noticers.includes(person);
  for (const at of plan.given) {
    const { of } = draft.instanceOf(at);
    const { begun, given } = draft.instance(at);
    if (begun === 0) {
      const seen = of.given.map(
        ({ pattern, knows }, each) =>
          given[each] === true ||
          (matches(pattern, event) && (knows === undefined || (draft.opened && isNoticedBy(knows)))),
      );
      if (seen.some((each, index) => each !== given[index])) draft.setInstance(at, { given: seen });
    }
  }
  if (told !== undefined)
    for (const at of plan.roots) {
      const { begun, how } = draft.instance(at);
      if (begun > 0 && how === '') draft.learns(told, at);
    }
  for (const at of plan.noticing) {
    const { of, instance } = draft.stepOf(at);
    if (draft.instance(instance).begun === 0 || !isNoticedBy(of.by)) continue;
    if (of.whenNoticed !== undefined && matches(of.whenNoticed, event)) draft.setStep(at, { noticed: true });
    if (of.unless !== undefined && matches(of.unless, event)) draft.setStep(at, { barred: true });
  }
}

/** Steps that can be done now: nothing that they cannot do without is missing. What has failed can still be done later. */
function doable(draft: Draft): readonly number[] {
  return [...draft.plan.steps.entries()].flatMap(([at, { of, instance, needs, orElse }]) => {
    const { how, done } = draft.step(at);
    if (done > 0 || (how !== '' && how !== 'failed') || isLeftOut(of)) return [];
    if (orElse !== undefined && draft.step(orElse).how !== 'failed') return [];
    return isOpen(draft, instance) && hasAll(draft, needs) ? [at] : [];
  });
}

/**
 * Whether the steps of an instance can be done: it has begun, or its turn has not come yet in one that has. An order may be broken, and whoever is quick does
 * not do it again. What is optional is asked for by its turn, and none of it is done by chance before.
 */
function isOpen(draft: Draft, at: number): boolean {
  const { of, parent, needs } = draft.instanceOf(at);
  const { begun, how } = draft.instance(at);
  if (begun > 0) return true;
  if (parent === undefined || how !== '' || of.optional || isLeftOut(of)) return false;
  return hasAll(draft, needs) && isOpen(draft, parent);
}

function isLeftOut({ skipped, notApplicable }: Pick<PerformedStep, 'skipped' | 'notApplicable'>): boolean {
  return skipped !== undefined || notApplicable !== undefined;
}

function hasAll(draft: Draft, needs: readonly PlanNeed[]): boolean {
  return needs.every((need) => need.kind === 'prescribed' || isMet(draft, need));
}

function doneBy(draft: Draft, event: AnyTraceEvent): void {
  if (!draft.plan.doneTypes.has(event.type)) return;
  // All of what one event does is found before any of it is settled: it cannot do two things of which one needs the other.
  const all = doable(draft).filter((each) => matches(draft.stepOf(each).of.done, event));
  const begun = all.filter((each) => hasBegun(draft, each));
  for (const at of begun.length > 0 ? begun : all) draft.done(at, event.n, authorOf(draft, event));
}

function hasBegun(draft: Draft, at: number): boolean {
  return draft.instance(draft.stepOf(at).instance).begun > 0;
}

/** Who typed what led to it: it says so itself, or it happens while the line is carried out. */
function authorOf({ line }: Draft, { data }: AnyTraceEvent): string | null {
  const by = 'by' in data ? data.by : undefined;
  return typeof by === 'string' ? by : (line?.by ?? null);
}

/** A line that a step asks for is typed, in other words perhaps, and nothing else is to be seen of it: of several such steps the first. */
function doneByLine(
  draft: Draft,
  event: TraceEvent<'console.answered'> | TraceEvent<'console.refused'>,
  wordsOf: LineSplitter,
): void {
  const { line } = draft;
  const act = line === null ? undefined : actOf(line.on, line.line, wordsOf);
  if (line === null || act === undefined) return;
  const code = event.type === 'console.refused' ? event.data.code : undefined;
  const dueAt = (at: number): Micros => (draft.step(at).ready > 0 ? draft.step(at).due : Infinity);
  const [first] = doable(draft)
    .filter((at) => {
      const { of, act: wanted } = draft.stepOf(at);
      return wanted === act && of.refused === code;
    })
    .sort((a, b) => Number(hasBegun(draft, b)) - Number(hasBegun(draft, a)) || dueAt(a) - dueAt(b) || a - b);
  if (first !== undefined) draft.done(first, event.n, line.by);
}

/** The screenplay has typed a line: what it has refused has failed, unless that is what it is for. */
function scripted(draft: Draft, { data: { step, refused } }: TraceEvent<'step.typed'>): void {
  const at = draft.plan.steps.findIndex(({ of }) => of.id === step);
  if (at < 0) return;
  draft.setStep(at, { typed: true });
  const { how } = draft.step(at);
  const { refused: wanted = null } = draft.stepOf(at).of;
  if (refused !== null && refused !== wanted && how === '') draft.fail(at, 'refused');
}
