/**
 * One command of a console: its form, what it is for, and what it does. The form is data, so that help, usage, completion,
 * the JSON of `calldrill list` and the parser cannot disagree.
 */
import type { Kind } from './kind.ts';

/** A word at a fixed place, `<name>`; optional ones are `[name]`. */
export interface Positional<Value> {
  readonly place: 'positional';
  readonly kind: Kind<Value>;
  readonly about: string;
}
interface OptionalPositional<Value> {
  readonly place: 'optional';
  readonly kind: Kind<Value>;
  readonly about: string;
}
/** All words that are left, joined by blanks; at least one. */
interface Rest {
  readonly place: 'rest';
  readonly kind: Kind<string>;
  readonly about: string;
}
/** `--name value`. */
interface Option<Value> {
  readonly place: 'option';
  readonly kind: Kind<Value>;
  readonly about: string;
}
/** `--name`. */
interface Flag {
  readonly place: 'flag';
  readonly about: string;
}

/** One word of a line, or the words that are left: at its place, or behind `--name`. */
export type Parameter = Positional<unknown> | OptionalPositional<unknown> | Rest | Option<unknown> | Flag;

/** By the name that usage shows, in the order in which positional ones are typed. */
export type Parameters = Readonly<Record<string, Parameter>>;

type ValueOf<P extends Parameter> =
  P extends Positional<infer Value>
    ? Value
    : P extends OptionalPositional<infer Value>
      ? Value | undefined
      : P extends Rest
        ? string
        : P extends Option<infer Value>
          ? Value | undefined
          : boolean;

/** The values that a command's `run` gets, typed by the kinds of its parameters. */
export type Arguments<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** A word that must stand at its place. */
export const positional = <Value>(kind: Kind<Value>, about: string): Positional<Value> => ({
  place: 'positional',
  kind,
  about,
});
/** A word that may be left out at the end of the line; then its value is undefined. */
export const optional = <Value>(kind: Kind<Value>, about: string): OptionalPositional<Value> => ({
  place: 'optional',
  kind,
  about,
});
/** Takes every word that is left, at least one, with single blanks between. */
export const rest = (kind: Kind<string>, about: string): Rest => ({ place: 'rest', kind, about });
/** `--name value`, anywhere in the line; undefined when it is not typed. */
export const option = <Value>(kind: Kind<Value>, about: string): Option<Value> => ({
  place: 'option',
  kind,
  about,
});
/** `--name` alone, anywhere in the line: true when it is typed, false when not. */
export const flag = (about: string): Flag => ({ place: 'flag', about });

/** What a console answers: lines of text. */
export type Reply = readonly string[];

/** A line that somebody can type, as data and as an act. */
export interface Command {
  readonly name: string;
  /** One line, in the imperative. */
  readonly summary: string;
  readonly parameters: Parameters;
  /** Example lines that really work. */
  readonly examples: readonly string[];
  /** True when the command changes the world, so that a probe that types it runs in a fork. */
  readonly disturbs: boolean;
  /** `values` holds what the parser read for each parameter; `by` is who typed it. */
  readonly run: (values: Readonly<Record<string, unknown>>, by: string) => Reply;
}

/** Declares a command whose `run` sees the types of its parameters. */
export function command<const P extends Parameters>(spec: {
  name: string;
  summary: string;
  parameters: P;
  examples?: readonly string[];
  disturbs?: boolean;
  run(values: Arguments<P>, by: string): Reply | string;
}): Command {
  return {
    name: spec.name,
    summary: spec.summary,
    parameters: spec.parameters,
    examples: spec.examples ?? [],
    disturbs: spec.disturbs ?? true,
    run: (values, by) => {
      // The parser fills `values` from `parameters`, which is what Arguments<P> is derived from.
      const reply = spec.run(values as Arguments<P>, by);
      return typeof reply === 'string' ? [reply] : reply;
    },
  };
}

/** `block-user <number> [--until <period>]`. */
export function usageOf(command: Command): string {
  const words = [command.name];
  for (const [name, parameter] of Object.entries(command.parameters)) {
    switch (parameter.place) {
      case 'positional':
        words.push(`<${name}>`);
        break;
      case 'optional':
        words.push(`[${name}]`);
        break;
      case 'rest':
        words.push(`<${name}…>`);
        break;
      case 'option':
        words.push(`[--${name} <value>]`);
        break;
      case 'flag':
        words.push(`[--${name}]`);
        break;
    }
  }
  return words.join(' ');
}
