/** Settings of parameters, links and kinds of devices, as their declarations say them, in the schema of a scenario file. */
import { DURATION, map, TITLE, type JsonSchema } from './schema-forms.ts';
import { namesSomebody } from './settings.ts';
import type { Setting, SettingTable } from './vocabulary.ts';

/** A map of the settings alone; without a table any name is taken, with a single value. */
export function settingsForm(table: SettingTable | undefined): JsonSchema {
  return table === undefined
    ? { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
    : map(settingProperties(table), []);
}

/** The settings of a user's own handset: whose it is is not among them. */
export function ownSettings(table: SettingTable | undefined): SettingTable {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([, setting]) => !namesSomebody(setting)));
}

/** One property for each setting, to stand beside others. */
export function settingProperties(table: SettingTable | undefined): JsonSchema {
  return Object.fromEntries(Object.entries(table ?? {}).map(([name, setting]) => [name, valueOf(setting)]));
}

function valueOf(setting: Setting): JsonSchema {
  const description = `${setting.summary} (${setting.source})`;
  switch (setting.kind) {
    case 'duration':
      return { description, ...DURATION };
    case 'choice':
      return { description, enum: setting.choices, default: setting.default };
    case 'boolean':
      return { description, type: 'boolean', default: setting.default };
    case 'integer':
    case 'number': {
      const { kind, min, max } = setting;
      return {
        description,
        type: kind,
        default: setting.default,
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      };
    }
    case 'text':
      return { description, ...TITLE };
  }
}
