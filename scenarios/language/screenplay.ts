/**
 * The screenplay: a scenario file as read and checked. Every reference in it holds, every duration is in microseconds, and
 * every node knows the line and column it came from, so that whoever uses it can still point at the file.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Where } from '../../sim/errors.ts';
import type { FieldTest, Pattern } from './event-pattern.ts';
import type { DeclaredTopology, Network } from './declared-network.ts';
import type { UnixMillis } from './instant.ts';
import type { PerformedProcedure } from './procedures/performed.ts';
import type { ProcedureSource } from './procedures/source.ts';
import type { PartWords, Settings } from './vocabulary.ts';
import type { When } from './when.ts';

export type { FieldTest, Pattern, Scalar, Test } from './event-pattern.ts';

/** One scenario file, valid as a whole: what runs, reports and the published schema mean by a scenario. */
export interface Screenplay {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** What the file says: all that a run needs of it, and what is hashed as the source of its evidence. */
  readonly text: string;
  readonly where: Where;
  readonly clauses: readonly string[];
  readonly begins: UnixMillis;
  /** Absent: one minute after the last step or probe. */
  readonly ends?: When;
  /** Values for parameters of the deployment; those not named keep their defaults. */
  readonly parameters: Settings;
  readonly world: DeclaredWorld;
  readonly steps: readonly Step[];
  readonly moments: readonly Moment[];
  readonly variants: readonly Variant[];
  readonly probes: readonly Probe[];
  readonly notTested: readonly NotTested[];
  readonly expect: readonly Expectation[];
  readonly across: readonly Across[];
  readonly plants: readonly Plant[];
  /** What each variant performs, by its name. */
  readonly performed: ReadonlyMap<string, PerformedInVariant>;
  /** The procedures that it performs, and those inside them, in the order of their names. */
  readonly procedures: readonly ProcedureSource[];
}

/** The procedures that one variant performs, and the expectations that come with them. */
export interface PerformedInVariant {
  readonly performs: readonly PerformedProcedure[];
  readonly expect: readonly Expectation[];
}

/** Who and what takes part beside the standing devices and people, as the file declares it under `world`. */
export interface DeclaredWorld {
  readonly users: readonly User[];
  /** Everyone who is neither a user nor a device: operators, administrators. */
  readonly people: readonly string[];
  readonly accounts: readonly DeclaredAccount[];
  readonly network: Network;
  readonly topology: DeclaredTopology;
  readonly devices: readonly Device[];
}

/** One organisation's place on a CRS, by the name that it has there: whose keys its users have, and where their phones connect. */
export interface DeclaredAccount {
  readonly name: string;
  readonly where: Where;
  readonly cms: string;
  readonly crs: string;
}

/** A user of the service. Every user is a person too. */
export interface User {
  readonly name: string;
  readonly where: Where;
  readonly number: string;
  /** The name of the account that the user is with. */
  readonly account: string;
  /** The phone, named `<user>-phone`. */
  readonly handset?: DeclaredHandset;
  /** True when the handset holds keys at the beginning. */
  readonly enrolled: boolean;
}

/** Android and iOS are the platforms the app exists for (para-1). */
export const PLATFORMS = ['android', 'ios'] as const;

/** A phone as declared: what it runs and how it is set. Whose it is stands with the user or the device that has it. */
export interface DeclaredHandset {
  readonly platform: (typeof PLATFORMS)[number];
  readonly version: string;
  /** How far its clock is ahead of the true time; negative when it is behind. */
  readonly clock: Micros;
  readonly settings: Settings;
}

/** A device beside the users' handsets, or a standing device that is named though it need not be. */
export interface Device {
  readonly name: string;
  readonly where: Where;
  readonly kind: string;
  /** Links that an attacker records from the beginning. */
  readonly taps: readonly string[];
  readonly settings: Settings;
  /** Set for the kind `handset`: a spare or replacement phone. */
  readonly handset?: DeclaredHandset;
}

/** One line, typed by someone, on a device or with their own hands, at a time. */
export interface Step {
  /** The author's id, or `steps/<place in the list>` (in a variant: `<variant>/<place>`). */
  readonly id: string;
  readonly where: Where;
  readonly when: When;
  readonly by: string;
  /** Absent: the person's own console (tell, carry, insert, scan, seize, wait). */
  readonly on?: string;
  readonly type: string;
  /** Of the typed line itself, for what a console finds wrong with it. */
  readonly typeWhere: Where;
  readonly clauses: readonly string[];
  /** The code with which the line is refused; one that is not said is taken. `none` in a variant: taken after all. */
  readonly refused?: string;
  /** Why it is not typed, where it waits for what does not happen; absent when it is typed. */
  readonly untyped?: string;
  /** What a trainee is told at this point. */
  readonly cue?: string;
  readonly scenery?: string; // Why no check is about it: it is there for the story.
}

/** A name for one event of the trace. */
export interface Moment {
  readonly name: string;
  readonly where: Where;
  readonly pattern: Pattern;
  /** Which of the matching events: from 1, or the last of the run. */
  readonly occurrence: number | 'last';
  /** Whether events of the opening count. */
  readonly opening: boolean;
}

