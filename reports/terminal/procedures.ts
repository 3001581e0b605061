/** The procedures of a run on a terminal, as check lists. */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import type { StepOutcome } from '../../scenarios/evidence/procedures/model.ts';
import { checklistsOf, type Checklist } from '../procedures.ts';
import { paragraph, type Style } from './style.ts';

/** In ASCII: what is not done for a reason has a dash, what should have been done a cross. */
const BOXES: Readonly<Record<StepOutcome, string>> = {
  done: '[x]',
  late: '[!]',
  failed: '[!]',
  open: '[ ]',
  skipped: '[-]',
  abandoned: '[-]',
  'not-applicable': '[-]',
  'not-needed': '[-]',
};

/** None for a run that performed no procedure. */
export function procedureLines(variant: VariantResult, style: Style): string[] {
  const lists = checklistsOf(variant);
  if (lists.length === 0) return [];
  return [
    ...paragraph('Procedures', 4, style).map(style.palette.strong),
    ...lists.flatMap((list) => listLines(list, style)),
  ];
}

function listLines({ title, course, rows, deviations }: Checklist, style: Style): string[] {
  const { palette } = style;
  return [
    ...paragraph(title, 6, style).map(palette.strong),
    ...paragraph(course, 8, style).map(palette.quiet),
    ...rows.flatMap(({ outcome, became, name, who, what, done, doneBy, hidden, insteadOf }) => {
      const place = insteadOf === undefined ? '' : `, instead of ${insteadOf}`;
      const paint =
        outcome === 'late' || outcome === 'failed' || outcome === 'open'
          ? palette.bad
          : (text: string) => text;
      const when = done === '' ? became : `${became} ${done}`;
      return [
        ...paragraph(
          `${BOXES[outcome]} ${name}${place}: ${when}${doneBy === undefined ? '' : ` by ${doneBy}`}`,
          8,
          style,
        ).map(paint),
        ...paragraph(`${who}: ${what}`, 12, style).map(palette.quiet),
        ...(hidden === undefined
          ? []
          : paragraph(`not in the text: ${hidden}`, 12, style).map(palette.quiet)),
      ];
    }),
    ...deviations.flatMap((each) => paragraph(`Deviation: ${each}`, 8, style).map(palette.warn)),
  ];
}
