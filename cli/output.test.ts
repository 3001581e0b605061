import { EventEmitter } from 'node:events';
import test from 'ava';
import { CalldrillError } from '../sim/errors.ts';
import { PLAIN } from './context.fixture.ts';
import { errorJson, errorText } from './error-message.ts';
import { EXIT, EXIT_MEANINGS, exitOfError, worstExit } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import { linesTo, outputTo } from './output.ts';
import { paletteOf } from '../reports/terminal/palette.ts';
import { Progress } from './progress.ts';
import { terminalOf } from './terminal.ts';

const tty = { isTTY: true, columns: 70 };

test('colour: the option wins over NO_COLOR, that over what the stream is', (t) => {
  const colour = (stream: object, env: Record<string, string>, choice: 'always' | 'never' | 'auto') =>
    terminalOf(stream, env, choice).colour;
  t.true(colour(tty, {}, 'auto'));
  t.false(colour({}, {}, 'auto'));
  t.false(colour(tty, { NO_COLOR: '1' }, 'auto'));
  t.true(colour(tty, { NO_COLOR: '' }, 'auto'));
  t.false(colour(tty, { TERM: 'dumb' }, 'auto'));
  t.true(colour({}, { NO_COLOR: '1' }, 'always'));
  t.false(colour(tty, {}, 'never'));
});

