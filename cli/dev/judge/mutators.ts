/** All changes of scenarios, in a fixed order: what is printed of one has a number by which it is tried again. */
import { rulesOf, SHIPPED_KINDS } from '../../../scenarios/world/index.ts';
import { variantsOf, type Screenplay } from '../../../scenarios/language/index.ts';
import { changeAt, opened, type Change, type ChangeKind, type OpenScenario } from './change.ts';
import { droppedProcedureSteps } from './drop-procedure-steps.ts';
import { droppedSteps } from './drop-steps.ts';
import { emptiedWorlds } from './empty-worlds.ts';
import { flippedPredictions } from './flip-predictions.ts';
import { misspeltValues } from './misspell-values.ts';
import { stepPlaces } from './places.ts';
import { swappedUsers } from './swap-users.ts';

const MUTATORS: Readonly<Record<ChangeKind, (subject: OpenScenario) => readonly Change[]>> = {
  step: (subject) => [...droppedSteps(subject), ...droppedProcedureSteps(subject)],
  value: misspeltValues,
  user: swappedUsers,
  prediction: flippedPredictions,
  empty: emptiedWorlds,
  plant: brokenRules,
};

/** Those of one scenario. */
export function changesOf(screenplay: Screenplay): readonly Change[] {
  const subject = opened(screenplay);
  return Object.values(MUTATORS).flatMap((mutator) => mutator(subject));
}

/** Of a tenth of the steps at the most nothing need be noticed. */
const SCENERY_SHARE = 10;

/** What is wrong with the scenery of a scenario; undefined when it is little enough. */
export function tooMuchScenery(screenplay: Screenplay): string | undefined {
  const places = stepPlaces(opened(screenplay));
  const scenery = places.filter((place) => place.scenery).length;
  return scenery * SCENERY_SHARE <= places.length
    ? undefined
    : `${screenplay.file}: ${scenery} of ${places.length} steps are scenery, and a tenth may be`;
}

/** Rules of shipped devices and people that no scenario breaks. */
export function unplantedRules(screenplays: readonly Screenplay[]): readonly string[] {
  const planted = new Set(screenplays.flatMap(({ plants }) => plants.map(({ name }) => name)));
  return Object.keys(rulesOf(SHIPPED_KINDS)).filter((rule) => !planted.has(rule));
}

/** One change for each plant that the file declares. */
function brokenRules(subject: OpenScenario): readonly Change[] {
  const { file, plants } = subject.screenplay;
  const [first] = variantsOf(subject.screenplay);
  return plants.map(({ name, variant = first?.name ?? '', where, fails }) =>
    changeAt(subject, {
      ...{ kind: 'plant', file, line: where.line ?? 0, at: `plant ${name}`, plant: name },
      ...{ what: `broken; must fail ${fails.join(', ')}`, variants: [variant] },
    }),
  );
}
