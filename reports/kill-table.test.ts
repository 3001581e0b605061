import test from 'ava';
import { killTableHtml, killTableText, type KillRow } from './kill-table.ts';
import { htmlElements, nodesOf } from './markup-nodes.fixture.ts';
import { HOSTILE } from './sample/hostile.fixture.ts';

const CAUGHT: KillRow = {
  plant: 'crs.skips-block',
  statement: 'Block User is logged and does nothing.',
  scenario: 'client-compromise',
  expectedChecks: ['block-closes-session'],
  failedChecks: ['block-closes-session', 'call-as-alice-blocked'],
  caught: true,
};
const MISSED: KillRow = {
  plant: 'handset.keeps-old-keys',
  statement: 'The handset keeps the RSK of a past month.',
  scenario: 'monthly-update',
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

test('as HTML it is one well-formed table, missed first, with hostile text as text', (t) => {
  const hostile: KillRow = {
    ...MISSED,
    plant: HOSTILE,
    statement: HOSTILE,
    scenario: HOSTILE,
    expectedChecks: [HOSTILE],
  };
  const nodes = [...nodesOf({ children: htmlElements(killTableHtml([CAUGHT, MISSED, hostile])) })];
  const rows = nodes.filter(({ name }) => name === 'tr').map(({ text }) => text);
  t.is(rows.length, 4);
  t.regex(rows.at(-1) ?? '', /^crs\.skips-block *caught/);
  t.true(rows.at(-1)?.includes('call-as-alice-blocked (not expected)'));
  t.false(nodes.some(({ name }) => name === 'img' || name === 'script'));
});