test('a width is that of a terminal, and a locale decides about Unicode', (t) => {
  t.is(terminalOf(tty, {}, 'auto').columns, 70);
  t.is(terminalOf({ columns: 70 }, {}, 'auto').columns, undefined);
  t.is(terminalOf({ isTTY: true, columns: 0 }, {}, 'auto').columns, undefined);
  t.true(terminalOf(tty, {}, 'auto').unicode);
  t.true(terminalOf(tty, { LC_ALL: '', LANG: 'en_GB.UTF-8' }, 'auto').unicode);
  t.false(terminalOf(tty, { LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, 'auto').unicode);
});

test('a reader or a terminal that goes away ends the output, any other trouble is told once', (t) => {
  const stream = new EventEmitter();
  for (const code of ['EPIPE', 'EIO']) {
    const written: string[] = [];
    const output = outputTo(
      Object.assign(stream, { write: (text: string) => written.push(text) }),
      PLAIN,
      () => t.fail(),
    );
    output.write('a');
    stream.emit('error', Object.assign(new Error('gone'), { code }));
    output.write('b');
    t.deepEqual(written, ['a']);
  }
  const lost: Error[] = [];
  const full = new EventEmitter();
  const output = outputTo(Object.assign(full, { write: () => t.pass() }), PLAIN, (error) => lost.push(error));
  output.write('a');
  for (let twice = 0; twice < 2; twice++)
    full.emit('error', Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  output.write('b');
  t.is(lost.length, 1);
  t.like(lost[0], { code: 'CLI_OUTPUT', message: 'what is printed cannot be written: no space left' });
});

test('an error shows its place, its code, what is wrong and what to do, and nothing that steers a terminal', (t) => {
  const error = new CalldrillError('X_CODE', 'it\u001b[2J broke', 'Mend it.', {
    where: { file: 'a.yaml', line: 3 },
  });
  t.is(
    errorText(error, paletteOf(false), false),
    'a.yaml:3: error X_CODE: it\\u{1b}[2J broke\n  fix: Mend it.\n',
  );
  t.true(errorText(error, paletteOf(true), false).includes('\u001b[31merror\u001b[39m'));
});

test('a defect says that it is one, and shows its stack only when asked', (t) => {
  const defect = new Error('boom');
  t.regex(errorText(defect, paletteOf(false), false), /^error INTERNAL: boom\n {2}fix: .*defect/);
  t.notRegex(errorText(defect, paletteOf(false), false), /output\.test/);
  t.regex(errorText(defect, paletteOf(false), true), /output\.test/);
  t.like(errorJson('text'), { code: 'INTERNAL', message: 'text' });
});

test('every exit code has a meaning, and the worst of several is known', (t) => {
  t.deepEqual(
    EXIT_MEANINGS.map(([code]) => code),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  t.is(worstExit([]), EXIT.pass);
  t.is(worstExit([0, 4, 7]), EXIT.unverified);
  t.is(worstExit([4, 0, 1, 7]), EXIT.fail);
  const error = (code: string) => new CalldrillError(code, '', '');
  t.is(exitOfError(error('CLI_OPERANDS'), EXIT.scenario), EXIT.usage);
  t.is(exitOfError(error('HOST_FILE_MISSING'), EXIT.scenario), EXIT.usage);
  t.is(exitOfError(error('SCENARIO_INVALID'), EXIT.scenario), EXIT.scenario);
  t.is(exitOfError(error('MIKEY_TRUNCATED'), EXIT.usage), EXIT.usage);
  t.is(exitOfError(error('CLI_INTERRUPTED'), EXIT.usage), EXIT.interrupted);
  for (const code of ['CLI_OUTPUT', 'CLI_OUT_WRITE', 'RUN_MEMORY_FULL', 'HOST_MEMORY', 'HOST_WEBASSEMBLY'])
    t.is(exitOfError(error(code), EXIT.scenario), EXIT.environment, code);
  t.is(exitOfError(new TypeError('x'), EXIT.usage), EXIT.internal);
});

function progress(isTty: boolean) {
  let nowMs = 0;
  let written = '';
  const output = { terminal: { ...PLAIN, isTty, columns: 30 }, write: (text: string) => (written += text) };
  const shown = new Progress(output, () => nowMs, 4);
  const at = { scenario: 's', variant: 'v', time: 1, ends: 2 };
  return { shown, at, wait: (ms: number) => (nowMs += ms), taken: () => [written, (written = '')][0] };
}

test('progress is redrawn in place where a person looks on, and leaves nothing behind', (t) => {
  const { shown, at, wait, taken } = progress(true);
  shown.at(0, at);
  t.is(taken(), '');
  wait(100);
  shown.at(0, at);
  t.is(taken(), '\r\u001b[K0 of 4 runs done, 12 %: s/v');
  wait(100);
  shown.done(0);
  t.is(taken(), '\r\u001b[K1 of 4 runs done, 25 %');
  wait(100);
  shown.at(1, { ...at, scenario: 'a-long-name-of-a-scenario', ends: 0 });
  t.is(taken(), '\r\u001b[K1 of 4 runs done, 50 %, 1s le');
  shown.end();
  shown.end();
  t.is(taken(), '\r\u001b[K');
});

test('progress in a log is a line now and then', (t) => {
  const { shown, at, wait, taken } = progress(false);
  wait(9_999);
  shown.at(0, at);
  t.is(taken(), '');
  wait(1);
  shown.done(0);
  t.is(taken(), '1 of 4 runs done, 25 %\n');
  shown.end();
  t.is(taken(), '');
});

test('progress names what is running now, and counts what it does not name', (t) => {
  let nowMs = 0;
  const told: string[] = [];
  const shown = new Progress(
    linesTo((line) => told.push(line)),
    () => nowMs,
    1000,
  );
  const lineAt = (ms: number, act: () => void): string | undefined => {
    told.length = 0;
    nowMs = ms;
    act();
    return told[0];
  };
  t.is(
    lineAt(10_000, () => shown.began(0, 's/v (seed 1)')),
    '0 of 1000 runs done, 0 %: s/v (seed 1)',
    'nothing is known of the time yet',
  );
  t.is(
    lineAt(11_000, () => shown.began(1, 's/v (seed 2)')),
    undefined,
  );
  shown.began(2, 's/v (seed 3)');
  t.is(
    lineAt(20_000, () => shown.at(0, { scenario: 's', variant: 'v', time: 1, ends: 1 })),
    '0 of 1000 runs done, 0 %: s/v (seed 1), s/v (seed 2) and 1 more',
    'a part of the first of many says nothing',
  );
  shown.done(0);
  t.is(
    lineAt(30_000, () => shown.done(1)),
    '2 of 1000 runs done, 0 %, 2h 46m 20s left: s/v (seed 3)',
    'the slow first one is not counted',
  );
  for (let index = 2; index < 999; index++) shown.done(index);
  t.is(
    lineAt(999_000, () => shown.began(999, 's/v (seed 1000)')),
    '999 of 1000 runs done, 99 %, 1s left: s/v (seed 1000)',
  );
});

test('progress of runs that workers make says how fast, and who', (t) => {
  const { shown, at, wait, taken } = progress(false);
  shown.by('1 of 2 workers busy (lab/7)');
  t.is(taken(), '', 'a line in ten seconds at most');
  wait(10_000);
  shown.by('1 of 2 workers busy (lab/7)');
  t.is(taken(), '0 of 4 runs done, 0 %; 1 of 2 workers busy (lab/7)\n');
  shown.done(0);
  wait(10_000);
  shown.done(1);
  t.is(taken(), '2 of 4 runs done, 50 %, 6 runs/min, 20s left; 1 of 2 workers busy (lab/7)\n');
  wait(10_000);
  shown.by('0 of 1 worker busy, silent: lab/7');
  t.is(taken(), '2 of 4 runs done, 50 %, 3 runs/min, 40s left; 0 of 1 worker busy, silent: lab/7\n');
  shown.at(2, at);
  t.is(taken(), '');
});

test('progress beside a console is told line by line, and redraws nothing', (t) => {
  const told: string[] = [];
  let nowMs = 0;
  const shown = new Progress(
    linesTo((line) => told.push(line)),
    () => nowMs,
    1,
  );
  for (nowMs = 0; nowMs < 25_000; nowMs += 500)
    shown.at(0, { scenario: 's', variant: 'v', time: nowMs, ends: 50_000 });
  shown.end();
  t.deepEqual(told, ['0 of 1 runs done, 20 %, 40s left: s/v', '0 of 1 runs done, 40 %, 30s left: s/v']);
});

test('the first interrupt is told to the work, the second ends the process', async (t) => {
  const exits: number[] = [];
  const host = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  const never = new AbortController().signal;
  const work = interruptible(host, never, async (signal) => {
    host.emit('SIGTERM');
    t.true(signal.aborted);
    t.deepEqual(exits, []);
    host.emit('SIGINT');
    t.deepEqual(exits, [6]);
    signal.throwIfAborted();
  });
  await t.throwsAsync(work, { code: 'CLI_INTERRUPTED', message: /SIGTERM/ });
  t.deepEqual(host.eventNames(), []);
  t.is(await interruptible(host, never, async () => 5), 5);
  const lost = AbortSignal.abort(new Error('full'));
  const lostWork = interruptible(host, lost, async (signal) => signal.throwIfAborted());
  await t.throwsAsync(lostWork, { message: 'full' });
});
