/**
 * The one error a user meets. An error is for what a user or a peer can cause: it has a stable code, says where,
 * and says what to do about it. What cannot happen is an assertion instead (`assert`).
 *
 * Each room declares its own table of codes and makes its errors through {@link errorsOf}, so a code that is not in a
 * table does not compile, and `docs/errors.md` is generated from the tables.
 */

/** Where an error was met. Only the parts that are known are given. */
export interface Where {
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** 1-based column in `file`. */
  readonly column?: number;
  /** 0-based octet offset in a packet, image or stored record. */
  readonly offset?: number;
  /** Virtual time in microseconds since the run began. */
  readonly time?: number;
  readonly device?: string;
  readonly clause?: string;
}

/** One row of the table of codes: what it means and what the user can do. */
export interface CodeEntry {
  readonly summary: string;
  readonly fix: string;
}

/** The codes of a folder, each with its meaning and remedy; `docs/errors.md` is made from all of them. */
export type CodeTable = Readonly<Record<string, CodeEntry>>;

/** What is known of an error beside its code and message. */
export interface ErrorOptions {
  readonly where?: Where;
  /** Replaces the table's general advice when something more specific is known. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** An error that a user or a peer can cause: stable code, message, place, and what to do. Nothing else is thrown to say so. */
export class CalldrillError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly where: Where;
  readonly fix: string;

  constructor(code: Code, message: string, fix: string, options: Omit<ErrorOptions, 'fix'> = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CalldrillError';
    this.code = code;
    this.where = options.where ?? {};
    this.fix = fix;
  }

  /** The same error, met at a place that is known better now. */
  at(where: Where): CalldrillError<Code> {
    return new CalldrillError(this.code, this.message, this.fix, {
      where: { ...this.where, ...where },
      cause: this.cause,
    });
  }
}

/** Makes errors whose codes are keys of `table`. */
export type ErrorFactory<T extends CodeTable> = <Code extends keyof T & string>(
  code: Code,
  detail: string,
  options?: ErrorOptions,
) => CalldrillError<Code>;

/** The function that makes errors with the codes of `table`, and takes the advice from there unless it is given better. */
export function errorsOf<T extends CodeTable>(table: T): ErrorFactory<T> {
  return (code, detail, options = {}) => {
    const entry = table[code];
    assert(entry !== undefined, `error code ${code} is in its table`);
    return new CalldrillError(code, detail, options.fix ?? entry.fix, options);
  };
}

/** `file:line:column`, `device`, `octet n` and so on: the part of a message that points. Empty when nothing is known. */
export function placeOf(where: Where): string {
  const parts: string[] = [];
  if (where.file !== undefined) {
    const position = [where.line, where.column].filter((n) => n !== undefined).join(':');
    parts.push(position === '' ? where.file : `${where.file}:${position}`);
  }
  if (where.device !== undefined) parts.push(where.device);
  if (where.time !== undefined) parts.push(`t=${(where.time / 1e6).toFixed(6)}s`);
  if (where.offset !== undefined) parts.push(`octet ${where.offset}`);
  if (where.clause !== undefined) parts.push(where.clause);
  return parts.join(', ');
}

/** States what must hold. A failure is a defect of calldrill, never of its user. */
export function assert(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${statement}`);
}
