/** results.sarif, read by somebody else: what `sarif-to-markdown` makes of it names every result and links to its line. */
import { sarifToMarkdown } from '@security-alert/sarif-to-markdown';
import test from 'ava';
import { GREEN, TIDY } from '../sample.fixture.ts';
import { sarifJson } from './sarif.ts';

const read = sarifToMarkdown({ owner: 'owner', repo: 'repository', branch: 'main', sourceRoot: '' });

test('each result is there, under its rule, with the line of the scenario file', (t) => {
  const [page, ...more] = read(JSON.parse(sarifJson(TIDY)));
  t.is(more.length, 0);
  t.true(page?.hasMessages);
  const [, results = ''] = page?.body.split('## Results') ?? [];
  for (const rule of ['keys-destroyed-in-time', 'call-as-alice-blocked', 'unwrap-november', 'heard-alike'])
    t.true(results.includes(`[ERROR]** **[client-compromise/${rule}]**`), rule);
  t.regex(results, /client-compromise\.yaml#L64\b/);
  t.regex(results, /client-compromise\.yaml#L90\b/);
});

test('planted: of a suite in which nothing failed it finds nothing', (t) => {
  const [page] = read(JSON.parse(sarifJson(GREEN)));
  t.false(page?.hasMessages);
});
