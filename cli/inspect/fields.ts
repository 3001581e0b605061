/** The table of a message's fields: where each stands, what it says and what that means. */
import { printable } from '../../reports/printable.ts';
import type { Context } from '../context.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { tableOf, type TextColumn } from '../../reports/terminal/table.ts';

/** One row: a part of the message by its octets, shown as text. */
export interface InspectedField {
  /** 0-based octet offset. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

const COLUMNS: readonly TextColumn[] = [
  { title: 'offset', align: 'right' },
  { title: 'length', align: 'right' },
  { title: 'name' },
  { title: 'value', folds: true },
  { title: 'note' },
];

/** Signatures and points are long: they are folded in a file too, or every note would stand far to the right. */
const COLUMNS_UNKNOWN = 120;

/** Folds to the terminal's width, or to 120 columns when that is not known; controls in values are made visible. */
export function fieldTable(fields: readonly InspectedField[], { stdout }: Context): string {
  const { columns, colour } = stdout.terminal;
  const rows = fields.map(({ offset, length, name, value, note = '' }) =>
    [String(offset), String(length), name, value, note].map(printable),
  );
  return tableOf(COLUMNS, rows, { columns: columns ?? COLUMNS_UNKNOWN, heading: paletteOf(colour).strong });
}
