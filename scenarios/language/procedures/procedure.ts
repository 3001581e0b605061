/**
 * A procedure as it is written: its steps with placeholders in place of the people and things that it is performed with. It says nothing of any
 * world; `perform.ts` makes of it what happens in one.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { Where } from '../../../sim/errors.ts';
import type { Item } from '../reading.ts';
import type { PartWords } from '../vocabulary.ts';
import type { ProcedureSource } from './source.ts';

/** What a parameter can be, beside one of a list of words. */
export const PARAMETER_TYPES = [
  'user',
  'handset',
  'person',
  'device',
  'cms',
  'number',
  'month',
  'months',
  'thing',
  'text',
] as const;

/** What a parameter is: something of the world, a text, or one of these words. */
export type ParameterType = (typeof PARAMETER_TYPES)[number] | readonly string[];

/** What may be asked of a user behind a dot: `{user.number}`. */
export const USER_PROPERTIES = ['number', 'phone', 'account', 'cms', 'crs'] as const;

/** One name that a procedure is performed with. */
export interface ProcedureParameter {
  readonly name: string;
  readonly where: Where;
  readonly is: ParameterType;
  /** With placeholders for parameters that stand before it. Absent: whoever performs the procedure says it. */
  readonly default?: string | readonly string[];
  /** Whether it may be left out where nothing that is performed needs it. */
  readonly optional: boolean;
}

/** Somebody who acts in a procedure, and who that is when nobody else is cast. */
export interface ProcedureRole {
  readonly name: string;
  readonly where: Where;
  readonly person: string;
}

/** Events, with placeholders in what they are tested for. */
export interface PatternTemplate {
  readonly see: Item;
  readonly where?: Item;
}

/** What has to be so before a procedure begins. */
export interface GivenTemplate {
  readonly where: Where;
  readonly text?: string;
  readonly knows?: string;
  readonly pattern: PatternTemplate;
}

/** What every step has, whatever is done in it. */
interface StepCommon {
  readonly id: string;
  readonly where: Where;
  readonly hidden?: string;
  readonly optional: boolean;
  readonly takes: Micros;
  /** Values that parameters must have for the step to apply; one of several words each. */
  readonly when: ReadonlyMap<string, readonly string[]>;
  /** Steps that come before it and need not succeed. */
  readonly after: readonly string[];
  /** Once for each of these, which is then `{each}`: the users with a phone, or a parameter that is a list of months. */
  readonly forEach?: string;
}

/** A line that somebody types, or an event that somebody waits for. */
export interface ActStep extends StepCommon {
  readonly kind: 'act';
  readonly by: string;
  readonly on?: string;
  /** Absent: nothing is typed. */
  readonly type?: string;
  readonly typeWhere: Where;
  readonly clauses: readonly string[];
  readonly cue?: string;
  readonly refused?: string;
  readonly done?: PatternTemplate;
  readonly within?: Micros;
  readonly otherwise: readonly ActStep[];
  readonly unless?: PatternTemplate;
  readonly whenNoticed?: PatternTemplate;
  readonly parts: readonly PartWords[];
}

/** A procedure that is performed as a step of another. */
export interface NestedStep extends StepCommon {
  readonly kind: 'perform';
  readonly procedure: string;
  readonly performWhere: Where;
  /** Values of its parameters, with placeholders of this procedure. */
  readonly values: ReadonlyMap<string, Item>;
  readonly cast: ReadonlyMap<string, string>;
  /** Optional steps of it that are performed. */
  readonly asked: readonly string[];
  /** The step of it that is waited for by what follows; absent: its end. */
  readonly goesOnAfter?: string;
}

/** One entry of `steps`. */
export type ProcedureStep = ActStep | NestedStep;

/** One procedure file, of the right form. */
export interface Procedure extends ProcedureSource {
  readonly where: Where;
  /** The place of an offset into its text. */
  readonly whereAt: (offset: number) => Where;
  readonly title: string;
  readonly purpose?: string;
  /** The clauses that it carries out. */
  readonly source: readonly string[];
  readonly parameters: readonly ProcedureParameter[];
  readonly roles: readonly ProcedureRole[];
  readonly given: readonly GivenTemplate[];
  /** Steps that come one after the other, where nobody changes the order. */
  readonly prescribed: readonly string[];
  /** Steps that must have been done before another one, by its id: it cannot be otherwise. */
  readonly requires: ReadonlyMap<string, readonly string[]>;
  readonly steps: readonly ProcedureStep[];
  /** What holds once it was performed: expectations, not yet read. */
  readonly leaves: readonly Item[];
}
