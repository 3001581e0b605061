import test from 'ava';
import type { TraceEvent } from '../../../sim/trace.ts';
import type { Step } from '../../language/index.ts';
import { answersOf as answersIn, playedLines, type PlayedLine } from './answers.ts';

/** Blanks and double quotes are enough here. */
const answersOf = (planned: Parameters<typeof answersIn>[0], lines: readonly PlayedLine[]) =>
  answersIn(planned, lines, (line) => {
    if ((line.match(/"/g)?.length ?? 0) % 2 === 1) throw new Error('unclosed');
    return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, text, word = '']) => ({
      text: text ?? word,
      quoted: text !== undefined,
    }));
  });

const step = (id: string, type: string, on = 'crs'): Step => ({
  id,
  where: {},
  when: { kind: 'at', t: 0 },
  by: 'crs-admin',
  on,
  type,
  typeWhere: {},
  clauses: [],
});

const typed = (t: number, line: string, on = 'crs'): TraceEvent<'console.typed'> => ({
  n: t,
  t,
  type: 'console.typed',
  on,
  cause: 0,
  data: { by: 'crs-admin', line },
});

const taken = (t: number, line: string, on?: string): PlayedLine => ({
  typed: typed(t, line, on),
  refused: undefined,
});

test('options and the blanks in a number make no difference; words and consoles do', (t) => {
  const planned = [{ step: step('block', 'block-user +447700900001'), due: 10 }];
  const answers = (line: string, on?: string): boolean =>
    answersOf(planned, [taken(20, line, on)])[0]?.typed !== undefined;
  t.true(answers('block-user "+44 7700 900001"'));
  t.true(answers('block-user +447700900001 --quietly'));
  t.false(answers('block-user +447700900002'));
  t.false(answers('block-user +447700900001', 'cms'));
});

test('a step that was left out does not shift those that follow', (t) => {
  const planned = [10, 100, 200].map((due) => ({ step: step(`load-${due}`, 'load-disc'), due }));
  const times = (...lines: readonly number[]): readonly (number | undefined)[] =>
    answersOf(
      planned,
      lines.map((time) => taken(time, 'load-disc')),
    ).map((answer) => answer.typed?.t);
  t.deepEqual(times(11, 101, 201), [11, 101, 201]);
  t.deepEqual(times(101, 201), [undefined, 101, 201]);
  t.deepEqual(times(11, 90, 201), [11, 90, 201], 'early is early');
  t.deepEqual(times(110, 111), [111, 110, undefined], 'what was left out may be made up for');
  t.deepEqual(times(5), [5, undefined, undefined]);
});

test('what somebody says counts by whom they say it to, not by its words', (t) => {
  const told = step('told', 'tell alice my phone is gone', 'crs-admin');
  const answers = (line: string): boolean =>
    answersOf([{ step: told, due: 10 }], [taken(20, line, 'crs-admin')])[0]?.typed !== undefined;
  t.true(answers('tell alice it was stolen'));
  t.false(answers('tell bob my phone is gone'));
  t.false(answers('tell alice "unclosed'));
});

test('a line that is to be refused is answered by one that was, with the same code, and no other is', (t) => {
  const late = { ...step('late', 'load-disc'), refused: 'CRS_NO_DISC' };
  const answers = (planned: Step, refused: string | undefined): boolean =>
    answersOf([{ step: planned, due: 10 }], [{ typed: typed(20, 'load-disc'), refused }])[0]?.typed !==
    undefined;
  t.true(answers(late, 'CRS_NO_DISC'));
  t.false(answers(late, undefined));
  t.false(answers(late, 'CRS_OTHER'));
  t.false(answers(step('load', 'load-disc'), 'CRS_NO_DISC'));
  t.true(answers({ ...late, refused: 'none' }, undefined));
});

test('only lines of the roles that are played count, after the opening', (t) => {
  const events = [
    typed(1, 'check-log'),
    typed(2, 'check-log'),
    { ...typed(3, 'check-log'), data: { by: 'alice', line: 'check-log' } },
    typed(4, 'chek-log'),
    {
      n: 5,
      t: 4,
      type: 'console.refused' as const,
      on: 'crs',
      cause: 4,
      data: { code: 'CONSOLE_UNKNOWN_COMMAND', message: '' },
    },
  ];
  t.deepEqual(
    playedLines(events, ['crs-admin'], 2).map(({ typed: { n }, refused }) => [n, refused]),
    [
      [2, undefined],
      [4, 'CONSOLE_UNKNOWN_COMMAND'],
    ],
  );
});
