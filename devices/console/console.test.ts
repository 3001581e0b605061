import test from 'ava';
import fc from 'fast-check';
import { CalldrillError, SECOND, Trace, VirtualClock } from '../../sim/index.ts';
import {
  choice,
  command,
  Console,
  DURATION,
  flag,
  integer,
  nameOf,
  nearest,
  option,
  optional,
  positional,
  rest,
  TEXT,
  usageOf,
} from './index.ts';

function makeConsole() {
  const trace = new Trace(new VirtualClock());
  const calls: unknown[] = [];
  const call = command({
    name: 'call',
    summary: 'Call somebody',
    parameters: {
      who: positional(
        nameOf(
          'a contact',
          () => ['bob', 'carol'],
          (word) => (word === 'bob' || word === 'carol' ? word : undefined),
        ),
        'whom',
      ),
      times: optional(integer(1, 9), 'how often'),
      for: option(DURATION, 'how long'),
      how: option(choice('loud', 'soft'), 'how loud'),
      quietly: flag('do not ring'),
    },
    examples: ['call bob --for 40s'],
    run: (values, by) => {
      trace.append('console.answered', 'somewhere else', { lines: [] });
      calls.push({ ...values, by });
      return 'Calling.';
    },
  });
  const say = command({
    name: 'say',
    summary: 'Say something',
    parameters: { text: rest(TEXT, 'what') },
    run: ({ text }) => [text],
    disturbs: false,
  });
  const broken = command({
    name: 'broken',
    summary: 'Fail',
    parameters: {},
    run: () => JSON.parse('{') as string,
  });
  const console = new Console({
    owner: 'alice-phone',
    title: 'Handset',
    commands: [call, say, broken],
    screen: () => ['idle'],
    trace,
  });
  return { console, trace, calls, call };
}

const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof CalldrillError) return error.code;
    throw error;
  }
  return 'no error';
};

test('a typed line is read into typed values', (t) => {
  const { console, calls } = makeConsole();
  t.deepEqual(console.type('call bob 3 --for 40s --quietly --how loud', 'alice'), ['Calling.']);
  t.deepEqual(calls, [{ who: 'bob', times: 3, for: 40 * SECOND, how: 'loud', quietly: true, by: 'alice' }]);
  t.deepEqual(console.type(`say "two  blanks" 'and it''s' --- fine`.replace('--- ', ''), 'alice'), [
    'two  blanks and its fine',
  ]);
  t.deepEqual(console.screen(), ['idle']);
});

test('the line, its answer and what it led to are in the trace, with their causes', (t) => {
  const { console, trace } = makeConsole();
  console.type('call bob', 'alice');
  t.deepEqual(
    trace.events.map(({ type, on, cause }) => [type, on, cause]),
    [
      ['console.typed', 'alice-phone', 0],
      ['console.answered', 'somewhere else', 1],
      ['console.answered', 'alice-phone', 1],
    ],
  );
});

for (const [line, code] of [
  ['', 'CONSOLE_EMPTY'],
  ['   ', 'CONSOLE_EMPTY'],
  ['say "open', 'CONSOLE_QUOTE'],
  ['cal bob', 'CONSOLE_UNKNOWN_COMMAND'],
  ['call', 'CONSOLE_MISSING'],
  ['call bob --for', 'CONSOLE_MISSING'],
  ['say', 'CONSOLE_MISSING'],
  ['call bob 3 4', 'CONSOLE_TOO_MANY'],
  ['call bob --until 4', 'CONSOLE_UNKNOWN_OPTION'],
  ['call dave', 'CONSOLE_VALUE'],
  ['call bob 10', 'CONSOLE_VALUE'],
  ['call bob three', 'CONSOLE_VALUE'],
  ['call bob --for 40', 'CONSOLE_VALUE'],
  ['call bob --how shrill', 'CONSOLE_VALUE'],
  [`say ${'x'.repeat(5_000)}`, 'CONSOLE_LINE_TOO_LONG'],
] as const) {
  test(`${code} for '${line.slice(0, 24)}', typed or only checked, and nothing is run`, (t) => {
    const { console, trace, calls } = makeConsole();
    t.is(
      codeOf(() => console.check(line)),
      code,
    );
    t.is(trace.events.length, 0, 'checking leaves no trace');
    t.is(
      codeOf(() => console.type(line, 'alice')),
      code,
    );
    t.deepEqual(calls, []);
    t.is(trace.events.at(-1)?.type, 'console.refused');
  });
}

test('a misspelt command is answered with the nearest one', (t) => {
  const { console } = makeConsole();
  const error = t.throws(() => console.type('clal bob', 'alice'), { instanceOf: CalldrillError });
  t.regex(error.fix, /Did you mean 'call'/);
  t.is(nearest('xyzzy', ['call', 'say']), undefined);
});

test('a defect inside a command is not dressed up as a refusal', (t) => {
  const { console } = makeConsole();
  t.throws(() => console.type('broken', 'alice'), { instanceOf: SyntaxError });
});

test('help comes from the same form as the parser', (t) => {
  const { console, call } = makeConsole();
  t.is(usageOf(call), 'call <who> [times] [--for <value>] [--how <value>] [--quietly]');
  t.deepEqual(console.type('help say', 'alice'), ['say <text…>', '  Say something.', '  text: what']);
  t.true(console.type('help', 'alice').some((line) => line.includes('call <who>')));
  t.true(console.help('call').includes('  e.g. call bob --for 40s'));
  t.is(
    codeOf(() => console.help('nothing')),
    'CONSOLE_UNKNOWN_COMMAND',
  );
  console.check('help call');
});

test('completion offers commands, names, options and their values', (t) => {
  const { console } = makeConsole();
  t.deepEqual(console.complete('ca'), ['call']);
  t.deepEqual(console.complete(''), ['call', 'say', 'broken', 'help']);
  t.deepEqual(console.complete('call b'), ['bob']);
  t.deepEqual(console.complete('call bob --f'), ['--for']);
  t.deepEqual(console.complete('call bob --how '), ['bob', 'carol', '--for', 'loud', 'soft', '--quietly']);
  t.deepEqual(console.complete('help s'), ['say']);
  t.deepEqual(console.complete('nothing x'), []);
});

test('no line whatever makes a console throw anything but a coded error', (t) => {
  const { console } = makeConsole();
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(call|say|help) [ -~]{0,40}$/)), (line) => {
      t.notThrows(() => codeOf(() => console.type(line, 'x')));
      console.complete(line);
    }),
  );
});

test('every example of a command can be read', (t) => {
  const { console } = makeConsole();
  for (const { examples } of console.commands)
    for (const example of examples) t.notThrows(() => console.check(example));
});

test('commandOf names the command of a line', (t) => {
  const { console } = makeConsole();
  t.is(console.commandOf('call bob')?.name, 'call');
  t.is(console.commandOf('help'), undefined);
  t.is(console.commandOf(''), undefined);
});
