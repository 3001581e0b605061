/**
 * A console: the one way to make a device or a person do something. A script, a trainee, a replay and the API all type
 * lines here; there is no other door. Each line, its answer and its refusal are events of the trace, and what the line
 * leads to has the line as its cause.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Trace } from '../../sim/trace.ts';
import { usageOf, type Command, type Parameter, type Reply } from './command.ts';
import { consoleError } from './errors.ts';
import { wordsOf, type Word } from './words.ts';

declare module '../../sim/trace.ts' {
  interface TraceEvents {
    /** Somebody typed a line. `on` is the console's owner. */
    'console.typed': { by: string; line: string };
    'console.answered': { lines: readonly string[] };
    'console.refused': { code: string; message: string };
  }
}

/** Whose console it is, what it shows and which lines it takes. */
export interface ConsoleOptions {
  /** The device or person it belongs to: `crs`, `alice-phone`, `alice`. */
  readonly owner: string;
  /** What it is, for the head of its help: `Rendezvous server`. */
  readonly title: string;
  /** A function where they are made when somebody first types: in most forks of a world nobody touches most of its devices. */
  readonly commands: readonly Command[] | (() => readonly Command[]);
  /** What its display shows now. */
  screen(): readonly string[];
  readonly trace: Trace;
}

/** Reads lines into commands and runs them; each line is traced with its answer or refusal. */
export class Console {
  readonly owner: string;
  readonly title: string;
  readonly #options: ConsoleOptions;
  /** Of others that are one with it. */
  readonly #further: Console[] = [];
  #made: Map<string, Command> | undefined;

  constructor(options: ConsoleOptions) {
    this.owner = options.owner;
    this.title = options.title;
    this.#options = options;
  }

  get #commands(): Map<string, Command> {
    if (this.#made !== undefined) return this.#made;
    const { commands } = this.#options;
    const made = new Map(
      (typeof commands === 'function' ? commands() : commands).map((each) => [each.name, each]),
    );
    for (const each of this.#further.flatMap((other) => other.commands))
      if (!made.has(each.name)) made.set(each.name, each);
    this.#made = made;
    return made;
  }

  get #trace(): Trace {
    return this.#options.trace;
  }

  /** Gives it the commands of another one; those it has stay as they are. */
  add(other: Console): void {
    this.#further.push(other);
    this.#made = undefined;
  }

