/**
 * The tables of docs/findings.md as claims that can be held against the scenarios: which probe, in which variant, came to what.
 *
 * A table is headed `probe of <scenario>`. Its other columns are outcomes: of the variants that head them, else of the variant that
 * the row names (`in static-psk`), else of the first one that the commands below the table name.
 */
export interface Claim {
  /** Line of the page, from 1. */
  readonly line: number;
  readonly scenario: string;
  readonly variant: string;
  readonly probe: string;
  /** What the cell says: `opened: 20 s of speech`. */
  readonly says: string;
}

const HEAD = /^\| probe of `([\w-]+)` \|/;
const VARIANT = /--variant ([\w-]+)/;

/** One claim for each outcome cell of such tables, with its line in the page from 1; other tables are passed over. */
export function claimsOf(page: string): readonly Claim[] {
  const lines = page.split('\n');
  return lines.flatMap((head, at) => {
    const scenario = HEAD.exec(head)?.[1];
    if (scenario === undefined) return [];
    const below = lines.slice(at + 2);
    const rows = below.slice(
      0,
      below.findIndex((line) => !line.startsWith('|')),
    );
    const usual = VARIANT.exec(below.find((line) => line.startsWith('calldrill run')) ?? '')?.[1] ?? '';
    const columns = cellsOf(head);
    return rows.flatMap((row, index) => claimsIn(row, columns, { line: at + 3 + index, scenario, usual }));
  });
}

function claimsIn(
  row: string,
  columns: readonly string[],
  { line, scenario, usual }: { readonly line: number; readonly scenario: string; readonly usual: string },
): readonly Claim[] {
  const [first = '', ...cells] = cellsOf(row);
  const probe = /^`([\w-]+)`/.exec(first)?.[1] ?? '';
  const own = /\bin `([\w-]+)`/.exec(first)?.[1];
  return cells.flatMap((says, index) => {
    if (!/^(?:opened|refused)\b/.test(says)) return [];
    const headed = /^`([\w-]+)`$/.exec(columns[index + 1] ?? '')?.[1];
    const elsewhere = [...says.matchAll(/\b(opened|refused) in `([\w-]+)`/g)].map(
      ([, outcome = '', variant = '']) => ({ line, scenario, variant, probe, says: outcome }),
    );
    return [{ line, scenario, variant: headed ?? own ?? usual, probe, says }, ...elsewhere];
  });
}

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The figures of a claim, as the run says them: `20 s of speech`, `24 SIP messages`, `3 of 3 calls`. */
export function figuresOf({ says }: Claim): readonly string[] {
  return [...says.matchAll(/\d[\d.]* (?:s of speech|SIP messages|of \d+ calls)/g)].map(([figure]) => figure);
}
