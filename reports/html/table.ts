/** Tables with real header cells, in a frame that scrolls by itself on a narrow screen. */
import { Markup, markup, type Content } from './markup.ts';

/** A table's heads and rows; a row has one cell for each head, the first of which heads the row. */
export interface TableOptions {
  /** What the table holds; read out, and shown above it unless a heading says the same. */
  readonly caption: string;
  readonly captionHidden?: boolean;
  readonly heads: readonly string[];
  readonly rows: readonly TableRow[];
  /** Attributes of the table, as markup: ` data-filter="..."`. */
  readonly attributes?: Markup;
  readonly className?: string;
}

/** A row: its first cell names it. */
export interface TableRow {
  readonly head: Content;
  readonly cells: readonly Content[];
  /** Attributes of the row, as markup: ` id="..."`. */
  readonly attributes: Markup | undefined;
}

/** A row from its heading cell and the others, with attributes such as an id as markup. */
export function row(head: Content, cells: readonly Content[], attributes?: Markup): TableRow {
  return { head, cells, attributes };
}

/** Each cell repeats its column's head for narrow screens, where rows become blocks. */
export function table(options: TableOptions): Markup {
  const { caption, captionHidden, heads, rows, attributes, className } = options;
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="${caption}"><table class="${className ?? ''}"${attributes}>
<caption${captionHidden === true && new Markup(' class="hidden"')}>${caption}</caption>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => rowMarkup(row, heads))}</tbody>
</table></div>`;
}

/** Each cell repeats its column's name as data: on a narrow screen a row is a card, and the name stands in it. */
function rowMarkup({ head, cells, attributes }: TableRow, heads: readonly string[]): Markup {
  const data = cells.map((cell, index) => markup`<td data-head="${heads[index + 1]}">${cell}</td>`);
  return markup`<tr${attributes}><th scope="row">${head}</th>${data}</tr>
`;
}

/** A list of names and values. */
export function facts(pairs: readonly (readonly [string, Content])[]): Markup {
  return markup`<dl>${pairs.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
