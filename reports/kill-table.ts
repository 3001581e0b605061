/**
 * The kill table: each planted violation of the devices with the checks that must catch it. A row that is not caught means
 * that a check sees nothing; that is the worst news a testbed can have about itself, so it comes first.
 */
import { pageFrame } from './html/frame.ts';
import { markup, joined, type Content, type Markup } from './html/markup.ts';
import { facts, row, table } from './html/table.ts';
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
  readonly variant: string;
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
      ...paragraph(`${kill.variant}: ${kill.statement}`, indent, style),
      ...(kill.caught ? [] : paragraph(`must fail: ${kill.expectedChecks.join(', ')}`, indent, style)),
      ...paragraph(`failed: ${failed}`, indent, style).map(palette.quiet),
      ...(others.length === 0
        ? []
        : paragraph(`noticed as well by: ${others.join(', ')}`, indent, style).map(palette.quiet)),
    ];
  });
  return `${[heading(headline(rows), style), ...lines].join('\n')}\n`;
}

/** Of a run of all plants: its table, and whatever makes it worth less than it looks. */
export interface KillPageParts {
  readonly rows: readonly KillRow[];
  /** Checks that fail without any plant, so that they catch nothing; and runs that came to no end, each in a sentence. */
  readonly cleanFailures: readonly string[];
  readonly lost: readonly string[];
  /** Parts of the catalogue that no violation tripped, with the reason, and how many were tripped. */
  readonly untripped: readonly { readonly part: string; readonly reason: string }[];
  readonly tripped: number;
  readonly seeds: string;
  readonly replay: string;
}

/** A page of its own: those that nobody noticed first, then the table, and the parts of the catalogue that nothing tripped. */
export function killPage({
  rows,
  cleanFailures,
  lost,
  untripped,
  tripped,
  seeds,
  replay,
}: KillPageParts): string {
  const reasons = [...new Set(untripped.map(({ reason }) => reason))];
  const list = (title: string, items: readonly string[]): Content =>
    items.length > 0 &&
    markup`<section><h2>${title}</h2><ul class="attention">${items.map((item) => markup`<li class="fail">${item}</li>`)}</ul></section>`;
  const title = [
    headline(rows),
    ...(lost.length === 0 ? [] : [`${numbered(lost.length, 'run')} came to no end`]),
    ...(cleanFailures.length === 0 ? [] : [`${numbered(cleanFailures.length, 'check')} failed without any`]),
  ].join('; ');
  return pageFrame(
    title,
    markup`<main id="main"><header><p class="kicker">calldrill: planted violations</p>
<h1>${title}</h1>
<p>Each row breaks one rule of a device, and the checks that are to notice it must fail. This tests the checks, and says nothing of the procedures.</p></header>
${list('Runs that came to no end: nothing is known of what they would have noticed', lost)}
${list('Checks that fail without any plant, so they catch nothing', cleanFailures)}
${killTable(rows)}
<section aria-labelledby="parts"><h2 id="parts">Of ${tripped + untripped.length} parts that these scenarios show, ${tripped} were tripped by a violation</h2>
${facts(
  reasons.map((reason): [string, Content] => [
    reason,
    untripped
      .filter((each) => each.reason === reason)
      .map(({ part }) => part)
      .join(', '),
  ]),
)}</section>
<section aria-labelledby="made"><h2 id="made">How it was run</h2>${facts([
      ['Seeds', seeds],
      ['Replay', markup`<code>${replay}</code>`],
    ])}</section></main>`,
  );
}

function killTable(rows: readonly KillRow[]): Markup {
  return markup`<section aria-labelledby="kills"><h2 id="kills">Violation by check</h2>
${table({
  caption: 'Planted violations, those that were missed first',
  heads: ['Violation', 'Result', 'Rule broken', 'Run', 'Must fail', 'What failed'],
  rows: missedFirst(rows).map((kill) =>
    row(markup`<code class="whole">${kill.plant}</code>`, [
      kill.caught
        ? markup`<span class="badge pass">caught</span>`
        : markup`<span class="badge fail">missed</span>`,
      kill.statement,
      `${kill.scenario}/${kill.variant}`,
      joined(
        kill.expectedChecks.map((check) =>
          kill.failedChecks.includes(check)
            ? markup`<span class="whole"><span class="badge pass">failed</span> ${check}</span>`
            : markup`<span class="whole"><span class="badge fail">did not</span> ${check}</span>`,
        ),
        markup`<br>`,
      ),
      joined(
        kill.failedChecks.map((check) =>
          kill.expectedChecks.includes(check) ? check : markup`${check} (not expected)`,
        ),
        ', ',
      ),
    ]),
  ),
})}</section>
`;
}
