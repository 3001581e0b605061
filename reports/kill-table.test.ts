import test from 'ava';
import { killPage, killTableText, type KillRow } from './kill-table.ts';
import { htmlElements, nodesOf } from './markup-nodes.fixture.ts';
import { HOSTILE } from './sample/hostile.fixture.ts';

const CAUGHT: KillRow = {
  plant: 'crs.skips-block',
  statement: 'Block User is logged and does nothing.',
  scenario: 'client-compromise',
  variant: 'wipe-destroy-block',
  expectedChecks: ['block-closes-session'],
  failedChecks: ['block-closes-session', 'call-as-alice-blocked'],
  caught: true,
};
const MISSED: KillRow = {
  plant: 'handset.keeps-old-keys',
  statement: 'The handset keeps the RSK of a past month.',
  scenario: 'monthly-update',
  variant: 'default',
  expectedChecks: ['old-month-refused'],
  failedChecks: [],
  caught: false,
};

test('the first line counts, and what was missed comes first', (t) => {
  const text = killTableText([CAUGHT, MISSED], { colour: false });
  t.true(text.startsWith('2 violations planted: 1 caught, 1 missed '));
  t.true(text.indexOf('MISSED  handset.keeps-old-keys') < text.indexOf('caught  crs.skips-block'));
  t.regex(text, /must fail: old-month-refused\n +failed: none/);
});

test('checks that failed beside the expected ones are named', (t) => {
  t.regex(killTableText([CAUGHT], { colour: false }), /noticed as well by: call-as-alice-blocked/);
});

test('all caught is said so, in any width', (t) => {
  for (const columns of [60, 80, 120]) {
    const text = killTableText([CAUGHT], { columns, colour: false, unicode: false });
    t.true(text.startsWith('1 violation planted: all caught '));
    t.true(text.split('\n').every((line) => line.length <= columns));
  }
});

const NOTHING = {
  cleanFailures: [],
  lost: [],
  untripped: [],
  tripped: 3,
  seeds: 'seed 42',
  replay: 'calldrill run',
};

test('as a page it says above the table what makes it worth less', (t) => {
  const heading = (page: string): string | undefined =>
    [...nodesOf({ children: htmlElements(page) })].find(({ name }) => name === 'h1')?.text;
  t.is(heading(killPage({ ...NOTHING, rows: [CAUGHT] })), '1 violation planted: all caught');
  const page = killPage({
    ...{ ...NOTHING, rows: [CAUGHT], lost: ['a/b failed to run'], cleanFailures: ['a/b/c', 'a/b/d'] },
    untripped: [{ part: 'para-1.c1/seen', reason: 'nobody can' }],
  });
  t.is(heading(page), '1 violation planted: all caught; 1 run came to no end; 2 checks failed without any');
  t.true(page.indexOf('a/b failed to run') < page.indexOf('crs.skips-block'));
  t.true(page.includes('Of 4 parts that these scenarios show, 3 were tripped'));
  t.regex(page, /nobody can[^]*para-1\.c1\/seen/);
});

test('as HTML it is one well-formed table, missed first, with hostile text as text', (t) => {
  const hostile: KillRow = {
    ...MISSED,
    plant: HOSTILE,
    statement: HOSTILE,
    scenario: HOSTILE,
    expectedChecks: [HOSTILE],
  };
  const nodes = [
    ...nodesOf({ children: htmlElements(killPage({ ...NOTHING, rows: [CAUGHT, MISSED, hostile] })) }),
  ];
  const rows = nodes.filter(({ name }) => name === 'tr').map(({ text }) => text);
  t.is(rows.length, 4);
  t.regex(rows.at(-1) ?? '', /^crs\.skips-block *caught/);
  t.true(rows.at(-1)?.includes('call-as-alice-blocked (not expected)'));
  t.regex(rows[1] ?? '', /did not/);
  t.notRegex(rows.at(-1) ?? '', /did not/);
  t.false(nodes.some(({ name }) => name === 'img' || name === 'script'));
});
