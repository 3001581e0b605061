/** What has come in a world that a screenplay is performed in, as those know it who watch. */
import { factsOf, type ProcedureState } from '../evidence/procedures/index.ts';
import type { MomentState } from '../evidence/verdicts/index.ts';
import type { Moment } from '../language/index.ts';
import type { World } from '../world/world.ts';
import type { Agenda } from './agenda.ts';
import { keyOf, type Coming } from './coming.ts';
import type { BoundMoment, PerformanceRecord } from './kept-performance.ts';
import type { Watch } from './witnesses.ts';

/** The moments that have come, and what procedures made due, each in its order. */
export function comeIn(
  world: World,
  { moments: witness, procedures }: Watch,
  moments: readonly Moment[],
): Pick<PerformanceRecord, 'bound' | 'facts'> {
  const { events } = world.trace;
  const state = world.stateOf(witness);
  const bound = moments.flatMap(({ name: moment }, at): readonly BoundMoment[] => {
    const { bound: isBound = false, event = 0 } = state[at] ?? {};
    return isBound ? [{ moment, time: events[event - 1]?.t ?? 0, event }] : [];
  });
  return {
    bound: bound.sort((a, b) => a.event - b.event),
    facts: factsOf(procedures.plan, world.stateOf(procedures)),
  };
}

/** From now on, an agenda is told of what comes, when it comes; of all that `coming` gives now, it knows. */
export function heedWhatComes(
  world: World,
  { moments, procedures }: Watch,
  agenda: Agenda,
  coming: () => readonly Coming[],
): void {
  const heeded = new Set(coming().map(keyOf));
  let before = standingOf(world, { moments, procedures });
  world.trace.listen(() => {
    const now = standingOf(world, { moments, procedures }, before);
    if (now === before) return;
    before = now;
    for (const each of coming()) {
      if (heeded.has(keyOf(each))) continue;
      heeded.add(keyOf(each));
      agenda.heed(each);
    }
  });
}

/** What the witnesses know of which something comes: all else of their states changes with nearly every line. */
interface ComeBy {
  readonly moments: MomentState;
  readonly bound: number;
  readonly steps: ProcedureState['steps'];
  readonly instances: ProcedureState['instances'];
}

/** The one before where nothing can have come since. */
function standingOf(world: World, watch: Pick<Watch, 'moments' | 'procedures'>, before?: ComeBy): ComeBy {
  const moments = world.stateOf(watch.moments);
  const { steps, instances } = world.stateOf(watch.procedures);
  const bound = moments === before?.moments ? before.bound : moments.filter((each) => each.bound).length;
  const isSame = bound === before?.bound && steps === before.steps && instances === before.instances;
  return isSame ? before : { moments, bound, steps, instances };
}
