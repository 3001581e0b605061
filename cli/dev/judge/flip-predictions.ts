/** Turns one prediction at a time round: what was to be refused is to open, and has no reason; what was to open is to be refused. */
import { isScalar } from 'yaml';
import { changeBy, type Change, type OpenScenario } from './change.ts';
import { mapIn, pairsOf, rangeOf, without, type Edit, type MapNode } from './edit.ts';
import { probePlaces } from './places.ts';

/** What a refusal that shows a part has to have; which one does not matter where nothing is refused. */
const REASON = 'blocked';

/** One change for each prediction of a probe, where no variant has another, and for each of a variant. */
export function flippedPredictions(subject: OpenScenario): readonly Change[] {
  return [...ofProbes(subject), ...ofVariants(subject)];
}

function ofProbes(subject: OpenScenario): readonly Change[] {
  const { screenplay } = subject;
  return probePlaces(subject).flatMap(({ at, node, id, variants: made }) => {
    const overridden = screenplay.variants.filter(({ predict }) => predict.has(id)).map(({ name }) => name);
    const variants = made.filter((name) => !overridden.includes(name));
    const flip = flipped(node, 'predict');
    if (flip === undefined || variants.length === 0) return [];
    const { edit, to } = flip;
    const edits = to === 'opened' ? [edit, ...withoutReason(screenplay.text, node)] : [withReason(edit)];
    return [changeBy(subject, { kind: 'prediction', at, what: `to be ${to}`, variants }, edits)];
  });
}

function ofVariants(subject: OpenScenario): readonly Change[] {
  const variants = mapIn(subject.root, 'variants');
  return pairsOf(variants).flatMap(([name]) => {
    const predict = mapIn(mapIn(variants, name), 'predict');
    return pairsOf(predict).flatMap(([id]) => {
      const flip = flipped(predict, id);
      if (flip === undefined) return [];
      const { edit, to } = flip;
      const at = `variant ${name}, probe ${id}`;
      return [changeBy(subject, { kind: 'prediction', at, what: `to be ${to}`, variants: [name] }, [edit])];
    });
  });
}

interface Flip {
  readonly edit: Edit;
  readonly to: 'opened' | 'refused';
}

function flipped(map: MapNode | undefined, key: string): Flip | undefined {
  const value: unknown = map?.get(key, true);
  if (!isScalar(value)) return undefined;
  const to = value.value === 'refused' ? 'opened' : 'refused';
  const [start, end] = rangeOf(value);
  return { edit: { start, end, text: to }, to };
}

function withReason(edit: Edit): Edit {
  return { ...edit, text: `refused, reason: ${REASON}` };
}

function withoutReason(text: string, node: MapNode): readonly Edit[] {
  const index = pairsOf(node).findIndex(([key]) => key === 'reason');
  return index < 0 ? [] : without(text, node, [index]);
}
