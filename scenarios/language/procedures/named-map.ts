/** Maps of the file from names to something, as maps. */
import type { Item, Reading } from '../reading.ts';

/** As {@link Reading.named}, with each thing under its name. */
export function namedMap<Thing>(
  reading: Reading,
  item: Item | undefined,
  read: (name: string, item: Item) => Thing | undefined,
): ReadonlyMap<string, Thing> {
  const entries = reading.named(item, (name, each) => {
    const thing = read(name, each);
    return thing === undefined ? undefined : { name, thing };
  });
  return new Map(entries.map(({ name, thing }) => [name, thing]));
}
