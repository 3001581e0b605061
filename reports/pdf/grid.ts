/** Tables of the PDF. A row goes on where its sheet ends, and its heads stand again at the top of the next. */
import { GROUNDS, LEADING, SMALL, type Ink, type InkTone } from './ink.ts';
import { MEASURE, SHEET, type PdfSheets, type Tag } from './sheets.ts';

/** What stands in a cell; a plain text is itself. */
export interface GridCell {
  readonly text: string;
  readonly tone?: InkTone;
  readonly bold?: boolean;
  readonly mono?: boolean;
  /** True where the ground of the cell has the colour of its tone, too. */
  readonly filled?: boolean;
}

/** Columns share the measure by their weights. The first cell of a row is its head. */
export interface GridSpec {
  readonly caption: string;
  readonly columns: readonly { readonly head: string; readonly weight: number }[];
  readonly rows: readonly (readonly (GridCell | string)[])[];
}

/** Columns by their heads, each with its weight, from left to right. */
export function columnsOf(weights: Readonly<Record<string, number>>): GridSpec['columns'] {
  return Object.entries(weights).map(([head, weight]) => ({ head, weight }));
}

/** Points between the edge of a cell and its text. */
const PAD = 3;
const CAPTION: Ink = { ...SMALL, face: 'bold', size: 8.6 };
const HEAD: Ink = { ...SMALL, face: 'bold' };

/** A cell with its lines, and where it stands. */
interface PlacedCell {
  readonly lines: readonly string[];
  readonly ink: Ink;
  readonly ground?: string;
  readonly x: number;
  readonly width: number;
}

/** Prints a table; nothing where it has no row. */
export function printGrid(paper: PdfSheets, { caption, columns, rows }: GridSpec): void {
  if (rows.length === 0) return;
  const places = placesOf(columns.map(({ weight }) => weight));
  const heads = columns.map(({ head }, at) => setCell(paper, { text: head, bold: true }, places[at]));
  const table = paper.tag('Table');
  if (paper.room < 70) paper.nextSheet();
  paper.flow(
    paper.tag('Caption', table),
    paper.breaker.lines(caption, CAPTION, MEASURE),
    CAPTION,
    SHEET.left,
  );
  paper.down(2);
  const top = paper.tag('TR', table);
  printHeads(paper, heads, top);
  for (const row of rows) {
    const tag = paper.tag('TR', table);
    const cells = row.map((cell, at) =>
      setCell(paper, typeof cell === 'string' ? { text: cell } : cell, places[at]),
    );
    printRow(paper, cells, heads, tag);
    tag.end();
  }
  table.end();
  paper.down(8);
}

/** Where each column begins and how wide it is, in points. */
function placesOf(weights: readonly number[]): readonly { readonly x: number; readonly width: number }[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let x: number = SHEET.left;
  return weights.map((weight) => {
    const place = { x, width: (weight / all) * MEASURE };
    x += place.width;
    return place;
  });
}

function setCell(
  paper: PdfSheets,
  { text, tone = 'plain', bold = false, mono = false, filled = false }: GridCell,
  place = { x: SHEET.left as number, width: MEASURE },
): PlacedCell {
  const ink: Ink = {
    face: bold ? 'bold' : mono ? 'mono' : 'regular',
    size: mono ? SMALL.size - 0.8 : SMALL.size,
    tone,
  };
  const ground = filled ? GROUNDS[tone] : undefined;
  return {
    lines: paper.breaker.lines(text, ink, place.width - 2 * PAD),
    ink,
    ...place,
    ...(ground === undefined ? {} : { ground }),
  };
}

/** The heads, read out where the table begins, and only seen where it goes on. */
function printHeads(paper: PdfSheets, heads: readonly PlacedCell[], tag?: Tag): void {
  const height = heightOf(heads);
  paper.ground(SHEET.left, paper.y, MEASURE, height, '#ececf2');
  for (const { lines, x } of heads) {
    if (tag === undefined) {
      paper.edge(lines, HEAD, x + PAD, paper.y + PAD);
      continue;
    }
    const cell = paper.tag('TH', tag);
    paper.write(cell, lines, HEAD, x + PAD, paper.y + PAD);
    cell.end();
  }
  tag?.end();
  paper.down(height);
}

/** A row, over as many sheets as it takes. */
function printRow(
  paper: PdfSheets,
  cells: readonly PlacedCell[],
  heads: readonly PlacedCell[],
  row: Tag,
): void {
  const tags = cells.map((_, at) => paper.tag(at === 0 ? 'TH' : 'TD', row));
  let rest = cells;
  const least = Math.min(heightOf(rest), 4 * SMALL.size * LEADING);
  if (paper.room < least) goOn(paper, heads);
  while (rest.some(({ lines }) => lines.length > 0)) {
    const fit = Math.max(1, Math.floor((paper.room - 2 * PAD) / (SMALL.size * LEADING)));
    const now = rest.map((cell) => ({ ...cell, lines: cell.lines.slice(0, fit) }));
    printCells(paper, now, tags);
    rest = rest.map((cell) => ({ ...cell, lines: cell.lines.slice(fit) }));
    if (rest.some(({ lines }) => lines.length > 0)) goOn(paper, heads);
  }
  for (const tag of tags) tag.end();
}

function goOn(paper: PdfSheets, heads: readonly PlacedCell[]): void {
  paper.nextSheet();
  printHeads(paper, heads);
}

function printCells(paper: PdfSheets, cells: readonly PlacedCell[], tags: readonly Tag[]): void {
  const height = heightOf(cells);
  for (const { ground, x, width } of cells)
    if (ground !== undefined) paper.ground(x, paper.y, width, height, ground);
  for (const [at, { lines, ink, x }] of cells.entries()) {
    const tag = tags[at];
    if (tag !== undefined && lines.length > 0) paper.write(tag, lines, ink, x + PAD, paper.y + PAD);
  }
  paper.down(height);
  paper.rule(SHEET.left, paper.y, MEASURE);
}

function heightOf(cells: readonly PlacedCell[]): number {
  return Math.max(...cells.map(({ lines }) => lines.length)) * SMALL.size * LEADING + 2 * PAD;
}
