/**
 * One figure of the bench, and the machine that absolute figures are told for. A time measured here says little elsewhere: it is
 * scaled by how long the textbook decapsulation takes here against {@link REFERENCE_MS}. Ratios and octets are what they are.
 */

/** Milliseconds of a textbook decapsulation on the machine that targets are told for. */
export const REFERENCE_MS = 129;

/** How a figure moves with the machine: a time shrinks on a faster one, a rate grows, the others stay. */
type FigureKind = 'time' | 'rate' | 'ratio' | 'octets';

/** The bound that is aimed at, for the scaled value. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** One number of the report, with what it means and what it is held beside. */
export interface Figure {
  /** Key in the JSON, and word of `--only`. */
  readonly name: string;
  readonly kind: FigureKind;
  readonly value: number;
  readonly unit: string;
  readonly about: string;
  /** What it is to be compared with. */
  readonly reference: string;
  /** None where the figure only informs. */
  readonly aim?: Aim;
}

/** What the value would be where the textbook decapsulation takes {@link REFERENCE_MS}; `textbookMs` is what it takes here. */
export function scaled({ kind, value }: Figure, textbookMs: number): number {
  const factor = REFERENCE_MS / textbookMs;
  if (kind === 'time') return value * factor;
  return kind === 'rate' ? value / factor : value;
}

/** Whether the scaled value is where it is to be; undefined without an aim. What could not be measured is not. */
export function isMet(figure: Figure, textbookMs: number): boolean | undefined {
  const { aim } = figure;
  if (aim === undefined) return undefined;
  const value = scaled(figure, textbookMs);
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

/** Four significant digits, thousands apart: as many as the JSON has, so that a near miss shows. */
export function printed(value: number): string {
  const rounded = Number(value.toPrecision(4));
  return String(rounded).replaceAll(/\B(?=(?:\d{3})+$)(?<!\.\d*)/g, ',');
}
