/**
 * The line that runs the same scenario on real sockets again, as it is printed and put into reports. It is made from the table of the
 * command's options, so that none is forgotten; chance, and so the trace, is another one.
 */
import { quoted } from '../../devices/console/index.ts';
import type { Options, OptionTable } from '../command-line.ts';

/** Where the outcome goes and how much of it is told, which does not change it. */
const TOLD: ReadonlySet<string> = new Set(['out', 'wav', 'details', 'quiet']);

/** What the line is made from: the command's table of options, and what was given for each. */
export interface LiveLine<O extends OptionTable> {
  readonly command: 'live' | 'director';
  /** The scenario as it stood on the command line. */
  readonly word: string;
  readonly options: O;
  readonly given: Options<O>;
}

/** A line to paste into a shell; options that only say where results go or how they are shown are left out. */
export function liveLine<O extends OptionTable>({ command, word, options, given }: LiveLine<O>): string {
  const values = new Map<string, unknown>(Object.entries(given));
  const chosen = Object.entries(options).flatMap(([name, option]) =>
    TOLD.has(name) ? [] : wordsFor(name, option, values.get(name)),
  );
  const words = word.startsWith('-') ? [...chosen, '--', word] : [word, ...chosen];
  return ['calldrill', command, ...words.map(quoted)].join(' ');
}

function wordsFor(name: string, option: OptionTable[string], value: unknown): readonly string[] {
  if (option.kind === 'flag') return value === true ? [`--${name}`] : [];
  const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.flatMap((each) => {
    const text = option.takes.print?.(each) ?? String(each);
    // Only so is it not an option of its own.
    return text.startsWith('-') ? [`--${name}=${text}`] : [`--${name}`, text];
  });
}
