/** A lineage in a terminal and as a picture: nothing hangs on a colour, and nothing that a trace says can be markup or move a cursor. */
import test from 'ava';
import type { Lineage } from '../../scenarios/evidence/custody/model.ts';
import { lineagePicture } from './lineage-picture.ts';
import { lineageTable, lineageTree, type LineageView } from './lineage-tree.ts';

const LINEAGE: Lineage = {
  ...{ secret: 'RSK(+447700900001 2015-10)#0a0a0a0a', kind: 'RSK', owner: '+447700900001 2015-10' },
  ...{ fingerprint: '0a0a0a0a', aliases: [], uses: 1, leaks: 1, broken: 9 },
  holders: ['cms', 'disc (at thief)'],
  roots: [
    {
      ...{ holder: 'cms', how: 'made', event: 2, time: 0, by: 'cms', leak: false, breaks: [], uses: 1 },
      lastUse: { event: 3, time: 1_000_000, what: 'used' },
      notes: [],
      children: [
        {
          ...{ holder: 'disc', how: 'seized', event: 5, time: 2_000_000, by: 'thief', leak: true, uses: 0 },
          ...{ typed: 'thief: copy <disc>\u{1b}[2J', at: 'thief', breaks: ['user-keys'], children: [] },
          notes: [1, 2].map((event) => ({ event, time: 0, what: 'carried to thief' })),
        },
        {
          ...{
            holder: 'phone',
            how: 'scanned',
            event: 6,
            time: 2_000_000,
            by: 'alice',
            leak: false,
            uses: 0,
          },
          ...{ breaks: [], notes: [], children: [] },
          until: { event: 7, time: 3_000_000, what: 'erased' },
        },
      ],
    },
  ],
};
const VIEW: LineageView = {
  ...{ begins: Date.UTC(2015, 9, 14, 8), columns: undefined, colour: false, unicode: false },
};

test('a tree says how each place came to it, what befell it there and how it ended', (t) => {
  t.deepEqual(lineageTree(LINEAGE, VIEW).split('\n'), [
    'RSK(+447700900001 2015-10)#0a0a0a0a',
    '  now cms, disc (at thief); 1 use; 1 leak; an invariant broke first at event 9',
    'cms  made 2015-10-14 08:00:00Z (event 2), cms',
    '|   used 1 time, last 2015-10-14 08:00:01Z (event 3)',
    '|   still there',
    '+- disc LEAK  seized 2015-10-14 08:00:02Z (event 5), thief: copy <disc>\\u{1b}[2J',
    '|      breaks user-keys',
    '|      carried to thief 2015-10-14 08:00:00Z (event 1) and 1 more',
    '|      still there, at thief',
    '`- phone  scanned 2015-10-14 08:00:02Z (event 6), alice',
    '       until erased 2015-10-14 08:00:03Z (event 7)',
    '',
  ]);
});

test('colour only repeats what is there', (t) => {
  const plain = lineageTree(LINEAGE, VIEW);
  const painted = lineageTree(LINEAGE, { ...VIEW, colour: true });
  t.not(painted, plain);
  // oxlint-disable-next-line no-control-regex -- what lays on colour
  t.is(painted.replaceAll(/\u{1b}\[[0-9;]*m/gu, ''), plain);
});

test('a table has a row for each secret, with the events of its birth, breach and death', (t) => {
  const [head = '', row = '', ...rest] = lineageTable([LINEAGE], VIEW).split('\n');
  t.regex(head, /^secret +born +uses +leaks +broken +died +now at$/);
  t.regex(row, /^RSK\(.*\)#0a0a0a0a +2 +1 +1 +9 +cms, disc \(at thief\)$/);
  t.deepEqual(rest, ['']);
});

test('a picture has a box for each place, names leaks in words, and escapes what traces say', (t) => {
  const svg = lineagePicture(LINEAGE, VIEW.begins);
  t.is(svg.match(/<rect class="at/g)?.length, 3);
  t.is(svg.match(/<path /g)?.length, 2);
  t.true(svg.includes('disc (leak): seized'));
  t.true(svg.includes('copy &lt;disc&gt;'));
  t.false(svg.includes('copy <disc>'));
  t.false(svg.includes('\u{1b}'));
});
