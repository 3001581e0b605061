/** What has come in a world that a screenplay is performed in, as those know it who watch. */
import { assert } from '../../sim/errors.ts';
import { factsOf, factsSince, type ProcedureState } from '../evidence/procedures/index.ts';
import type { MomentState } from '../evidence/verdicts/index.ts';
import type { Moment } from '../language/index.ts';
import type { World } from '../world/world.ts';
import type { Agenda } from './agenda.ts';
import { comingOf, keyOf } from './coming.ts';
import type { BoundMoment, PerformanceRecord } from './kept-performance.ts';
import type { Watch } from './witnesses.ts';

/** The moments that have come, and what procedures made due, each in its order. */
export function comeIn(
  world: World,
  { moments: witness, procedures }: Watch,
  moments: readonly Moment[],
): Pick<PerformanceRecord, 'bound' | 'facts'> {
  return {
    bound: boundSince(world, moments, undefined, world.stateOf(witness)),
    facts: factsOf(procedures.plan, world.stateOf(procedures)),
  };
}

/** From now on, an agenda is told of what comes, when it comes; of all that came before, it knows. */
export function heedWhatComes(
  world: World,
  { moments: witness, procedures }: Watch,
  moments: readonly Moment[],
  agenda: Agenda,
): void {
  let known = world.stateOf(witness);
  let progress = world.stateOf(procedures);
  // What comes further may have come before: a step that was due is settled.
  const heeded = new Set(
    comingOf(boundSince(world, moments, undefined, known), factsOf(procedures.plan, progress)).map(keyOf),
  );
  world.trace.listen(() => {
    const [knownNow, progressNow] = [world.stateOf(witness), world.stateOf(procedures)];
    if (knownNow === known && hasNothingNew(progress, progressNow)) return;
    const bound = boundSince(world, moments, known, knownNow);
    const facts = factsSince(procedures.plan, progress, progressNow);
    [known, progress] = [knownNow, progressNow];
    for (const each of comingOf(bound, facts)) {
      const key = keyOf(each);
      if (heeded.has(key)) continue;
      heeded.add(key);
      agenda.heed(each);
    }
  });
}

/** All else of its state changes with nearly every line. */
function hasNothingNew(before: ProcedureState, now: ProcedureState): boolean {
  return now.steps === before.steps && now.instances === before.instances;
}

/** The moments that have been bound since `before`, in the order of their events. */
function boundSince(
  world: World,
  moments: readonly Moment[],
  before: MomentState | undefined,
  state: MomentState,
): readonly BoundMoment[] {
  const { events } = world.trace;
  const bound: BoundMoment[] = [];
  for (let at = 0; at < state.length; at++) {
    const [progress, moment] = [state[at], moments[at]];
    assert(progress !== undefined && moment !== undefined, 'each of a state is the progress of a moment');
    const { bound: isBound, event } = progress;
    if (isBound && before?.[at]?.bound !== true)
      bound.push({ moment: moment.name, time: events[event - 1]?.t ?? 0, event });
  }
  return bound.sort((a, b) => a.event - b.event);
}
