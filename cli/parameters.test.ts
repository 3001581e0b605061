import test from 'ava';
import { EXAMPLE_VOCABULARY } from '../scenarios/language/example.fixture.ts';
import { expectationOf, parametersOf, settingText } from './parameters.ts';

const table = EXAMPLE_VOCABULARY.parameters;
const read = (...assignments: readonly string[]) =>
  parametersOf(
    assignments.map((each) => ({ name: each.split('=')[0] ?? '', text: each.split('=')[1] ?? '' })),
    table,
  );

test('each kind of parameter is read as a scenario file would', (t) => {
  t.deepEqual(
    read(
      'skew-limit=1h30m',
      'identity-check=off',
      'keep-ssv=true',
      'crs-months=3',
      'loss-limit=0.25',
      'operator-note=at night',
    ),
    {
      'skew-limit': 5_400_000_000,
      'identity-check': 'off',
      'keep-ssv': true,
      'crs-months': 3,
      'loss-limit': 0.25,
      'operator-note': 'at night',
    },
  );
});

for (const [assignment, code, fix] of [
  ['skew=10m', 'CLI_UNKNOWN_PARAMETER', /list --parameters|Did you mean/],
  ['skew-limits=10m', 'CLI_UNKNOWN_PARAMETER', /Did you mean 'skew-limit'\?/],
  ['constructor=1', 'CLI_UNKNOWN_PARAMETER', /./],
  ['skew-limit=soon', 'CLI_OPTION_VALUE', /skew-limit=10m; it takes a duration from 1s to 7d/],
  ['skew-limit=8d', 'CLI_OPTION_VALUE', /./],
  ['identity-check=on', 'CLI_OPTION_VALUE', /required or off/],
  ['keep-ssv=yes', 'CLI_OPTION_VALUE', /true or false/],
  ['crs-months=0', 'CLI_OPTION_VALUE', /a whole number from 1 to 12/],
  ['crs-months=1.5', 'CLI_OPTION_VALUE', /./],
  ['loss-limit=2', 'CLI_OPTION_VALUE', /a number from 0 to 1/],
  ['loss-limit=1e-3', 'CLI_OPTION_VALUE', /./],
] as const) {
  test(`refused: ${assignment}`, (t) => {
    const error = t.throws(() => read(assignment), { code });
    t.regex('fix' in error ? String(error.fix) : '', fix);
  });
}

test('a parameter is given once', (t) => {
  t.throws(() => read('crs-months=1', 'crs-months=2'), { code: 'CLI_OPTION_REPEATED' });
});

test('values are printed as they are typed', (t) => {
  t.is(settingText(600_000_000, table['skew-limit']), '10m');
  t.is(settingText(true, undefined), 'true');
  t.is(expectationOf({ kind: 'text', default: '', summary: '', source: '' }), 'any text');
  t.is(expectationOf({ kind: 'number', default: 0, summary: '', source: '' }), 'a number');
});
