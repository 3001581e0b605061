/** What a command is: its table of options, its examples, and the function that does it. */
import { flag, parseCommandLine, type Operands, type OptionTable, type Options } from './command-line.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { commandHelp, type Example } from './help.ts';

/** Options of every command. The colour and JSON ones are looked at before the rest, so that errors follow them too. */
const COMMON = {
  json: flag('print one JSON object on standard output'),
  color: flag('use colour, whatever standard output is'),
  'no-color': flag('use no colour (so does the environment variable NO_COLOR)'),
  help: flag('print this help'),
} as const satisfies OptionTable;

/** What a file of `commands/` states of its command; options and operands come to `run` parsed and typed. */
export interface CommandSpec<O extends OptionTable> {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What else there is to know, in paragraphs. */
  readonly about: readonly string[];
  readonly operands: Operands;
  readonly options: O;
  readonly examples: readonly [Example, ...Example[]];
  /** The exit code of typed errors of what the command works on. */
  readonly errorExit: ExitCode;
  /** `words` are those of the line as it was typed, without the name of the command. */
  run(
    given: Options<O>,
    operands: readonly string[],
    context: Context,
    words: readonly string[],
  ): Promise<ExitCode>;
}

/** A command as the program has it: its option types hidden, its help made. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  readonly errorExit: ExitCode;
  readonly help: string;
  /** Throws the CLI_ codes of a command line that cannot be used, and what the command throws. */
  invoke(words: readonly string[], context: Context): Promise<ExitCode>;
}

/** Adds the options that every command has, and answers `--help` by itself before anything else is parsed. */
export function command<O extends OptionTable>(spec: CommandSpec<O>): CliCommand {
  const options = { ...spec.options, ...COMMON };
  const help = commandHelp({ ...spec, options });
  return {
    name: spec.name,
    summary: spec.summary,
    errorExit: spec.errorExit,
    help,
    async invoke(words, context) {
      // Help helps, whatever else is wrong with the line.
      if (asksForHelp(words)) {
        context.stdout.write(help);
        return EXIT.pass;
      }
      const { operands } = spec;
      const parsed = parseCommandLine(words, { command: spec.name, options, operands });
      return spec.run(parsed.options, parsed.operands, context, words);
    },
  };
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}
