/**
 * Misspells one value at a time: in what expectations and moments ask of events, in who tries what in a probe, and why it is refused, and in what
 * procedures are performed with. Its last letter becomes the next one; a number, a month and a count, which have none, become another.
 */
import { isScalar, type Scalar } from 'yaml';
import { changeBy, type Change, type Misspelling, type OpenScenario } from './change.ts';
import { mapIn, pairsOf, rangeOf, scalarsIn, type Edit, type MapNode } from './edit.ts';
import { performedScalars } from './performed-values.ts';
import { acrossPlaces, expectationPlaces, momentPlaces, probePlaces, type ChangePlace } from './places.ts';

/** Bounds are no names: one that is wider by one may hold as well. */
const BOUNDS = ['at-least', 'at-most', 'by'];
/** Keys of a moment that say which of the events, and of an expectation that name a moment or a number of times. */
const OF_EXPECTATION = [
  ...['of', 'after', 'before', 'between', 'within', 'order', 'times', 'see', 'never', 'every', 'same'],
  ...['differs', 'caused-by'],
];

/** One change for each value. */
export function misspeltValues(subject: OpenScenario): readonly Change[] {
  const found = [
    ...expectationPlaces(subject).flatMap((place) => inPlace(place, expectationScalars(place.node))),
    ...momentPlaces(subject).flatMap((place) =>
      inPlace(
        place,
        named(place.node, () => true),
      ),
    ),
    ...probePlaces(subject).flatMap((place) => [
      ...inPlace(
        place,
        named(place.node, (key) => ['by', 'on', 'row', 'reason'].includes(key)),
      ),
      ...wordsOfLine(subject, place),
    ]),
    ...reasonsOfVariants(subject),
    ...acrossPlaces(subject).flatMap((place) =>
      inPlace(
        place,
        named(place.node, (key) => ['across', 'verdicts', 'apart'].includes(key)),
      ),
    ),
    ...performedScalars(subject).flatMap(({ place, scalars }) => inPlace(place, scalars)),
  ];
  return found.flatMap(({ place, start, end, stands = [start, end] }) => {
    const original = subject.screenplay.text.slice(start, end);
    const text = misspelt(original);
    if (text === undefined) return [];
    const { at, variants } = place;
    const misspelling = { start, end, text, stands };
    const change = { kind: 'value', at, what: `${original} -> ${text}`, variants, misspelling } as const;
    return [changeBy(subject, change, [misspelling])];
  });
}

interface FoundValue extends Pick<Edit, 'start' | 'end'> {
  readonly place: ChangePlace;
  /** Where the loader says what is wrong with it, when that is more than the value. */
  readonly stands?: Misspelling['stands'];
}

/** The next letter in place of the last one, or digit where there is no letter; `true` and `false` change places. */
export function misspelt(word: string): string | undefined {
  if (word === 'true') return 'false';
  if (word === 'false') return 'true';
  const letterAt = word.search(/[a-z](?=[^a-z]*$)/i);
  const at = letterAt < 0 ? word.search(/\d(?=\D*$)/) : letterAt;
  const sign = word[at];
  if (sign === undefined) return undefined;
  const next = { z: 'a', Z: 'A', '9': '8' }[sign] ?? String.fromCharCode(sign.charCodeAt(0) + 1);
  return `${word.slice(0, at)}${next}${word.slice(at + 1)}`;
}

function inPlace(place: ChangePlace, scalars: readonly Scalar[]): readonly FoundValue[] {
  if (place.variants.length === 0) return [];
  return scalars.map((scalar) => {
    const [start, end] = rangeOf(scalar);
    return { place, start, end };
  });
}

/** The values under some keys, but for bounds. */
function named(map: MapNode | undefined, holds: (key: string) => boolean): readonly Scalar[] {
  return pairsOf(map).flatMap(([key, { value }]) =>
    holds(key) ? valuesIn(value as MapNode | Scalar | null) : [],
  );
}

function valuesIn(value: MapNode | Scalar | null): readonly Scalar[] {
  if (value === null || isScalar(value)) return scalarsIn(value);
  return 'items' in value &&
    value.items.some((item) => item !== null && typeof item === 'object' && 'key' in item)
    ? named(value, (key) => !BOUNDS.includes(key))
    : scalarsIn(value);
}

function expectationScalars(node: MapNode): readonly Scalar[] {
  return [
    ...named(node, (key) => OF_EXPECTATION.includes(key)).filter(({ value }) => !isTime(value)),
    ...['where', 'has', 'given'].flatMap((key) => named(mapIn(node, key), () => true)),
    // In place of events, a step.
    ...(mapIn(node, 'given') === undefined ? named(node, (key) => key === 'given') : []),
  ];
}

/** A time is a bound: a minute later or earlier may be as good. */
function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^[+\d]/.test(value);
}

/** The words of a probe's line behind the command, without its options. */
function wordsOfLine({ screenplay }: OpenScenario, place: ChangePlace): readonly FoundValue[] {
  const [scalar] = named(place.node, (key) => key === 'type');
  if (scalar === undefined || place.variants.length === 0) return [];
  const [start, end] = rangeOf(scalar);
  const words = [...screenplay.text.slice(start, end).matchAll(/[^\s"']+/g)].slice(1);
  return words
    .filter(([word]) => !word.startsWith('--'))
    .map(({ 0: word, index }) => {
      const at = start + index;
      return { place, start: at, end: at + word.length, stands: [start, end] };
    });
}

/** The reasons that variants have for refusals. */
function reasonsOfVariants({ root }: OpenScenario): readonly FoundValue[] {
  const variants = mapIn(root, 'variants');
  return pairsOf(variants).flatMap(([name]) => {
    const reasons = mapIn(mapIn(variants, name), 'reason');
    if (reasons === undefined) return [];
    return pairsOf(reasons).flatMap(([id, { value }]) =>
      inPlace({ at: `variant ${name}, probe ${id}`, node: reasons, variants: [name] }, scalarsIn(value)),
    );
  });
}
