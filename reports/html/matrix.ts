/** The matrix of a scenario as a table: a row for each path, a column for each run, and in each cell for how long it was open. */
import type { ScenarioResult } from '../../scenarios/evidence/model.ts';
import { atLeast, atMost, staysOpen } from '../conclusion/open-path.ts';
import { matrixOf, type MatrixCell, type PathRow } from '../matrix.ts';
import { roughly } from '../when.ts';
import { variantAnchors } from './anchors.ts';
import { markup, type Content, type Markup } from './markup.ts';

/** None where nothing was lost in any run. */
export function matrixTable(scenario: ScenarioResult): Content {
  const { variants, rows } = matrixOf(scenario);
  if (rows.length === 0) return undefined;
  const caption = `For how long each path was open, by run: ${scenario.id}`;
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="${caption}"><table class="matrix">
<caption>${caption}; runs that show what an error costs are in italics</caption>
<thead><tr><th scope="col">Somebody could</th>${variants.map(
    ({ name, reference }) =>
      markup`<th scope="col"><a${!reference && markup` class="error"`} href="#${variantAnchors(scenario.id, name).part('exposure')}">${name}</a></th>`,
  )}</tr></thead>
<tbody>
${rows.map((row) =>
  rowOf(
    row,
    variants.map(({ name }) => name),
  ),
)}</tbody>
</table></div>
${LEGEND}`;
}

const LEGEND = markup`<p class="muted legends"><span class="legend"><b>47m</b> open for at most so long</span> <span class="legend"><b>open</b> nothing shows that it ended; ≥ for how long it was seen</span> <span class="legend"><b>refused</b> the same attempt was refused</span> <span class="legend"><b>?</b> not known: not tried as it should have been</span> <span class="legend"><b>·</b> not tried in this run</span></p>`;

function rowOf({ path, cells }: PathRow, names: readonly string[]): Markup {
  const [first] = path.bars;
  const bar = first?.bar;
  return markup`<tr><th scope="row">${bar && markup`${bar.capability} <span class="asset">${bar.asset}</span><span class="by">${bar.attacker}: ${bar.attack} by ${bar.route}</span>`}</th>${cells.map((cell, at) => cellOf(cell, names[at] ?? ''))}</tr>
`;
}

function cellOf(cell: MatrixCell, name: string): Markup {
  switch (cell.kind) {
    case 'exposed': {
      const { bar } = cell.longest;
      const seen = atLeast(bar);
      return staysOpen(bar)
        ? markup`<td class="is-open" data-head="${name}">open${seen > 0 && ` ≥ ${roughly(seen, 'at least')}`}</td>`
        : markup`<td class="was-open" data-head="${name}">${roughly(atMost(bar), 'at most')}</td>`;
    }
    case 'refused':
      return markup`<td class="was-refused" data-head="${name}">refused</td>`;
    case 'not-known':
      return markup`<td class="not-known" data-head="${name}">?</td>`;
    case 'not-tried':
      return markup`<td class="not-tried" data-head="${name}">·</td>`;
  }
}
