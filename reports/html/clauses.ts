/**
 * The clauses by how binding they are: first a table of counts and coverage, then every clause of the catalogue exactly once, with what of it was tested,
 * the checks that decided it and the waivers that cover it. The page's script filters them by words, by modality and by verdict.
 */
import type { ClauseResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import { clauseGroups, type ClauseGroup, type CoveredClause } from '../clause-groups.ts';
import { countVerdicts, coverageText, numbered, placedChecks, placeOfCheck, WORST_FIRST } from '../tally.ts';
import { checkAnchor, clauseAnchor, modalityAnchor } from './anchors.ts';
import { countBadges, verdictBadge } from './badges.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

/** More links than this in one cell are counted instead. */
const LINKS_MAX = 12;

/** The tools are hidden until the page's script runs; links lead to deciding checks. */
export function clauseSection(suite: SuiteResult): Markup {
  const anchors = new Map(placedChecks(suite).map((placed) => [placeOfCheck(placed), checkAnchor(placed)]));
  const counts = countVerdicts(suite.clauses);
  const groups = clauseGroups(suite);
  return markup`<section aria-labelledby="clauses"><h2 id="clauses">Clauses</h2>
<p>${numbered(suite.clauses.length, 'clause')} of the source document, each exactly once. A clause is met when all parts of all its checks are shown; ${coverageText(suite.clauses)}.</p>
${groups.length > 0 && modalityTable(groups)}
<p class="tools" id="clause-tools" hidden><label>Containing <input type="search"></label> ${choice(
    'Modality',
    groups.map(({ modality }) => modality),
  )} ${choice(
    'Verdict',
    WORST_FIRST.filter((verdict) => counts[verdict] > 0),
  )} <output></output></p>
${table({
  caption: 'Clauses, the binding ones first, worst first among these, then those that nobody looked at',
  captionHidden: true,
  className: 'clauses',
  heads: ['Clause', 'Verdict', 'Tested', 'Says', 'Decided by'],
  attributes: markup` data-filter="clause-tools"`,
  rows: groups.flatMap(({ rows }) => rows.map((covered) => clauseRow(covered, anchors))),
})}
</section>`;
}

function choice(label: string, options: readonly string[]): Markup {
  return markup`<label>${label} <select data-of="${label.toLowerCase()}"><option value="">all</option>${options.map(
    (option) => markup`<option>${option}</option>`,
  )}</select></label>`;
}

function modalityTable(groups: readonly ClauseGroup[]): Markup {
  return table({
    caption: 'How binding they are, what came of them, and how much of them was tested',
    className: 'modalities',
    heads: ['Modality', 'Clauses', 'Verdicts', 'Parts tested'],
    rows: groups.map(({ modality, rows }) => {
      const sum = (of: (covered: CoveredClause) => number): number =>
        rows.reduce((total, covered) => total + of(covered), 0);
      return row(
        markup`<a href="#${modalityAnchor(modality)}">${modality}</a>`,
        [
          String(rows.length),
          countBadges(countVerdicts(rows.map(({ clause }) => clause))),
          coverageBar(
            sum(({ tested }) => tested),
            sum(({ parts }) => parts),
          ),
        ],
        markup` id="${modalityAnchor(modality)}" data-modality-name="${modality}"`,
      );
    }),
  });
}

/** In words, and as a bar that says the same. */
function coverageBar(tested: number, parts: number): Markup {
  const share = parts === 0 ? 0 : Math.round((tested / parts) * 1000) / 10;
  return markup`<span class="whole">${tested} of ${parts}</span> <svg class="coverage" width="72" height="8" aria-hidden="true"><rect class="ground" width="100%" height="8"/><rect class="tested" width="${share}%" height="8"/></svg>`;
}

function clauseRow({ clause, tested, parts, waivers }: CoveredClause, anchors: ReadonlyMap<string, string>) {
  return row(
    markup`<a href="#${clauseAnchor(clause.id)}"><code>${clause.id}</code></a>`,
    [
      verdictBadge(clause.verdict),
      coverageBar(tested, parts),
      markup`${clause.paraphrase} <span class="muted">(${clause.modality})</span>`,
      markup`${clause.why}${waivers.map(
        ({ covers, owner, reason, expires, verdict }) =>
          markup`<span class="checks">Waiver of ${covers} by ${owner} until ${expires}: ${reason} ${verdictBadge(verdict)}</span>`,
      )}${partList(clause, anchors)}`,
    ],
    markup` id="${clauseAnchor(clause.id)}" data-verdict="${clause.verdict}" data-modality="${clause.modality}"`,
  );
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
