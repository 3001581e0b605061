/** The lineage of secrets, asked of traces and of results, and what is told of a question that cannot be answered. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Lineage } from '../../scenarios/evidence/custody/index.ts';
import { typedInFolder } from '../typed-in-folder.fixture.ts';

const { place, calldrill } = typedInFolder('custody');
const RSK = 'RSK(+447700900001 2015-10)#0a0a0a0a';
const PSK = 'PSK(+447700900001 2015-10)#0b0b0b0b';

const lines = (broken: boolean): string =>
  [
    { type: 'trace.began', on: 'world', data: { version: 2, begins: '2015-10-14T08:00:00.000Z' } },
    { type: 'custody.made', on: 'cms', data: { secrets: [RSK, PSK], from: null, to: 'cms' } },
    { type: 'custody.seized', on: 'thief', data: { secrets: [RSK], from: 'cms', to: 'thief' } },
    ...(broken
      ? [
          {
            type: 'invariant.broken',
            on: 'user-keys',
            data: { invariant: 'user-keys', event: 3, secret: RSK, holder: 'thief' },
          },
        ]
      : []),
  ]
    .map((event, index) => `${JSON.stringify({ n: index + 1, t: index, cause: 0, ...event })}\n`)
    .join('');

test.before(() => {
  for (const folder of ['one/story/main', 'two/story/main', 'two/story/other', 'none'])
    mkdirSync(join(place, folder), { recursive: true });
  for (const folder of ['one/story/main', 'two/story/main', 'two/story/other'])
    writeFileSync(join(place, folder, 'trace.ndjson'), lines(folder.endsWith('other')));
});

test.serial('a trace, the folder of a variant and a results folder of one run say the same', async (t) => {
  const [first, ...others] = await Promise.all(
    ['one/story/main/trace.ndjson', 'one/story/main', 'one'].map((operand) => calldrill('custody', operand)),
  );
  t.is(first?.exit, 0);
  t.regex(first?.stdout ?? '', /^RSK\(.*#0a0a0a0a +2 +0 +1 +cms, thief$/m);
  for (const other of others) t.is(other.stdout, first?.stdout ?? '');
  t.regex(first?.stdout ?? '', /The trace is cut off/);
});

test.serial('a secret is named by any part of its label, and by where it was', async (t) => {
  for (const secret of ['RSK', '0a0a', 'at:thief']) {
    const { exit, stdout } = await calldrill('custody', 'one', secret);
    t.is(exit, 0);
    t.regex(stdout, /^RSK/);
    t.regex(stdout, /thief LEAK {2}seized/);
    t.false(stdout.includes('PSK'));
  }
  t.regex((await calldrill('custody', 'one', '2015-10')).stdout, /^PSK/m);
  const { stdout } = await calldrill('custody', 'one', 'RSK', '--json');
  const { complete, secrets } = JSON.parse(stdout) as { complete: boolean; secrets: readonly Lineage[] };
  t.false(complete);
  t.deepEqual(
    secrets.map((each) => [each.secret, each.leaks]),
    [[RSK, 1]],
  );
});

test.serial(
  'a broken invariant of a secret that is shown is exit code 1, and of another one it is not',
  async (t) => {
    t.is((await calldrill('custody', 'two/story/other')).exit, 1);
    t.is((await calldrill('custody', 'two/story/other', 'RSK')).exit, 1);
    t.is((await calldrill('custody', 'two/story/other', 'PSK')).exit, 0);
  },
);

test.serial('a picture is of one secret', async (t) => {
  const { exit, stdout } = await calldrill('custody', 'one', 'RSK', '--svg');
  t.is(exit, 0);
  t.regex(stdout, /^<svg [^]*<\/svg>\n$/);
  for (const words of [[], ['2015-10'], ['RSK', '--json']]) {
    const refused = await calldrill('custody', 'one', ...words, '--svg');
    t.is(refused.exit, 2);
    t.is(refused.stdout.startsWith('<svg'), false);
  }
});

test.serial('what is not there, is several runs or is no trace is told', async (t) => {
  for (const [operands, said] of [
    [['none'], /no trace\.ndjson/],
    [['two'], /2 runs: story\/main, story\/other/],
    [['one', 'KSAK'], /no secret of .* 'KSAK'/],
    [['gone'], /there is no file/],
  ] as const) {
    const { exit, stderr } = await calldrill('custody', ...operands);
    t.is(exit, 2);
    t.regex(stderr, said);
  }
});

test.serial(
  'what a run leaves on disk is read: the thief of a phone has its keys by what was typed',
  async (t) => {
    const run = ['run', 'client-compromise', '--variant', 'wipe-destroy-block', '--seed', 'disk'] as const;
    await calldrill(...run, '--jobs', '1', '--out', 'run');
    const { exit, stdout } = await calldrill('custody', 'run', 'at:thief');
    t.is(exit, 0);
    t.regex(stdout, /^RSK\(\+447700900001 2015-10\)/m);
    t.regex(stdout, /alice-phone {2}unwrapped [^]*thief LEAK {2}seized .*, thief: seize alice-phone/);
    t.regex(stdout, /until erased/);
  },
);
