/** A comparison on a terminal: the sentence first, then the sections, the worst first. */
import type { SuiteComparison } from '../../scenarios/evidence/comparison/model.ts';
import { heading, paragraph, styleOf, type Style, type TerminalKind } from '../terminal/style.ts';
import { comparisonHeadline, sectionsOf, type Section, type Tone } from './sections.ts';

/** Rows of a section that are shown; a program reads all of them. */
const ROWS_MAX = 50;
/** Characters of a row. */
const CHARACTERS_MAX = 2_000;

/** The comparison as text, ended by a newline. */
export function comparisonText(comparison: SuiteComparison, terminal: TerminalKind): string {
  const style = styleOf(terminal);
  const { palette } = style;
  const { outcome } = comparison;
  const paint =
    outcome === 'worse' ? palette.bad : outcome === 'not-comparable' ? palette.warn : palette.good;
  const lines = [
    ...paragraph(comparisonHeadline(comparison), 0, style).map(paint),
    ...sectionsOf(comparison).flatMap((section) => ['', ...sectionLines(section, style)]),
  ];
  return `${lines.join('\n')}\n`;
}

function sectionLines({ title, tone, rows }: Section, style: Style): readonly string[] {
  const { palette } = style;
  const paints: Readonly<Record<Tone, (text: string) => string>> = {
    ...{ worse: palette.bad, unclear: palette.warn, better: palette.good, plain: palette.strong },
  };
  const more = rows.length - ROWS_MAX;
  return [
    heading(`${title} (${rows.length})`, style),
    ...rows
      .slice(0, ROWS_MAX)
      .flatMap(({ place, what, why }) => [
        ...paragraph(what === '' ? place : `${place}: ${what}`, 2, style).map(paints[tone]),
        ...why.flatMap((line) => paragraph(line.slice(0, CHARACTERS_MAX), 6, style)),
      ]),
    ...(more > 0 ? [`  and ${more} more; --json has all of them`] : []),
  ];
}
