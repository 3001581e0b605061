/**
 * The matrix of a scenario as a picture that is a table: the orders that the procedures allow side by side, a row for each path, and in each cell for how
 * long it was open, the darker the longer. What errors opened is a table of its own, beside what the runs by the book come to.
 */
import type { ScenarioResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { DAY, HOUR } from '../../sim/clock.ts';
import { atLeast, atMost, staysOpen } from '../conclusion/open-path.ts';
import { matrixOf, splitMatrix, type MatrixCell, type PathRow } from '../matrix.ts';
import { numbered } from '../tally.ts';
import { roughly } from '../when.ts';
import { pathAnchor, variantAnchors } from './anchors.ts';
import { joined, Markup, markup, type Content } from './markup.ts';

/** So many columns have room for their names as they are read; more are turned. */
const UPRIGHT_MAX = 8;

/** None where nothing was lost in any run. */
export function matrixTable(scenario: ScenarioResult): Content {
  const { book, errors } = splitMatrix(matrixOf(scenario));
  if (book.rows.length + errors.rows.length === 0) return undefined;
  const side = numbered(book.variants.length, 'run');
  return markup`${[
    book.rows.length > 0 &&
      picture(
        scenario,
        `For how long each path was open by the book, ${side} side by side`,
        book.variants,
        book.rows,
      ),
    errors.rows.length > 0 &&
      markup`<details class="part"${book.rows.length === 0 && markup` open`}><summary>With an error: ${numbered(errors.rows.length, 'path')} in ${numbered(errors.variants.length, 'run')}</summary>
${picture(
  scenario,
  'For how long each path was open in runs that show what an error costs',
  errors.variants,
  errors.rows,
  errors.rows.map((row) => row.book),
)}</details>`,
    LEGEND,
  ]}`;
}

const LEGEND = markup`<p class="muted legends"><span class="legend"><b>47m</b> open for at most so long</span> <span class="legend"><b>open</b> nothing shows that it ended; ≥ for how long it was seen</span> <span class="legend"><b>refused</b> the same attempt was refused</span> <span class="legend"><b>?</b> not known: not tried as it should have been</span> <span class="legend"><b>·</b> not tried in this run</span></p>`;

/** `book` is a column of its own where there are any. */
function picture(
  { id }: ScenarioResult,
  caption: string,
  variants: readonly VariantResult[],
  rows: readonly PathRow[],
  book?: readonly MatrixCell[],
): Markup {
  const upright = variants.length <= UPRIGHT_MAX;
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="${caption}: ${id}"><table class="matrix${upright && ' upright'}">
<caption>${caption}</caption>
<thead><tr><th scope="col">Somebody could</th>${book && markup`<th scope="col">${upright ? 'by the book' : markup`<span class="turned">by the book</span>`}</th>`}${variants.map(
    ({ name }) =>
      markup`<th scope="col"><a${!upright && markup` class="turned"`} href="#${variantAnchors(id, name).part('exposure')}">${upright ? breakable(name) : name}</a></th>`,
  )}</tr></thead>
<tbody>
${rows.map(
  (row, at) =>
    markup`<tr>${headOf(id, row)}${book && cellOf(book[at] ?? { kind: 'not-tried' }, 'by the book')}${row.cells.map((cell, column) => cellOf(cell, variants[column]?.name ?? ''))}</tr>
`,
)}</tbody>
</table></div>`;
}

/** A long name may break behind its dashes. */
function breakable(name: string): Content {
  return joined(
    name.split('-').map((word, at, words) => (at < words.length - 1 ? `${word}-` : word)),
    new Markup('<wbr>'),
  );
}

function headOf(scenario: string, { path }: PathRow): Content {
  const [first] = path.bars;
  const bar = first?.bar;
  return (
    bar &&
    markup`<th scope="row"><a href="#${pathAnchor(scenario, bar)}">${bar.capability} <span class="asset">${bar.asset}</span></a><span class="by">${bar.attacker}: ${bar.attack} by ${bar.route}</span></th>`
  );
}

function cellOf(cell: MatrixCell, name: string): Markup {
  switch (cell.kind) {
    case 'exposed': {
      const { bar } = cell.longest;
      const seen = atLeast(bar);
      return staysOpen(bar)
        ? markup`<td class="is-open" data-head="${name}">open${seen > 0 && ` ≥ ${roughly(seen, 'at least')}`}</td>`
        : markup`<td class="was-open ${shadeOf(atMost(bar))}" data-head="${name}">${roughly(atMost(bar), 'at most')}</td>`;
    }
    case 'refused':
      return markup`<td class="was-refused" data-head="${name}">refused</td>`;
    case 'not-known':
      return markup`<td class="not-known" data-head="${name}">?</td>`;
    case 'not-tried':
      return markup`<td class="not-tried" data-head="${name}">·</td>`;
  }
}

/** The longer, the darker; the number says it too. */
function shadeOf(length: number): string {
  if (length <= HOUR) return 'hour';
  return length <= DAY ? 'day' : 'days';
}
