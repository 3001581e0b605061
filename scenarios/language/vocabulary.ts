/**
 * The vocabulary: what a scenario may name that the language itself does not know. The rooms that build devices, links,
 * clauses and plants hand it over as data, so the language imports none of them and a check is never a second copy.
 */
import type { Setting, SettingTable, SettingValue } from '../../devices/settings.ts';
import type { CataloguePart } from '../catalogue/clauses.ts';

export type { Setting, SettingTable, SettingValue };

/** Values by the name of their setting; names that are left out keep their defaults. Durations are in microseconds. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What the language must know of a kind of device to check a scenario that has one. */
export interface KindWords {
  /** The name of the device of this kind that is in every world without being declared: `crs`. */
  readonly standing?: string;
  /** True when further devices of a standing kind may be declared. */
  readonly several?: boolean;
  /** True for attackers: they act by themselves (`by: thief`) and may tap links. */
  readonly attacks: boolean;
  /** True when it must never be on a network. */
  readonly offline?: boolean;
  /** True when it has a link to a CRS, named `<device>-<crs>`. */
  readonly linked: boolean;
  /** What may be set on a device of this kind in `world`, beside `kind`, `clock` and `taps`. */
  readonly settings: SettingTable;
  /** First words of the lines its console takes; absent when they are not to be checked. */
  readonly commands?: readonly string[];
}

/** What the language must know of a part of the catalogue to check what binds to it. */
export type PartWords = Pick<CataloguePart, 'id' | 'by' | 'rows' | 'outcome' | 'reason'>;

/**
 * What a field of an event can be: somebody or something of the scenario, a number, a month, a thing that lines name, a code, a count, true
 * or false, or one of these words.
 */
export type ValueDomain =
  | 'user'
  | 'person'
  | 'device'
  | 'place'
  | 'number'
  | 'account'
  | 'thing'
  | 'month'
  | 'code'
  | 'count'
  | 'flag'
  | readonly string[];

/** What the language must know of a target that a deployment may declare. */
export interface TargetWords {
  /** Only what is a `duration` can be a deadline. */
  readonly kind: string;
  /** Parts of the catalogue that nothing shows without it. */
  readonly needed: readonly string[];
}

/** A check that every run makes, whatever its scenario says: this must never be seen. */
export interface StandingCheck {
  readonly id: string;
  readonly title: string;
  /** A type of trace event. */
  readonly never: string;
  /** Values that its fields must have to count. */
  readonly where?: Readonly<Record<string, string>>;
}

/**
 * Events that show that another one could have happened. `same` pairs fields of that one with the fields here that must agree with it;
 * where it is absent, any event of the type will do.
 */
export interface OpportunityWords {
  readonly type: string;
  readonly same?: Readonly<Record<string, string>>;
}

/** Every name from outside the language, by what it names; a scenario that names anything else is refused. */
export interface Vocabulary {
  /** Parameters of the deployment. */
  readonly parameters: SettingTable;
  /** Ids of the catalogue's clauses. */
  readonly clauses: readonly string[];
  /** Parts of the checks of these clauses by id: `para-11.c2/wrong-psk`. */
  readonly parts: ReadonlyMap<string, PartWords>;
  /** Targets that deployments declare and expectations are held against. */
  readonly targets?: Readonly<Record<string, TargetWords>>;
  /** Why an attack is refused: the closed list of codes. */
  readonly reasons: readonly string[];
  /** Rows of the probe matrix. */
  readonly rows: readonly string[];
  /** Checks of every run. No scenario may have others of these names. */
  readonly standingChecks?: readonly StandingCheck[];
  /** What shows, by the type that must never be seen, that it could have been. */
  readonly opportunities?: Readonly<Record<string, readonly OpportunityWords[]>>;
  /** Types of events that nothing leads to but a line that begins with this word, one of them at most by each. */
  readonly causes?: Readonly<Record<string, string>>;
  /** Types of trace events. */
  readonly knownEvents: readonly string[];
  /** What fields of events can be, by field or by `type.field`; a field that is not here can be anything. */
  readonly valueDomains?: Readonly<Record<string, ValueDomain>>;
  /** Codes that something may be refused with: the domain `code`. */
  readonly codes?: readonly string[];
  /** Where events happen that is neither a device nor a person: `world`. */
  readonly places?: readonly string[];
  /** Data fields of the types whose fields are known; the fields of other types are not checked. */
  readonly eventFields?: Readonly<Record<string, readonly string[]>>;
  /** Names of planted violations. */
  readonly plants: readonly string[];
  /** Names of network profiles. */
  readonly profiles: readonly string[];
  /** What may be set on a link, beside its profile. */
  readonly linkSettings: SettingTable;
  /** Kinds of devices by name. `handset` is the kind of a user's phone. */
  readonly kinds: Readonly<Record<string, KindWords>>;
  /** First words of the lines a person's console takes; absent when they are not to be checked. */
  readonly personCommands?: readonly string[];
}
