/** The lines of a plan as a table, and on a narrow terminal as paragraphs. */
import { printable } from '../../reports/printable.ts';
import { widthOf } from '../../reports/terminal/columns.ts';
import { columnsOf, tableOf } from '../../reports/terminal/table.ts';
import type { PlanLine } from './plan-line.ts';

/** How wide it may be, and how its titles are set off. */
export interface PlanStyle {
  readonly columns: number | undefined;
  readonly heading: (text: string) => string;
}

const COLUMNS = [
  { title: 'time' },
  { title: 'who' },
  { title: 'line', folds: true },
  { title: 'expected' },
  { title: 'checks' },
] as const;
const LINE = 2;
/** Less of a line says nothing: then there is no table. */
const LINE_MIN = 40;

/** Time, role, line, expected effect, checks. */
export function planTable(lines: readonly PlanLine[], { columns, heading }: PlanStyle): string {
  const rows = lines.map(({ time, by, on, line, effect, mark, checks, kind }) => [
    ...[time, kind === 'probe' ? `${by} tries` : by],
    printable([on === by ? line : `${on}: ${line}`, ...(mark === '' ? [] : [`[${mark}]`])].join(' ')),
    ...[effect, checks.join(', ')],
  ]);
  const widths = COLUMNS.map(({ title }, at) =>
    Math.max(title.length, ...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  const others = widths.reduce((sum, width, at) => sum + (at === LINE ? 0 : width + 2), 0);
  const hasRoom = columns === undefined || columns - others >= Math.min(LINE_MIN, widths[LINE] ?? 0);
  if (hasRoom) return tableOf(COLUMNS, rows, { columns, heading });
  return columnsOf(lines.map(paragraphOf), columns);
}

function paragraphOf(each: PlanLine): readonly [string, string] {
  const { time, by, on, line, kind, effect, mark, checks } = each;
  const who = on === by ? by : `${by} on ${on}`;
  return [
    time,
    [
      printable(`${who}${kind === 'probe' ? ' tries' : ''}: ${line}`),
      ...(mark === '' ? [] : [printable(mark)]),
      ...(effect === '' ? [] : [`expected: ${effect}`]),
      ...(checks.length === 0 ? [] : [`checks: ${checks.join(', ')}`]),
    ].join('\n'),
  ];
}
