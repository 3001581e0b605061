/** The head of the page, what needs attention, and what was run. */
import type { SuiteResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { notProbed } from '../exposure.ts';
import { lagText, NOT_VALID_MEANS, notValidText, schedulesOf, skippedText } from '../schedule.ts';
import { secrecyOf } from '../secrecy.ts';
import {
  countVerdicts,
  headlineOf,
  lossesText,
  missingRuns,
  missingText,
  numbered,
  placeOfCheck,
  shardText,
  tallyOf,
  troubledChecks,
} from '../tally.ts';
import { checkAnchor, variantAnchors } from './anchors.ts';
import { countBadges, exposureBadge, verdictBadge } from './badges.ts';
import { driftBadge, type DriftPart } from './drift.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { facts, row, table } from './table.ts';

/** The page's header: the page in a line, and right below if a violation was planted, a run is missing or a live run was not valid. */
export function front(suite: SuiteResult, headline: string, drift?: DriftPart): Markup {
  const tally = tallyOf(suite);
  const shard = shardText(suite);
  const notValid = schedulesOf(suite).flatMap((schedule) => notValidText(schedule) ?? []);
  const { revealed } = secrecyOf(suite);
  return markup`<header><p class="kicker">calldrill: evidence of security procedures</p>
<h1>${headline}</h1>
${
  suite.plant !== undefined &&
  markup`<p class="banner"><strong>A violation was planted: <code>${suite.plant}</code>.</strong> Its check must fail; this is a test of the checks, not of the procedures.</p>`
}
${revealed !== undefined && markup`<p class="banner"><strong>${revealed}</strong></p>`}
${
  shard !== undefined &&
  markup`<p class="banner"><strong>Not the whole: this is ${shard}.</strong> The others are in other results; calldrill merge joins them.</p>`
}
${
  tally.missing > 0 &&
  markup`<p class="banner"><strong>Not complete: ${lossesText(suite)}.</strong> What is missing could have failed any of its checks; the clauses that they judge are inconclusive at best.</p>`
}
${notValid.map((why) => markup`<p class="banner"><strong>Not valid: ${why}.</strong> ${NOT_VALID_MEANS}</p>`)}
<nav aria-label="Parts of this page"><a href="#conclusion">Conclusion</a> <a href="#findings">Orders and errors</a> <a href="#made">How it was run</a> <a href="#runs">What was run</a> ${drift && markup`<a href="#drift">Live and simulated</a> `}<a href="#worth">What it is worth</a> <a href="#exposures">Exposures</a> <a href="#clauses">Clauses</a> <a href="#parameters">Parameters</a> ${suite.deployment && markup`<a href="#deployment">Deployment</a> `}<a href="#scenarios-title">Scenarios</a></nav>
<div class="tools" id="search" role="search" hidden><label>Search everything, also what is folded <input type="search"></label> <button type="button">Search</button> <output id="search-count"></output></div>
<ul id="hits"></ul>
</header>`;
}

/** Counts, the tool and the seeds, and the line that runs it again. */
export function howItWasRun(suite: SuiteResult, drift?: DriftPart): Markup {
  const tally = tallyOf(suite);
  const { seeds } = secrecyOf(suite);
  return markup`<section aria-labelledby="made"><h2 id="made">How it was run</h2>
<p>${headlineOf(suite)}</p>
${facts([
  [
    'Checks',
    markup`${countBadges(tally.counts)}${exposureBadge(tally.exposures)}${
      tally.unprobed > 0 && markup` <span class="muted">${numbered(tally.unprobed, 'probe')} not made</span>`
    }`,
  ],
  ['Clauses', countBadges(countVerdicts(suite.clauses))],
  ...(drift === undefined ? [] : [['Drift', markup`<a href="#drift">${driftBadge(drift)}</a>`] as const]),
  ...schedulesOf(suite).map(
    (schedule) => ['On real sockets', `${lagText(schedule)}; ${skippedText(schedule)}`] as const,
  ),
  ['Tool', suite.tool],
  ['Seed', markup`<code>${suite.seed}</code>`],
  ['Key seed', markup`<code>${suite.keySeed}</code>`],
  ...(seeds === undefined ? [] : [['Secrets', seeds] as const]),
  [
    'Replay',
    joined(
      suite.replay.split('\n').map((line) => markup`<code>${line}</code>`),
      markup`<br>`,
    ),
  ],
])}</section>`;
}

/** What a person has to look at; none when there is nothing. */
export function attention(suite: SuiteResult): Content {
  const troubled = troubledChecks(suite);
  const missing = missingRuns(suite);
  if (troubled.length + missing.length === 0) return undefined;
  return markup`<section aria-labelledby="attention"><h2 id="attention">Needs attention</h2>
<ul class="attention">${missing.map(
    ({ scenario, run }) =>
      markup`<li class="fail"><span class="badge fail">missing</span> ${scenario.id}/${run.name}, seed <code>${run.seed}</code><br>${missingText(run)}<br><code>${run.replay}</code></li>
`,
  )}${troubled.map((placed) => {
    const { check } = placed;
    return markup`<li class="${check.verdict}">${verdictBadge(check.verdict)} <a href="#${checkAnchor(placed)}">${placeOfCheck(placed)}</a><br>${check.why}</li>
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
  rows: suite.scenarios.flatMap((scenario) => [
    ...scenario.variants.map((variant) =>
      row(markup`<span class="whole">${scenario.id}</span>`, [
        markup`<a class="whole" href="#${variantAnchors(scenario.id, variant.name).variant}">${variant.name}</a>`,
        markup`${variant.title}${!variant.reference && markup` <span class="muted">(what an error costs; does not count for clauses)</span>`}`,
        countBadges(countVerdicts(variant.checks)),
        exposuresOf(variant),
      ]),
    ),
    ...scenario.missing.map((run) =>
      row(markup`<span class="whole">${scenario.id}</span>`, [
        markup`<span class="whole">${run.name}</span>`,
        run.title,
        markup`<span class="badge fail">missing</span> ${numbered(run.checks.length, 'check')}`,
        'not known',
      ]),
    ),
  ]),
})}
</section>`;
}

/** How many there are, and how many probes could have found more but were not made: none found is not none. */
function exposuresOf(variant: VariantResult): Content {
  const count = variant.exposure.length;
  const unprobed = notProbed(variant).length;
  return markup`${count === 0 ? (unprobed === 0 ? 'none' : 'none found') : exposureBadge(count)}${
    unprobed > 0 && markup` <span class="muted">${unprobed} not probed</span>`
  }`;
}
