/** The command lines of the developers' scripts. */
import test from 'ava';
import { readFuzzOrder } from './fuzz-options.ts';
import { readOptions, wholeNumber } from './script-options.ts';

const SCRIPT = {
  name: 'walk',
  summary: 'Walks.',
  options: { far: { type: 'boolean', default: false }, steps: { type: 'string', default: '3' } },
  usage: '[--far] [--steps <n>]',
} as const;

test('options are read, with those that were left out', (t) => {
  t.deepEqual(readOptions(SCRIPT, ['--far']), { given: { __proto__: null, far: true, steps: '3' } });
});

test('--help is data, whatever else is wrong with the line', (t) => {
  const help = {
    exit: 0,
    to: 'stdout',
    says: 'Walks.\nusage: npm run walk -- [--far] [--steps <n>]\n',
  } as const;
  t.deepEqual(readOptions(SCRIPT, ['--nope', '--help']), help);
  t.deepEqual(readOptions({ ...SCRIPT, usage: '' }, ['-h']), {
    ...help,
    says: 'Walks.\nusage: npm run walk\n',
  });
});

test('what is not known is refused in one line', (t) => {
  for (const words of [['--nope'], ['-x'], ['word'], ['--steps'], ['--far=yes'], ['--steps', '-1']]) {
    const read = readOptions(SCRIPT, words);
    t.like(read, { exit: 2, to: 'stderr' });
    t.regex('says' in read ? read.says : '', /^error: [^\n]+; usage: npm run walk -- [^\n]+\n$/);
  }
});

test('a number is whole, and within its bounds', (t) => {
  t.is(wholeNumber('0', 0, 5), 0);
  t.is(wholeNumber('5', 0, 5), 5);
  for (const text of ['', '-1', '6', '1.5', '1e1', '0x1', 'NaN', 'Infinity', ' 1'])
    t.is(wholeNumber(text, 0, 5), undefined, text);
});

test('a fuzz is told what to put through which parsers', (t) => {
  const all = readFuzzOrder([]);
  t.true('given' in all && all.given.targets.length > 50 && all.given.inputs === 100_000);
  const one = readFuzzOrder(['--target', 'SDP', '--index', '7', '--seed', 's', '--inputs', '20']);
  t.like(one, { given: { inputs: 20, seed: 's', index: 7, targets: { length: 1 } } });
  for (const [words, what] of [
    [['--inputs', '0'], /--inputs is a whole number from 1/],
    [['--inputs', 'many'], /--inputs is a whole number from 1/],
    [['--target', 'SPD'], /--target is one of: .*'SDP'/],
    [['--target', 'SDP', '--index=-1'], /--index is a whole number from 0/],
    [['--target', 'SDP', '--index', 'NaN'], /--index is a whole number from 0/],
    [['--index', '3'], /--index is of one target/],
  ] as const) {
    const read = readFuzzOrder(words);
    t.like(read, { exit: 2, to: 'stderr' });
    t.regex('says' in read ? read.says : '', what);
  }
});
