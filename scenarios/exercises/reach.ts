/**
 * What a role can type on: the console of its office or the phones in its hands, and its own hands. Reach follows the world: who
 * loses a phone can no longer type on it. A script may type anywhere, and take what anybody has; a person may not.
 */
import { wordsOf, type Console } from '../../devices/console/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { linesOf } from '../evidence/procedures/index.ts';
import type { Performance } from '../runs/index.ts';
import type { World } from '../world/index.ts';
import { rehearsalError } from './errors.ts';
import { handsetKind } from '../../devices/handset/kind.ts';

/** Where standing devices are. Whoever is responsible for one goes there. */
const ITS_PLACE = 'its-place';

/** The consoles of a role, the one that a line goes to by itself first, the person's own hands always among them. */
export function reachOf(world: World, role: string): readonly Console[] {
  const written = linesOf(world.options.screenplay).flatMap(({ by, on }) =>
    by === role && on !== undefined ? [on] : [],
  );
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

/** Verbs that hands have for what need not be in them. */
const REACHING = new Set(['seize', 'take', 'plug-cable']);

/**
 * Refuses to reach for what is not within reach: what a person has or looks after is, and what the screenplay has brought before them, so that
 * a thief can take a phone from when it can be stolen. Throws REHEARSAL_OUT_OF_REACH; of a thing that there is not, the console speaks.
 */
export function refuseOutOfReach({ world, cued }: Performance, role: string, line: string): void {
  const act = reachingOf(line);
  if (act === undefined || !world.things.names.includes(act.thing)) return;
  const offered = cued.some(({ step }) => {
    const other = step.by === role ? reachingOf(step.type) : undefined;
    return other?.verb === act.verb && other.thing === act.thing;
  });
  if (offered || isInSight(world, role, act.thing)) return;
  throw rehearsalError('REHEARSAL_OUT_OF_REACH', `${act.thing} is not within your reach`, {
    fix: 'Type look to see what is.',
  });
}

/** Whether somebody sees a thing: they have it or look after it, or it is in a device that they have or look after. */
function isInSight(world: World, role: string, thing: string): boolean {
  const own = [role, ...reachOf(world, role).map(({ owner }) => owner)];
  return own.includes(thing) || own.includes(world.things.placeOf(thing));
}

/** Of what consoles offer, what somebody can know of: hands know only the things in sight; a device has a list of its own. */
export function knownTo(world: World, role: string): (console: Console, offer: string) => boolean {
  return ({ owner }, offer) =>
    owner !== role || !world.things.names.includes(offer) || isInSight(world, role, offer);
}

/** What a line reaches for, and how; undefined when it reaches for nothing. */
export function reachingOf(line: string): { readonly verb: string; readonly thing: string } | undefined {
  try {
    const [verb, thing] = wordsOf(line);
    return verb !== undefined && thing !== undefined && REACHING.has(verb.text)
      ? { verb: verb.text, thing: thing.text }
      : undefined;
  } catch (error) {
    // The console says what is wrong with it.
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
