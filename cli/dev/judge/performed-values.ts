/**
 * What procedures are performed with, as values of the file: parameters, people in roles, and the names of steps in `order`, `until` and `with`, both
 * where a step performs a procedure and where a variant changes that. How long something takes is a bound, and a text is whatever somebody says.
 */
import { isMap, parseDocument, type Node, type Scalar } from 'yaml';
import type { OpenScenario } from './change.ts';
import { mapIn, pairsOf, scalarsIn, wordIn, type MapNode } from './edit.ts';
import { addressOf } from './leave-out.ts';
import { stepPlaces, type ChangePlace } from './places.ts';

/** Keys of a step that performs a procedure which say nothing of what it is performed with. */
export const NOT_PERFORMED_WITH: readonly string[] = [
  'id',
  'at',
  'after',
  'perform',
  'order',
  'until',
  'with',
  'steps',
];
/** Keys that say when, for how long, or in prose. */
const OTHERS = ['id', 'at', 'after', 'takes', 'within', 'type', 'cue', 'clause', 'scenery', 'untyped'];

/** The values, by the step or the variant that says them. */
export function performedScalars(
  subject: OpenScenario,
): readonly { readonly place: ChangePlace; readonly scalars: readonly Scalar[] }[] {
  const performing = stepPlaces(subject).filter(({ node }) => node.has('perform'));
  const told = new Map(performing.map(({ id, node }) => [id, textsOf(subject, wordIn(node, 'perform'))]));
  const variants = mapIn(subject.root, 'variants');
  const changed = pairsOf(variants).flatMap(([name]) => {
    const steps = mapIn(mapIn(variants, name), 'steps');
    return pairsOf(steps).flatMap(([address]) => {
      const node = mapIn(steps, address);
      const texts = told.get(addressOf(address).split('.')[0] ?? '');
      if (node === undefined || texts === undefined) return [];
      const place = { at: `variant ${name}, step ${address}`, node, variants: [name] };
      return [{ place, scalars: scalarsUnder(node, texts) }];
    });
  });
  return [
    ...performing
      .filter(({ scenery }) => !scenery)
      .map((place) => ({ place, scalars: scalarsUnder(place.node, told.get(place.id) ?? []) })),
    ...changed,
  ];
}

function scalarsUnder(node: MapNode, texts: readonly string[]): readonly Scalar[] {
  return pairsOf(node).flatMap(([key, { value }]) => {
    if (OTHERS.includes(key) || texts.includes(key)) return [];
    return isMap<Node, Node | null>(value) ? scalarsUnder(value, texts) : scalarsIn(value);
  });
}

/** Parameters of a procedure that are texts. */
function textsOf({ screenplay }: OpenScenario, procedure: string | undefined): readonly string[] {
  const source = screenplay.procedures.find(({ name }) => name === procedure);
  if (source === undefined) return [];
  const { contents } = parseDocument(source.text, { version: '1.2', schema: 'core' });
  const parameters = isMap<Node, Node | null>(contents) ? mapIn(contents, 'parameters') : undefined;
  return pairsOf(parameters).flatMap(([name]) =>
    wordIn(mapIn(parameters, name), 'is') === 'text' ? [name] : [],
  );
}
