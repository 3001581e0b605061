/** The checks of a variant: expectations, then probes. What passed is folded; what needs attention stands open. */
import type { CheckResult, LostAt, ProbeResult } from '../../scenarios/evidence/model.ts';
import { clauseOf, needsAttention } from '../tally.ts';
import { momentOf } from '../when.ts';
import { clauseAnchor } from './anchors.ts';
import type { VariantContext } from './variant-context.ts';
import { artefact } from './artefact.ts';
import { outcomeBadge, verdictBadge } from './badges.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';
import { facts } from './table.ts';

/** Two lists under headings of their own; an empty one has no heading. */
export function checkSection(context: VariantContext): Markup {
  const { variant, anchors } = context;
  const groups = [
    ['Expectations', variant.checks.filter(({ kind }) => kind === 'expectation')],
    ['Probes', variant.checks.filter(({ kind }) => kind === 'probe')],
  ] as const;
  return markup`<h5 id="${anchors.part('checks')}">Checks</h5>
${groups.map(
  ([title, checks]) =>
    checks.length > 0 &&
    markup`<h6>${title}</h6>
<div class="checklist">${checks.map((check) => checkItem(check, context))}</div>`,
)}`;
}

function checkItem(check: CheckResult, context: VariantContext): Markup {
  const { anchors, evidence, variant } = context;
  return markup`<details class="check ${check.verdict}" id="${anchors.check(check.id)}"${needsAttention(check) && markup` open`}>
<summary><span class="marks">${verdictBadge(check.verdict)}</span><span class="what"><span class="title">${check.title}</span> <code class="id">${check.id}</code>${
    check.probe !== undefined && markup` ${outcomeBadge(check.probe, check)}`
  }<span class="why">${check.why}</span></span></summary>
<div class="body">
${check.probe !== undefined && probeFacts(check.probe, check, context)}
${facts([
  [
    'Shows',
    check.parts.length === 0
      ? 'nothing of the catalogue'
      : joined(
          check.parts.map(
            ({ part, verdict, why }) =>
              markup`${verdictBadge(verdict)} ${partLink(part, context.clauses)}${why !== check.why && markup` <span class="muted">${why}</span>`}`,
          ),
          ', ',
        ),
  ],
  ...(check.lostAt === undefined ? [] : [['Lost', lost(check.lostAt, context)] as const]),
  ['Evidence', evidence.chains(check.evidence)],
  ['Written at', markup`<code>${check.source}</code>`],
  ['Replay', markup`<code>${variant.replay}</code>`],
])}
</div></details>
`;
}

/** A part of the catalogue, linked to the row of its clause where the report has it. */
export function partLink(part: string, clauses: ReadonlySet<string>): Content {
  const clause = clauseOf(part);
  return clauses.has(clause) ? markup`<a href="#${clauseAnchor(clause)}">${part}</a>` : part;
}

/** From where on it could not be saved, no more than is known, and where that is among the messages. */
function lost({ event, time, by }: LostAt, { variant, anchors, evidence }: VariantContext): Content {
  const at = markup`${evidence.event(event)} at <span class="time">${momentOf(variant.begins, time)}</span>`;
  const near = variant.ladder.findLast((message) => message.event <= event);
  const isMessage = near?.event === event;
  return [
    LOST[by](at),
    near !== undefined &&
      markup`; <a href="#${anchors.message(near.event)}">${isMessage ? 'that message' : 'the last message until then'}</a>`,
  ];
}

const LOST: Readonly<Record<LostAt['by'], (at: Markup) => Markup>> = {
  event: (at) => markup`from event ${at} on it could not be saved`,
  window: (at) =>
    markup`from event ${at} on it could not be saved: the first after the time in which something else had to happen`,
  fork: (at) =>
    markup`by what had happened until event ${at}, the last before the line was typed; which event it was is not known`,
};

function probeFacts(probe: ProbeResult, check: CheckResult, context: VariantContext): Markup {
  const { variant } = context;
  return facts([
    [
      'Typed',
      markup`<code>${probe.line}</code> at <span class="time">${momentOf(variant.begins, probe.time)}</span>${
        probe.forked && ', in a fork of the world'
      }`,
    ],
    ['Prediction', markup`${probe.predict}: ${probe.prediction}`],
    [
      'Outcome',
      markup`${outcomeBadge(probe, check)}${probe.refusedAs !== undefined && markup` as <code>${probe.refusedAs}</code>`}`,
    ],
    ['Positive control', control(probe.positiveControl, 'opened', probe.positiveBecause)],
    ['Negative control', control(probe.negativeControl, 'refused', probe.negativeBecause)],
    ['Means', means(probe.means)],
    ...(probe.artefact === undefined
      ? []
      : [['Recovered', artefact(probe.artefact, 'Recovered speech', context)] as const]),
    ['Matrix row', markup`<code>${probe.row}</code>`],
  ]);
}

function control(
  was: ProbeResult['positiveControl'],
  must: ProbeResult['positiveControl'],
  because: string,
): Content {
  if (was === must) return `${was}, as it must: ${because}`;
  const what = was === 'inconclusive' ? 'could not be tried' : `${was}, must be ${must}`;
  return markup`<strong class="failtext">${what}</strong>: ${because}`;
}

/** The attacker's means that a probe used, as code with commas between; `none` for an empty list. */
export function means(list: readonly string[]): Content {
  return list.length === 0
    ? 'none'
    : joined(
        list.map((item) => markup`<code>${item}</code>`),
        ', ',
      );
}
