import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import test from 'ava';
import type { ExerciseEntry } from '../exercises/index.ts';
import { at, ownRun, rehearse } from '../exercises/rehearsal.fixture.ts';
import { exercise, type ExerciseEnd, type ExerciseStyle } from './exercise.ts';
import { Pacer, type Pace } from './pacer.ts';
import { crsKind } from '../../devices/crs/kind.ts';

const plain = (text: string): string => text;
const STYLE: ExerciseStyle = {
  strong: plain,
  quiet: plain,
  bad: (text) => `!${text}!`,
  printable: (text) => text.replaceAll('\u001b', '<esc>'),
  lines: (text) => [text],
};

function start(role: string, pace: Pace = 'wait', nowMs: () => number = () => 0) {
  const rehearsal = rehearse(role);
  const input = new PassThrough();
  const screen = new PassThrough({ encoding: 'utf8' });
  const messages = new PassThrough({ encoding: 'utf8' });
  const signals = new EventEmitter();
  const kept: { readonly entry: ExerciseEntry; readonly shown: number }[] = [];
  const ended = exercise({
    rehearsal,
    pace,
    streams: { input, screen, messages },
    style: STYLE,
    signals,
    nowMs,
    keep: (entry) => kept.push({ entry, shown: shown.screen.length }),
  });
  const shown = { screen: '', messages: '' };
  screen.on('data', (text: string) => (shown.screen += text));
  messages.on('data', (text: string) => (shown.messages += text));
  return { rehearsal, input, screen, signals, ended, shown, kept };
}

/** Waits until the screen shows it. */
async function seen({ screen, shown }: ReturnType<typeof start>, text: string): Promise<void> {
  await turn();
  while (!shown.screen.includes(text)) await once(screen, 'data');
}

async function finished(run: ReturnType<typeof start>): Promise<ExerciseEnd> {
  const end = await run.ended;
  await turn();
  return end;
}

test('lines from a pipe are typed, answered on the screen, and prompted for among the messages', async (t) => {
  const run = start('crs-admin');
  run.input.end(
    'blok-user\nwait 15m\nblock-user +447700900001\n@crs-admin note \u001b[2Jdone\n\nwait 2h\ncheck-log\nwait 2h\n',
  );
  t.is(await finished(run), 'over');
  const { screen, messages } = run.shown;
  for (const part of [
    'You are crs-admin.',
    "!refused! CONSOLE_UNKNOWN_COMMAND: crs has no command 'blok-user'\n  fix: Did you mean 'block-user'?",
    '[2015-10-14 08:15:00Z] alice tells you: my phone is gone',
    '[2015-10-14 08:21:00Z] cue: crs: Read the audit log, unexpected lines marked',
    'Stopped after 5m 45s of 2h: something is yours to do.',
    'Noted.',
    'The exercise is over at 2015-10-14 09:30:00Z.',
  ])
    t.true(screen.includes(part), `${part} in ${screen}`);
  t.true(messages.includes('2015-10-14 08:15:15Z crs-admin> block-user +447700900001\n'));
  t.false(screen.includes('crs-admin> '), 'standard output is data');
  t.false(screen.includes('\u001b'), 'what was typed cannot move the cursor');
  t.is(run.rehearsal.performance.world.ofKind(crsKind).get('crs')?.accounts.blocked.length, 1);
});

test('the end of the input ends the exercise in order', async (t) => {
  const run = start('crs-admin');
  run.input.end('wait 1m');
  t.is(await finished(run), 'quit');
  t.is(run.rehearsal.performance.world.trace.events.at(-1)?.type, 'exercise.left');
  run.rehearsal.finish();
  t.true(run.shown.screen.includes('You ended the exercise at 2015-10-14 08:01:15Z.'));
  t.is(ownRun(run.rehearsal.played).traceDigest, run.rehearsal.performance.world.trace.digest());
});

test('quit ends it, and what follows is not typed any more', async (t) => {
  const run = start('crs-admin');
  run.input.end('quit\nblock-user +447700900001\n');
  t.is(await finished(run), 'quit');
  t.deepEqual(run.rehearsal.played.lines, []);
});

test('what is done is kept before its answer is shown, refused lines and time that was let pass too', async (t) => {
  const run = start('crs-admin');
  const asked = async (line: string, answer: string): Promise<void> => {
    run.input.write(`${line}\n`);
    await seen(run, answer);
    const last = run.kept.at(-1);
    t.false(run.shown.screen.slice(0, last?.shown).includes(answer), `${line} was kept first`);
  };
  run.input.write('wait 1m\n');
  await asked('blok-user +447700900001', 'CONSOLE_UNKNOWN_COMMAND');
  await asked('users', 'alice: registered');
  await asked('wait soon', 'REHEARSAL_FORM');
  run.input.end();
  t.is(await finished(run), 'quit');
  const time = run.rehearsal.joined + 60_000_000;
  t.deepEqual(
    run.kept.map(({ entry }) => entry),
    [
      { time },
      { time, typed: { on: 'crs', line: 'blok-user +447700900001' } },
      { time, typed: { on: 'crs', line: 'users' } },
      { time },
    ],
  );
});

