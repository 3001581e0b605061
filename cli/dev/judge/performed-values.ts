/**
 * What procedures are performed with, as values of the file: parameters, people in roles, and the names of steps in `order`, `until` and `with`, both
 * where a step performs a procedure and where a variant changes that. How long something takes is a bound, a text is whatever somebody says, and a new
 * disc of which the scenario says nothing more may be called anything.
 */
import { isMap, parseDocument, type Node, type Scalar } from 'yaml';
import type { OpenScenario } from './change.ts';
import { mapIn, pairsOf, rangeOf, scalarsIn, wordIn, type MapNode } from './edit.ts';
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
  const told = new Map(performing.map(({ id, node }) => [id, wordsOf(subject, wordIn(node, 'perform'))]));
  const variants = mapIn(subject.root, 'variants');
  const changed = pairsOf(variants).flatMap(([name]) => {
    const steps = mapIn(mapIn(variants, name), 'steps');
    return pairsOf(steps).flatMap(([address]) => {
      const node = mapIn(steps, address);
      const words = told.get(addressOf(address).split('.')[0] ?? '');
      if (node === undefined || words === undefined) return [];
      const place = { at: `variant ${name}, step ${address}`, node, variants: [name] };
      return [{ place, scalars: scalarsUnder(node, words) }];
    });
  });
  return [
    ...performing
      .filter(({ scenery }) => !scenery)
      .flatMap((place) => {
        const words = told.get(place.id) ?? NO_WORDS;
        const isThing = (key: string): boolean => words.things.includes(key);
        const [things, others] = [isThing, (key: string): boolean => !isThing(key)].map((holds) =>
          scalarsUnder(place.node, words, holds),
        );
        return [
          { place, scalars: others ?? [] },
          ...(things ?? []).map((thing) => ({ place: whereNamed(subject, place, thing), scalars: [thing] })),
        ];
      }),
    ...changed,
  ];
}

/** Parameters of a procedure in whose values no word is right or wrong. */
interface FreeWords {
  readonly texts: readonly string[];
  readonly things: readonly string[];
  /** How often a word stands in the scenario. */
  readonly countOf: (word: string) => number;
}

const NO_WORDS: FreeWords = { texts: [], things: [], countOf: () => 0 };

function scalarsUnder(
  node: MapNode,
  words: FreeWords,
  holds: (key: string) => boolean = () => true,
): readonly Scalar[] {
  return pairsOf(node).flatMap(([key, { value }]) => {
    if (OTHERS.includes(key) || words.texts.includes(key) || !holds(key)) return [];
    const scalars = isMap<Node, Node | null>(value) ? scalarsUnder(value, words) : scalarsIn(value);
    return words.things.includes(key)
      ? scalars.filter((scalar) => words.countOf(String(scalar.value)) > 1)
      : scalars;
  });
}

/** A place with the variants first that name a thing. */
function whereNamed({ root, screenplay }: OpenScenario, place: ChangePlace, { value }: Scalar): ChangePlace {
  const variants = mapIn(root, 'variants');
  const naming = pairsOf(variants).flatMap(([name]) => {
    const node = mapIn(variants, name);
    const isNamed = node !== undefined && screenplay.text.slice(...rangeOf(node)).includes(String(value));
    return isNamed ? [name] : [];
  });
  return { ...place, variants: [...new Set([...naming, ...place.variants])] };
}

function wordsOf({ screenplay }: OpenScenario, procedure: string | undefined): FreeWords {
  const source = screenplay.procedures.find(({ name }) => name === procedure);
  if (source === undefined) return NO_WORDS;
  const { contents } = parseDocument(source.text, { version: '1.2', schema: 'core' });
  const parameters = isMap<Node, Node | null>(contents) ? mapIn(contents, 'parameters') : undefined;
  const those = (type: string): readonly string[] =>
    pairsOf(parameters).flatMap(([name]) => (wordIn(mapIn(parameters, name), 'is') === type ? [name] : []));
  const all = screenplay.text.match(/[\w-]+/g) ?? [];
  const countOf = (word: string): number => all.filter((each) => each === word).length;
  return { texts: those('text'), things: those('thing'), countOf };
}
