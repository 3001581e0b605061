/** Things by their places, none lost: a place that is there twice, in a file that nobody vouches for, must not hide what the other one says. */

/** The second of a place is called `place (2)`, and so on. */
export function byPlace<Thing>(
  things: Iterable<Thing>,
  placeOf: (thing: Thing) => string,
): ReadonlyMap<string, Thing> {
  const placed = new Map<string, Thing>();
  for (const thing of things) {
    const place = placeOf(thing);
    let name = place;
    for (let count = 2; placed.has(name); count++) name = `${place} (${count})`;
    placed.set(name, thing);
  }
  return placed;
}

/** What is of either side, side by side, in the order of the earlier one. */
export function sideBySide<Thing>(
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): readonly (readonly [place: string, before: Thing | undefined, after: Thing | undefined])[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((place) => [
    place,
    before.get(place),
    after.get(place),
  ]);
}
