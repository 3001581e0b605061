/** The tables, read by csv-parse. */
import { parse } from 'csv-parse/sync';
import test from 'ava';
import { GREEN, SAMPLE, TIDY } from '../sample.fixture.ts';
import { csvTables } from './csv.ts';

type Row = Readonly<Record<string, string>>;

function rowsOf(name: string, suite = SAMPLE): readonly Row[] {
  return parse(csvTables(suite).get(name) ?? '', { columns: true });
}

test('each clause, check and part is a row with its status and reason', (t) => {
  const rows = rowsOf('clauses.csv');
  t.is(rows.filter(({ kind }) => kind === 'clause').length, SAMPLE.clauses.length);
  t.deepEqual(
    rows.filter(({ id }) => id?.startsWith('para-12')).map(({ kind, status }) => [kind, status]),
    [
      ['clause', 'not-tested'],
      ['check', 'not-tested'],
      ['part', 'not-tested'],
    ],
  );
  t.true(rows.every(({ status, reason }) => status !== '' && reason !== ''));
});

test('what no probe makes is a row, and not tested', (t) => {
  const row = rowsOf('checks.csv').find(({ id }) => id === 'vbr');
  t.is(row?.['status'], 'not-tested');
  t.regex(row?.['reason'] ?? '', /no variable bit rate/);
});

test('what was not probed, and a run that failed, are rows among the exposures', (t) => {
  const rows = rowsOf('exposures.csv');
  t.is(
    rows.filter(({ shown }) => shown === 'exposed').length,
    SAMPLE.scenarios.flatMap(({ variants }) => variants.flatMap(({ exposure }) => exposure)).length,
  );
  t.true(rows.some(({ shown }) => shown === 'run missing'));
  const unprobed = {
    ...GREEN,
    scenarios: GREEN.scenarios.map((scenario) => ({
      ...scenario,
      variants: scenario.variants.map((variant) => ({
        ...variant,
        exposure: [],
        checks: variant.checks.map((check) =>
          Object.fromEntries(Object.entries(check).filter(([key]) => key !== 'probe')),
        ) as unknown as typeof variant.checks,
      })),
    })),
  };
  t.true(rowsOf('exposures.csv', unprobed).every(({ shown }) => shown === 'not probed'));
  t.true(rowsOf('exposures.csv', unprobed).length > 0);
});

test('no cell begins a formula, and telephone numbers stay what they are', (t) => {
  const [scenario] = TIDY.scenarios;
  if (scenario === undefined) return t.fail();
  const cells = ['+447700900001', '=cmd|x', '-1', '@SUM(1)', '\t=1', '\r=1', '\uff1d1', ' =1', 'a"b', 'a,b'];
  for (const title of cells) {
    const suite = {
      ...TIDY,
      scenarios: [
        {
          ...scenario,
          variants: scenario.variants.map((variant) => ({
            ...variant,
            checks: variant.checks.map((check) => ({ ...check, title, why: title })),
          })),
        },
      ],
    };
    for (const row of rowsOf('checks.csv', suite))
      for (const cell of Object.values(row)) t.notRegex(cell, /^[\s]*[=+\-@\t\r\uff1d]/);
    const [first] = rowsOf('checks.csv', suite);
    t.true(first?.['title']?.includes(title.replace('\t', '\\t').replace('\r', '\\r')));
  }
});
