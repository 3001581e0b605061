/** Lets two users change places in one step, probe or expectation: their names, what is named after them, and their numbers. */
import { changeBy, type Change, type OpenScenario } from './change.ts';
import { pairsOf, rangeOf, scalarsIn, type Edit, type MapNode } from './edit.ts';
import { NOT_PERFORMED_WITH } from './performed-values.ts';
import { expectationPlaces, probePlaces, stepPlaces, type ChangePlace } from './places.ts';
import type { User } from '../../../scenarios/language/index.ts';

const KEYS = ['by', 'on', 'type', 'where', 'has', 'given'];

/** Where users are named: of a step that performs a procedure, in whatever it is performed with. */
function isNaming(node: MapNode, key: string): boolean {
  return node.has('perform') ? !NOT_PERFORMED_WITH.includes(key) : KEYS.includes(key);
}

/** One change for each user that is named, who changes places with the next one of the file. */
export function swappedUsers(subject: OpenScenario): readonly Change[] {
  const places: readonly (ChangePlace & { readonly scenery?: boolean })[] = [
    ...stepPlaces(subject),
    ...probePlaces(subject),
    ...expectationPlaces(subject),
  ];
  return places
    .filter(({ variants, scenery }) => variants.length > 0 && scenery !== true)
    .flatMap((place) => swapsIn(subject, place));
}

function swapsIn(subject: OpenScenario, { at, node, variants }: ChangePlace): readonly Change[] {
  const { users } = subject.screenplay.world;
  const scalars = pairsOf(node).flatMap(([key, { value }]) => (isNaming(node, key) ? scalarsIn(value) : []));
  const done = new Set<string>();
  return users.flatMap((user, index) => {
    const other = users[(index + 1) % users.length];
    if (other === undefined || other === user) return [];
    const pair = [user.name, other.name].toSorted().join();
    const edits = scalars.flatMap((scalar) => swapped(subject.screenplay.text, rangeOf(scalar), user, other));
    const isNamed = edits.some(({ names }) => names.has(user.name) || names.has(user.number));
    if (!isNamed || done.has(pair)) return [];
    done.add(pair);
    return [changeBy(subject, { kind: 'user', at, what: `${user.name} <-> ${other.name}`, variants }, edits)];
  });
}

interface Swap extends Edit {
  readonly names: ReadonlySet<string>;
}

/** The text of one value with the two in each other's place; none when it names neither. */
function swapped(
  all: string,
  [start, end]: readonly [number, number],
  one: Pick<User, 'name' | 'number'>,
  other: Pick<User, 'name' | 'number'>,
): readonly Swap[] {
  const counterparts = new Map([
    [one.name, other.name],
    [other.name, one.name],
    [one.number, other.number],
    [other.number, one.number],
  ]);
  const names = new Set<string>();
  const text = all.slice(start, end).replace(/\+\d+|[a-z]+/g, (word) => {
    const counterpart = counterparts.get(word);
    if (counterpart !== undefined) names.add(word);
    return counterpart ?? word;
  });
  return names.size === 0 ? [] : [{ start, end, text, names }];
}
