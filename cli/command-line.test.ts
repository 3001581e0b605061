import test from 'ava';
import { flag, integer, optional, parseCommandLine, text, value, values } from './command-line.ts';

const OPTIONS = {
  strict: flag('be strict'),
  help: flag('help'),
  out: value(text('folder'), 'where'),
  jobs: value(integer(1, 8), 'how many'),
  param: values(text('name=value'), 'set'),
  level: optional(integer(1, 9), 5, 'how high'),
};
const read = (...words: readonly string[]) =>
  parseCommandLine(words, {
    command: 'run',
    options: OPTIONS,
    operands: { placeholder: '[scenario ...]', min: 0, max: 2 },
  });

test('flags, values and operands in any order', (t) => {
  const { options, operands } = read(
    'one',
    '--jobs',
    '4',
    '--param',
    'a=1',
    'two',
    '--param=b=2',
    '-o',
    'x',
    '--strict',
  );
  t.deepEqual(options, {
    strict: true,
    help: false,
    out: 'x',
    jobs: 4,
    param: ['a=1', 'b=2'],
    level: undefined,
  });
  t.deepEqual(operands, ['one', 'two']);
});

test('nothing given: flags are off, values absent, lists empty', (t) => {
  t.deepEqual(read().options, {
    strict: false,
    help: false,
    out: undefined,
    jobs: undefined,
    param: [],
    level: undefined,
  });
});

test('an option whose value may be left out takes the next word only when it is one', (t) => {
  for (const [words, level, operands] of [
    [['--level'], 5, []],
    [['--level', '7'], 7, []],
    [['--level=7', '8'], 7, ['8']],
    [['--level', 'seven'], 5, ['seven']],
    [['--level', '10'], 5, ['10']],
    [['--level', '--strict'], 5, []],
    [['--level', '--', '7'], 5, ['7']],
  ] as const) {
    const parsed = read(...words);
    t.is(parsed.options.level, level, words.join(' '));
    t.deepEqual(parsed.operands, operands);
  }
});

test('behind two dashes everything is an operand', (t) => {
  t.deepEqual(read('--', '--strict', '-x').operands, ['--strict', '-x']);
});

test('a dash alone is an operand, and a value that begins with one is given with =', (t) => {
  t.deepEqual(read('-').operands, ['-']);
  t.is(read('--out=-x').options.out, '-x');
});

for (const [words, code, message, fix] of [
  [['--strikt'], 'CLI_UNKNOWN_OPTION', /no option --strikt/, /Did you mean --strict\?/],
  [['--xyzzyxyzzy'], 'CLI_UNKNOWN_OPTION', /--xyzzyxyzzy/, /calldrill run --help/],
  [['-z'], 'CLI_UNKNOWN_OPTION', /no option -z/, /./],
  [['--out'], 'CLI_OPTION_VALUE', /--out needs a folder/, /--out <folder>/],
  [['--out', '--strict'], 'CLI_OPTION_VALUE', /--out needs a folder/, /--out=--strict/],
  [['--out='], 'CLI_OPTION_VALUE', /--out takes a folder, not ''/, /`calldrill run --help` .* --out takes/],
  [['--strict=yes'], 'CLI_OPTION_VALUE', /--strict takes no value/, /`calldrill run --help`/],
  [['--jobs', '9'], 'CLI_OPTION_VALUE', /a whole number from 1 to 8, not '9'/, /`calldrill run --help`/],
  [['--jobs', 'x'], 'CLI_OPTION_VALUE', /not 'x'/, /./],
  [['--jobs', '1.5'], 'CLI_OPTION_VALUE', /not '1.5'/, /./],
  [['--jobs', '1', '--jobs', '1'], 'CLI_OPTION_REPEATED', /--jobs is given twice/, /./],
  [['--level=10'], 'CLI_OPTION_VALUE', /--level takes a whole number from 1 to 9, not '10'/, /./],
  [['--level=', '7'], 'CLI_OPTION_VALUE', /--level takes a whole number/, /./],
  [['--level', '--level', '7'], 'CLI_OPTION_REPEATED', /--level is given twice/, /./],
  [['a', 'b', 'c'], 'CLI_OPERANDS', /does not take 'c'/, /calldrill run \[scenario \.\.\.\]/],
  [['--constructor'], 'CLI_UNKNOWN_OPTION', /--constructor/, /./],
] as const) {
  test(`refused: ${words.join(' ')}`, (t) => {
    const error = t.throws(() => read(...words), { code, message });
    t.regex('fix' in error ? String(error.fix) : '', fix);
  });
}

test('too few operands are refused with what is needed', (t) => {
  const line = { command: 'show', options: {}, operands: { placeholder: '<scenario>', min: 1, max: 1 } };
  t.throws(() => parseCommandLine([], line), { code: 'CLI_OPERANDS', message: "'show' needs <scenario>" });
});
