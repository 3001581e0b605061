/** A scenario on the page: its runs, and the rows of its probe matrix that nothing tests. */
import type { EventsOf, ScenarioResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import type { DriftPart } from './drift.ts';
import { numbered } from '../tally.ts';
import { acrossAnchor, scenarioAnchor, variantAnchors } from './anchors.ts';
import { verdictBadge } from './badges.ts';
import { partLink } from './checks.ts';
import { Evidence } from './evidence.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';
import { PACKED_FROM, PackedRuns } from './packed.ts';
import { variantSection, type PlaceParts } from './variant.ts';

/** What the page shows beside the suite's model: events of traces, files to link to, and a drift. */
export interface PageParts {
  readonly events: EventsOf;
  /** Files of the results folder, beside those at its top, with their sizes in octets. */
  readonly files: ReadonlyMap<string, number>;
  /** How a live run differs from a simulated one, if they were compared. */
  readonly drift?: DriftPart;
}

/** With this many runs or fewer, all stand open. */
const OPEN_MAX = 3;

/** Each scenario with its variants; all variants stand open when there are at most three runs. */
export function scenarioSections(suite: SuiteResult, parts: PageParts): Markup {
  const clauses = new Set(suite.clauses.map(({ id }) => id));
  const runs = suite.scenarios.reduce((sum, { variants }) => sum + variants.length, 0);
  return markup`<section aria-labelledby="scenarios-title" id="scenarios"><h2 id="scenarios-title">Scenarios</h2>
<p class="on-paper">Not on this paper: the parts of the runs that say they are packed. “Print everything”, above the runs on the screen, unfolds them first; a browser's own way of printing cannot.</p>
<p class="tools" hidden><button type="button" data-fold="open">Unfold all</button> <button type="button" data-fold="close">Fold all</button> <button type="button" data-print>Print everything</button></p>
${suite.scenarios.map((scenario) => {
  const packed = new PackedRuns(scenario.id);
  const place: PlaceParts =
    runs > PACKED_FROM ? (variant, body) => packed.place(variant, body) : (_, body) => body;
  return markup`<section class="scenario" aria-labelledby="${scenarioAnchor(scenario.id)}">
<h3 id="${scenarioAnchor(scenario.id)}">${scenario.title} <code>${scenario.id}</code></h3>
<p class="muted">${numbered(scenario.variants.length, 'variant')}, from <code>${scenario.file}</code></p>
${scenario.variants.map((variant) => {
  const anchors = variantAnchors(scenario.id, variant.name);
  const events = parts.events(scenario.id, variant.name);
  const evidence = new Evidence(variant, events, anchors);
  return variantSection(
    { scenario: scenario.id, variant, anchors, evidence, events, clauses, files: parts.files },
    runs <= OPEN_MAX,
    place,
  );
})}
${packed.element()}
${across(scenario, clauses)}
${notTested(scenario)}
</section>
`;
})}</section>`;
}

/** What its variants have in common, each with the verdict and what it rests on. */
function across({ id, across: checks }: ScenarioResult, clauses: ReadonlySet<string>): Content {
  return (
    checks.length > 0 &&
    table({
      caption: 'Compared across variants',
      heads: ['Check', 'Verdict', 'Variants', 'Why', 'Shows'],
      rows: checks.map((check) =>
        row(
          markup`${check.title} <code>${check.id}</code>`,
          [
            verdictBadge(check.verdict),
            check.variants.join(', '),
            markup`${check.why}<br><span class="muted">${check.verdicts.join(', ')}; written at ${check.source}</span>`,
            joined(
              check.parts.map(({ part }) => partLink(part, clauses)),
              ', ',
            ),
          ],
          markup` id="${acrossAnchor(id, check.id)}"`,
        ),
      ),
    })
  );
}

function notTested({ notTested }: ScenarioResult): Content {
  return (
    notTested.length > 0 &&
    table({
      caption: 'Rows of the probe matrix that are not tested',
      heads: ['Row', 'Why', 'Clauses'],
      rows: notTested.map(({ row: name, reason, parts }) =>
        row(markup`<code>${name}</code>`, [reason, parts.join(', ')]),
      ),
    })
  );
}
