/** The tool: finds the command, hands it what it works with, and turns whatever happens into messages and an exit code. */
import { nearest } from '../devices/console/index.ts';
import { environmentErrorOf } from '../scenarios/host/index.ts';
import { TOOL } from '../scenarios/runs/index.ts';
import type { CliCommand } from './command.ts';
import { bundle } from './commands/bundle.ts';
import { check } from './commands/check.ts';
import { clauses } from './commands/clauses.ts';
import { compare } from './commands/compare.ts';
import { custody } from './commands/custody.ts';
import { device } from './commands/device.ts';
import { director } from './commands/director.ts';
import { history } from './commands/history.ts';
import { inspect } from './commands/inspect.ts';
import { keygen } from './commands/keygen.ts';
import { live } from './commands/live.ts';
import { list } from './commands/list.ts';
import { merge } from './commands/merge.ts';
import { pdf } from './commands/pdf.ts';
import { play } from './commands/play.ts';
import { queue } from './commands/queue.ts';
import { run } from './commands/run.ts';
import { show } from './commands/show.ts';
import { verify } from './commands/verify.ts';
import { worker } from './commands/worker.ts';
import { writeJson, type Context } from './context.ts';
import { errorJson, errorText } from './error-message.ts';
import { cliError } from './errors.ts';
import { EXIT, exitOfError, type ExitCode } from './exit-code.ts';
import { toolHelp } from './help.ts';
import { paletteOf } from '../reports/terminal/palette.ts';

const COMMANDS: readonly CliCommand[] = [
  run,
  play,
  live,
  director,
  device,
  list,
  show,
  check,
  clauses,
  inspect,
  merge,
  verify,
  compare,
  custody,
  history,
  pdf,
  worker,
  queue,
  bundle,
  keygen,
];

/** Runs one command line. Never throws: what goes wrong is told on standard error, and by the exit code. */
export async function calldrill(
  words: readonly string[],
  context: Context,
  { debug = false }: { readonly debug?: boolean } = {},
): Promise<ExitCode> {
  const [name = '', ...rest] = words;
  try {
    const exit = await carryOut(name, rest, context);
    await context.written();
    return exit;
  } catch (thrown) {
    const error = environmentErrorOf(thrown);
    const command = COMMANDS.find((each) => each.name === name);
    const exit = exitOfError(error, command?.errorExit ?? EXIT.usage);
    context.stderr.write(errorText(error, paletteOf(context.stderr.terminal.colour), debug));
    if (context.json) writeJson(context, { exitCode: exit, error: errorJson(error) });
    return exit;
  }
}

/** Throws CLI_NO_COMMAND, CLI_UNKNOWN_COMMAND, and what the command throws. */
async function carryOut(name: string, rest: readonly string[], context: Context): Promise<ExitCode> {
  const { stdout } = context;
  if (name === '--version') stdout.write(`${TOOL}\n`);
  else if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0))
    stdout.write(toolHelp(COMMANDS));
  else if (name === 'help') stdout.write(commandNamed(rest[0] ?? '').help);
  else return commandNamed(name).invoke(rest, context);
  return EXIT.pass;
}

/** Throws CLI_NO_COMMAND, CLI_UNKNOWN_COMMAND. */
function commandNamed(name: string): CliCommand {
  const command = COMMANDS.find((each) => each.name === name);
  if (command !== undefined) return command;
  if (name === '' || name.startsWith('-'))
    throw cliError(
      'CLI_NO_COMMAND',
      name === '' ? 'no command was given' : `${name} stands where a command should`,
    );
  const names = COMMANDS.map((each) => each.name);
  const near = nearest(name, names);
  throw cliError('CLI_UNKNOWN_COMMAND', `there is no command '${name}'`, {
    fix: near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean '${near}'?`,
  });
}
