/**
 * index.html: one file that opens from disk and needs nothing else but the audio beside it. It reads from the general to the
 * particular: a conclusion in sentences, what each order and error cost, what was run and what that is worth, exposures, clauses, parameters, and then
 * each run.
 *
 * It works without script and without network; its policy forbids both but for its own few lines.
 */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { conclusionOf } from '../conclusion/conclusion.ts';
import { schedulesOf } from '../schedule.ts';
import { headlineOf } from '../tally.ts';
import { boxes } from './boxes.ts';
import { clauseSection } from './clauses.ts';
import { conclusionSection, findingSection } from './conclusion.ts';
import { deploymentSection } from './deployment.ts';
import { driftSection } from './drift.ts';
import { exposureOverview } from './exposed-paths.ts';
import { attention, front, howItWasRun, runs } from './front.ts';
import { ARROWS } from './ladder.ts';
import { Markup, markup } from './markup.ts';
import { parameterSection } from './parameters.ts';
import { scenarioSections, type PageParts } from './scenario.ts';
import { pageFrame } from './frame.ts';
import { SCRIPT } from './script.ts';

/** Patterns and arrow heads that the pictures share. */
const DEFINITIONS = markup`<svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" x2="0" y1="0" y2="6"/></pattern>
<pattern id="cut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><line class="cut-line" x1="0" x2="0" y1="0" y2="7"/></pattern>
${ARROWS}</defs></svg>`;

/** The report as one HTML page. */
export function htmlReport(suite: SuiteResult, parts: PageParts): string {
  const conclusion = conclusionOf(suite);
  return pageFrame(
    headlineOf(suite),
    markup`${DEFINITIONS}
<a class="skip" href="#main">To the results</a>
<main id="main">
${front(suite, conclusion.headline, parts.drift)}
${conclusionSection(conclusion)}
${attention(suite)}
${findingSection(suite, conclusion)}
${howItWasRun(suite, parts.drift)}
${runs(suite)}
${parts.drift && driftSection(parts.drift)}
${boxes(suite)}
${exposureOverview(suite)}
${clauseSection(suite)}
${parameterSection(suite)}
${deploymentSection(suite.deployment)}
${scenarioSections(suite, parts)}
</main>
<footer><p>Written by ${suite.tool}. ${
      schedulesOf(suite).length === 0 && 'The same seed gives the same octets; '
    }<code>manifest.json</code> has the SHA-256 of every file.</p></footer>
<script>${new Markup(SCRIPT)}</script>`,
  );
}
