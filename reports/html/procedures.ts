/** The procedures of a run on the page: each a check list, and beside each step what really happened. */
import type { StepOutcome } from '../../scenarios/evidence/procedures/model.ts';
import { checklistsOf, type Checklist, type ChecklistRow } from '../procedures.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { row, table } from './table.ts';
import type { VariantContext } from './variant-context.ts';

const SIGNS: Readonly<Record<StepOutcome, string>> = {
  done: '☑',
  late: '☒',
  failed: '☒',
  open: '☐',
  skipped: '–',
  abandoned: '–',
  'not-applicable': '–',
  'not-needed': '–',
};

/** The class of a badge, whose colours are those of verdicts. */
const BADGES: Readonly<Record<StepOutcome, string>> = {
  done: 'pass',
  late: 'fail',
  failed: 'fail',
  open: 'inconclusive',
  skipped: 'not-applicable',
  abandoned: 'not-applicable',
  'not-applicable': 'not-applicable',
  'not-needed': 'not-applicable',
};

/** Nothing for a run that performed no procedure. It stands open when something of it was not done as it was to be. */
export function procedureSection(context: VariantContext): Content {
  const lists = checklistsOf(context.variant);
  if (lists.length === 0) return undefined;
  const stands = lists.some(
    ({ rows, deviations }) =>
      deviations.length > 0 || rows.some(({ outcome }) => ['late', 'failed', 'open'].includes(outcome)),
  );
  return markup`<details class="part"${stands && markup` open`}><summary><h5 id="${context.anchors.part('procedures')}">Procedures: ${lists.length}</h5></summary>
${lists.map((list) => checklist(list, context))}</details>`;
}

function checklist({ title, course, rows, deviations }: Checklist, { evidence }: VariantContext): Markup {
  return markup`<h6>${title}</h6>
<p class="muted">${course}</p>
${deviations.length > 0 && markup`<ul>${deviations.map((each) => markup`<li>Deviation: ${each}</li>`)}</ul>`}
${
  rows.length > 0 &&
  table({
    caption: title,
    captionHidden: true,
    className: 'checklist',
    heads: ['Step', 'Became', 'Who', 'What', 'Due', 'Done', 'Event'],
    rows: rows.map((each) =>
      row(stepCell(each), [
        markup`<span class="badge ${BADGES[each.outcome]}"><span aria-hidden="true">${SIGNS[each.outcome]} </span>${each.became}</span>`,
        each.who,
        markup`<code>${each.what}</code>`,
        each.due !== '' && markup`<span class="time whole">${each.due}</span>`,
        each.done !== '' &&
          markup`<span class="time whole">${each.done}</span>${each.doneBy !== undefined && markup`<br>by ${each.doneBy}`}`,
        each.event !== null && evidence.link(each.event),
      ]),
    ),
  })
}
`;
}

function stepCell({ name, hidden, insteadOf }: ChecklistRow): Markup {
  return markup`${name}${insteadOf !== undefined && markup`<br><span class="muted">instead of ${insteadOf}</span>`}${
    hidden !== undefined && markup`<br><span class="muted">not in the text: ${hidden}</span>`
  }`;
}
