/** The line that runs the same again, as it is printed and put into reports. It can be pasted into a shell. */
import { cliError } from '../errors.ts';
import { quoted, wordsOf } from '../../devices/console/index.ts';
import type { Assignment } from '../parameters.ts';

/** What of a command line decides the outcome. */
export interface Replayed {
  readonly scenarios: readonly string[];
  readonly variants: readonly string[];
  readonly grep: string | undefined;
  readonly parameters: readonly Assignment[];
  /** The path of the deployment file, and the day that is asked about. */
  readonly deployment?: string | undefined;
  readonly asOf?: string | undefined;
  readonly plant: string | undefined;
  /** False makes no probe. */
  readonly probes: boolean;
  /** The seeds: `--seed 42 --key-seed 42`, or a range of them, as words. */
  readonly seeds: readonly string[];
}

/** A `calldrill run` line, quoted where a shell needs it; the options that do not change a verdict are left out. */
export function replayLine({
  scenarios,
  variants,
  grep,
  parameters,
  deployment,
  asOf,
  plant,
  probes,
  seeds,
}: Replayed): string {
  const words = [
    ...scenarios,
    ...variants.flatMap((name) => ['--variant', name]),
    ...(grep === undefined ? [] : [`--grep=${grep}`]),
    ...(deployment === undefined ? [] : ['--deployment', deployment]),
    ...(asOf === undefined ? [] : ['--as-of', asOf]),
    ...parameters.flatMap(({ name, text }) => ['--param', `${name}=${text}`]),
    ...(plant === undefined ? [] : ['--plant', plant]),
    ...(probes ? [] : ['--no-probes']),
    ...seeds,
  ];
  return ['calldrill', 'run', ...words.map(quoted)].join(' ');
}

/** The words behind `calldrill run`. Throws CLI_REPLAY for any other line, CONSOLE_QUOTE, CONSOLE_LINE_TOO_LONG. */
export function replayedWords(line: string): readonly string[] {
  if (line.includes('\n')) throw cliError('CLI_REPLAY', 'it is of a suite that was joined from several runs');
  const [tool, command, ...words] = wordsOf(line).map(({ text }) => text);
  if (tool !== 'calldrill' || command !== 'run')
    throw cliError('CLI_REPLAY', `'${line.slice(0, 80)}' is not a line of calldrill run`);
  return words;
}
