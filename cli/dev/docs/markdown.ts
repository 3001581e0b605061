/** The little Markdown that the generated pages are made of. */
import { assert } from '../../../sim/errors.ts';

/** The first line of a generated page. */
const GENERATED = '<!-- Made by `npm run docs`. Change the source it is made from, not this page. -->';

/** Markdown with a note that it is generated, a title and blocks with blank lines between; empty blocks are left out. */
export function page(title: string, ...blocks: readonly (string | readonly string[])[]): string {
  const text = blocks.map((block) => (typeof block === 'string' ? block : block.join('\n')));
  return `${[GENERATED, `# ${title}`, ...text.filter((each) => each !== '')].join('\n\n')}\n`;
}

/** A table of Markdown; bars in cells are escaped, line breaks become blanks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** With a full stop and a capital, whichever of them was missing. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** The link GitHub gives a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

/** A page that is written by hand, with its tables made anew between their marks. */
export function withTables(written: string, tables: Readonly<Record<string, () => string>>): string {
  return Object.entries(tables).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- ${name}: made by \`npm run docs\` -->\n`, `\n<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    assert(from >= 0 && to > from, `the page has a place for its ${name}`);
    return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
  }, written);
}
