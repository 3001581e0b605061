/** The first thing on the page: how it went, what was run, and what needs attention. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { lagText, NOT_VALID_MEANS, notValidText, schedulesOf, skippedText } from '../schedule.ts';
import { countVerdicts, headlineOf, placeOfCheck, tallyOf, troubledChecks } from '../tally.ts';
import { variantAnchors } from './anchors.ts';
import { countBadges, exposureBadge, verdictBadge } from './badges.ts';
import { driftBadge, type DriftPart } from './drift.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { facts, row, table } from './table.ts';

export function front(suite: SuiteResult, drift?: DriftPart): Markup {
  const tally = tallyOf(suite);
  const schedules = schedulesOf(suite);
  const notValid = schedules.flatMap((schedule) => notValidText(schedule) ?? []);
  return markup`<header><p class="kicker">calldrill: evidence of security procedures</p>
<h1>${headlineOf(suite)}</h1>
${
  suite.plant !== undefined &&
  markup`<p class="banner"><strong>A violation was planted: <code>${suite.plant}</code>.</strong> Its check must fail; this is a test of the checks, not of the procedures.</p>`
}
${notValid.map((why) => markup`<p class="banner"><strong>Not valid: ${why}.</strong> ${NOT_VALID_MEANS}</p>`)}
${facts([
  ['Checks', markup`${countBadges(tally.counts)}${exposureBadge(tally.exposures)}`],
  ['Clauses', countBadges(countVerdicts(suite.clauses))],
  ...(drift === undefined ? [] : [['Drift', markup`<a href="#drift">${driftBadge(drift)}</a>`] as const]),
  ...schedules.map(
    (schedule) => ['On real sockets', `${lagText(schedule)}; ${skippedText(schedule)}`] as const,
  ),
  ['Tool', suite.tool],
  ['Seed', markup`<code>${suite.seed}</code>`],
  ['Replay', markup`<code>${suite.replay}</code>`],
])}
<nav aria-label="Parts of this page"><a href="#runs">What was run</a> ${drift && markup`<a href="#drift">Live and simulated</a> `}<a href="#worth">What it is worth</a> <a href="#exposures">Exposures</a> <a href="#clauses">Clauses</a> <a href="#parameters">Parameters</a> <a href="#scenarios-title">Scenarios</a></nav>
</header>
${attention(suite)}`;
}

function attention(suite: SuiteResult): Content {
  const troubled = troubledChecks(suite);
  if (troubled.length === 0) return undefined;
  return markup`<section aria-labelledby="attention"><h2 id="attention">Needs attention</h2>
<ul class="attention">${troubled.map((placed) => {
    const { scenario, variant, check } = placed;
    const href = variantAnchors(scenario.id, variant.name).check(check.id);
    return markup`<li class="${check.verdict}">${verdictBadge(check.verdict)} <a href="#${href}">${placeOfCheck(placed)}</a><br>${check.why}</li>
`;
  })}</ul></section>`;
}

/** What was run: each scenario and variant with its counts. */
export function runs(suite: SuiteResult): Markup {
  return markup`<section aria-labelledby="runs"><h2 id="runs">What was run</h2>
${table({
  caption: 'Scenarios and variants',
  captionHidden: true,
  heads: ['Scenario', 'Variant', 'Shows', 'Checks', 'Exposures'],
  rows: suite.scenarios.flatMap((scenario) =>
    scenario.variants.map((variant) =>
      row(markup`<span class="whole">${scenario.id}</span>`, [
        markup`<a class="whole" href="#${variantAnchors(scenario.id, variant.name).variant}">${variant.name}</a>`,
        markup`${variant.title}${!variant.reference && markup` <span class="muted">(what an error costs; does not count for clauses)</span>`}`,
        countBadges(countVerdicts(variant.checks)),
        variant.exposure.length === 0 ? 'none' : exposureBadge(variant.exposure.length),
      ]),
    ),
  ),
})}
</section>`;
}
