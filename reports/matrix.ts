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

/** What a run with an error opened, beside what the runs by the book come to. */
export interface PathBesideBook extends PathRow {
  /** The worst of the runs by the book. */
  readonly book: MatrixCell;
}

/** The matrix in two: the runs by the book, and those with an error. */
export interface SplitMatrix {
  readonly book: ExposureMatrix;
  readonly errors: { readonly variants: readonly VariantResult[]; readonly rows: readonly PathBesideBook[] };
}

/** Rows that say nothing of a part are left out of it: nothing was tried by that path in any of its runs. */
export function splitMatrix({ variants, rows }: ExposureMatrix): SplitMatrix {
  const count = variants.filter(isByTheBook).length;
  const part = (from: number, to?: number) =>
    rows
      .map(({ path, cells }) => ({
        path,
        cells: cells.slice(from, to),
        book: worstOf(cells.slice(0, count)),
      }))
      .filter(({ cells }) => cells.some(({ kind }) => kind !== 'not-tried'));
  return {
    book: {
      variants: variants.slice(0, count),
      rows: part(0, count).map(({ path, cells }) => ({ path, cells })),
    },
    errors: { variants: variants.slice(count), rows: part(count) },
  };
}

/** The longest exposure; without any what is less sure than a refusal. */
function worstOf(cells: readonly MatrixCell[]): MatrixCell {
  const exposed = cells.flatMap((cell) => (cell.kind === 'exposed' ? [cell] : []));
  const [worst] = exposed.sort((a, b) => longestFirst(a.longest, b.longest));
  if (worst !== undefined) return worst;
  const kinds = ['not-known', 'refused'] as const;
  return { kind: kinds.find((kind) => cells.some((cell) => cell.kind === kind)) ?? 'not-tried' };
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
