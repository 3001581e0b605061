/** Leaves out one step at a time: of the file, of what a variant adds, and what a variant does in place of it. Scenery is left alone. */
import { isMap, type YAMLMap } from 'yaml';
import { changeBy, type Change, type OpenScenario } from './change.ts';
import { mapIn, pairsOf, rangeOf, without, type Edit } from './edit.ts';
import { addressOf } from './leave-out.ts';
import { stepPlaces } from './places.ts';

/** One change for each step. */
export function droppedSteps(subject: OpenScenario): readonly Change[] {
  const { text } = subject.screenplay;
  const dropped = stepPlaces(subject)
    .filter(({ scenery, variants }) => !scenery && variants.length > 0)
    .map(({ at, variants, list, index, id }) =>
      changeBy(subject, { kind: 'step', at, what: 'left out', variants, leftOut: [id] }, [
        ...without(text, list, [index]),
        ...mended(subject, id),
      ]),
    );
  return [...dropped, ...replacedSteps(subject)];
}

/** Variants that change the step or omit it, or something in the procedure that it performs, have nothing to change any more. */
function mended({ screenplay, root }: OpenScenario, id: string): readonly Edit[] {
  const variants = mapIn(root, 'variants');
  return pairsOf(variants).flatMap(([name]) => {
    const steps = mapIn(mapIn(variants, name), 'steps');
    const own = pairsOf(steps).flatMap(([key], index) => (rootOf(key) === id ? [index] : []));
    return steps === undefined ? [] : without(screenplay.text, steps, own);
  });
}

/** The step of the file that an address is inside of. */
function rootOf(address: string): string | undefined {
  return addressOf(address).split('.')[0];
}

/** What a variant plays in place of a step, and what it changes of a procedure or of a line in one, is left out there alone. */
function replacedSteps(subject: OpenScenario): readonly Change[] {
  const scenery = stepPlaces(subject).flatMap((step) => (step.scenery ? [step.id] : []));
  const variants = mapIn(subject.root, 'variants');
  return pairsOf(variants).flatMap(([name]) =>
    pairsOf(mapIn(mapIn(variants, name), 'steps')).flatMap(([id, { value }]) => {
      if (!isMap(value) || value.has('untyped') || scenery.includes(id) || isOnlyMoreTime(value)) return [];
      const [start, end] = rangeOf(value);
      const change = {
        kind: 'step',
        at: `variant ${name}, step ${id}`,
        what: 'left out',
        variants: [name],
      } as const;
      return [changeBy(subject, change, [{ start, end, text: 'omit' }])];
    }),
  );
}

/** More time for what is waited for types nothing that could be left out; its value is misspelt like any other. */
function isOnlyMoreTime({ items }: YAMLMap): boolean {
  return items.every(({ key }) => String(key) === 'within');
}
