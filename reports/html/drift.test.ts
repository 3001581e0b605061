import test from 'ava';
import type { Drift } from '../../scenarios/evidence/drift/model.ts';
import { htmlElements, nodesOf, type MarkupNode } from '../markup-nodes.fixture.ts';
import { printable } from '../printable.ts';
import { factsOf } from '../manifest.ts';
import { resultFiles } from '../result-files.ts';
import { HOSTILE } from '../sample/hostile.fixture.ts';
import { SAMPLE, SAMPLE_PARTS } from '../sample.fixture.ts';

const FILE = 'drift.json';
const QUIET: Drift = {
  events: { simulated: 9, live: 4 },
  differences: [
    { kind: 'missing', device: 'a-b', event: 'network.flow from=a', times: 3, expected: 'one reason' },
    { kind: 'extra', device: 'world', event: 'live.lag', times: 1, expected: 'another reason' },
    { kind: 'missing', device: 'b-a', event: 'network.flow from=b', times: 4, expected: 'one reason' },
  ],
  calls: [
    {
      from: 'alice',
      to: 'bob',
      simulated: { setupMs: 2048, lost: 3, r: 90.3, mos: 4.35 },
      live: { setupMs: 2003, lost: 0, r: undefined, mos: undefined },
    },
    {
      from: 'bob',
      to: HOSTILE,
      simulated: { setupMs: undefined, lost: 0, r: undefined, mos: undefined },
      live: undefined,
    },
  ],
  same: true,
};
const DRIFTED: Drift = {
  ...QUIET,
  differences: [
    ...QUIET.differences,
    { kind: 'other-cause', device: HOSTILE, event: HOSTILE, times: 2, expected: undefined },
  ],
  same: false,
};

function pageOf(drift?: Drift): readonly MarkupNode[] {
  const parts =
    drift === undefined
      ? SAMPLE_PARTS
      : {
          ...SAMPLE_PARTS,
          files: new Map([...SAMPLE_PARTS.files, [FILE, factsOf(new Uint8Array(1))]]),
          drift: { drift, file: FILE },
        };
  const files = resultFiles(SAMPLE, parts);
  const page = Buffer.from(files.get('index.html') ?? []).toString('utf8');
  return [...nodesOf({ children: htmlElements(page) })];
}

const sectionOf = (nodes: readonly MarkupNode[]): MarkupNode | undefined =>
  nodes.find(({ attributes }) => attributes.get('aria-labelledby') === 'drift');
const rowsOf = (node: MarkupNode | undefined): readonly (readonly string[])[] =>
  node === undefined
    ? []
    : [...nodesOf(node)]
        .filter(({ name }) => name === 'tr')
        .map(({ children }) => children.map(({ text }) => text));
const attentionOf = (nodes: readonly MarkupNode[]): string =>
  nodes.find(({ name, text }) => name === 'div' && text.startsWith('Drift'))?.text ?? '';

test('a run that was not compared has no such section', (t) => {
  const nodes = pageOf();
  t.is(sectionOf(nodes), undefined);
  t.is(attentionOf(nodes), '');
});

test('calls are side by side, and what had to differ is folded away by its reason', (t) => {
  const nodes = pageOf(QUIET);
  const section = sectionOf(nodes);
  t.regex(attentionOf(nodes), /the same things happened/);
  t.regex(section?.text ?? '', /9 events simulated, 4 live/);
  t.notRegex(section?.text ?? '', /What differs/);
  const rows = rowsOf(section);
  t.deepEqual(rows[1], ['alice to bob', '2048 ms', '2003 ms', '3', '0', 'R 90.3, MOS 4.35', 'not rated']);
  t.deepEqual(rows[2], ['bob to ' + printable(HOSTILE), 'no answer', 'no call', '0', '', 'not rated', '']);
  const folded = (section === undefined ? [] : [...nodesOf(section)]).filter(
    ({ name }) => name === 'details',
  );
  t.deepEqual(
    folded.map(({ children: [summary], attributes }) => [summary?.text, attributes.has('open')]),
    [
      ['one reason (7)', false],
      ['another reason (1)', false],
    ],
  );
  t.deepEqual(rowsOf(folded[0]).slice(1), [
    ['missing', 'a-b', 'network.flow from=a', '3'],
    ['missing', 'b-a', 'network.flow from=b', '4'],
  ]);
});

test('what matters stands open, with its number at the top of the page', (t) => {
  const nodes = pageOf(DRIFTED);
  t.regex(attentionOf(nodes), /✗ 1 difference that matters/);
  t.deepEqual(rowsOf(sectionOf(nodes))[1], ['other-cause', printable(HOSTILE), printable(HOSTILE), '2']);
});

test('ids are unique, links lead somewhere, headings are in order', (t) => {
  const nodes = pageOf(DRIFTED);
  const ids = nodes.flatMap(({ attributes }) => attributes.get('id') ?? []);
  t.is(new Set(ids).size, ids.length);
  const links = nodes.flatMap(({ attributes }) => attributes.get('href') ?? []);
  t.is(links.filter((href) => href === '#drift').length, 2);
  t.is(links.filter((href) => href === FILE).length, 1);
  let level = 0;
  for (const { name } of nodes) {
    const next = Number(/^h([1-6])$/.exec(name)?.[1] ?? 0);
    if (next === 0) continue;
    t.true(next <= level + 1, `${name} after h${level}`);
    level = next;
  }
});
