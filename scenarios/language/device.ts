/** A device beside the users' handsets: an attacker, a spare phone, or a standing device, which need not be declared. */
import { Fields } from './fields.ts';
import { readHandset } from './handset.ts';
import type { Names } from './names.ts';
import type { Item, Reading } from './reading.ts';
import type { Device } from './screenplay.ts';
import { readSettings, requireNamed } from './settings.ts';
import type { KindWords } from './vocabulary.ts';

/** Never undefined: a device of a refused kind has the kind `''`, so that references to its name are no second mistake. */
export function readDevice(
  reading: Reading,
  kinds: Readonly<Record<string, KindWords>>,
  names: Names,
  name: string,
  item: Item,
): Device {
  const fields = Fields.of(reading, item);
  const kind = fields?.required('kind', (each) => {
    const text = reading.text(each);
    if (text === undefined) return undefined;
    const detail = `there is no kind of device '${text}'`;
    return reading.known(each, text, 'SCENARIO_UNKNOWN_KIND', Object.keys(kinds), detail);
  });
  const free = names.take(item, name, kind);
  const entry = kind === undefined ? undefined : kinds[kind];
  const where = item.key ?? item.where;
  // A kind that was refused leaves a placeholder: see castOf.
  if (fields === undefined || kind === undefined || entry === undefined)
    return { name, where, kind: '', taps: [], settings: {} };
  const { standing, several = false } = entry;
  if (free && standing !== undefined && name !== standing && !several)
    reading.problem(
      'SCENARIO_STANDING_DEVICE',
      where,
      `'${name}' would be a second ${kind}`,
      `Leave it out: the ${kind} of every world is '${standing}'.`,
    );
  requireNamed(reading, names, fields, entry.settings);
  const taps = entry.attacks ? (fields.optional('taps', (each) => readTaps(reading, names, each)) ?? []) : [];
  if (kind === 'handset') {
    const handset = readHandset(reading, fields, entry);
    return { name, where, kind, taps, settings: handset.settings, handset };
  }
  const settings = readSettings(reading, fields, entry.settings);
  fields.finish();
  return { name, where, kind, taps, settings };
}

function readTaps(reading: Reading, names: Names, item: Item): readonly string[] {
  return (reading.list(item) ?? []).flatMap((each) => {
    const link = reading.name(each);
    if (link === undefined) return [];
    names.later((cast) => {
      names.link(cast, each, link);
      if (cast.tunnels.has(link))
        reading.problem('SCENARIO_TAP_IN_TUNNEL', each.where, `'${link}' is the inside of a tunnel`);
    });
    return link;
  });
}
