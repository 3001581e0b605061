/** What every part of the terminal report is drawn with. */
import { printable } from '../printable.ts';
import { fitted, padded, widthOf, wrapped } from './columns.ts';
import { glyphsOf, type Glyphs } from './glyphs.ts';
import { paletteOf, type Palette } from './palette.ts';

/** What a caller knows of the terminal. */
export interface TerminalKind {
  /** Width; 100 when not known. Narrower than 60 is drawn as 60. */
  readonly columns?: number;
  /** Whether to colour: the caller looks at NO_COLOR and at what stdout is. */
  readonly colour: boolean;
  /** False draws with ASCII only; foreign text keeps its characters. */
  readonly unicode?: boolean;
}

/** Width, signs and colours together, as each part of the report is given them. */
export interface Style {
  readonly columns: number;
  readonly glyphs: Glyphs;
  readonly palette: Palette;
}

const COLUMNS = 100;
const COLUMNS_MIN = 60;

/** Never narrower than 60 columns: what is narrower folds by itself. */
export function styleOf({ columns = COLUMNS, colour, unicode = true }: TerminalKind): Style {
  return {
    columns: Math.max(COLUMNS_MIN, columns),
    glyphs: glyphsOf(unicode),
    palette: paletteOf(colour),
  };
}

/** Foreign text on one line, in at most `width` columns. */
export function cell(text: string, width: number, { glyphs }: Style): string {
  return fitted(printable(text), width, glyphs.ellipsis);
}

/** The same, filled up with spaces. */
export function paddedCell(text: string, width: number, style: Style): string {
  return padded(cell(text, width, style), width);
}

/** A foreign text as indented lines. */
export function paragraph(text: string, indent: number, { columns }: Style): string[] {
  return text === ''
    ? []
    : wrapped(printable(text), columns - indent).map((line) => ' '.repeat(indent) + line);
}

/** A heading with a rule to the right edge: `Clauses ─────`. */
export function heading(text: string, { columns, glyphs, palette }: Style): string {
  const rule = glyphs.rule.repeat(Math.max(0, columns - widthOf(text) - 1));
  return `${palette.strong(text)} ${palette.quiet(rule)}`;
}
