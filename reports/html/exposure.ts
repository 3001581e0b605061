/** Exposure of one run as numbers. */
import type { ExposureBar } from '../../scenarios/evidence/model.ts';
import {
  exposureFrom,
  exposureLength,
  exposureUntil,
  notProbed,
  pathOf,
  remarkOf,
  yieldOf,
} from '../exposure.ts';
import { means } from './checks.ts';
import type { VariantContext } from './variant-context.ts';
import { joined, markup, type Content } from './markup.ts';
import { row, table } from './table.ts';

function length(bar: ExposureBar): Content {
  const text = exposureLength(bar);
  return bar.firstFailure === undefined ? markup`<strong>${text}</strong>` : text;
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
