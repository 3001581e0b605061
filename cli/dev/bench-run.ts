/** Measures what was asked for, with the yardstick around and between: a machine that is slower for a while is so for both. */
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

/** The figures with these names, in the order of the catalogue; only benches that give one of them are measured. */
export function measuredBy(
  bed: TestBed,
  names: readonly string[] = FIGURE_NAMES,
  benches: readonly DeclaredBench[] = BENCHES,
): Pick<BenchReport, 'figures' | 'textbookDecapsulateMs'> {
  const wanted = benches.filter((bench) => bench.names.some((name) => names.includes(name)));
  const decapsulate = textbookYardstick(bed.now);
  const yardstick: number[] = [];
  const gauge = (): void => {
    for (let turn = 0; turn < DECAPSULATIONS; turn++) yardstick.push(decapsulate());
  };
  // The engine is to have compiled the textbook.
  gauge();
  yardstick.length = 0;
  gauge();
  const figures: Figure[] = [];
  for (const [index, bench] of wanted.entries()) {
    bed.tell(`${bench.what} (${index + 1} of ${wanted.length})`);
    figures.push(...bench.measure(bed).filter(({ name }) => names.includes(name)));
    gauge();
  }
  yardstick.sort((a, b) => a - b);
  return { figures, textbookDecapsulateMs: yardstick[yardstick.length >> 1] ?? Number.NaN };
}
