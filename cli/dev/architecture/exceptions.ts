/**
 * Checks that measure, with the rows that may be above the limit for now or for good. A table of rows may only shrink: what is
 * above its row fails, and so does a row that nothing needs any more.
 */
import type { SourceFile } from '../source-tree.ts';
import type { Check, Violation } from './check.ts';

/** What one row allows, and why it is right there. */
export interface Exception {
  readonly most: number;
  readonly why: string;
}

/** By what is measured: a path, or a path and a name in it. */
export type Exceptions = Readonly<Record<string, Exception>>;

/** Something that was measured in a file, with the limit that holds where no row says more. */
export interface Measured {
  readonly path: string;
  readonly line: number;
  /** Of the row that may allow more. */
  readonly row: string;
  readonly amount: number;
  readonly limit: number;
  /** What it is, and what to do instead; follows the number. */
  readonly what: string;
}

/** What a measuring check is made of. */
export interface Measuring {
  readonly name: string;
  readonly exceptions: Exceptions;
  readonly measure: (files: readonly SourceFile[], all: readonly SourceFile[]) => readonly Measured[];
  readonly canaries: readonly SourceFile[];
}

/** The check that holds what is measured to its limit or its row, and its rows to what is still needed. */
export function measuringCheck({ name, exceptions, measure, canaries }: Measuring): Check {
  return {
    name,
    canaries,
    violations: (files, all) =>
      measure(files, all).flatMap(({ path, line, row, amount, limit, what }): readonly Violation[] => {
        const most = exceptions[row]?.most ?? limit;
        return amount > most ? [{ path, line, what: `${amount} ${what}, more than ${most}` }] : [];
      }),
    idle: (files) => {
      const highest = new Map<string, number>();
      for (const { row, amount, limit } of measure(files, files))
        if (amount > limit) highest.set(row, Math.max(amount, highest.get(row) ?? 0));
      return Object.entries(exceptions).flatMap(([row, { most }]) => {
        const needed = highest.get(row);
        if (needed === undefined) return [row];
        return needed < most ? [`${row}: ${needed} is enough`] : [];
      });
    },
  };
}
