/** Measures what was asked for, with the yardstick around each bench: a machine that is slower for a while is so for both. */
import { textbookYardstick } from '../../network/mikey/sakke.bench.ts';
import { BENCHES } from './bench-catalogue.ts';
import type { DeclaredBench, TestBed } from './bench-declared.ts';
import type { Figure } from './bench-figure.ts';
import type { BenchReport } from './bench-report.ts';

/** The yardstick by its name in the report: it is always measured, and may be asked for alone. */
const YARDSTICK = 'textbookDecapsulateMs';
/** Decapsulations before and after each bench. */
const DECAPSULATIONS = 3;

/** Words that `--only` knows. */
export const FIGURE_NAMES: readonly string[] = [YARDSTICK, ...BENCHES.flatMap(({ names }) => names)];

/** The names in a list that is separated by commas; undefined when one is not known. */
export function chosenNames(list: string): readonly string[] | undefined {
  const names = list.split(',').map((name) => name.trim());
  return names.every((name) => FIGURE_NAMES.includes(name)) ? names : undefined;
}

/** What was measured in one process. */
export interface BenchedFigures {
  readonly figures: readonly Figure[];
  /** Milliseconds of each decapsulation of the textbook. */
  readonly yardstick: readonly number[];
}

/** The names of the figures of each bench that gives one of these; one list of the yardstick alone when no bench does. */
export function sharesOf(names: readonly string[] = FIGURE_NAMES): readonly (readonly string[])[] {
  const shares = BENCHES.map((bench) => bench.names.filter((name) => names.includes(name)));
  const wanted = shares.filter((share) => share.length > 0);
  return wanted.length > 0 ? wanted : [[YARDSTICK]];
}

/** The figures with these names, in the order of the catalogue; only benches that give one of them are measured. */
export function measuredBy(
  bed: TestBed,
  names: readonly string[],
  benches: readonly DeclaredBench[] = BENCHES,
): BenchedFigures {
  const decapsulate = textbookYardstick(bed.now);
  const gauged = (): readonly number[] => Array.from({ length: DECAPSULATIONS }, () => decapsulate());
  // The engine is to have compiled the textbook.
  gauged();
  const yardstick = [...gauged()];
  const figures: Figure[] = [];
  for (const bench of benches.filter((each) => each.names.some((name) => names.includes(name)))) {
    bed.tell(bench.what);
    figures.push(...bench.measure(bed).filter(({ name }) => names.includes(name)));
    yardstick.push(...gauged());
  }
  return { figures, yardstick };
}

/** What several processes measured, as one. */
export function pooled(
  parts: readonly BenchedFigures[],
): Pick<BenchReport, 'figures' | 'textbookDecapsulateMs'> {
  const yardstick = parts.flatMap((part) => part.yardstick).sort((a, b) => a - b);
  return {
    figures: parts.flatMap(({ figures }) => figures),
    textbookDecapsulateMs: yardstick[yardstick.length >> 1] ?? Number.NaN,
  };
}
