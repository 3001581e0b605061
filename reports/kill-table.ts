/**
 * The kill table: each planted violation of the devices with the checks that must catch it. A row that is not caught means
 * that a check sees nothing; that is the worst news a testbed can have about itself, so it comes first.
 */
import { markup, joined } from './html/markup.ts';
import { row, table } from './html/table.ts';
import { byCodeUnit } from '../sim/canonical-json.ts';
import { numbered } from './tally.ts';
import { columnFor } from './terminal/columns.ts';
import { heading, paddedCell, paragraph, styleOf, type TerminalKind } from './terminal/style.ts';

/** One planted violation and what came of it. */
export interface KillRow {
  readonly plant: string;
  /** What was broken, in a sentence. */
  readonly statement: string;
  readonly scenario: string;
  readonly expectedChecks: readonly string[];
  readonly failedChecks: readonly string[];
  readonly caught: boolean;
}

function missedFirst(rows: readonly KillRow[]): KillRow[] {
  return rows.toSorted((a, b) => Number(a.caught) - Number(b.caught) || byCodeUnit(a.plant, b.plant));
}

function headline(rows: readonly KillRow[]): string {
  const missed = rows.filter(({ caught }) => !caught).length;
  const planted = `${numbered(rows.length, 'violation')} planted`;
  return missed === 0
    ? `${planted}: all caught`
    : `${planted}: ${rows.length - missed} caught, ${missed} missed`;
}

/** Checks that noticed beside those that must. */
function unexpected({ expectedChecks, failedChecks }: KillRow): string[] {
  return failedChecks.filter((check) => !expectedChecks.includes(check));
}

/** The table for a terminal, ended by a newline. */
export function killTableText(rows: readonly KillRow[], terminal: TerminalKind): string {
  const style = styleOf(terminal);
  const { palette } = style;
  const plantWidth = columnFor(
    rows.map(({ plant }) => plant),
    40,
  );
  const indent = 2 + 'caught'.length + 2;
  const lines = missedFirst(rows).flatMap((kill) => {
    const paint = palette.verdict[kill.caught ? 'pass' : 'fail'];
    const failed = kill.failedChecks.length === 0 ? 'none' : kill.failedChecks.join(', ');
    const others = unexpected(kill);
    return [
      `  ${paint(kill.caught ? 'caught' : 'MISSED')}  ${paddedCell(kill.plant, plantWidth, style)}  ${palette.quiet(kill.scenario)}`,
      ...paragraph(kill.statement, indent, style),
      ...(kill.caught ? [] : paragraph(`must fail: ${kill.expectedChecks.join(', ')}`, indent, style)),
      ...paragraph(`failed: ${failed}`, indent, style).map(palette.quiet),
      ...(others.length === 0
        ? []
        : paragraph(`noticed as well by: ${others.join(', ')}`, indent, style).map(palette.quiet)),
    ];
  });
  return `${[heading(headline(rows), style), ...lines].join('\n')}\n`;
}

/** The table as a piece of HTML: a heading of level 2 and a table, without page or style. */
export function killTableHtml(rows: readonly KillRow[]): string {
  return markup`<section aria-labelledby="kills"><h2 id="kills">${headline(rows)}</h2>
${table({
  caption: 'Planted violations, those that were missed first',
  heads: ['Violation', 'Result', 'What was broken', 'Scenario', 'Must fail', 'Failed'],
  rows: missedFirst(rows).map((kill) =>
    row(markup`<code>${kill.plant}</code>`, [
      kill.caught
        ? markup`<span class="badge pass">caught</span>`
        : markup`<span class="badge fail">missed</span>`,
      kill.statement,
      kill.scenario,
      joined(kill.expectedChecks, ', '),
      joined(
        kill.failedChecks.map((check) =>
          kill.expectedChecks.includes(check) ? check : markup`${check} (not expected)`,
        ),
        ', ',
      ),
    ]),
  ),
})}</section>
`.text;
}
