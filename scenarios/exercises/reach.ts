/**
 * What a role can type on: the console of its office or the phones in its hands, and its own hands. Reach follows the world: who
 * loses a phone can no longer type on it. A script may type anywhere; a person may not.
 */
import type { Console } from '../../devices/console/index.ts';
import type { World } from '../world/index.ts';
import { handsetKind } from '../../devices/handset/kind.ts';

/** Where standing devices are. Whoever is responsible for one goes there. */
const ITS_PLACE = 'its-place';

/** The consoles of a role, the one that a line goes to by itself first, the person's own hands always among them. */
export function reachOf(world: World, role: string): readonly Console[] {
  const { steps } = world.options.screenplay;
  const written = steps.flatMap(({ by, on }) => (by === role && on !== undefined ? [on] : []));
  const names = [
    world.offices.get(role) ?? '',
    world.handsetInUse(role)?.name ?? '',
    ...phonesOf(world, role),
    role,
    ...written,
  ];
  return [...new Set(names)].flatMap((name) => {
    const console = world.consoles.get(name);
    return console !== undefined && isAtHand(world, role, name) ? [console] : [];
  });
}

/** The phones in a person's hands, the one they got last first. */
function phonesOf(world: World, person: string): readonly string[] {
  return world.things
    .at(person)
    .filter((name) => world.ofKind(handsetKind).has(name))
    .toReversed();
}

function isAtHand(world: World, role: string, name: string): boolean {
  if (!world.things.names.includes(name)) return true;
  const place = world.things.placeOf(name);
  return place === role || place === ITS_PLACE;
}
