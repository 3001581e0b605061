/** Check lists of procedures on a screen and as Markdown. */
import { printable } from '../../reports/printable.ts';
import { columnsOf, paragraphOf } from '../../reports/terminal/table.ts';
import type { CheckSheet, SheetRow } from './check-sheet.ts';

/** How wide a list may be, and how its titles are set off. */
export interface SheetStyle {
  readonly columns: number | undefined;
  readonly strong: (text: string) => string;
}

/** A list on a screen: a box for each step, and below it what must be seen. */
export function sheetText(sheet: CheckSheet, { columns = Infinity, strong }: SheetStyle): string {
  const { name, title, purpose, clauses, parameters, roles, given, order, rows, usedBy } = sheet;
  const part = (heading: string, lines: readonly (readonly [string, string])[]): string =>
    lines.length === 0
      ? ''
      : `\n${strong(heading)}\n${columnsOf(
          lines.map(([term, meaning]) => [printable(term), meaning.split('\n').map(printable).join('\n')]),
          columns,
        )}`;
  return [
    `${strong(name)}  ${printable(title)}\n`,
    ...(purpose === '' ? [] : [paragraphOf(printable(purpose), columns)]),
    ...(clauses.length === 0 ? [] : [paragraphOf(`Clauses: ${clauses.join(', ')}`, columns)]),
    part('Performed with', parameters),
    part('Roles', roles),
    part(
      'Before it begins',
      given.map((each) => ['[ ]', each]),
    ),
    part(
      'Steps',
      rows.map((row) => [`[ ] ${row.number}`, stepText(row)]),
    ),
    ...(order.length === 0 ? [] : [`\n${strong('Order')}\n${paragraphOf(`  ${order.join(', ')}`, columns)}`]),
    `\n${strong('Scenarios')}\n${paragraphOf(`  ${usedBy.length === 0 ? 'none of the shipped ones' : usedBy.join(', ')}`, columns)}`,
  ].join('');
}

function stepText({ id, mark, who, where, what, seen, clauses, notes, hidden }: SheetRow): string {
  const place = where === 'own hands' || where === '' ? '' : ` on ${where}`;
  const clause = clauses.length === 0 ? '' : ` [${clauses.join(', ')}]`;
  return [
    `${id}${markText(mark)}: ${who}${place}${who === '' ? '' : ': '}${what}${clause}`,
    `see: ${seen}`,
    ...notes,
    ...(hidden === undefined ? [] : [`hidden, not in the text: ${hidden}`]),
  ].join('\n');
}

function markText(mark: SheetRow['mark']): string {
  return mark === '' ? '' : ` (${mark})`;
}

/** A list as Markdown, with a box to tick for each step. */
export function sheetMarkdown(sheet: CheckSheet): string {
  const { name, title, purpose, clauses, parameters, roles, given, order, rows, usedBy } = sheet;
  const lines = [
    `# ${plain(title)} (${name})`,
    ...(purpose === '' ? [] : ['', plain(purpose)]),
    ...(clauses.length === 0 ? [] : ['', `Clauses: ${clauses.join(', ')}.`]),
    '',
    ...parameters.map(([name, what]) => `- ${code(name)}: ${plain(what)}`),
    ...roles.map(([role, person]) => `- **${role}**: ${code(person)}`),
    ...(given.length === 0
      ? []
      : ['', '## Before it begins', '', ...given.map((each) => `- [ ] ${plain(each)}`)]),
    ...['', '## Steps', ''],
    ...rows.flatMap((row) => markdownRow(row)),
    ...(order.length === 0 ? [] : ['', `Order: ${order.join(', ')}.`]),
    ...['', `Scenarios: ${usedBy.length === 0 ? 'none of the shipped ones' : usedBy.join(', ')}.`],
  ];
  return `${lines.join('\n')}\n`;
}

function markdownRow({
  number,
  id,
  mark,
  who,
  where,
  what,
  seen,
  clauses,
  notes,
  hidden,
}: SheetRow): string[] {
  const place = where === '' ? '' : `, ${where}`;
  const clause = clauses.length === 0 ? '' : ` (${clauses.join(', ')})`;
  return [
    `- [ ] **${number} ${id}**${markText(mark)}${who === '' ? '' : ` ${who}${place}`}: ${code(what)}${clause}`,
    `  - see: ${code(seen)}`,
    ...notes.map((note) => `  - ${plain(note)}`),
    ...(hidden === undefined ? [] : [`  - *hidden, not in the text:* ${plain(hidden)}`]),
  ];
}

/** Text that Markdown takes as it is. */
function plain(text: string): string {
  return printable(text).replaceAll(/[\\`*_<>[\]#|]/g, (sign) => `\\${sign}`);
}

/** A line of code, in as many back quotes as it takes. */
function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${printable(text)}${pad}${fence}`;
}
