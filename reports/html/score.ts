/** The score of an exercise on the page: the rows that its person saw on the screen, word for word. */
import { scoreSections } from '../score.ts';
import { verdictBadge } from './badges.ts';
import { markup, type Content } from './markup.ts';
import type { VariantContext } from './variant-context.ts';

/** Nothing for a run that was no exercise. */
export function scoreSection({ variant, anchors }: VariantContext): Content {
  const score = scoreSections(variant);
  if (score === undefined) return undefined;
  return markup`<section class="score"><h5 id="${anchors.part('score')}">${score.title}</h5>
${score.sections.map(
  ({ title, none, rows }) => markup`<h6>${title}</h6>
${
  rows.length === 0
    ? markup`<p class="muted">${none}</p>`
    : markup`<ul>${rows.map(
        ({ head, verdict, texts }) =>
          markup`<li>${verdict !== undefined && markup`${verdictBadge(verdict)} `}<code>${head}</code>${texts.map((text) => markup`<br>${text}`)}</li>
`,
      )}</ul>`
}
`,
)}</section>`;
}
