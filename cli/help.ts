/** Help, made from the tables that the command line is parsed with: what is not in a table is not in the help. */
import { shortOf, type Operands, type OptionTable } from './command-line.ts';
import { EXIT_MEANINGS } from './exit-code.ts';
import { columnsOf, paragraphOf } from '../reports/terminal/table.ts';

const WIDTH = 100;

/** A command line as a person types it, and in a few words what comes of it. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

interface CommandHelp {
  readonly name: string;
  readonly summary: string;
  readonly about: readonly string[];
  readonly operands: Operands;
  readonly options: OptionTable;
  readonly examples: readonly Example[];
}

/** The help of one command as it is printed: usage, paragraphs, options, examples, folded at 100 columns. */
export function commandHelp({ name, summary, about, operands, options, examples }: CommandHelp): string {
  const usage = ['calldrill', name, '[options]', operands.placeholder].filter((part) => part !== '');
  return [
    `${sentence(summary)}\n`,
    section('Usage', `  ${usage.join(' ')}\n`),
    ...about.map((paragraph) => `\n${paragraphOf(paragraph, WIDTH)}`),
    section('Options', columnsOf(Object.entries(options).map(optionRow), WIDTH)),
    section(
      'Examples',
      columnsOf(
        examples.map(({ line, does }) => [line, does]),
        WIDTH,
      ),
    ),
  ].join('');
}

/** What `calldrill --help` prints: every command in a line, the general options, examples and exit codes. */
export function toolHelp(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  return [
    paragraphOf(
      'calldrill drills the security procedures of a MIKEY-SAKKE secure-voice system on emulated devices and a simulated network, with real cryptography.',
      WIDTH,
    ),
    section('Usage', '  calldrill <command> [options]\n'),
    section(
      'Commands',
      columnsOf(
        commands.map(({ name, summary }) => [name, summary]),
        WIDTH,
      ),
    ),
    section(
      'Options',
      columnsOf(
        [
          ['-h, --help', 'print this help; behind a command, the help of that command'],
          ['--version', 'print the version'],
        ],
        WIDTH,
      ),
    ),
    section(
      'Examples',
      columnsOf(
        [
          ['calldrill run', 'run every shipped scenario and write results/'],
          ['calldrill run baseline-call --seed 42', 'run one scenario under one seed'],
          ['calldrill check mine.yaml', 'look for mistakes in a scenario file'],
          ['calldrill inspect mikey message.txt', 'take a key message apart'],
        ],
        WIDTH,
      ),
    ),
    section(
      'Exit codes',
      columnsOf(
        EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning]),
        WIDTH,
      ),
    ),
  ].join('');
}

function section(title: string, body: string): string {
  return `\n${title}\n${body}`;
}

function optionRow([name, option]: readonly [string, OptionTable[string]]): readonly [string, string] {
  const short = shortOf(name);
  const names = `${short === undefined ? '' : `-${short}, `}--${name}`;
  if (option.kind === 'flag') return [names, option.summary];
  if (option.kind === 'optional') return [`${names} [${option.takes.placeholder}]`, option.summary];
  const again = option.kind === 'values' ? ' (may be repeated)' : '';
  return [`${names} <${option.takes.placeholder}>`, `${option.summary}${again}`];
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
