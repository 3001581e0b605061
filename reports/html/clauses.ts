/** The clause table: every clause of the catalogue exactly once, worst first, with the checks that decided it. */
import type { ClauseResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import {
  countVerdicts,
  coverageText,
  numbered,
  placedChecks,
  placeOfCheck,
  worstFirst,
  WORST_FIRST,
} from '../tally.ts';
import { checkAnchor, clauseAnchor } from './anchors.ts';
import { countBadges, verdictBadge } from './badges.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** More links than this in one cell are counted instead. */
const LINKS_MAX = 12;

/** Has a search field and a choice of verdicts, both hidden until the page's script runs; links lead to deciding checks. */
export function clauseSection(suite: SuiteResult): Markup {
  const anchors = new Map(placedChecks(suite).map((placed) => [placeOfCheck(placed), checkAnchor(placed)]));
  const counts = countVerdicts(suite.clauses);
  const occurring = WORST_FIRST.filter((verdict) => counts[verdict] > 0);
  return markup`<section aria-labelledby="clauses"><h2 id="clauses">Clauses</h2>
<p>${numbered(suite.clauses.length, 'clause')} of the source document, each exactly once. A clause is met when all parts of all its checks are shown; ${coverageText(suite.clauses)}.</p>
<p>${countBadges(counts)}</p>
<p class="tools" id="clause-tools" hidden><label>Containing <input type="search"></label> <label>Verdict <select><option value="">all</option>${occurring.map(
    (verdict) => markup`<option>${verdict}</option>`,
  )}</select></label> <output></output></p>
${table({
  caption: 'Clauses, worst first',
  captionHidden: true,
  className: 'clauses',
  heads: ['Clause', 'Verdict', 'Says', 'Decided by'],
  attributes: markup` data-filter="clause-tools"`,
  rows: suite.clauses
    .toSorted(worstFirst)
    .map((clause) =>
      row(
        markup`<code>${clause.id}</code>`,
        [
          verdictBadge(clause.verdict),
          markup`${clause.paraphrase} <span class="muted">(${clause.modality})</span>`,
          markup`${clause.why}${partList(clause, anchors)}`,
        ],
        markup` id="${clauseAnchor(clause.id)}" data-verdict="${clause.verdict}"`,
      ),
    ),
})}
</section>`;
}

/** Every part of a clause with what it came to; folded, since most clauses have several. */
function partList({ checks }: ClauseResult, anchors: ReadonlyMap<string, string>): Content {
  const parts = checks.flatMap((check) => check.parts.map((part) => ({ ...part, stance: check.stance })));
  return markup`<details class="parts"><summary>${numbered(parts.length, 'part')}</summary><ul>${parts.map(
    (part) =>
      markup`<li>${verdictBadge(part.verdict)} <code>${part.id}</code> <span class="muted">(${part.stance})</span> ${part.what}${checkLinks(part.decidedBy, anchors)}</li>`,
  )}</ul></details>`;
}

function checkLinks(places: readonly string[], anchors: ReadonlyMap<string, string>): Content {
  if (places.length === 0) return undefined;
  const links = places.slice(0, LINKS_MAX).map((place) => {
    const anchor = anchors.get(place);
    return anchor === undefined ? place : markup`<a href="#${anchor}">${place}</a>`;
  });
  const more = places.length - links.length;
  return markup`<span class="checks">${joined(links, ', ')}${more > 0 && ` and ${more} more in report.json`}</span>`;
}
