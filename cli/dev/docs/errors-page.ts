/** `docs/errors.md`: every error code, what it means and what to do about it. */
import { ERROR_TABLES, type DocumentedTable } from './error-tables.ts';
import { anchor, page, sentence, table } from './markdown.ts';

/** The whole page as Markdown: contents, then a table for each folder's codes. */
export function errorsPage(tables: readonly DocumentedTable[] = ERROR_TABLES): string {
  return page(
    'Error codes',
    'Every error that a user or a peer can cause has a code that does not change, says where it was met, and says what to do. ' +
      'A failed assertion is something else: a defect of calldrill, to be reported.',
    tables.map(({ title }) => `- [${title}](#${anchor(title)})`),
    ...tables.flatMap(({ title, table: codes }) => [
      `## ${title}`,
      table(
        ['Code', 'What it means', 'What to do'],
        Object.entries(codes).map(([code, { summary, fix }]) => [
          `\`${code}\``,
          sentence(summary),
          sentence(fix),
        ]),
      ),
    ]),
  );
}
