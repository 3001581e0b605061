/** What a parameter of a deployment is, and how one is written in their table. */
import type { Micros } from '../sim/clock.ts';

interface DurationParameter {
  readonly kind: 'duration';
  readonly default: Micros;
  readonly min: Micros;
  readonly max: Micros;
}
interface ChoiceParameter {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
}
interface BooleanParameter {
  readonly kind: 'boolean';
  readonly default: boolean;
}
interface IntegerParameter {
  readonly kind: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A choice that a deployment makes, with what the guidance says of it and what is taken when nobody chooses. */
export type DeploymentParameter = (
  DurationParameter | ChoiceParameter | BooleanParameter | IntegerParameter
) & {
  /** What it decides. */
  readonly summary: string;
  /** Why there is a choice: the clause or standard that leaves it open. */
  readonly source: string;
};

/** A time, in microseconds. */
export const duration = (value: Micros, min: Micros, max: Micros, summary: string, source: string) =>
  ({ kind: 'duration', default: value, min, max, summary, source }) as const;
/** Yes or no. */
export const boolean = (value: boolean, summary: string, source: string) =>
  ({ kind: 'boolean', default: value, summary, source }) as const;
/** A whole number. */
export const integer = (value: number, min: number, max: number, summary: string, source: string) =>
  ({ kind: 'integer', default: value, min, max, summary, source }) as const;
/** One of several words. */
export const choice = <const Choice extends string>(
  value: Choice,
  choices: readonly Choice[],
  summary: string,
  source: string,
) => ({ kind: 'choice', default: value, choices, summary, source }) as const;