/** What a probe is expected to come to. */
export const PREDICTIONS = ['opened', 'refused'] as const;
type Prediction = (typeof PREDICTIONS)[number];

interface DeclaredCheck {
  readonly id: string;
  readonly where: Where;
  readonly title: string;
  /** Parts of the catalogue that it shows, where it counts for clauses. */
  readonly parts: readonly PartWords[];
  /** Why the check does not apply to the variant that is played; absent when it does. */
  readonly notApplicable?: string;
}

/** A line that an attacker types to learn whether something can be done. */
export interface Probe extends DeclaredCheck {
  readonly row: string;
  readonly when: When;
  readonly by: string;
  readonly on?: string;
  readonly type: string;
  readonly typeWhere: Where;
  readonly predict: Prediction;
  /** The code of the refusal that is predicted; a refusal for another reason is not what was predicted. */
  readonly reason?: string;
  readonly because: string;
}

/** The part of the trace that an expectation looks at; a bound that is absent is the beginning or the end of the run. */
export interface Window {
  readonly from?: When;
  readonly to?: When;
  /** True for a deadline (`within 1s` includes the first second to its last microsecond); false for `before`. */
  readonly toIncluded: boolean;
  /** The target of the deployment that is the deadline; `to` is absent while no deployment declares it. */
  readonly target?: string;
}

/** How often an event must be seen. */
export interface Times {
  readonly atLeast: number;
  readonly atMost?: number;
}

/** What shows that an event that is never seen could have been: one of these events, or a step that was typed. */
export type GivenOpportunity =
  | { readonly kind: 'events'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'step'; readonly step: string };

/**
 * A check of the trace of a run: something is seen so many times, is never seen, holds of every event, comes in order, or is the same at two
 * moments. `causedBy`: the step whose line led to the events; all events without it.
 */
export type Expectation =
  | (DeclaredCheck & {
      readonly kind: 'see';
      readonly causedBy?: string;
      readonly pattern: Pattern;
      readonly window: Window;
      readonly times: Times;
      /** Whether events of the opening count. */
      readonly opening: boolean;
    })
  | (DeclaredCheck & {
      readonly kind: 'never';
      readonly causedBy?: string;
      readonly pattern: Pattern;
      readonly window: Window;
      readonly given: GivenOpportunity;
    })
  | (DeclaredCheck & {
      readonly kind: 'every';
      readonly causedBy?: string;
      readonly pattern: Pattern;
      readonly has: readonly FieldTest[];
      readonly window: Window;
    })
  | (DeclaredCheck & { readonly kind: 'order'; readonly moments: readonly string[] })
  /** A field of two moments, which is or is not the same. */
  | (DeclaredCheck & {
      readonly kind: 'same' | 'differs';
      readonly field: string;
      readonly moments: readonly [string, string];
    })
  /** Every step is typed, and taken or refused as it says. */
  | (DeclaredCheck & { readonly kind: 'steps' })
  /** Every procedure comes to its end, and its steps are done or left out on purpose. */
  | (DeclaredCheck & { readonly kind: 'procedures' });

/** A check of several variants together: the named checks come to the same in each, and a measure does not. */
export interface Across extends Omit<DeclaredCheck, 'notApplicable'> {
  /** Two or more, in the order of the file. */
  readonly variants: readonly string[];
  readonly verdicts: readonly string[];
  /** Any two of them differ in this measure by so much at least. */
  readonly apart?: { readonly measure: string; readonly by: number };
}

/** A row of the probe matrix that the scenario leaves out, and why. */
export interface NotTested {
  readonly row: string;
  readonly where: Where;
  readonly reason: string;
  readonly parts: readonly PartWords[];
}

/** A planted violation and the checks that must catch it. */
export interface Plant {
  readonly name: string;
  /** The variant that it is planted in; absent: the first one of the file. */
  readonly variant?: string;
  readonly where: Where;
  readonly fails: readonly string[];
}

/** What a variant changes about a step. */
export type StepPatch = Partial<Omit<Step, 'id' | 'where' | 'scenery'>>;

/** One run of the scenario: what it changes of the parameters and steps, adds, predicts and leaves out. */
export interface Variant {
  readonly name: string;
  readonly where: Where;
  readonly title: string;
  /** True when its checks count towards the verdicts of clauses; false when it shows what an error costs. */
  readonly reference: boolean;
  readonly parameters: Settings;
  readonly steps: ReadonlyMap<string, StepPatch | 'omit'>;
  readonly also: readonly Step[];
  /** Probes and expectations that are its own. */
  readonly probes: readonly Probe[];
  readonly expect: readonly Expectation[];
  readonly predict: ReadonlyMap<string, Prediction>;
  /** Other reasons of refusals that are predicted. */
  readonly reasons: ReadonlyMap<string, string>;
  /** What a check shows in this variant, in place of what it shows elsewhere. */
  readonly parts: ReadonlyMap<string, readonly PartWords[]>;
  /** Checks that do not apply to this variant, with the reason. */
  readonly notApplicable: ReadonlyMap<string, string>;
  /** The only probes that are made: for a variant that shows one difference and no more. */
  readonly only?: readonly string[];
}
