/** Lineages for a terminal: a table of all secrets, and the tree of one. Colour repeats words only. */
import type { Lineage, LineagePlace } from '../../scenarios/evidence/custody/model.ts';
import { printable } from '../printable.ts';
import { paletteOf, type Palette } from '../terminal/palette.ts';
import { tableOf, type TextColumn } from '../terminal/table.ts';
import { arrivalText, fateLines, lifeText } from './lineage-words.ts';

/** What the terminal can show, and when the run began (Unix milliseconds). */
export interface LineageView {
  readonly begins: number;
  readonly columns: number | undefined;
  readonly colour: boolean;
  readonly unicode: boolean;
}

const COLUMNS: readonly TextColumn[] = [
  { title: 'secret' },
  { title: 'born', align: 'right' },
  { title: 'uses', align: 'right' },
  { title: 'leaks', align: 'right' },
  { title: 'broken', align: 'right' },
  { title: 'died', align: 'right' },
  { title: 'now at', folds: true },
];

/** One row for each secret: the numbers are those of events, but for uses and leaks. */
export function lineageTable(lineages: readonly Lineage[], { columns, colour }: LineageView): string {
  const rows = lineages.map(({ secret, roots, uses, leaks, broken, died, holders }) =>
    [
      ...[secret, String(roots[0]?.event ?? ''), String(uses), leaks === 0 ? '' : String(leaks)],
      ...[broken === undefined ? '' : String(broken), died === undefined ? '' : String(died.event)],
      holders.join(', '),
    ].map(printable),
  );
  return tableOf(COLUMNS, rows, { columns, heading: paletteOf(colour).strong });
}

/** The branches of a tree, in Unicode and in ASCII. */
const BRANCHES = {
  unicode: { fork: '├─ ', last: '└─ ', on: '│  ', off: '   ', line: '│ ', gap: '  ' },
  ascii: { fork: '+- ', last: '`- ', on: '|  ', off: '   ', line: '| ', gap: '  ' },
} as const;

/** Its life in a line, and below that every place with what befell it there. */
export function lineageTree(lineage: Lineage, view: LineageView): string {
  const { secret, aliases, roots } = lineage;
  const palette = paletteOf(view.colour);
  const lines = [
    palette.strong(printable(secret)),
    `  ${lifeText(lineage, view.begins)}`,
    ...(aliases.length === 0 ? [] : [`  also called ${aliases.map(printable).join(', ')}`]),
    ...roots.flatMap((root) => branchOf(root, view, palette)),
  ];
  return `${lines.join('\n')}\n`;
}

function branchOf(place: LineagePlace, view: LineageView, palette: Palette): readonly string[] {
  const signs = view.unicode ? BRANCHES.unicode : BRANCHES.ascii;
  const { holder, leak, breaks, children } = place;
  const mark = leak ? ` ${palette.harm('LEAK')}` : '';
  const name = breaks.length > 0 ? palette.bad(printable(holder)) : palette.strong(printable(holder));
  const below = children.length === 0 ? signs.gap : signs.line;
  return [
    `${name}${mark}  ${arrivalText(place, view.begins)}`,
    ...fateLines(place, view.begins).map((line) => palette.quiet(`${below}  ${line}`)),
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      const [first = '', ...more] = branchOf(child, view, palette);
      return [
        `${isLast ? signs.last : signs.fork}${first}`,
        ...more.map((line) => `${isLast ? signs.off : signs.on}${line}`),
      ];
    }),
  ];
}