  get commands(): readonly Command[] {
    return [...this.#commands.values()];
  }

  screen(): readonly string[] {
    return this.#options.screen();
  }

  /** The command that a line names, or undefined (`help` and unknown ones). */
  commandOf(line: string): Command | undefined {
    return this.#commands.get(wordsOf(line)[0]?.text ?? '');
  }

  /** Types a line. Throws CONSOLE_* for a line that cannot be read, or the device's own error for one it refuses. */
  type(line: string, by: string): Reply {
    const typed = this.#trace.append('console.typed', this.owner, { by, line });
    return this.#trace.because(typed, () => {
      try {
        const lines = this.#run(line, by);
        this.#trace.append('console.answered', this.owner, { lines });
        return lines;
      } catch (error) {
        if (!(error instanceof CalldrillError)) throw error;
        this.#trace.append('console.refused', this.owner, { code: error.code, message: error.message });
        throw error;
      }
    });
  }

  /** Checks that a line can be read, without typing it. Throws what {@link type} would for its form. */
  check(line: string): void {
    const [name, ...words] = wordsOf(line);
    if (name === undefined) throw consoleError('CONSOLE_EMPTY', 'the line is empty');
    if (name.text === 'help') return;
    valuesOf(this.#find(name), words);
  }

  /** Lines of help: all commands, or the one named. */
  help(name?: string): Reply {
    if (name !== undefined) {
      const command = this.#find({ text: name, column: 1, quoted: false });
      return [
        usageOf(command),
        `  ${command.summary}.`,
        ...Object.entries(command.parameters).map(([each, parameter]) => `  ${each}: ${parameter.about}`),
        ...command.examples.map((example) => `  e.g. ${example}`),
      ];
    }
    const usages = this.commands.map((command) => ({ usage: usageOf(command), summary: command.summary }));
    const width = Math.min(44, Math.max(4, ...usages.map(({ usage }) => usage.length)));
    return [
      `${this.title} (${this.owner})`,
      ...usages.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
      `  ${'help [command]'.padEnd(width)}  Show the commands, or one of them in full`,
    ];
  }

  /** What the last word of an unfinished line could become. */
  complete(line: string): readonly string[] {
    const last = /\S*$/.exec(line)?.[0] ?? '';
    const before = line.slice(0, line.length - last.length).trim();
    if (before === '') return startingWith(last, [...this.#commands.keys(), 'help']);
    const command = this.#commands.get(before.split(/\s+/)[0] ?? '');
    if (before === 'help') return startingWith(last, [...this.#commands.keys()]);
    if (command === undefined) return [];
    const offers = Object.entries(command.parameters).flatMap(([name, parameter]) => {
      if (parameter.place === 'option' || parameter.place === 'flag') {
        const takesValue = parameter.place === 'option' && before.endsWith(` --${name}`);
        return takesValue ? (parameter.kind.offers?.() ?? []) : [`--${name}`];
      }
      return parameter.kind.offers?.() ?? [];
    });
    return startingWith(last, offers);
  }

  #run(line: string, by: string): Reply {
    const [name, ...words] = wordsOf(line);
    if (name === undefined) throw consoleError('CONSOLE_EMPTY', 'the line is empty');
    if (name.text === 'help') return this.help(words[0]?.text);
    const command = this.#find(name);
    return command.run(valuesOf(command, words), by);
  }

  #find(name: Word): Command {
    const command = this.#commands.get(name.text);
    if (command !== undefined) return command;
    const near = nearest(name.text, [...this.#commands.keys(), 'help']);
    throw consoleError('CONSOLE_UNKNOWN_COMMAND', `${this.owner} has no command '${name.text}'`, {
      where: { device: this.owner, column: name.column },
      ...(near === undefined
        ? {}
        : { fix: `Did you mean '${near}'? Type \`help\` to see the commands of ${this.owner}.` }),
    });
  }
}

/** Reads a command's words into the values of its parameters. */
function valuesOf(command: Command, words: readonly Word[]): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  const loose: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.quoted || !word.text.startsWith('--')) {
      loose.push(word);
      continue;
    }
    const name = word.text.slice(2);
    const parameter = command.parameters[name];
    if (parameter?.place === 'flag') {
      values[name] = true;
      continue;
    }
    if (parameter?.place !== 'option') {
      throw consoleError('CONSOLE_UNKNOWN_OPTION', `'${command.name}' has no option '${word.text}'`, {
        where: { column: word.column },
      });
    }
    const value = words[++at];
    if (value === undefined) throw missing(command, `--${name} takes ${parameter.kind.wants}`);
    values[name] = read(command, name, parameter, value);
  }
  for (const [name, parameter] of Object.entries(command.parameters)) {
    switch (parameter.place) {
      case 'positional':
      case 'optional': {
        const word = loose.shift();
        if (word !== undefined) values[name] = read(command, name, parameter, word);
        else if (parameter.place === 'positional')
          throw missing(command, `it needs <${name}>, ${parameter.kind.wants}`);
        break;
      }
      case 'rest':
        if (loose.length === 0) throw missing(command, `it needs <${name}>, ${parameter.kind.wants}`);
        values[name] = read(command, name, parameter, joined(loose.splice(0)));
        break;
      case 'flag':
        values[name] ??= false;
        break;
      case 'option':
        break;
    }
  }
  const extra = loose[0];
  if (extra !== undefined) {
    throw consoleError('CONSOLE_TOO_MANY', `'${extra.text}' is one word too many for: ${usageOf(command)}`, {
      where: { column: extra.column },
    });
  }
  return values;
}

/** Words as one, at the place of the first. */
function joined(words: readonly Word[]): Word {
  return { text: words.map(({ text }) => text).join(' '), column: words[0]?.column ?? 1, quoted: false };
}

function read(
  command: Command,
  name: string,
  parameter: Exclude<Parameter, { place: 'flag' }>,
  word: Word,
): unknown {
  const value = parameter.kind.read(word.text);
  if (value !== undefined) return value;
  throw consoleError(
    'CONSOLE_VALUE',
    `'${word.text}' cannot be the ${name} of '${command.name}': expected ${parameter.kind.wants}`,
    {
      where: { column: word.column },
    },
  );
}

function missing(command: Command, detail: string): CalldrillError {
  return consoleError('CONSOLE_MISSING', `'${command.name}': ${detail}`, {
    fix: `The form is: ${usageOf(command)}`,
  });
}

function startingWith(prefix: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => word.startsWith(prefix));
}

/** The word that is one or two edits away, if any (Damerau-Levenshtein, transposed neighbours count once). */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.ceil(word.length / 2) + 1);
  for (const each of words) {
    const distance = editDistance(word, each);
    if (distance < bestDistance) {
      best = each;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let distance = Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, at(rows, i - 2, j - 2) + 1);
      row.push(distance);
    }
    rows.push(row);
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
