import { stripVTControlCharacters } from 'node:util';
import test from 'ava';
import { HOSTILE, hostileMissing } from './sample/hostile.fixture.ts';
import { GREEN, SAMPLE, TIDY } from './sample.fixture.ts';
import { terminalReport } from './terminal.ts';
import { widthOf } from './terminal/columns.ts';
import { paletteOf } from './terminal/palette.ts';

const plain = (columns: number) => terminalReport(TIDY, { columns, details: true, colour: false });
const TEXT = terminalReport(TIDY, {
  details: true,
  colour: false,
  columns: 120,
  page: 'results/x/index.html',
});

test('the first line answers, and the second counts', (t) => {
  const [answer, counts] = TEXT.split('\n');
  t.is(
    answer,
    'No. 2 losses were possible although the procedures were kept to; of 1 nothing shows that it ended.',
  );
  t.is(
    counts,
    '2 scenarios, 3 variants, 18 checks: 12 pass, 3 fail, 1 inconclusive, 1 not-applicable, 1 waived; 5 exposures',
  );
});

test('what needs attention comes next, failures first, each with its reason and line', (t) => {
  const attention = TEXT.slice(0, TEXT.indexOf('\nclient-compromise '));
  t.regex(
    attention,
    /fail {2}client-compromise\/reported-late\/keys-destroyed-in-time\n +cms\.keys-destroyed came 9d 2h/,
  );
  t.regex(attention, /at client-compromise\.yaml:64/);
  t.true(attention.indexOf('inconclusive  client') > attention.lastIndexOf('fail  client'));
  t.false(terminalReport(GREEN, { details: true, colour: false }).includes('Needs attention'));
});

test('a run that is missing is named first: where, why, under which seed, and the line that runs it again', (t) => {
  const replay = `calldrill run ${'long '.repeat(30)}--seed 42`;
  const [scenario] = GREEN.scenarios;
  if (scenario === undefined) return t.fail();
  const missing = [{ ...hostileMissing, why: 'it took more memory than a run may', replay }];
  const text = terminalReport(
    { ...GREEN, scenarios: [{ ...scenario, missing }] },
    { colour: false, columns: 80 },
  );
  t.regex(text, /^Not complete\. [^]*\nNOT COMPLETE, 1 run missing: /);
  t.regex(
    text,
    /Needs attention .*\n +missing {2}client-compromise\/lost, seed 42\n +RUN_MEMORY_FULL: it took more memory than a run may\n/,
  );
  t.true(text.includes(replay));
  t.regex(text, /\n +missing +lost {2}RUN_MEMORY_FULL\n/);
  t.regex(text, /\nResult .*1 run missing\n/);
});

test('the replay lines of a suite of several parts stand one below the other', (t) => {
  const text = terminalReport({ ...GREEN, replay: 'calldrill run a\ncalldrill run b' }, { colour: false });
  t.true(text.includes('Replay  calldrill run a\nReplay  calldrill run b\n'));
});

test('checks are grouped, and a success of the thief is marked beside a pass', (t) => {
  t.regex(TEXT, /expectations\n +pass {2}block-closes-session/);
  t.regex(
    TEXT,
    /probes {2}▲ the attacker succeeded\n +pass {2}decrypt-incoming +▲ opened +The thief decrypts/,
  );
  t.regex(TEXT, /pass {2}decrypt-outgoing +refused +The thief tries/);
  t.regex(TEXT, /inconclusive {2}call-as-alice-blocked +no result/);
});

test('the end has the result, the seeds, the line that replays, and the page', (t) => {
  t.true(
    TEXT.endsWith(
      'Seed    42, key seed 7\n' +
        '        Seed and key seed make every secret of these runs again: that no key is shown is hygiene, and not\n' +
        '        confidentiality.\n' +
        'Replay  calldrill run client-compromise baseline-call --seed 42\nPage    results/x/index.html\n',
    ),
  );
  t.regex(TEXT, /\nResult {2}12 pass, 3 fail/);
});

test('a replay line is never broken, however narrow the terminal', (t) => {
  const replay = `calldrill run ${'scenario '.repeat(30)}--seed 42`;
  t.true(
    terminalReport({ ...TIDY, replay }, { details: true, colour: false, columns: 60 }).includes(
      `Replay  ${replay}\n`,
    ),
  );
});

