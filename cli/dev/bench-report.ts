/**
 * What the benches measured, for a person and for a machine: each figure as measured and as scaled, its target and whether it is met.
 * Nothing here judges a build.
 */
import { alignedRows } from '../../reports/terminal/table.ts';
import { isMet, printed, REFERENCE_MS, scaled, type Figure } from './bench-figure.ts';

/** Where the figures were measured: absolute times are worth something only beside it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

/** The figures of one run, and the yardstick that was measured in it. */
export interface BenchReport {
  readonly figures: readonly Figure[];
  /** Milliseconds of a textbook decapsulation, between and around the benches. */
  readonly textbookDecapsulateMs: number;
  /** SHA-256 of the source of the textbook: figures can be compared only where it is the same. */
  readonly textbookSha256: string;
  readonly machine: Machine;
}

const SCALE =
  `times are CPU times; scaled is for a machine on which the textbook decapsulation takes ${REFERENCE_MS} ms: ` +
  `a time is multiplied by ${REFERENCE_MS} / textbookDecapsulateMs, a rate divided by it, a ratio or a size left as it is`;

/** One object: each figure by its name as measured, then the scaled values, the targets, and the machine. */
export function jsonOf({ figures, textbookDecapsulateMs, textbookSha256, machine }: BenchReport): string {
  const byName = (valueOf: (figure: Figure) => unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(figures.map((figure) => [figure.name, valueOf(figure)]));
  const aims = figures.flatMap((figure) =>
    figure.aim === undefined
      ? []
      : [[figure.name, { ...figure.aim, met: isMet(figure, textbookDecapsulateMs) }] as const],
  );
  const report = {
    ...byName(({ value }) => digits(value)),
    textbookDecapsulateMs: digits(textbookDecapsulateMs),
    textbookSha256,
    scale: { textbookDecapsulateMs: REFERENCE_MS, about: SCALE },
    scaled: byName((figure) => digits(scaled(figure, textbookDecapsulateMs))),
    targets: Object.fromEntries(aims),
    machine,
  };
  return JSON.stringify(report, null, 2);
}

/** What the numbers are of, then a line for each figure: measured, scaled, target if it has one, reference. */
export function tableOf({
  figures,
  textbookDecapsulateMs,
  textbookSha256,
  machine,
}: BenchReport): readonly string[] {
  const rows = figures.map((figure) => [
    figure.name,
    `${printed(figure.value)} ${figure.unit}`,
    `${printed(scaled(figure, textbookDecapsulateMs))} ${figure.unit}`,
    standing(figure, textbookDecapsulateMs),
    `${figure.about}; ${figure.reference}`,
  ]);
  return [
    `${machine.cpu}, ${machine.cores} cores (one used), Node ${machine.node}`,
    `textbookDecapsulateMs: ${printed(textbookDecapsulateMs)}; textbook ${textbookSha256}`,
    SCALE,
    '',
    ...alignedRows([['', 'measured', 'scaled', 'target', ''], ...rows], ['left', 'right', 'right']),
  ];
}

function standing(figure: Figure, textbookMs: number): string {
  const { aim } = figure;
  if (aim === undefined) return '';
  const bound = 'atMost' in aim ? `<= ${printed(aim.atMost)}` : `>= ${printed(aim.atLeast)}`;
  return `${bound} ${isMet(figure, textbookMs) === true ? 'met' : 'not met'}`;
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}
