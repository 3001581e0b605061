/** `docs/limits.md`: every bound that the code keeps, and what is simpler here than in the world. */
import { sourceFiles, type SourceFile } from '../source-tree.ts';
import { boundsIn } from './bounds.ts';
import { page, sentence, table } from './markdown.ts';
import { SIMPLIFICATIONS } from './simplifications.ts';

/** The whole page as Markdown; docstrings of the sources become its rows, so a change of one changes the page. */
export function limitsPage(files: readonly SourceFile[] = sourceFiles()): string {
  return page(
    'Limits',
    'What calldrill does not do, and how much of what it does.',
    '## Simpler than the world',
    table(
      ['What', 'Here', 'So'],
      SIMPLIFICATIONS.map(({ what, here, so }) => [what, here, so]),
    ),
    '## Bounds',
    'Everything that a peer, a file or a person can make grow has a bound. Beyond it something is refused with an error code, ' +
      'or the oldest makes room, as the row says.',
    table(
      ['Bound', 'Value', 'What it bounds', 'Where'],
      boundsIn(files).map(({ path, name, value, about }) => [
        `\`${name}\``,
        `\`${value}\``,
        sentence(about),
        `\`${path}\``,
      ]),
    ),
  );
}
