/** The network of a scenario: a profile and settings for all links, and what differs on some. */
import { Fields } from './fields.ts';
import type { Names } from './names.ts';
import type { Item, Reading } from './reading.ts';
import type { Network } from './declared-network.ts';
import type { Settings } from './vocabulary.ts';
import { readSettings } from './settings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a world without `network` has: the default profile on every link. */
export const EMPTY_NETWORK: Network = { settings: {}, links: [] };

/** Reads `network`; undefined when it is no map. Names of links are checked when the cast is known. */
export function readNetwork(
  reading: Reading,
  vocabulary: Vocabulary,
  names: Names,
  item: Item,
): Network | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const links = reading.named(fields.item('links'), (name, each) => {
    const where = each.key ?? each.where;
    names.later((cast) => names.link(cast, { ...each, where }, name));
    const own = Fields.of(reading, each);
    return own === undefined ? undefined : { name, where, ...readQuality(reading, vocabulary, own) };
  });
  return { ...readQuality(reading, vocabulary, fields), links };
}

/** A profile and settings over it: the rest of the fields. */
export function readQuality(
  reading: Reading,
  vocabulary: Vocabulary,
  fields: Fields,
): { readonly profile?: string; readonly settings: Settings } {
  const profile = fields.optional('profile', (item) => {
    const name = reading.text(item);
    if (name === undefined) return undefined;
    const detail = `there is no profile '${name}'`;
    return reading.known(item, name, 'SCENARIO_UNKNOWN_PROFILE', vocabulary.profiles, detail);
  });
  const settings = readSettings(reading, fields, vocabulary.linkSettings);
  fields.finish();
  return profile === undefined ? { settings } : { profile, settings };
}
