/**
 * The matrix of a scenario: each path by which something was lost in any of its runs, by each run, with the time that it was open. An empty cell is not
 * a refusal: only what the very same probe was refused says so.
 */
import type { ScenarioResult, VariantResult } from '../scenarios/evidence/model.ts';
import {
  attackPathsOf,
  longestFirst,
  untouchedIn,
  type OpenPath,
  type PlacedBar,
  type Untouched,
} from './conclusion/open-path.ts';
import { isByTheBook } from './conclusion/by-the-book.ts';

/** What a run says of a path. */
export type MatrixCell =
  /** The longest exposure by it. */
  | { readonly kind: 'exposed'; readonly longest: PlacedBar }
  /** A probe that succeeded in another run was refused; or it was to be tried, and nothing is to be believed of it; or nobody tried it. */
  | { readonly kind: Untouched };

/** A path with a cell for each run. */
export interface PathRow {
  readonly path: OpenPath;
  readonly cells: readonly MatrixCell[];
}

/** Runs by the book first; the paths that are open for longest in one of these first. */
export interface ExposureMatrix {
  readonly variants: readonly VariantResult[];
  readonly rows: readonly PathRow[];
}

/** Of the runs that were made. */
export function matrixOf(scenario: ScenarioResult): ExposureMatrix {
  const variants = scenario.variants.toSorted((a, b) => Number(isByTheBook(b)) - Number(isByTheBook(a)));
  const rows = attackPathsOf(scenario, variants)
    .toSorted((a, b) => byBook(b) - byBook(a) || longestOfAll(a, b))
    .map((path) => ({ path, cells: variants.map((variant) => cellOf(path, variant)) }));
  return { variants, rows };
}

/** Whether it was open in a run by the book. */
function byBook({ bars }: OpenPath): number {
  return Number(bars.some(({ variant }) => isByTheBook(variant)));
}

function longestOfAll(a: OpenPath, b: OpenPath): number {
  const [[one], [other]] = [a.bars.toSorted(longestFirst), b.bars.toSorted(longestFirst)];
  return one === undefined || other === undefined ? 0 : longestFirst(one, other);
}

function cellOf(path: OpenPath, variant: VariantResult): MatrixCell {
  const [longest] = path.bars.filter((placed) => placed.variant === variant).sort(longestFirst);
  return longest === undefined ? { kind: untouchedIn(path, variant) } : { kind: 'exposed', longest };
}
