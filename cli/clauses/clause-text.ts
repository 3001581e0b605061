/** One clause on a terminal: its words, and of each part all that is known: what it asks, which checks show it, what they came to, and what they must notice. */
import type { CatalogueClause } from '../../scenarios/catalogue/clauses.ts';
import { SCENARIOS_OF_CLAUSES } from '../../scenarios/catalogue/clauses.ts';
import type { PartBinding } from '../../scenarios/language/index.ts';
import { heading, paragraph, styleOf, type Style, type TerminalKind } from '../../reports/terminal/style.ts';
import type { LastResults } from './last-verdicts.ts';
import { paintedVerdict, resultsLines, verdictText, type JudgedRow } from './matrix-text.ts';

/** Ended by a newline. The rows are those of the clause that were asked for. */
export function clauseText(
  { id, paraphrase, modality, class: kind, checks }: CatalogueClause,
  rows: readonly JudgedRow[],
  { results, terminal }: { results: LastResults; terminal: TerminalKind },
): string {
  const style = styleOf(terminal);
  const lines = [
    `${style.palette.strong(id)}  ${modality}  ${kind}`,
    ...paragraph(paraphrase, 2, style),
    ...paragraph(`Scenarios of the catalogue: ${(SCENARIOS_OF_CLAUSES.get(id) ?? []).join(', ')}`, 2, style),
    ...resultsLines(results),
    ...checks.flatMap(({ id: check, stance }) => {
      const own = rows.filter((row) => row.check === check);
      if (own.length === 0) return [];
      return [
        '',
        heading(`${check}  ${stance}`, style),
        ...own.flatMap((row) => partLines(row, checks, style)),
      ];
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function partLines(row: JudgedRow, checks: CatalogueClause['checks'], style: Style): readonly string[] {
  const { palette } = style;
  const { part, what, by, coverage, last, unplanted } = row;
  const found = checks.flatMap(({ parts }) => parts).find(({ id }) => id === part);
  const asks =
    found?.outcome === undefined
      ? ''
      : `${found.rows.join(', ')} has to be ${found.outcome}${found.reason === undefined ? '' : `: ${found.reason}`}`;
  return [
    `  ${palette.strong(part)}  ${palette.quiet(by)}  ${paintedVerdict(last, 0, style)}`,
    ...paragraph(what, 4, style),
    ...(asks === '' ? [] : paragraph(asks, 4, style)),
    ...(coverage.is === 'bound'
      ? coverage.checks.flatMap((check) => bindingLines(check, style))
      : paragraph(
          coverage.is === 'declared'
            ? `shown by the deployment file: ${coverage.entry}; without that entry it is not tested`
            : `no check: ${coverage.reason}`,
          4,
          style,
        )),
    ...(unplanted === undefined ? [] : paragraph(`no planted violation: ${unplanted}`, 4, style)),
    ...(last.verdict === 'never-run'
      ? []
      : paragraph(`last: ${verdictText(last)}: ${last.why}`, 4, style).map(palette.quiet)),
  ];
}

/** The check, the variants that it is in, and the violations that it must notice. */
function bindingLines(
  { scenario, check, kind, variants, plants }: PartBinding,
  style: Style,
): readonly string[] {
  const where = variants.length === 0 ? '' : ` (${variants.join(', ')})`;
  const planted = plants.length === 0 ? '' : `; must notice ${plants.join(', ')}`;
  return paragraph(`${kind} ${scenario}/${check}${where}${planted}`, 4, style);
}
