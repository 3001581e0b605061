/** Evidence that is run again: what is as it was is the same octet for octet, and whatever was changed is told, or stops at its limits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { edit, makeManifestRight } from '../verify/tampering.fixture.ts';
import { verifiedResults } from '../verify/verified-results.fixture.ts';

const STORY = `scenario: lost-phone
title: A phone is lost, and wiped ten minutes after it was told
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
  people: [mdm-admin]
steps:
  - { at: "08:10", by: alice, type: "tell mdm-admin I lost my phone" }
  - { at: "08:20", by: mdm-admin, on: mdm, type: "wipe alice-phone" }
moments:
  told: { first: person.told }
expect:
  - { id: acknowledged, see: mdm.wipe-acknowledged, within: 30m, of: told, title: "ten minutes later" }
variants:
  main: { title: "As it was" }
  slow: { title: "On a slow day" }
`;
const OURS = `deployment: ours
title: Ours
valid-on: 2015-10-14
targets: { first-action: 5m }
`;

const { place, shared, calldrill, results, verify, names } = verifiedResults('verify-rerun', {
  remembers: false,
});
writeFileSync(join(place, 'story.yaml'), STORY);
writeFileSync(join(place, 'ours.yaml'), OURS);
const LINE = ['story.yaml', '--variant', 'main'];
const AGAIN = ['--rerun', '--jobs', '1'];

for (const [what, words] of [
  ['one run', LINE],
  [
    'several, with captures, sound, parameters and a deployment',
    [
      'story.yaml',
      '--pcap',
      '--wav',
      '--param',
      'skew-limit=1h',
      '--deployment',
      'ours.yaml',
      '--as-of',
      '2015-10-20',
    ],
  ],
  ['many seeds', [...LINE, '--seeds', '1..2', '--key-seed', '7', '--no-probes']],
  ['another OSCAL', [...LINE, '--oscal-version', '1.2.1']],
  ['the capture of one link', [...LINE, '--pcap', '--pcap-link', 'alice-crs']],
] as const)
  test.serial(`run again, ${what} is the same octet for octet`, async (t) => {
    const { exit, came, why } = await verify(await results(...words), ...AGAIN);
    const reruns = Object.entries(came).filter(([of]) => of.endsWith('rerun'));
    t.is(reruns.length, words.includes('1..2' as never) ? 2 : 1);
    t.true(
      reruns.every(([, each]) => each === 'verified'),
      JSON.stringify(why),
    );
    t.is(exit, 0);
  });

test.serial('what compares two runs is settled by running both: a plant, and an exercise', async (t) => {
  const planted = await results(...LINE, '--plant', 'crs.tls-only');
  await shared.calldrill(['play', 'story.yaml', '--as', 'mdm-admin', '--out', 'exercise'], {
    folder: place,
    input: 'wipe alice-phone\n',
  });
  for (const [folder, of] of [
    [planted, 'plant'],
    ['exercise', 'exercise'],
  ] as const) {
    t.like(await verify(folder), { exit: 4, came: { verdicts: 'verified', [of]: 'not-verified' } });
    t.like(await verify(folder, ...AGAIN), { exit: 0, came: { [of]: 'verified', rerun: 'verified' } });
  }
});

test.serial('a fault in what no judge decides again is told by a rerun, with its line', async (t) => {
  await names(
    t,
    LINE,
    (folder) => {
      edit(folder, 'report.json', 'ten minutes later', 'two minutes later');
      makeManifestRight(folder);
    },
    /rerun: report.json is not what a rerun makes, from octet \d+ on \(line \d+\): it has .*, and a rerun makes /,
    AGAIN,
  );
});

test.serial('a trace of another world is told, though its report was made right', async (t) => {
  const other = STORY.replace('08:20', '08:21');
  writeFileSync(join(place, 'other.yaml'), other);
  const theirs = await results('other.yaml', '--variant', 'main');
  const traceOf = (folder: string) => readFileSync(join(folder, 'lost-phone/main/trace.ndjson'));
  await names(
    t,
    LINE,
    (folder) => {
      writeFileSync(join(folder, 'lost-phone/main/trace.ndjson'), traceOf(theirs));
      makeManifestRight(folder);
    },
    /rerun: lost-phone\/main\/trace.ndjson is not what a rerun makes, from octet \d+ on \(line \d+\)/,
    AGAIN,
  );
});

test.serial('what a rerun does not make is told', (t) =>
  names(
    t,
    LINE,
    (folder) => {
      writeFileSync(join(folder, 'lost-phone/main/more.wav'), 'x');
      makeManifestRight(folder);
    },
    /rerun: .*more\.wav/,
    AGAIN,
  ),
);

for (const [what, from, to, fault] of [
  ['another seed', '--seed 1 ', '--seed 2 ', /rerun: the replay line has --seed 2, and the report 1/],
  [
    'a million seeds',
    '--seed 1 ',
    '--seeds 1..9999 ',
    /rerun: the replay line has --seed not, and the report 1/,
  ],
  [
    'another variant',
    '--variant main --seed 1 ',
    '--variant slow --seed 1 ',
    /rerun: its replay line does not run lost-phone\/main/,
  ],
  [
    'another file',
    'run story.yaml --variant main --seed 1 ',
    'run evil.yaml --variant main --seed 1 ',
    /rerun: its replay line does not run lost-phone\/main/,
  ],
  [
    'another command behind it',
    '--key-seed 1"',
    '--key-seed 1;rm"',
    /rerun: the replay line .* is not as calldrill writes it/,
  ],
  [
    'another parameter',
    '--seed 1 ',
    '--param skew-limit=1h --seed 1 ',
    /rerun: report.json is not what a rerun makes/,
  ],
] as const)
  test.serial(`a replay line with ${what} is told`, (t) =>
    names(
      t,
      LINE,
      (folder) => {
        // The last one is that of the suite.
        const path = join(folder, 'report.json');
        const lines = readFileSync(path, 'utf8').split('\n');
        const at = lines.findLastIndex((line) => line.startsWith('  "replay"'));
        lines[at] = (lines[at] ?? '').replace(from, to);
        writeFileSync(path, lines.join('\n'));
        makeManifestRight(folder);
      },
      fault,
      AGAIN,
    ),
  );

test.serial('what another build made is not run again, and does not pass for it', async (t) => {
  const folder = await results(...LINE);
  edit(folder, 'sources/index.json', /(?<="build": ")[0-9a-f]{64}/, '0'.repeat(64));
  makeManifestRight(folder);
  const { exit, came, why, codes } = await verify(folder, ...AGAIN);
  t.is(exit, 4);
  t.is(came['rerun'], 'not-verified');
  t.is(codes['rerun'], 'VERIFY_OTHER_BUILD');
  t.regex(why['rerun'] ?? '', /made by the build 000000000000 .*proves nothing octet for octet/);
});

for (const [what, limit, expected] of [
  ['time', ['--time-limit', '1ms'], ['VERIFY_TIME_LIMIT']],
  // Whichever is noticed first: the heap of the thread, or the octets of the process.
  ['memory', ['--memory-limit', '16'], ['RUN_MEMORY_FULL', 'VERIFY_MEMORY_LIMIT']],
] satisfies [string, string[], string[]][])
  test.serial(`a run that takes more ${what} than it is given is given up, and does not pass`, async (t) => {
    const { exit, came, codes } = await verify(await results(...LINE), ...AGAIN, ...limit);
    t.is(exit, 4);
    t.is(came['rerun'], 'not-verified');
    t.true(expected.includes(codes['rerun'] ?? ''), codes['rerun']);
  });

test.serial('limits without a rerun are refused', async (t) => {
  const { exit, stderr } = await calldrill('verify', 'x', '--time-limit', '1m');
  t.is(exit, 2);
  t.regex(stderr, /CLI_OPTION_CONFLICT: --time-limit is for --rerun/);
});