test('what cannot be kept ends it: no answer is shown that would be forgotten', async (t) => {
  const run = start('crs-admin');
  run.kept.push = () => {
    throw new Error('the disk is full');
  };
  run.input.write('users\n');
  await t.throwsAsync(run.ended, { message: 'the disk is full' });
  t.false(run.shown.screen.includes('alice: registered'));
});

test('the first interrupt warns, the second ends it in order', async (t) => {
  const run = start('crs-admin');
  run.signals.emit('SIGINT');
  await seen(run, 'Ctrl-C once more ends the exercise now; so does quit.');
  t.false(run.rehearsal.over);
  run.signals.emit('SIGINT');
  t.is(await finished(run), 'interrupted');
  t.true(run.rehearsal.over);
  t.deepEqual(run.signals.eventNames(), [], 'signals are left as they were');
});

for (const signal of ['SIGTERM', 'SIGHUP']) {
  test(`${signal} ends it in order at once`, async (t) => {
    const run = start('crs-admin');
    run.signals.emit(signal);
    t.is(await finished(run), 'interrupted');
    t.is(run.rehearsal.performance.world.trace.events.at(-1)?.type, 'exercise.left');
  });
}

test('paced, time passes by itself, to the end', async (t) => {
  let nowMs = 0;
  const run = start('crs-admin', 6_000, () => (nowMs += 500));
  t.is(await finished(run), 'over');
  t.true(run.shown.screen.includes('alice tells you: my phone is gone'));
  t.is(run.rehearsal.now, at(90));
});

test('paced, a line is typed at the time that it is on the wall', async (t) => {
  let nowMs = 0;
  const run = start('crs-admin', 1, () => nowMs);
  await seen(run, 'Type help');
  nowMs = 500;
  run.input.write('status\n');
  await seen(run, 'holds 2015-10');
  const [line] = run.rehearsal.played.lines;
  t.is(line?.time, run.rehearsal.joined + 500_000);
  run.input.end();
  t.is(await finished(run), 'quit');
});

test('a defect is told after the terminal was given back', async (t) => {
  const run = start('crs-admin');
  Object.defineProperty(run.rehearsal.performance, 'advanceTo', {
    value: () => {
      throw new TypeError('a defect');
    },
  });
  run.input.write('status\n');
  await t.throwsAsync(run.ended, { instanceOf: TypeError });
  t.deepEqual(run.signals.eventNames(), []);
});

test('the pacer counts real time at its pace, and not the time that is spent computing', (t) => {
  let nowMs = 1_000;
  const pacer = new Pacer(60, () => nowMs, 5);
  t.is(pacer.target, 5);
  nowMs += 250;
  t.is(pacer.target, 15_000_005);
  nowMs += 9_999;
  t.is(pacer.target, 5, 'nobody looked for ten seconds: the process was stopped');
  pacer.resume(15_000_005);
  t.is(pacer.target, 15_000_005);
  nowMs += 1;
  t.is(pacer.target, 15_060_005);
  t.is(new Pacer('wait', () => nowMs++, 7).target, 7);
});

test('paused, the clock stands until an empty line or resume, and nothing is done meanwhile', async (t) => {
  let nowMs = 0;
  const run = start('crs-admin', 1, () => nowMs);
  const { rehearsal } = run;
  await seen(run, 'Type help');
  nowMs += 500;
  run.input.write('pause\n');
  await seen(run, 'The clock stands.');
  nowMs += 900;
  run.input.write('users\n');
  await seen(run, 'REHEARSAL_PAUSED');
  t.deepEqual(rehearsal.played.lines, []);
  nowMs += 900;
  run.input.write('\n');
  await seen(run, 'The clock runs again.');
  t.is(rehearsal.now, rehearsal.joined + 500_000);
  nowMs += 250;
  run.input.write('users\n');
  await seen(run, 'alice: registered');
  t.is(rehearsal.now, rehearsal.joined + 750_000);
  run.input.write('pause\nquit\n');
  t.is(await finished(run), 'quit');
  const waiting = start('crs-admin');
  waiting.input.end('pause\n');
  await finished(waiting);
  t.true(waiting.shown.screen.includes('Time passes only with wait and next.'));
});

test('time in which the process was stopped does not count', async (t) => {
  let nowMs = 0;
  const run = start('crs-admin', 1, () => nowMs);
  await seen(run, 'Type help');
  nowMs += 700;
  run.signals.emit('SIGCONT');
  run.input.write('users\n');
  await seen(run, 'alice: registered');
  t.is(run.rehearsal.now, run.rehearsal.joined);
  run.input.end();
  await finished(run);
  t.deepEqual(run.signals.eventNames(), []);
});
