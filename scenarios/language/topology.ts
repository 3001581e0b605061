/**
 * The topology of a scenario: a firewall in front of a CRS, the networks that phones may go over to, and where they are at the
 * beginning. Without one, every phone has its one link to its CRS.
 */
import { ACTIONS, parseRule, ruleText, type Action } from '../../devices/firewall/index.ts';
import { readServer } from './account.ts';
import { FIREWALL, HOME } from './cast.ts';
import { Fields } from './fields.ts';
import type { Names } from './names.ts';
import { readQuality } from './network.ts';
import type { Item, Reading } from './reading.ts';
import { SITE_KINDS, type FirewallRules, type Site, type DeclaredTopology } from './declared-network.ts';
import { CRS } from './standing.ts';
import type { Vocabulary } from './vocabulary.ts';

/** No firewall, no sites, every phone at home: what a world without `topology` has. */
export const EMPTY_TOPOLOGY: DeclaredTopology = { sites: [], at: new Map() };

/** Reads `topology`; undefined when it is no map. Phones under `at` are checked when the cast is known. */
export function readTopology(
  reading: Reading,
  vocabulary: Vocabulary,
  names: Names,
  item: Item,
): DeclaredTopology | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const firewall = fields.optional('firewall', (each) => {
    names.take({ ...each, where: each.key ?? each.where }, FIREWALL);
    return readFirewall(reading, names, each);
  });
  const sites = reading.named(fields.item('sites'), (name, each) =>
    readSite(reading, vocabulary, names, name, each),
  );
  const carriers = sites.filter(({ kind }) => kind !== 'vpn').map(({ name }) => name);
  for (const { through, where } of sites)
    if (through !== undefined && !carriers.includes(through))
      reading.problem('SCENARIO_UNKNOWN_SITE', where, `no network '${through}' could carry a tunnel`);
  const places = [HOME, ...sites.map(({ name }) => name)];
  const at = reading.named(fields.item('at'), (phone, each) => {
    names.later((cast) => names.phone(cast, { ...each, where: each.key ?? each.where }, phone));
    const place = reading.name(each);
    if (place === undefined) return undefined;
    const known = reading.known(each, place, 'SCENARIO_UNKNOWN_SITE', places, `there is no site '${place}'`);
    return known === undefined ? undefined : { phone, site: known };
  });
  fields.finish();
  return {
    sites,
    at: new Map(at.map(({ phone, site }) => [phone, site])),
    ...(firewall === undefined ? {} : { firewall }),
  };
}

/** `firewall: standard`, or its rules and what happens to packets that none speaks about. */
function readFirewall(reading: Reading, names: Names, item: Item): FirewallRules | undefined {
  if (item.node === null || !('items' in item.node))
    return reading.choice(item, ['standard']) === undefined ? undefined : { protects: CRS };
  const fields = Fields.of(reading, item);
  const policy = fields?.optional('default', (each): Action | undefined => reading.choice(each, ACTIONS));
  const rules = fields?.optional('rules', (each) =>
    reading.list(each)?.flatMap((entry) => {
      const text = reading.text(entry);
      if (text === undefined) return [];
      return reading.attempt(entry, () => ruleText(parseRule(text))) ?? [];
    }),
  );
  const protects = fields?.optional('protects', (each) => readServer(reading, names, each, 'crs'));
  fields?.finish();
  return {
    protects: protects ?? CRS,
    ...(policy === undefined ? {} : { policy }),
    ...(rules === undefined ? {} : { rules }),
  };
}

function readSite(
  reading: Reading,
  vocabulary: Vocabulary,
  names: Names,
  name: string,
  item: Item,
): Site | undefined {
  const where = item.key ?? item.where;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  if (name === HOME)
    reading.problem('SCENARIO_DUPLICATE_ID', where, `'${HOME}' is where a phone is that has not roamed`);
  else names.take(item, name);
  const kind = fields.required('kind', (each) => reading.choice(each, SITE_KINDS));
  const through = fields.optional('through', (each) => {
    const carrier = reading.name(each);
    if (carrier === undefined || kind === 'vpn') return carrier;
    return reading.problem('SCENARIO_VALUE', each.where, 'only a vpn goes through another network');
  });
  const country = fields.optional('country', (each) => reading.name(each));
  const quality = readQuality(reading, vocabulary, fields);
  // A kind that was refused leaves a placeholder, so that one mistake is one problem.
  return {
    ...{ name, where, kind: kind ?? 'fixed', ...quality },
    ...(through === undefined ? {} : { through }),
    ...(country === undefined ? {} : { country }),
  };
}
