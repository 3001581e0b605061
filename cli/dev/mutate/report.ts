/** What came of the mutants of a file: its score, and each mutant that nobody noticed. */
import { isMeant, type Equivalent } from './equivalent.ts';
import { SCORE_MIN } from './subjects.ts';
import type { Fate, TriedMutant } from './trial.ts';

/** What is printed of a file, and is its part of the JSON. */
export interface FileReport {
  readonly file: string;
  /** Percent of the mutants that are not equivalent, with one decimal, rounded down. */
  readonly score: number;
  readonly holds: boolean;
  readonly counts: Readonly<Record<Fate['is'], number>>;
  readonly seconds: number;
  readonly mutants: readonly ReportedMutant[];
  /** Entries of the list of equivalents that are of no mutant, or of one that a test kills. */
  readonly stale: readonly Equivalent[];
}

/** A mutant in plain data, with its place in the TypeScript. */
export interface ReportedMutant {
  readonly fate: Fate['is'];
  /** The test that killed it, or why it is equivalent. */
  readonly because: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly operator: string;
  readonly original: string;
  readonly replacement: string;
}

const UNNOTICED: ReadonlySet<Fate['is']> = new Set(['survived', 'not reached', 'not tried']);

/** Counts the fates of a file's mutants, and holds the list of equivalents against them. */
export function reportOf(
  file: string,
  tried: readonly TriedMutant[],
  equivalents: readonly Equivalent[],
  seconds: number,
): FileReport {
  const counts: Record<Fate['is'], number> = {
    killed: 0,
    'timed out': 0,
    survived: 0,
    'not reached': 0,
    'not tried': 0,
    equivalent: 0,
  };
  for (const { fate } of tried) counts[fate.is]++;
  const counted = tried.length - counts.equivalent;
  const noticed = counts.killed + counts['timed out'];
  const stale = equivalents.filter((listed) => {
    const meant = tried.filter(({ mutant }) => isMeant(listed, mutant));
    return meant.length === 0 || meant.some(({ fate }) => fate.is === 'killed' || fate.is === 'timed out');
  });
  return {
    file,
    score: counted === 0 ? 100 : Math.floor((noticed * 1000) / counted) / 10,
    holds: noticed * 100 >= SCORE_MIN * counted && stale.length === 0,
    counts,
    seconds,
    mutants: tried.map(({ mutant: { at, operator, original, replacement }, fate }) => ({
      fate: fate.is,
      because: fate.is === 'killed' ? fate.by : fate.is === 'equivalent' ? fate.reason : undefined,
      line: at.line,
      column: at.column,
      operator,
      original,
      replacement,
    })),
    stale,
  };
}

/** A line for the file, one for each mutant that was not noticed, one for each stale entry. */
export function linesOf(report: FileReport): readonly string[] {
  const { file, score, holds, counts, seconds, mutants, stale } = report;
  const details = Object.entries(counts).flatMap(([fate, n]) => (n > 0 ? [`${n} ${fate}`] : []));
  return [
    `${holds ? 'holds' : 'FAILS'} ${file}: ${score} % of ${mutants.length - counts.equivalent} mutants noticed (${details.join(', ')}) in ${seconds} s`,
    ...mutants
      .filter(({ fate }) => UNNOTICED.has(fate))
      .map(
        ({ fate, line, column, operator, original, replacement }) =>
          `  ${fate} ${file}:${line}:${column} ${operator}: ${original}  ->  ${replacement}`,
      ),
    ...stale.map(
      ({ line, original, replacement }) =>
        `  STALE in the list of equivalents: ${original}  ->  ${replacement}  in  ${line}`,
    ),
  ];
}
