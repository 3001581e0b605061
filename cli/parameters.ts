/** Parameters on the command line: `--param skew-limit=10m`, read by the same table that scenario files are read by. */
import { nearest } from '../devices/console/index.ts';
import { formatDuration, parseDuration } from '../sim/duration.ts';
import type { Setting, SettingTable, SettingValue } from '../scenarios/language/index.ts';
import { cliError } from './errors.ts';

/** `name=value` as it was typed. */
export interface Assignment {
  readonly name: string;
  readonly text: string;
}

/**
 * The values of the parameters that are given.
 * @throws CLI_UNKNOWN_PARAMETER, CLI_OPTION_VALUE, CLI_OPTION_REPEATED
 */
export function parametersOf(
  assignments: readonly Assignment[],
  table: SettingTable,
): Readonly<Record<string, SettingValue>> {
  const values = new Map<string, SettingValue>();
  for (const { name, text } of assignments) {
    const setting = Object.hasOwn(table, name) ? table[name] : undefined;
    if (setting === undefined) {
      const near = nearest(name, Object.keys(table));
      const fix = near === undefined ? {} : { fix: `Did you mean '${near}'?` };
      throw cliError('CLI_UNKNOWN_PARAMETER', `there is no parameter '${name}'`, fix);
    }
    if (values.has(name)) throw cliError('CLI_OPTION_REPEATED', `the parameter '${name}' is given twice`);
    const value = readSetting(text, setting);
    if (value === undefined)
      throw cliError('CLI_OPTION_VALUE', `'${text}' is no value of the parameter '${name}'`, {
        fix: `Write ${name}=${exampleOf(setting)}; it takes ${expectationOf(setting)}.`,
      });
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

function readSetting(text: string, setting: Setting): SettingValue | undefined {
  switch (setting.kind) {
    case 'duration':
      return within(parseDuration(text), setting);
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? within(Number(text), setting) : undefined;
    case 'number':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? within(Number(text), setting) : undefined;
    case 'choice':
      return setting.choices.includes(text) ? text : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'text':
      return text;
  }
}

function within(
  value: number | undefined,
  { min = -Infinity, max = Infinity }: { readonly min?: number; readonly max?: number },
): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** `10m`, `required`, `2`: a value as it is typed. */
export function settingText(value: SettingValue, setting: Setting | undefined): string {
  return setting?.kind === 'duration' && typeof value === 'number' ? formatDuration(value) : String(value);
}

function exampleOf(setting: Setting): string {
  return settingText(setting.default, setting).replaceAll(' ', '');
}

/** `a duration from 1s to 7d`, `required or off`: completes "it takes". */
export function expectationOf(setting: Setting): string {
  switch (setting.kind) {
    case 'duration':
      return `a duration${rangeOf(setting, formatDuration)}`;
    case 'integer':
      return `a whole number${rangeOf(setting, String)}`;
    case 'number':
      return `a number${rangeOf(setting, String)}`;
    case 'choice':
      return setting.choices.join(' or ');
    case 'boolean':
      return 'true or false';
    case 'text':
      return 'any text';
  }
}

function rangeOf(
  { min, max }: { readonly min?: number; readonly max?: number },
  print: (value: number) => string,
): string {
  return `${min === undefined ? '' : ` from ${print(min)}`}${max === undefined ? '' : ` to ${print(max)}`}`;
}
