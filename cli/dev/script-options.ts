/**
 * The command line of a developers' script: `--help` prints its usage, and what it does not know is refused in one line, with exit
 * status 2, as calldrill itself does.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EXIT, type ExitCode } from '../exit-code.ts';

type ScriptOptionTable = NonNullable<ParseArgsConfig['options']>;

type Values<O extends ScriptOptionTable> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/** What a script says of itself; usage, refusals and parsing are made from it. */
export interface Script<O extends ScriptOptionTable> {
  /** `fuzz`, as in `npm run fuzz`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly options: O;
  /** Behind `npm run <name> --`: `[--seed <text>]`. */
  readonly usage: string;
}

/** Either what was given, or what to say instead and how to end. */
export type ReadOptions<Given> =
  | { readonly given: Given }
  | { readonly exit: ExitCode; readonly to: 'stdout' | 'stderr'; readonly says: string };

/** Never ends the process: for `--help` and for words it does not know it returns what to print and the exit status. */
export function readOptions<O extends ScriptOptionTable>(
  script: Script<O>,
  words: readonly string[],
): ReadOptions<Values<O>> {
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
export function refusal<O extends ScriptOptionTable>(script: Script<O>, what: string): ReadOptions<never> {
  return { exit: EXIT.usage, to: 'stderr', says: `error: ${what}; ${usageOf(script)}\n` };
}

function usageOf<O extends ScriptOptionTable>({ name, usage }: Script<O>): string {
  return `usage: npm run ${name}${usage === '' ? '' : ` -- ${usage}`}`;
}

/** What was given; undefined when it was told what to say, and the exit status is set. */
export function givenTo<Given>(host: NodeJS.Process, read: ReadOptions<Given>): Given | undefined {
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
