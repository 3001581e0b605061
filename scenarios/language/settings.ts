/** Values for settings that a table describes: deployment parameters, device settings, link settings. */
import { formatDuration } from '../../sim/duration.ts';
import type { Cast } from './cast.ts';
import { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';
import type { Names } from './names.ts';
import type { Item, Reading } from './reading.ts';
import type { Settings } from './vocabulary.ts';
import type { Setting, SettingTable, SettingValue } from './vocabulary.ts';

/** Reads the settings of a table from fields that may hold others too; those that no one reads are for `finish` to report. */
export function readSettings(reading: Reading, fields: Fields, table: SettingTable): Settings {
  const values: [string, SettingValue][] = [];
  for (const [name, setting] of Object.entries(table)) {
    const value = fields.optional(name, (item) => readSetting(reading, item, setting));
    if (value !== undefined) values.push([name, value]);
  }
  return Object.fromEntries(values);
}

/** Whether a setting is the name of somebody. */
export const namesSomebody = (setting: Setting): boolean =>
  setting.kind === 'text' && setting.names !== undefined && setting.names !== 'crs';

/** Once the cast is known: settings that name somebody or a device name one that there is, or are at their default. */
export function requireNamed(reading: Reading, names: Names, fields: Fields, table: SettingTable): void {
  for (const [name, setting] of Object.entries(table)) {
    const item = fields.item(name);
    if (item === undefined || setting.kind !== 'text' || setting.names === undefined) continue;
    const { names: whom } = setting;
    names.later((cast) => {
      const text = reading.text(item);
      if (text === undefined || text === setting.default) return;
      if (whom === 'crs') return names.ofKind(cast, item, text, whom);
      const known = whom === 'user' ? cast.users : [...cast.users, ...attackersOf(cast)];
      const detail = `there is no user${whom === 'user' ? '' : ' or attacker'} '${text}'`;
      reading.known(item, text, 'SCENARIO_UNKNOWN_PERSON', known, detail);
    });
  }
}

/** Those who type and are devices too. */
function attackersOf({ people, devices }: Cast): readonly string[] {
  return [...devices.keys()].filter((name) => people.has(name));
}

/** Values of a map whose keys must all be in `table`; another key is SCENARIO_UNKNOWN_PARAMETER. Undefined when it is no map. */
export function readParameters(reading: Reading, item: Item, table: SettingTable): Settings | undefined {
  const fields = Fields.of(reading, item);
  const values = fields === undefined ? undefined : readSettings(reading, fields, table);
  fields?.finish('SCENARIO_UNKNOWN_PARAMETER');
  return values;
}

function readSetting(reading: Reading, item: Item, setting: Setting): SettingValue | undefined {
  switch (setting.kind) {
    case 'duration': {
      const value = reading.duration(item);
      const { min = 0, max = Infinity } = setting;
      if (value === undefined || (value >= min && value <= max)) return value;
      const range =
        max === Infinity
          ? `${formatDuration(min)} or more`
          : `${formatDuration(min)} to ${formatDuration(max)}`;
      return reading.problem(
        'SCENARIO_VALUE',
        item.where,
        `${item.what} is ${formatDuration(value)}`,
        `Write ${range}.`,
      );
    }
    case 'choice':
      return reading.choice(item, setting.choices);
    case 'boolean':
      return reading.boolean(item);
    case 'integer':
      return reading.number(item, { ...setting, whole: true });
    case 'number':
      return reading.number(item, { ...setting, whole: false });
    case 'text': {
      const text = reading.text(item, { max: LIMITS.title });
      const { check } = setting;
      if (text === undefined || check === undefined) return text;
      return reading.attempt(item, () => {
        check(text);
        return text;
      });
    }
  }
}
