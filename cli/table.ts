/** Tables and paragraphs as text. Widths are of characters in a terminal cell; names, octets and clauses need no more. */

const GAP = 2;
const INDENT = 2;
/** A last column narrower than this is not folded: it would be a ribbon. */
const LAST_MIN = 24;

/**
 * Two columns: terms and what they mean, folded at `width`; a meaning may have several lines. A term that is too long has its
 * meaning on the next line.
 */
export function columnsOf(rows: readonly (readonly [string, string])[], width: number): string {
  const longest = Math.max(...rows.map(([term]) => term.length));
  const column = INDENT + Math.min(longest, Math.floor(width * 0.45)) + GAP;
  return rows
    .map(([term, meaning]) => {
      const [first = '', ...more] = meaning.split('\n').flatMap((line) => folded(line, width - column));
      const start = `${' '.repeat(INDENT)}${term}`;
      const head =
        start.length + GAP > column
          ? `${start}\n${' '.repeat(column)}${first}`
          : `${start.padEnd(column)}${first}`;
      return `${[head.trimEnd(), ...more.map((line) => `${' '.repeat(column)}${line}`)].join('\n')}\n`;
    })
    .join('');
}

export function paragraphOf(text: string, width: number): string {
  return `${folded(text, width).join('\n')}\n`;
}

/** A line broken between words for a terminal, its own indentation kept and its further lines set in by two more. */
export function linesOf(text: string, width: number | undefined): readonly string[] {
  if (width === undefined || text.length <= width) return [text];
  const indent = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...more] = folded(
    text.slice(indent.length),
    Math.max(LAST_MIN, width - indent.length - INDENT),
  );
  return [`${indent}${first}`, ...more.map((line) => `${indent}${' '.repeat(INDENT)}${line}`)];
}

/** Words on lines of at most `width` characters; a longer word has a line to itself. */
function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** True for the one column that is folded, at any character, when the table is wider than the terminal. */
  readonly folds?: true;
}

export interface TableStyle {
  /** Undefined: as wide as it takes. */
  readonly columns: number | undefined;
  readonly heading: (text: string) => string;
}

/** A table with a heading. Every row has a cell for each column; empty columns at the end of a row leave no blanks. */
export function tableOf(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { columns: width, heading }: TableStyle,
): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const folding = columns.findIndex(({ folds }) => folds === true);
  if (width !== undefined && folding >= 0) {
    const others = widths.reduce((sum, each, i) => sum + (i === folding ? 0 : each + GAP), 0);
    widths[folding] = Math.min(widths[folding] ?? 0, Math.max(LAST_MIN, width - others));
  }
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const size = widths[i] ?? 0;
        return columns[i]?.align === 'right' ? cell.padStart(size) : cell.padEnd(size);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  const body = rows.flatMap((row) => rowLines(row, folding, widths[folding] ?? Infinity).map(lineOf));
  return [heading(lineOf(columns.map(({ title }) => title))), ...body].map((line) => `${line}\n`).join('');
}

/** A row as several, when the cell at `folding` is longer than `width`. */
function rowLines(row: readonly string[], folding: number, width: number): readonly (readonly string[])[] {
  const cell = row[folding] ?? '';
  if (cell.length <= width) return [row];
  const parts = Array.from({ length: Math.ceil(cell.length / width) }, (_, i) =>
    cell.slice(i * width, (i + 1) * width),
  );
  return parts.map((part, line) => row.map((other, i) => (i === folding ? part : line === 0 ? other : '')));
}
