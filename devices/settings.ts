/**
 * Settings: what a scenario may give a value on a device, a link or a deployment, as tables. The loader reads and checks values by a
 * table, the schema and the documentation print it, and whoever builds the thing gets values of the types that the table says.
 */
import type { Micros } from '../sim/clock.ts';

/** One setting that a scenario may give a value. Durations are microseconds. */
export type Setting = {
  readonly summary: string;
  readonly source: string;
  /** True for what the language reads by a rule of its own, beside the table. */
  readonly apart?: boolean;
} & (
  | { readonly kind: 'duration'; readonly default: Micros; readonly min?: Micros; readonly max?: Micros }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
  | { readonly kind: 'boolean'; readonly default: boolean }
  | { readonly kind: 'integer'; readonly default: number; readonly min?: number; readonly max?: number }
  | { readonly kind: 'number'; readonly default: number; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'text';
      readonly default: string;
      /** Throws a CalldrillError for a text that is in no order. */
      readonly check?: (text: string) => unknown;
      /** Says what it names in the scenario: a user, an `owner` (a user or an attacker), or a CRS. Only settings of devices name something. */
      readonly names?: 'user' | 'owner' | 'crs';
    }
);

/** What a setting may be set to. */
export type SettingValue = string | number | boolean;

/** Settings by name, with what each is for. */
export type SettingTable = Readonly<Record<string, Setting>>;

type ValueOf<One extends Setting> = One extends { kind: 'choice'; choices: readonly (infer Choice)[] }
  ? Choice
  : One extends { kind: 'text' }
    ? string
    : One extends { kind: 'boolean' }
      ? boolean
      : number;

/** The values of a table's settings, each of the type that the table gives it. */
export type SettingsOf<Table extends SettingTable> = {
  readonly [Name in keyof Table]: ValueOf<Table[Name]>;
};

/** The defaults of a table, with values laid over them that the loader has checked by the same table. */
export function settingsOf<const Table extends SettingTable>(
  table: Table,
  values: Readonly<Record<string, SettingValue>>,
): SettingsOf<Table> {
  const entries = Object.entries(table).map(([name, setting]) => [name, values[name] ?? setting.default]);
  // Each name of the table is there, with its default or with what was read by its entry.
  return Object.fromEntries(entries) as SettingsOf<Table>;
}
