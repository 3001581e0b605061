/**
 * The command line: what a command takes is a table, and parsing, help and messages are made from that table. node:util splits
 * the words; every judgement about them is made here, so that each mistake has its own message and a suggestion.
 */
import { parseArgs } from 'node:util';
import { nearest } from '../devices/console/index.ts';
import { cliError } from './errors.ts';

interface Flag {
  readonly kind: 'flag';
  readonly summary: string;
}

interface Value<V> {
  readonly kind: 'value' | 'values';
  readonly summary: string;
  readonly takes: Taken<V>;
}

/** May stand alone, which means `alone`, or have a value behind it. */
interface Optional<V> {
  readonly kind: 'optional';
  readonly summary: string;
  readonly takes: Taken<V>;
  readonly alone: V;
}

/** A kind of value, as an option or an operand takes it. */
export interface Taken<V> {
  /** Stands for the value in help: `n`, `name=value`. */
  readonly placeholder: string;
  /** Completes "takes ...": `a whole number from 1 to 64`. */
  readonly expected: string;
  /** The value, or undefined when the text is not one. */
  read(text: string): V | undefined;
  /** A text that `read` makes the value of again; the value itself is one when left out. */
  print?(value: V): string;
}

/** The options of a command by their long names, without dashes. */
export type OptionTable = Readonly<Record<string, Flag | Value<unknown> | Optional<unknown>>>;

type ValueOf<O> = O extends Flag
  ? boolean
  : O extends { readonly kind: 'value' | 'optional'; readonly takes: Taken<infer V> }
    ? V | undefined
    : O extends { readonly takes: Taken<infer V> }
      ? readonly V[]
      : never;

/** What a table's options came to: a flag is a boolean, a single value may be undefined, repeatable ones are lists. */
export type Options<O extends OptionTable> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

/** How many words that are no options a command takes; fewer or more are CLI_OPERANDS. */
export interface Operands {
  /** As help shows them: `[scenario|file.yaml ...]`. */
  readonly placeholder: string;
  readonly min: number;
  readonly max: number;
}

/** For commands that work on nothing but their options. */
export const NO_OPERANDS: Operands = { placeholder: '', min: 0, max: 0 };

/** An option without a value: given or not. */
export const flag = (summary: string) => ({ kind: 'flag', summary }) as const;
/** An option that takes one value and may be given once. */
export const value = <V>(takes: Taken<V>, summary: string) => ({ kind: 'value', takes, summary }) as const;
/** The next word is its value only when it reads as one. */
export const optional = <V>(takes: Taken<V>, alone: V, summary: string) =>
  ({ kind: 'optional', takes, alone, summary }) as const;
/** May be given several times. */
export const values = <V>(takes: Taken<V>, summary: string) => ({ kind: 'values', takes, summary }) as const;

/** Any text but the empty one, under the name that help gives it. */
export const text = (placeholder: string): Taken<string> => ({
  placeholder,
  expected: `a ${placeholder}`,
  read: (given) => (given === '' ? undefined : given),
});

/** Whole decimal numbers of at most nine digits, both bounds included; no signs, points or exponents. */
export const integer = (min: number, max: number): Taken<number> => ({
  placeholder: 'n',
  expected: `a whole number from ${min} to ${max}`,
  read: (given) => {
    const number = /^\d{1,9}$/.test(given) ? Number(given) : undefined;
    return number !== undefined && number >= min && number <= max ? number : undefined;
  },
});

/** A command line that was taken apart without mistakes. */
export interface Parsed<O extends OptionTable> {
  readonly options: Options<O>;
  readonly operands: readonly string[];
}

/**
 * Reads the words behind a command.
 * @throws CLI_UNKNOWN_OPTION, CLI_OPTION_VALUE, CLI_OPTION_REPEATED, CLI_OPERANDS
 */
