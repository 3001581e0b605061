/** summary.md, read by a Markdown parser. */
import test from 'ava';
import { marked } from 'marked';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { GREEN, SAMPLE, TIDY } from '../sample.fixture.ts';
import { markdownSummary, markdownText } from './markdown.ts';

function pageOf(suite: SuiteResult): string {
  return marked.parse(markdownSummary(suite), { async: false });
}

test('the verdict is the first line, and then a sentence', (t) => {
  t.regex(
    markdownSummary(TIDY),
    /^# calldrill: fail\n\n\*\*\d+ of \d+ checks failed; .* clauses are not tested\.\*\*\n/,
  );
  t.regex(markdownSummary(GREEN), /^# calldrill: pass/);
  t.regex(
    markdownSummary(SAMPLE),
    /^# calldrill: not complete\n\n\*\*1 run failed and could have shown anything; /,
  );
  t.regex(markdownSummary({ ...GREEN, scenarios: [] }), /^# calldrill: nothing passed/);
});

test('the first failures have their reason and the line that replays them, and the others are counted', (t) => {
  const page = pageOf(TIDY);
  t.regex(page, /What did not pass/);
  t.regex(page, /<code[^>]*>calldrill run client-compromise /);
  const [scenario] = TIDY.scenarios;
  const [variant] = scenario?.variants ?? [];
  const [check] = variant?.checks ?? [];
  if (scenario === undefined || variant === undefined || check === undefined) return t.fail();
  const checks = Array.from({ length: 25 }, (_, at) => ({
    ...check,
    id: `c${at}`,
    verdict: 'fail' as const,
  }));
  const many = { ...TIDY, scenarios: [{ ...scenario, across: [], variants: [{ ...variant, checks }] }] };
  t.regex(markdownSummary(many), /And 15 more/);
});

test('a rule that was broken on purpose is told', (t) => {
  t.regex(
    markdownSummary({ ...GREEN, plant: 'crs.skips' }),
    /\n\nA rule was broken on purpose, .*: crs\\\.skips\.\n/,
  );
  t.notRegex(markdownSummary(GREEN), /on purpose/);
});

test('what changed since a baseline stands behind the verdict', (t) => {
  t.regex(markdownSummary(GREEN, '## Since main\n\nnothing'), /\n\n## Since main\n\nnothing\n\n\| status/);
});

test('what a scenario or a peer says is text: no link, picture, heading, mention or HTML', (t) => {
  for (const text of [
    '[a](javascript:x)',
    '![a](http://x)',
    '<img src=x>',
    '# h',
    '- a',
    '@you',
    '`x`',
    '**b**',
    '| a |',
    'a_b_c',
    '&amp;',
  ]) {
    const html = marked.parse(markdownText(text), { async: false });
    t.notRegex(html, /<(?!\/?p>)/, text);
  }
  const page = pageOf(SAMPLE);
  t.notRegex(page, /<(?:a|img|script|iframe)\b/i);
});

test('a replay line cannot close its fence', (t) => {
  const page = pageOf({ ...GREEN, replay: 'x\n```\n<script>alert(1)</script>\n# h' });
  t.notRegex(page, /<script>/);
  t.is(page.match(/<h1>/g)?.length, 1);
});
