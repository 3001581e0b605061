/** One run on the page: the picture first, then exposure, checks, messages, typed lines, evidence and what it ran with. */
import { byCodeUnit } from '../../sim/canonical-json.ts';
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import { notProbed } from '../exposure.ts';
import { measureText } from '../measure.ts';
import { setByText } from '../set-by.ts';
import { TRACE_FILE, variantFolder } from '../paths.ts';
import { countVerdicts, needsAttention } from '../tally.ts';
import { momentOf } from '../when.ts';
import { clauseAnchor, fileHref } from './anchors.ts';
import { countBadges, exposureBadge } from './badges.ts';
import { callSection } from './calls.ts';
import { checkSection } from './checks.ts';
import type { VariantContext } from './variant-context.ts';
import { exposureTable } from './exposure.ts';
import { procedureSection } from './procedures.ts';
import { scoreSection } from './score.ts';
import { ladder } from './ladder.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { facts, row, table } from './table.ts';
import { timeline } from './timeline.ts';

/** What stands in the place of the parts of a run; the parts themselves where nothing does. */
export type PlaceParts = (variant: string, parts: Markup) => Markup;

/** A part that folds; it stands open when `open` or when a check in it needs attention. */
export function variantSection(context: VariantContext, open: boolean, place: PlaceParts): Markup {
  const { variant, anchors } = context;
  const unprobed = notProbed(variant).length;
  const stands = open || variant.checks.some(needsAttention);
  return markup`<details class="variant" id="${anchors.variant}"${stands && markup` open`}>
<summary><h4>${variant.name}</h4> <span class="vtitle">${variant.title}</span> <span class="vmarks">${countBadges(countVerdicts(variant.checks))}${exposureBadge(variant.exposure.length)}${
    unprobed > 0 && markup` <span class="muted">${unprobed} not probed</span>`
  }${
    !variant.reference && markup` <span class="badge plain">shows what an error costs</span>`
  }</span></summary>
<div class="body">
${place(variant.name, partsOf(context))}
</div></details>
`;
}

function partsOf(context: VariantContext): Markup {
  const { variant, anchors, evidence, events } = context;
  return markup`${timeline(variant, anchors)}
${scoreSection(context)}
<div id="${anchors.part('exposure')}">${exposureTable(context)}</div>
${checkSection(context)}
${procedureSection(context)}
${ladder(variant, anchors, evidence, events)}
${callSection(context)}
${typedSection(context)}
${evidence.section(variant)}
${factSection(context)}`;
}

function typedSection({ variant, anchors, clauses }: VariantContext): Content {
  if (variant.typed.length === 0) return undefined;
  return markup`<details class="part"><summary><h5 id="${anchors.part('typed')}">Typed lines: ${variant.typed.length}</h5></summary>
${table({
  caption: 'Lines typed in the run; the numbers are those of the timeline',
  className: 'typed',
  heads: ['No.', 'Time', 'By', 'On', 'Line', 'Clause', 'Refused'],
  rows: variant.typed.map(({ time, by, on, line, clause, refused }, index) =>
    row(String(index + 1), [
      markup`<span class="time whole">${momentOf(variant.begins, time)}</span>`,
      markup`<span class="whole">${by}</span>`,
      markup`<span class="whole">${on}</span>`,
      markup`<code>${line}</code>`,
      clause !== undefined &&
        (clauses.has(clause)
          ? markup`<a class="whole" href="#${clauseAnchor(clause)}">${clause}</a>`
          : clause),
      refused,
    ]),
  ),
})}</details>`;
}

function factSection(context: VariantContext): Markup {
  const { variant, anchors, evidence } = context;
  return markup`<details class="part"><summary><h5 id="${anchors.part('facts')}">Run: measures, moments, parameters, files</h5></summary>
${facts([
  ['Replay', markup`<code>${variant.replay}</code>`],
  ['Seed', markup`<code>${variant.seed}</code>`],
  ['Time', `${momentOf(variant.begins, 0)} to ${momentOf(variant.begins, variant.ends)}`],
  [
    'Trace',
    markup`${variant.traceEvents} events, SHA-256 <code class="digest">${variant.traceDigest}</code>`,
  ],
  ['Files', filesOf(context)],
])}
<div class="columns">
${
  variant.measures.length + variant.facts.length > 0 &&
  table({
    caption: 'Measures',
    heads: ['Measure', 'Value'],
    rows: [
      ...variant.measures.map((measure) => row(measure.name, [measureText(measure)])),
      ...variant.facts.map(({ name, text }) => row(name, [text])),
    ],
  })
}
${momentTable(variant, (n) => evidence.link(n))}
${table({
  caption: 'Parameters of this run',
  heads: ['Parameter', 'Value', 'Set by'],
  rows: byName(variant.parameters).map(([name, value]) =>
    row(markup`<code>${name}</code>`, [
      markup`<code>${value}</code>`,
      setByText(variant.setBy[name] ?? { by: 'default' }),
    ]),
  ),
})}
</div></details>`;
}

function momentTable(variant: VariantResult, link: (n: number) => Markup): Content {
  // In order of time, and what did not happen last.
  const moments = byName(variant.moments).sort(
    ([, one], [, other]) =>
      (one?.event ?? Number.MAX_SAFE_INTEGER) - (other?.event ?? Number.MAX_SAFE_INTEGER),
  );
  return (
    moments.length > 0 &&
    table({
      caption: 'Moments',
      heads: ['Moment', 'Time', 'Event'],
      rows: moments.map(([name, moment]) =>
        row(
          name,
          moment === null
            ? ['did not happen', '']
            : [
                markup`<span class="time whole">${momentOf(variant.begins, moment.time)}</span>`,
                link(moment.event),
              ],
        ),
      ),
    })
  );
}

function filesOf({ scenario, variant, files }: VariantContext): Content {
  const folder = `${variantFolder(scenario, variant.name)}/`;
  const links = [...files]
    .filter(([path]) => path.startsWith(folder))
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([path, size]) => {
      const name = path.slice(folder.length);
      const href = fileHref(scenario, variant.name, name);
      return markup`${href === undefined ? name : markup`<a href="${href}">${name}</a>`} <span class="muted">(${size} octets)</span>`;
    });
  return links.length === 0 ? `${TRACE_FILE} was not written` : joined(links, ', ');
}

/** What is under keys, in an order that does not hang on how the model came to be: the page is the same when the model is read back. */
function byName<Value>(table: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(table).sort(([a], [b]) => byCodeUnit(a, b));
}