test('clauses are worst first; those not tested are named, and described on request', (t) => {
  const table = TEXT.slice(TEXT.indexOf('\nClauses '));
  const order = ['para-32', 'para-4', 'table1-CCA'].map((id) => table.indexOf(`  ${id} `));
  t.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
  t.regex(table, /\n {2}not-tested: .*para-47/);
  t.notRegex(table, /not-tested {2,}para-47/);
  const listed = terminalReport(TIDY, { details: true, colour: false, listNotTested: true });
  t.regex(listed, /not-tested +para-47/);
  t.notRegex(listed, /not-tested:/);
});

test('an exposure bar: possible, between two probes, open; with its bounds in words', (t) => {
  t.regex(
    TEXT,
    /impersonate identity alice +at least 34m, at most 51m\n +░+█+░+\n +from 2015-10-14 08:30:00Z to 08:45:00Z · until 2015-10-14 09:19:00Z to 09:21:00Z/,
  );
  t.regex(TEXT, /decrypt call bob-to-alice#1 +at least 1h 50m, still open at the end\n +░+█+░*▶\n/);
  t.regex(TEXT, /├─*A─+B─+C─+D─+≈+┤\n/);
  t.regex(TEXT, /≈ not to scale: 17d 21h from 2015-10-14 10:30:00Z/);
});

test('letters of moments stand under the bars where the moments are', (t) => {
  const lines = plain(100).split('\n');
  const axis = lines.find((line) => line.includes('├')) ?? '';
  const bar = lines[lines.findIndex((line) => /^ +impersonate/.test(line)) + 1] ?? '';
  t.is(axis.indexOf('A'), bar.indexOf('░'));
});

for (const columns of [60, 80, 100, 120, 200]) {
  test(`no line is wider than ${columns} columns but those that are copied`, (t) => {
    for (const suite of [SAMPLE, TIDY]) {
      for (const unicode of [true, false]) {
        for (const line of terminalReport(suite, { columns, details: true, colour: false, unicode }).split(
          '\n',
        )) {
          t.true(widthOf(line) <= columns || line.trimStart().startsWith('Replay'), line);
        }
      }
    }
  });
}

test('a width below 60 is drawn as 60', (t) => {
  t.is(plain(10), plain(60));
});

test('colour changes nothing but colour, and is absent when not wanted', (t) => {
  const coloured = terminalReport(SAMPLE, { columns: 80, details: true, colour: true });
  t.is(
    stripVTControlCharacters(coloured),
    terminalReport(SAMPLE, { columns: 80, details: true, colour: false }),
  );
  t.not(coloured, stripVTControlCharacters(coloured));
  t.is(paletteOf(true).harm(''), '');
});

test('hostile text sends no control to the terminal', (t) => {
  const text = terminalReport(
    { ...SAMPLE, plant: HOSTILE, replay: HOSTILE },
    { details: true, colour: false, page: HOSTILE },
  );
  t.notRegex(text, /(?!\n)\p{Cc}|[\p{Cs}\u{202e}]/u);
  t.true(text.includes('\\u{1b}[31mred'));
});

test('ASCII is drawn with ASCII', (t) => {
  t.notRegex(terminalReport(TIDY, { details: true, colour: false, unicode: false }), /[^\n -~]/);
});

test('a plant is announced', (t) => {
  const text = terminalReport({ ...GREEN, plant: 'crs.skips-block' }, { details: true, colour: false });
  t.true(
    text.split('\n').slice(0, 5).includes('A violation was planted: crs.skips-block. Its check must fail.'),
  );
});

test('several variants are a line each, and a word says how to see more', (t) => {
  const brief = terminalReport(SAMPLE, { colour: false, details: false, howToSee: 'try --details' });
  t.regex(brief, /\n {2}\w[\w-]+ +\S+ +\d+ pass/);
  t.regex(brief, /try --details/);
  t.regex(brief, /reported-late +4 pass, 2 fail, 1 inconclusive {2}/, 'each verdict by its name');
  t.notRegex(brief, /expectations/);
  t.true(
    brief.split('\n').length < terminalReport(SAMPLE, { colour: false, details: true }).split('\n').length,
  );
  for (const columns of [60, 100]) {
    for (const line of terminalReport(SAMPLE, { colour: false, columns, details: false }).split('\n')) {
      t.true(widthOf(line) <= columns || line.trimStart().startsWith('Replay'), line);
    }
  }
});
