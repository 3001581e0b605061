/** The score of an exercise on a terminal: alone when the exercise is over, and below its run in a report. */
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import { scoreSections } from '../score.ts';
import { countsText, countVerdicts } from '../tally.ts';
import { checkLines } from './checks.ts';
import { procedureLines } from './procedures.ts';
import { paragraph, styleOf, type Style, type TerminalKind } from './style.ts';

/** None for a run that was no exercise. */
export function scoreLines(variant: VariantResult, style: Style): string[] {
  const score = scoreSections(variant);
  if (score === undefined) return [];
  const { palette } = style;
  return [
    ...paragraph(score.title, 4, style).map(palette.strong),
    ...score.sections.flatMap(({ title, none, rows }) => [
      ...paragraph(title, 4, style).map(palette.strong),
      ...(rows.length === 0 ? paragraph(none, 6, style) : []),
      ...rows.flatMap(({ head, verdict, texts }) => [
        ...paragraph(verdict === undefined ? head : `${verdict}  ${head}`, 6, style).map((line) =>
          verdict === undefined ? line : palette.verdict[verdict](line),
        ),
        ...texts.flatMap((text) => paragraph(text, 8, style)),
      ]),
    ]),
  ];
}

/** What a person sees when their exercise is over: verdicts, each check that needs attention with its reason, and the score. */
export function exerciseReport(variant: VariantResult, kind: TerminalKind): string {
  const style = styleOf(kind);
  const lines = [
    `  Verdicts: ${countsText(countVerdicts(variant.checks))}`,
    ...checkLines(variant, style),
    ...variant.checks
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive')
      .flatMap(({ id, verdict, why }) => [
        ...paragraph(`${verdict}  ${id}`, 4, style).map(style.palette.verdict[verdict]),
        ...paragraph(why, 6, style),
      ]),
    ...procedureLines(variant, style),
    ...scoreLines(variant, style),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