export function parseCommandLine<O extends OptionTable>(
  words: readonly string[],
  {
    command,
    options,
    operands,
  }: { readonly command: string; readonly options: O; readonly operands: Operands },
): Parsed<O> {
  const given = new Map<string, unknown[]>();
  const found: string[] = [];
  const tokens = tokensOf(words, options);
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (token.kind === 'positional') found.push(token.value);
    if (token.kind !== 'option') continue;
    const name = nameOf(token, options, command);
    const before = given.get(name) ?? [];
    const option = options[name];
    if (before.length > 0 && (option?.kind === 'value' || option?.kind === 'optional'))
      throw cliError('CLI_OPTION_REPEATED', `--${name} is given twice`);
    if (option?.kind === 'optional' && token.value === undefined) {
      const [next] = tokens;
      const read = next?.kind === 'positional' ? option.takes.read(next.value) : undefined;
      if (read !== undefined) tokens.shift();
      given.set(name, [read ?? option.alone]);
    } else
      given.set(name, [...before, option === undefined ? true : readOption(name, option, token, command)]);
  }
  checkOperands(command, operands, found);
  const entries = Object.entries(options).map(([name, { kind }]) => {
    const all = given.get(name) ?? [];
    if (kind === 'flag') return [name, all.length > 0];
    return [name, kind === 'values' ? all : all[0]];
  });
  return { options: Object.fromEntries(entries) as Options<O>, operands: found };
}

interface OptionToken {
  readonly rawName: string;
  readonly name: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

const SHORT: Readonly<Record<string, string>> = { help: 'h', quiet: 'q', out: 'o' };

/** The letter that an option has beside its name. */
export function shortOf(name: string): string | undefined {
  return SHORT[name];
}

function tokensOf(words: readonly string[], options: OptionTable) {
  const config = Object.entries(options).map(([name, { kind }]) => {
    const short = shortOf(name);
    const type: 'boolean' | 'string' = kind === 'flag' || kind === 'optional' ? 'boolean' : 'string';
    return [name, short === undefined ? { type } : { type, short }] as const;
  });
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(config),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens;
}

/** The option's full name. Throws CLI_UNKNOWN_OPTION. */
function nameOf({ name, rawName }: OptionToken, options: OptionTable, command: string): string {
  if (Object.hasOwn(options, name)) return name;
  const near = nearest(name, Object.keys(options));
  throw cliError(
    'CLI_UNKNOWN_OPTION',
    `'${command}' has no option ${rawName}`,
    near === undefined
      ? { fix: `Type \`calldrill ${command} --help\` to see its options.` }
      : { fix: `Did you mean --${near}?` },
  );
}

function readOption(name: string, option: OptionTable[string], token: OptionToken, command: string): unknown {
  const fix = `Type \`calldrill ${command} --help\` to see what --${name} takes.`;
  if (option.kind === 'flag') {
    if (token.value === undefined) return true;
    throw cliError('CLI_OPTION_VALUE', `--${name} takes no value`, { fix });
  }
  const { takes } = option;
  const given = token.value;
  // node:util takes the next word for the value, whatever it is.
  const looksLikeOption = token.inlineValue !== true && given !== undefined && /^-./.test(given);
  if (given === undefined || looksLikeOption)
    throw cliError('CLI_OPTION_VALUE', `--${name} needs ${takes.expected}`, {
      fix: `Write --${name} <${takes.placeholder}>${looksLikeOption ? `, or --${name}=${given} if that is the value` : ''}.`,
    });
  const read = takes.read(given);
  if (read === undefined)
    throw cliError('CLI_OPTION_VALUE', `--${name} takes ${takes.expected}, not '${given}'`, { fix });
  return read;
}

function checkOperands(command: string, { placeholder, min, max }: Operands, found: readonly string[]): void {
  if (found.length >= min && found.length <= max) return;
  const usage = ['calldrill', command, placeholder].filter((part) => part !== '').join(' ');
  const detail =
    found.length < min
      ? `'${command}' needs ${placeholder}`
      : `'${command}' does not take '${found[max] ?? ''}'`;
  throw cliError('CLI_OPERANDS', detail, { fix: `Write: ${usage}` });
}
