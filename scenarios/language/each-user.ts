/**
 * One expectation for each user, without copying: `each: user` makes it once for everybody who has a phone, with `$user` and `$number` standing
 * for the name and the number, and the name behind the id. What comes of it is read like any other expectation.
 */
import { isMap, isScalar, visit, type YAMLMap } from 'yaml';
import { readExpectation } from './expectation.ts';
import type { Item, Reading } from './reading.ts';
import type { Expectation, User } from './screenplay.ts';
import type { Stage } from './stage.ts';

const EACH = 'each';
const NAMED = /\$(user|number)/g;

/** Reads entries of `expect`; those that are made for each user are there for each. `users`: undefined when the world was refused. */
export function readExpectations(
  stage: Stage,
  users: readonly User[] | undefined,
  items: readonly Item[],
): readonly Expectation[] {
  return items
    .flatMap((item) => eachUser(stage.reading, users, item))
    .flatMap((item) => readExpectation(stage, item) ?? []);
}

/**
 * The item itself, or one for each user. Reports an `each` of something else, one that names nobody, and one where nobody has a phone: no check at
 * all would come of it.
 */
function eachUser(reading: Reading, users: readonly User[] | undefined, item: Item): readonly Item[] {
  const { node } = item;
  if (!isMap(node) || !node.has(EACH)) return [item];
  const given = reading.pairs(item)?.get(EACH);
  if (given === undefined || reading.choice(given, ['user'] as const) === undefined) return [];
  if (!namesUser(item)) {
    reading.problem(
      'SCENARIO_VALUE',
      given.where,
      'nothing here says $user, so it would be the same check for everybody',
      'Write $user or $number where the user stands, or take each out.',
    );
    return [];
  }
  const withPhones = users?.filter(({ handset }) => handset !== undefined) ?? [];
  if (users !== undefined && withPhones.length === 0)
    reading.problem(
      'SCENARIO_VALUE',
      given.where,
      'nobody here has a phone, so no check would come of it',
      'Give a user a handset, or take each out.',
    );
  return withPhones.map((user) => ({ ...item, node: forUser(node, user) }));
}

function forUser(node: YAMLMap, user: User): Item['node'] {
  const copy = node.clone();
  if (!isMap(copy)) return null;
  copy.delete(EACH);
  visit(copy, {
    Scalar: (place, scalar) => {
      if (place === 'key' || typeof scalar.value !== 'string') return;
      const value = scalar.value.replace(NAMED, (_, what) => (what === 'user' ? user.name : user.number));
      // Its source says how it was written, and would be quoted in messages.
      if (value !== scalar.value) Object.assign(scalar, { value, source: value });
    },
  });
  const id = copy.get('id', true);
  if (isScalar(id) && typeof id.value === 'string')
    Object.assign(id, { value: `${id.value}-${user.name}`, source: `${id.value}-${user.name}` });
  return copy;
}

function namesUser({ node }: Item): boolean {
  let named = false;
  visit(node, {
    Scalar: (place, { value }) => {
      if (place !== 'key' && typeof value === 'string' && value.search(NAMED) >= 0) named = true;
    },
  });
  return named;
}
