/** `calldrill device`: one device as a process of its own, at the service of a director. */
import { statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { printable } from '../../reports/printable.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { loadAssets } from '../../scenarios/host/index.ts';
import {
  controlError,
  deviceTerminal,
  openToOthers,
  runDevice,
  type RemoteKind,
} from '../../scenarios/live/index.ts';
import { flag, text, value, type Options, type OptionTable, type Taken } from '../command-line.ts';
import { command } from '../command.ts';
import type { Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { address, LOOPBACK } from '../run/live-options.ts';

const TOKEN_OCTETS_MAX = 128;

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const endpoint: Taken<Endpoint> = {
  placeholder: 'address:port',
  expected: 'an IPv4 address and a port, such as 127.0.0.1:40000',
  read: (given) => {
    const [, host = '', digits = ''] = /^([\d.]+):(\d{1,5})$/.exec(given) ?? [];
    const port = Number(digits);
    return isIPv4(host) && port > 0 && port < 65_536 ? { host, port } : undefined;
  },
};

const OPTIONS = {
  director: value(endpoint, 'where the director is, as it prints it (required)'),
  token: value(text('file'), 'the file with the token that both ends know (required)'),
  exchange: value(text('folder'), 'where codes and discs lie that are carried to the device (required)'),
  bind: value(address, `the address that is this device's alone; ${LOOPBACK} when left out`),
  state: value(
    text('folder'),
    'where the device keeps its state; it forgets it with its process when left out',
  ),
  'no-console': flag('take no lines from standard input, and show nothing'),
} as const satisfies OptionTable;

/** Ends when its director says so or is gone; what it was told to be is known only from then on. */
export const device = command({
  name: 'device',
  summary: 'run one device as a process of its own, for a director',
  about: [
    'The device goes to its director, which says what it is to be, and lives on real sockets of this host until the director ends it or is gone. The director prints the line to type.',
    'Its console is in the terminal: help, completion and history as in play. Lines may come from a pipe. What is typed here is in the trace like the lines of the director.',
    "With --state a CRS keeps its accounts, packages, blocks and log, and a handset its flash storage, over a restart of the process. The folder and its files are their owner's alone.",
  ],
  operands: { placeholder: '<crs|handset> <name>', min: 2, max: 2 },
  options: OPTIONS,
  examples: [
    {
      line: 'calldrill device crs crs --director 127.0.0.1:40000 --token t --exchange x --state s',
      does: 'the CRS, with its state',
    },
    {
      line: 'calldrill device handset bob-phone --director 192.0.2.1:40000 --token t --exchange x',
      does: 'a phone, whose director is on another host',
    },
  ],
  errorExit: EXIT.inconclusive,
  run: (given, words, context) => deviceCommand(given, words, context),
});

async function deviceCommand(
  given: Options<typeof OPTIONS>,
  [kindWord = '', name = '']: readonly string[],
  context: Context,
): Promise<ExitCode> {
  const { director, token: tokenFile, exchange } = given;
  if (director === undefined || tokenFile === undefined || exchange === undefined)
    throw cliError('CLI_OPTION_VALUE', 'device needs --director, --token and --exchange', {
      fix: 'Type the line that the director prints.',
    });
  const open = statSync(tokenFile, { throwIfNoEntry: false })?.isFile() === true && openToOthers(tokenFile);
  if (typeof open === 'string')
    throw controlError('CONTROL_OPEN_TO_OTHERS', open, { where: { file: tokenFile } });
  const token = new TextDecoder().decode(await context.readInput(tokenFile, TOKEN_OCTETS_MAX)).trim();
  const assets = await loadAssets();
  return context.interruptible(async (signal) => {
    const terminal = given['no-console'] ? undefined : deviceTerminal(name, context.person.streams, shown);
    try {
      await runDevice({
        kind: kindOf(kindWord),
        name,
        director,
        token,
        exchange,
        bind: given.bind ?? LOOPBACK,
        state: given.state,
        assets,
        signal: terminal === undefined ? signal : AbortSignal.any([signal, terminal.signal]),
        ...(terminal === undefined ? {} : { onStarted: (started) => terminal.attach(started) }),
      });
      return EXIT.pass;
    } catch (thrown) {
      // Whoever types `quit` at the device ends it, as the director's end does.
      if (terminal?.signal.aborted === true && thrown === terminal.signal.reason && terminal.quit)
        return EXIT.pass;
      throw thrown;
    } finally {
      terminal?.close();
    }
  });
}

function kindOf(word: string): RemoteKind {
  if (word === 'crs' || word === 'handset') return word;
  throw cliError('CLI_OPERANDS', `'${word}' is no kind of device that can be a process`, {
    fix: 'There are: crs, handset.',
  });
}

/** Lines of a console, or a refusal, as they are shown. */
function shown(answer: readonly string[] | CalldrillError): string {
  if (answer instanceof CalldrillError)
    return `refused ${answer.code}: ${printable(answer.message)}\n  fix: ${printable(answer.fix)}\n`;
  return answer.map((line) => `${printable(line)}\n`).join('');
}
