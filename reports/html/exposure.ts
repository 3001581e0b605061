/** Exposure as numbers: of one variant, and of the whole suite on the first page. */
import type { ExposureBar, SuiteResult } from '../../scenarios/evidence/model.ts';
import {
  exposureFrom,
  exposureLength,
  exposureUntil,
  notProbed,
  pathOf,
  remarkOf,
  yieldOf,
} from '../exposure.ts';
import { variantAnchors } from './anchors.ts';
import { means } from './checks.ts';
import type { VariantContext } from './variant-context.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';

function length(bar: ExposureBar): Content {
  const text = exposureLength(bar);
  return bar.firstFailure === undefined ? markup`<strong>${text}</strong>` : text;
}

/** Every exposure of the suite, so that nobody has to unfold a variant to find one. */
export function exposureOverview(suite: SuiteResult): Markup {
  const rows = suite.scenarios.flatMap((scenario) =>
    scenario.variants.flatMap((variant) =>
      variant.exposure.map((bar) =>
        row(markup`${bar.capability} <span class="asset">${bar.asset}</span>`, [
          markup`<a href="#${variantAnchors(scenario.id, variant.name).part('exposure')}">${scenario.id}/${variant.name}</a>`,
          length(bar),
          yieldOf(bar).join('; ') || 'none',
          markup`${pathOf(bar)} (${bar.attacker})`,
        ]),
      ),
    ),
  );
  return markup`<section aria-labelledby="exposures"><h2 id="exposures">Exposures</h2>
<p>What an attacker could do, in which run, and for how long. An exposure is harm whether or not it was predicted; no verdict takes it away.</p>
${
  rows.length === 0
    ? markup`<p>No probe that was made opened anything.</p>`
    : table({
        caption: 'Exposures of all runs',
        captionHidden: true,
        heads: ['Attacker could', 'In', 'For', 'Yield', 'By'],
        className: 'exposures',
        rows,
      })
}
</section>`;
}

/** The bars of one variant with both ends as they were measured, and the probes that were not made. */
export function exposureTable(context: VariantContext): Content {
  const unprobed = notProbed(context.variant);
  return markup`${barsTable(context)}${
    unprobed.length > 0 &&
    markup`<p class="muted">Not probed, so neither open nor closed: ${joined(
      unprobed.map((id) => markup`<a href="#${context.anchors.check(id)}">${id}</a>`),
      ', ',
    )}.</p>`
  }`;
}

function barsTable({ variant, anchors }: VariantContext): Content {
  if (variant.exposure.length === 0) return undefined;
  const checks = new Set(variant.checks.map(({ id }) => id));
  return table({
    caption: 'Exposure; an end is an interval between two probes, the last success and the first failure',
    heads: ['Attacker could', 'By', 'From', 'Until', 'For', 'Yield', 'Made with', 'Shown by'],
    className: 'exposures',
    rows: variant.exposure.map((bar) =>
      row(markup`${bar.capability} <span class="asset">${bar.asset}</span>`, [
        markup`${pathOf(bar)} (${bar.attacker})`,
        markup`<span class="time">${exposureFrom(variant.begins, bar)}</span>`,
        markup`<span class="time">${exposureUntil(variant.begins, bar)}</span>`,
        length(bar),
        [...yieldOf(bar), remarkOf(variant.begins, bar)].filter((part) => part !== undefined).join('; ') ||
          'none',
        means([...bar.means, ...bar.sources]),
        joined(
          bar.tries.map((id) => (checks.has(id) ? markup`<a href="#${anchors.check(id)}">${id}</a>` : id)),
          ', ',
        ),
      ]),
    ),
  });
}
