/** The deployment on a terminal: its file, its waivers a line each, and what it declares in numbers. */
import type { SuiteResult, VariantResult } from '../../scenarios/evidence/model.ts';
import { setByText } from '../set-by.ts';
import { countsText, countVerdicts, numbered } from '../tally.ts';
import { columnFor } from './columns.ts';
import { cell, heading, paddedCell, paragraph, type Style } from './style.ts';

/** No lines without a deployment. */
export function deploymentLines({ deployment }: SuiteResult, style: Style): string[] {
  if (deployment === undefined) return [];
  const { palette, columns } = style;
  const { name, file, asOf, waivers, declares, targets } = deployment;
  const width = columnFor(
    waivers.map(({ verdict }) => verdict),
    14,
  );
  return [
    '',
    heading('Deployment', style),
    ...paragraph(`${name}, from ${file}; waivers as of ${asOf}`, 2, style),
    ...paragraph(
      `${numbered(targets.length, 'target')}; declared: ${countsText(countVerdicts(declares))}`,
      2,
      style,
    ),
    ...waivers.flatMap(({ verdict, title, why }) => [
      `  ${palette.verdict[verdict](paddedCell(verdict, width, style))}  ${cell(title, columns - width - 4, style)}`,
      ...paragraph(why, width + 4, style).map(palette.quiet),
    ]),
  ];
}

/** The parameters of a run that are not at their defaults, each with what set it. */
export function parameterLines({ parameters, setBy }: VariantResult, style: Style): string[] {
  const set = Object.entries(parameters).flatMap(([name, value]) => {
    const setter = setBy[name];
    return setter === undefined || setter.by === 'default' ? [] : [{ name, value, by: setByText(setter) }];
  });
  if (set.length === 0) return [];
  return [
    `    ${style.palette.strong('parameters')}`,
    ...set.flatMap(({ name, value, by }) => paragraph(`${name} ${value} (${by})`, 6, style)),
  ];
}
