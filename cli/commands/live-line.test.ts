/** The line that a run on real sockets prints runs the same again: for every combination of options it is read as the same. */
import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';
import { wordsOf } from '../../devices/console/index.ts';
import { MILLISECOND } from '../../sim/clock.ts';
import { parseCommandLine, type OptionTable } from '../command-line.ts';
import { liveLine } from '../run/live-line.ts';
import { address } from '../run/live-options.ts';
import { LIVE_OPTIONS } from './live.ts';
import { DIRECTOR_OPTIONS } from './director.ts';

/** What a person may type, dashes, blanks and quotes included. */
const texts = fc
  .stringMatching(/^[\w .'"$*=\\-]{1,12}$/)
  .filter((text) => text !== '-' && text.trim() === text);
const options = {
  variant: texts,
  param: fc.array(fc.record({ name: fc.stringMatching(/^[a-z-]{1,8}$/), text: texts }), { maxLength: 2 }),
  bind: fc.option(
    fc.ipV4().filter((ip) => address.read(ip) !== undefined),
    { nil: undefined },
  ),
  'lag-bound': fc.option(
    fc.integer({ min: 1, max: 10_000_000 }).map((ms) => ms * MILLISECOND),
    { nil: undefined },
  ),
  strict: fc.boolean(),
  out: fc.option(texts, { nil: undefined }),
  details: fc.boolean(),
  quiet: fc.boolean(),
  deployment: fc.option(texts, { nil: undefined }),
  'as-of': fc.option(fc.constant('2015-12-01'), { nil: undefined }),
};
const live = fc.record({ ...options, wav: fc.boolean(), compare: fc.boolean() });
const directed = fc.record({
  ...options,
  'wait-for': fc.array(texts, { maxLength: 3 }),
  port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
  folder: fc.option(texts, { nil: undefined }),
});

/** What the printed line is read as. */
function readAgain<O extends OptionTable>(t: ExecutionContext, line: string, command: string, table: O) {
  const [tool, name, ...words] = wordsOf(line).map(({ text }) => text);
  t.deepEqual([tool, name], ['calldrill', command]);
  return parseCommandLine(words, { command, options: table, operands: { placeholder: '', min: 1, max: 1 } });
}

const UNTOLD = { out: undefined, details: false, quiet: false };

test('live: the printed line is read as the options that were given', (t) => {
  fc.assert(
    fc.property(texts, live, (word, given) => {
      const line = liveLine({ command: 'live', word, options: LIVE_OPTIONS, given });
      const { options: read, operands } = readAgain(t, line, 'live', LIVE_OPTIONS);
      t.deepEqual({ ...read }, { ...given, ...UNTOLD, wav: false });
      t.deepEqual(operands, [word]);
    }),
  );
});

test('director: the printed line is read as the options that were given', (t) => {
  fc.assert(
    fc.property(texts, directed, (word, given) => {
      const line = liveLine({ command: 'director', word, options: DIRECTOR_OPTIONS, given });
      const { options: read, operands } = readAgain(t, line, 'director', DIRECTOR_OPTIONS);
      t.deepEqual({ ...read }, { ...given, ...UNTOLD });
      t.deepEqual(operands, [word]);
    }),
  );
});

test('a run on three hosts is run again on three hosts', (t) => {
  const words = 'baseline-call --wait-for all --bind 192.0.2.1 --port 40000 --lag-bound 500ms -o results';
  const operands = { placeholder: '', min: 1, max: 1 };
  const { options: given } = parseCommandLine(words.split(' '), {
    command: 'director',
    options: DIRECTOR_OPTIONS,
    operands,
  });
  t.is(
    liveLine({
      command: 'director',
      word: 'baseline-call',
      options: DIRECTOR_OPTIONS,
      given: { ...given, variant: 'home-wifi' },
    }),
    'calldrill director baseline-call --variant home-wifi --wait-for all --bind 192.0.2.1 --port 40000 --lag-bound 500ms',
  );
});
