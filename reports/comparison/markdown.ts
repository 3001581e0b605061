/**
 * A comparison as Markdown, for the summary of a job and for a merge request. All that comes from results is text of strangers: it is
 * escaped, so that it is neither markup nor a link, whoever wrote it.
 */
import type { SuiteComparison } from '../../scenarios/evidence/comparison/model.ts';
import { printable } from '../printable.ts';
import { comparisonHeadline, sectionsOf, type Section } from './sections.ts';

/** Rows of a section: a summary of a job has room for a megabyte. */
const ROWS_MAX = 100;
/** Characters of a cell. */
const CHARACTERS_MAX = 600;

/** Markdown (GitHub, GitLab), ended by a newline: a heading where there is a `title`, a paragraph, and tables. No heading is above `level`. */
export function comparisonMarkdown(
  comparison: SuiteComparison,
  { title, level = 3 }: { readonly title?: string; readonly level?: number } = {},
): string {
  const parts = [
    ...(title === undefined ? [] : [`${'#'.repeat(level)} ${escaped(title)}`]),
    `**${escaped(comparisonHeadline(comparison))}**`,
    ...sectionsOf(comparison).map((section) =>
      sectionText(section, '#'.repeat(title === undefined ? level : level + 1)),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionText({ title, rows }: Section, marks: string): string {
  const more = rows.length - ROWS_MAX;
  return [
    `${marks} ${escaped(title)} (${rows.length})`,
    '',
    '| where | what | why |',
    '| --- | --- | --- |',
    ...rows
      .slice(0, ROWS_MAX)
      .map(({ place, what, why }) => `| ${cell(place)} | ${cell(what)} | ${why.map(cell).join('<br>')} |`),
    ...(more > 0 ? ['', `and ${more} more`] : []),
  ].join('\n');
}

function cell(text: string): string {
  return escaped(text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX)}...` : text);
}

/** Every sign that Markdown, HTML or a forge may take for more than itself, as a character reference: backslashes do not hold `@` back. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[!#$&*:<>@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/www\./gi, (start) => `${start.slice(0, -1)}&#46;`);
}
