/**
 * The command line of a developers' script: `--help` prints its usage, and what it does not know is refused in one line, with exit
 * status 2, as calldrill itself does.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EXIT, type ExitCode } from '../exit-code.ts';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

type Values<O extends OptionTable> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

export interface Script<O extends OptionTable> {
  /** `fuzz`, as in `npm run fuzz`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly options: O;
  /** Behind `npm run <name> --`: `[--seed <text>]`. */
  readonly usage: string;
}

/** Either what was given, or what to say instead and how to end. */
export type Read<Given> =
  | { readonly given: Given }
  | { readonly exit: ExitCode; readonly to: 'stdout' | 'stderr'; readonly says: string };

export function readOptions<O extends OptionTable>(
  script: Script<O>,
  words: readonly string[],
): Read<Values<O>> {
  if (words.includes('--help') || words.includes('-h'))
    return { exit: EXIT.pass, to: 'stdout', says: `${script.summary}\n${usageOf(script)}\n` };
  try {
    return { given: parseArgs({ args: [...words], options: script.options }).values };
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    // The first sentence says what is wrong; the others are about Node.
    return refusal(script, thrown.message.replace(/[.\n][\s\S]*/, ''));
  }
}

/** For values that the table of options cannot refuse. */
export function refusal<O extends OptionTable>(script: Script<O>, what: string): Read<never> {
  return { exit: EXIT.usage, to: 'stderr', says: `error: ${what}; ${usageOf(script)}\n` };
}

function usageOf<O extends OptionTable>({ name, usage }: Script<O>): string {
  return `usage: npm run ${name}${usage === '' ? '' : ` -- ${usage}`}`;
}

/** What was given; undefined when it was told what to say, and the exit status is set. */
export function givenTo<Given>(host: NodeJS.Process, read: Read<Given>): Given | undefined {
  if ('given' in read) return read.given;
  host[read.to].write(read.says);
  host.exitCode = read.exit;
  return undefined;
}

/** The whole number that `text` is, when it is one from `least` to `most`. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
