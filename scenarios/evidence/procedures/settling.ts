/**
 * What follows once something is settled: steps become due, or cannot be done any more; nested procedures begin; procedures end, or are given up. It
 * goes on until nothing changes.
 */
import type { Draft } from './draft.ts';
import type { PlanNeed } from './plan.ts';

/** Settles all that the last change has settled. */
export function settle(draft: Draft): void {
  for (let before = -1; before !== draft.changes;) {
    before = draft.changes;
    for (const at of draft.plan.instances.keys()) settleInstance(draft, at);
  }
}

/** A procedure begins: what it does not do is said at once, and what was to be so and is not. */
export function begin(draft: Draft, at: number): void {
  const { of, steps, nested, parent, root } = draft.instanceOf(at);
  const { instance, procedure } = of;
  draft.setInstance(at, { begun: draft.n, time: draft.t });
  const above = parent === undefined ? null : draft.instanceOf(parent).of.instance;
  draft.say({ type: 'procedure.begun', data: { instance, procedure, parent: above } });
  const { given } = draft.instance(at);
  for (const [index, { text, knows }] of of.given.entries()) {
    if (given[index] !== true)
      draft.say({ type: 'procedure.given-not-met', data: { instance, given: text } });
    else if (knows !== undefined) draft.learns(knows, root);
  }
  for (const each of steps) {
    const { notApplicable, skipped } = draft.stepOf(each).of;
    if (notApplicable !== undefined) draft.notApplicable(each, notApplicable);
    else if (skipped !== undefined) skip(draft, each, skipped);
  }
  for (const each of nested) leaveOut(draft, each, instance);
}

function skip(draft: Draft, at: number, reason: string): void {
  draft.setStep(at, draft.settled('skipped'));
  draft.say({ type: 'procedure.skipped', data: { ...draft.namesOf(at), reason } });
}

/** A nested procedure that this variant does not perform. */
function leaveOut(draft: Draft, at: number, parent: string): void {
  const { instance: step, notApplicable, skipped } = draft.instanceOf(at).of;
  const reason = notApplicable ?? skipped;
  if (reason === undefined) return;
  const how = notApplicable === undefined ? 'skipped' : 'not-applicable';
  close(draft, at, how);
  draft.say({ type: `procedure.${how}`, data: { instance: parent, step, reason } });
}

/** Nothing of it is done any more. */
function close(draft: Draft, at: number, how: 'skipped' | 'not-applicable' | 'abandoned'): void {
  const { steps, nested } = draft.instanceOf(at);
  draft.setInstance(at, { how, over: draft.n, time: draft.t });
  for (const each of steps) if (draft.step(each).how === '') draft.setStep(each, draft.settled(how));
  for (const each of nested) if (draft.instance(each).how === '') close(draft, each, how);
}

function settleInstance(draft: Draft, at: number): void {
  const { of, needs, parent, steps, nested } = draft.instanceOf(at);
  const { how, begun, waits } = draft.instance(at);
  if (how !== '') return;
  if (begun === 0) {
    if (parent === undefined || waits > 0 || draft.instance(parent).begun === 0) return;
    const broken = needs.find((need) => isBroken(draft, need));
    if (broken !== undefined) return cannotBegin(draft, at, broken.step);
    if (!needs.every((need) => isSettled(draft, need))) return;
    draft.setInstance(at, { waits: draft.n, begins: draft.t + of.takes });
    if (of.takes > 0) return;
    begin(draft, at);
  }
  for (const each of steps) settleStep(draft, each);
  const isOpen = (): boolean =>
    steps.some((each) => draft.step(each).how === '') ||
    nested.some((each) => draft.instance(each).how === '');
  if (!isOpen()) {
    draft.setInstance(at, { how: 'ended', over: draft.n, time: draft.t });
    draft.say({ type: 'procedure.ended', data: { instance: of.instance } });
  } else if (of.until !== undefined && isOver(draft, of.until)) {
    close(draft, at, 'abandoned');
    draft.say({ type: 'procedure.abandoned', data: { instance: of.instance, after: of.until } });
  }
}

/** Whether a step or a nested procedure is settled, by its id. */
function isOver(draft: Draft, id: string): boolean {
  const { steps, instances } = draft.plan;
  const step = steps.findIndex(({ of }) => of.id === id);
  if (step >= 0) return draft.step(step).how !== '';
  const instance = instances.findIndex(({ of }) => of.instance === id);
  return instance >= 0 && draft.instance(instance).how !== '';
}

