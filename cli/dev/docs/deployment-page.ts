/** The tables of `docs/deployment.md`, from those that the file is read by. The rest of that page is written by hand. */
import { REFERENCES } from '../../../scenarios/catalogue/references.ts';
import { TARGETS } from '../../../scenarios/catalogue/targets.ts';
import { table, withTables } from './markdown.ts';

const FORMS = {
  duration: 'duration',
  months: 'whole number',
  words: 'list of texts',
  quality: 'map of `set-up`, `jitter` (durations), `loss`, `completed` (percent)',
};

const code = (text: string): string => `\`${text}\``;

/** The page as it is, with its tables made anew. */
export function deploymentPage(written: string): string {
  return withTables(written, {
    targets: () =>
      table(
        ['Target', 'Is a', 'Bounds', 'Asked for by'],
        Object.entries(TARGETS).map(([name, { kind, summary, needed, beside }]) => [
          ...[code(name), FORMS[kind], summary, [...needed, ...beside].map(code).join(', ')],
        ]),
      ),
    references: () =>
      table(
        ['Letter', 'Document', 'Issue that is named'],
        Object.entries(REFERENCES).map(([letter, { title, issue }]) => [
          code(letter),
          title,
          issue ?? 'none',
        ]),
      ),
  });
}
