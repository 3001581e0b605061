/** What has come in a world that a screenplay is performed in, as those know it who watch. */
import { factsOf } from '../evidence/procedures/index.ts';
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
  const known = (): readonly unknown[] => [world.stateOf(moments), world.stateOf(procedures)];
  const heeded = new Set(coming().map(keyOf));
  let before = known();
  world.trace.listen(() => {
    const now = known();
    if (now.every((each, at) => each === before[at])) return;
    before = now;
    for (const each of coming()) {
      if (heeded.has(keyOf(each))) continue;
      heeded.add(keyOf(each));
      agenda.heed(each);
    }
  });
}
