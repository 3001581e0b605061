/** Tables and paragraphs as text for a terminal. Cells are printable; colour is laid on afterwards. */
import { columnFor, cut, padded, widthOf, wrapped } from './columns.ts';

const GAP = 2;
const INDENT = 2;
/** A last column narrower than this is not folded: it would be a ribbon. */
const LAST_MIN = 24;

type Alignment = 'left' | 'right';

/**
 * Rows whose cells stand below each other. What is not said of a column by its number is aligned to the left; `widths` are the
 * columns' own unless they are given. Empty cells at the end of a row leave no blanks.
 */
export function alignedRows(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
  widths: readonly number[] = widthsOf(rows),
): readonly string[] {
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, alignments[column]))
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) =>
    columnFor(
      rows.map((row) => row[column] ?? ''),
      Infinity,
    ),
  );
}

/**
 * Two columns: terms and what they mean, folded at `width`; a meaning may have several lines. A term that is too long has its
 * meaning on the next line.
 */
export function columnsOf(rows: readonly (readonly [string, string])[], width: number): string {
  const longest = columnFor(
    rows.map(([term]) => term),
    Math.floor(width * 0.45),
  );
  const column = INDENT + longest + GAP;
  return rows
    .map(([term, meaning]) => {
      const [first = '', ...more] = meaning.split('\n').flatMap((line) => folded(line, width - column));
      const start = `${' '.repeat(INDENT)}${term}`;
      const head =
        widthOf(start) + GAP > column
          ? `${start}\n${' '.repeat(column)}${first}`
          : `${padded(start, column)}${first}`;
      return `${[head.trimEnd(), ...more.map((line) => `${' '.repeat(column)}${line}`)].join('\n')}\n`;
    })
    .join('');
}

/** A text broken between words at `width`, ended by a newline. */
export function paragraphOf(text: string, width: number): string {
  return `${folded(text, width).join('\n')}\n`;
}

/** A line broken between words for a terminal, its own indentation kept and its further lines set in by two more. */
export function linesOf(text: string, width: number | undefined): readonly string[] {
  if (width === undefined || widthOf(text) <= width) return [text];
  const indent = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...more] = folded(
    text.slice(indent.length),
    Math.max(LAST_MIN, width - indent.length - INDENT),
  );
  return [`${indent}${first}`, ...more.map((line) => `${indent}${' '.repeat(INDENT)}${line}`)];
}

/** Words are not cut: they are commands and names, to be copied. */
function folded(text: string, width: number): readonly string[] {
  return wrapped(text, width, { keepsWords: true });
}

/** A column of a table: its title, and what its cells are like. */
export interface TextColumn {
  readonly title: string;
  readonly align?: Alignment;
  /** True for the one column that is folded, at any character, when the table is wider than the terminal. */
  readonly folds?: true;
}

/** How wide a table may be, and how its line of titles is set off. */
export interface TextTableStyle {
  /** Undefined: as wide as it takes. */
  readonly columns: number | undefined;
  /** Lays colour on the line of titles. */
  readonly heading: (text: string) => string;
}

/** A table with a heading, ended by a newline. Every row has a cell for each column. */
export function tableOf(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  { columns: width = Infinity, heading }: TextTableStyle,
): string {
  const titles = columns.map(({ title }) => title);
  const widths = [...widthsOf([titles, ...rows])];
  const folding = columns.findIndex(({ folds }) => folds === true);
  if (folding >= 0) {
    const others = widths.reduce((sum, each, i) => sum + (i === folding ? 0 : each + GAP), 0);
    widths[folding] = Math.min(widths[folding] ?? 0, Math.max(LAST_MIN, width - others));
  }
  const [head = '', ...body] = alignedRows(
    [titles, ...rows.flatMap((row) => rowLines(row, folding, widths[folding] ?? Infinity))],
    columns.map(({ align = 'left' }) => align),
    widths,
  );
  return [heading(head), ...body].map((line) => `${line}\n`).join('');
}

/** A row as several, when the cell at `folding` is longer than `width`. */
function rowLines(row: readonly string[], folding: number, width: number): readonly (readonly string[])[] {
  return cut(row[folding] ?? '', width).map((part, line) =>
    row.map((other, i) => (i === folding ? part : line === 0 ? other : '')),
  );
}