/** What a nested procedure cannot do without is missing: none of it is done. */
function cannotBegin(draft: Draft, at: number, missing: string): void {
  const { steps, nested } = draft.instanceOf(at);
  draft.setInstance(at, { how: 'failed', over: draft.n, time: draft.t });
  for (const each of steps) {
    const { of, orElse } = draft.stepOf(each);
    if (draft.step(each).done > 0) continue;
    if (of.notApplicable !== undefined) draft.notApplicable(each, of.notApplicable);
    else if (of.skipped !== undefined) skip(draft, each, of.skipped);
    else if (orElse !== undefined) draft.setStep(each, draft.settled('not-needed'));
    else draft.fail(each, 'needs', missing);
  }
  for (const each of nested) {
    leaveOut(draft, each, draft.instanceOf(at).of.instance);
    if (draft.instance(each).how === '') cannotBegin(draft, each, missing);
  }
}

function settleStep(draft: Draft, at: number): void {
  const { of, needs, orElse } = draft.stepOf(at);
  const { how, ready, typed, barred, noticed } = draft.step(at);
  if (how !== '') return;
  if (orElse !== undefined) {
    const before = draft.step(orElse);
    if (before.how === '') return;
    const isNeeded = before.how === 'failed' && !failedForNeeds(draft, orElse);
    // What was to be said when it was not done is not said once it is.
    if (!isNeeded || (before.done > 0 && !typed)) return draft.setStep(at, draft.settled('not-needed'));
  }
  const broken = needs.find((need) => isBroken(draft, need));
  if (broken !== undefined) return draft.fail(at, 'needs', broken.step);
  if (!needs.every((need) => isSettled(draft, need))) return;
  if (barred && !typed) return draft.notApplicable(at, `${of.by} has noticed that it is not needed`);
  if (ready > 0 || (of.whenNoticed !== undefined && !noticed) || !knows(draft, at)) return;
  draft.setStep(at, { ready: draft.n, due: draft.t + of.takes });
}

/** Whether whoever does a step knows of it. Nobody has to for what comes by itself. */
function knows(draft: Draft, at: number): boolean {
  const { of, instance } = draft.stepOf(at);
  const { root, starter } = draft.instanceOf(instance);
  return of.type === undefined || of.by === starter || draft.instance(root).knows.includes(of.by);
}

function failedForNeeds(draft: Draft, at: number): boolean {
  return draft.step(at).ready === 0;
}

/** Whether it is done, so that what cannot be without it can be; what does not apply is nothing to wait for. */
export function isMet(draft: Draft, { target }: PlanNeed): boolean {
  if ('step' in target) {
    const { how, done } = draft.step(target.step);
    return done > 0 || how === 'not-applicable' || how === 'not-needed';
  }
  const { how } = draft.instance(target.instance);
  return how === 'not-applicable' || (how === 'ended' && !hasFailed(draft, target.instance));
}

/** Whether it is over, one way or the other, as far as the order of steps goes; done, where it cannot be otherwise. */
function isSettled(draft: Draft, need: PlanNeed): boolean {
  if (need.kind === 'physical' && !isMet(draft, need)) return false;
  const { target } = need;
  const { how } = 'step' in target ? draft.step(target.step) : draft.instance(target.instance);
  if (how === '') return false;
  // What is left out still has its place in the order: what comes after it does not come before its turn.
  return !hadNoTurn(draft, need) || placesOf(draft, need).every((each) => isSettled(draft, each));
}

/** What comes before something in the order, which may be because its procedure does. */
function placesOf(draft: Draft, { target }: PlanNeed): readonly PlanNeed[] {
  const step = 'step' in target ? draft.stepOf(target.step) : undefined;
  const places = [...(step?.needs ?? [])];
  let at = 'step' in target ? step?.instance : target.instance;
  while (at !== undefined && draft.instance(at).begun === 0) {
    const { needs, parent } = draft.instanceOf(at);
    places.push(...needs);
    at = parent;
  }
  return places.map((each) => ({ ...each, kind: 'prescribed' }));
}

/** Whether it was over before anybody could have done it. */
function hadNoTurn(draft: Draft, { target }: PlanNeed): boolean {
  if ('instance' in target) return draft.instance(target.instance).begun === 0;
  const { ready, done } = draft.step(target.step);
  return ready === 0 && done === 0;
}

/** Whether what cannot be done without will never be there. */
function isBroken(draft: Draft, need: PlanNeed): boolean {
  const { target, kind } = need;
  const { how } = 'step' in target ? draft.step(target.step) : draft.instance(target.instance);
  return kind === 'physical' && how !== '' && !isMet(draft, need);
}

/** Whether a step of a procedure, or of one that it performs, has failed and was not done later. */
function hasFailed(draft: Draft, at: number): boolean {
  const { steps, nested } = draft.instanceOf(at);
  return (
    steps.some((each) => draft.step(each).how === 'failed' && draft.step(each).done === 0) ||
    nested.some((each) => draft.instance(each).how === 'failed' || hasFailed(draft, each))
  );
}
