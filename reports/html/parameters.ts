/** The parameters in force: everything the source document leaves open, with who leaves it open. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { setByText } from '../set-by.ts';
import { parameterAnchor } from './anchors.ts';
import { markup, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** A table with an id for each row; values that differ from their defaults are strong and say so. */
export function parameterSection(suite: SuiteResult): Markup {
  return markup`<section aria-labelledby="parameters"><h2 id="parameters">Parameters</h2>
<p>What the source document leaves open is a choice of the deployment. A variant that sets one says so.</p>
${table({
  caption: 'Parameters in force',
  captionHidden: true,
  heads: ['Parameter', 'Value', 'Set by', 'Default', 'Decides', 'Left open by'],
  rows: suite.parameters.map(({ name, value, default: standard, summary, source, setBy }) =>
    row(
      markup`<code class="whole">${name}</code>`,
      [
        value === standard
          ? markup`<code>${value}</code>`
          : markup`<strong><code>${value}</code></strong> (changed)`,
        setByText(setBy),
        markup`<code>${standard}</code>`,
        summary,
        source,
      ],
      markup` id="${parameterAnchor(name)}"`,
    ),
  ),
})}
</section>`;
}
